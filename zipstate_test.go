package cris_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

func addressIn(t *testing.T, state, zip string) cris.Address {
	t.Helper()
	address, err := cris.NewAddress(cris.AddressParts{Street: "1 Main St", City: "Springfield", State: state, ZIP: cris.MustParseZIP(zip)})
	require.NoError(t, err)
	return address
}

func TestAddress_StateHasZIP(t *testing.T) {
	for _, test := range []struct {
		state, zip string
		want       bool
	}{
		{"NJ", "07405", true},
		{"NJ", "07405-1234", true},
		{"NJ", "90210", false},
		{"CA", "90210", true},
		{"CA", "07405", false},
		{"NY", "00501", true},
		{"NY", "06390", true}, // Fishers Island, which is served from Connecticut
		{"MA", "05501", true}, // Andover, among the codes of Vermont
		{"WY", "83414", true},
		{"TN", "42223", true},
		{"TX", "88510", true},
		{"DC", "56901", true},
		{"AS", "96799", true},
		{"HI", "96799", true},
		{"GU", "96910", true},
		{"MP", "96950", true},
		{"FM", "96941", true},
		{"MH", "96960", true},
		{"PW", "96940", true},
		{"HI", "96910", false},
		{"AE", "09012", true},
		{"AP", "96201", true},
		{"AA", "34001", true},
		{"AE", "34001", false},
		{"FL", "34001", false},
		{"AK", "99950", true},
		{"WA", "99950", false},
		{"PR", "00901", true},
		{"VI", "00801", true},
		{"FL", "00901", false},
		{"NJ", "26901", false}, // no state has these
		{"WV", "26901", false},
		{"WA", "98701", false},
	} {
		require.Equal(t, test.want, addressIn(t, test.state, test.zip).StateHasZIP(), "%s %s", test.state, test.zip)
	}
	require.False(t, cris.Address{}.StateHasZIP())
}

// Every code has one state, or islands that share it, but for those that the USPS has given
// to nobody.
func TestAddress_StateHasZIP_NobodyHasTheseDigits(t *testing.T) {
	states := strings.Fields("AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX" +
		" UT VT VA WA WV WI WY DC AS GU MP PR VI FM MH PW AA AE AP")
	var none []string
	for prefix := 5; prefix < 1000; prefix++ {
		zip, had := fmt.Sprintf("%03d01", prefix), false
		for _, state := range states {
			had = had || addressIn(t, state, zip).StateHasZIP()
		}
		if !had {
			none = append(none, zip[:3])
		}
	}
	require.Equal(t, strings.Fields("213 269 343 345 348 353 419 428 429 517 518 519 529 533 536 552 568 578 579 589 621 632 642 643 659 663 682"+
		" 694 695 696 697 698 699 702 709 715 732 742 771 817 818 819 839 848 849 854 858 861 862 866 867 868 869 876 886 887 888 892 896 899 909 929 987"), none)
}

// Two states are neighbors of one another or not at all: each has the ZIP codes of the other.
func TestAddress_StateHasZIP_NeighborsAreMutual(t *testing.T) {
	codes := map[string]string{"AL": "35004", "GA": "30002", "NY": "12207", "NJ": "07405", "CA": "90210", "NV": "89101", "DC": "20001", "MD": "20601", "VA": "22030", "KY": "40201", "VT": "05001", "PA": "19101"}
	for a, zipOfA := range codes {
		for b, zipOfB := range codes {
			require.Equal(t, addressIn(t, a, zipOfB).StateHasZIP(), addressIn(t, b, zipOfA).StateHasZIP(), "%s and %s", a, b)
		}
	}
}

// Places of real scans, in the folder that CRIS_DATA names.
func TestAddress_StateHasZIP_OfRealPlaces(t *testing.T) {
	folder := os.Getenv("CRIS_DATA")
	if folder == "" {
		t.Skip("CRIS_DATA is not set: it names the folder with the real data")
	}
	file, err := os.Open(filepath.Join(folder, "tracking", "observed_scans.tsv"))
	require.NoError(t, err)
	defer func() { require.NoError(t, file.Close()) }()
	const state, zip = 7, 8
	places := 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		columns := strings.Split(lines.Text(), "\t")
		if len(columns) <= zip || columns[state] == "" || columns[zip] == "" {
			continue
		}
		places++
		require.True(t, addressIn(t, columns[state], columns[zip]).StateHasZIP(), lines.Text())
	}
	require.Greater(t, places, 5)
}
