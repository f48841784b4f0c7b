package tracking_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

func at(t *testing.T, local, zip, country string) tracking.Moment {
	t.Helper()
	s := tracking.Scan{At: tracking.MustParseLocalTime(local), Place: tracking.Place{Country: country}}
	if zip != "" {
		s.Place.ZIP = cris.MustParseZIP(zip)
	}
	return s.Moment()
}

func TestMoment(t *testing.T) {
	for _, test := range []struct {
		name, local, zip, country string
		doubts                    tracking.Doubts
		zone                      string
		likely, earliest, latest  string
	}{
		{"summer in New Jersey", "2026-09-03T09:52", "07405", "US", 0, "America/New_York", "2026-09-03T13:52", "2026-09-03T13:52", "2026-09-03T13:52"},
		{"winter in New Jersey", "2026-01-03T09:52", "07405", "US", 0, "America/New_York", "2026-01-03T14:52", "2026-01-03T14:52", "2026-01-03T14:52"},
		{"Texas", "2026-08-27T07:49", "77040", "US", 0, "America/Chicago", "2026-08-27T12:49", "2026-08-27T12:49", "2026-08-27T12:49"},
		{"California", "2026-08-24T12:47", "90025", "", 0, "America/Los_Angeles", "2026-08-24T19:47", "2026-08-24T19:47", "2026-08-24T19:47"},
		{"Guam is a day ahead", "2026-08-25T05:47", "96910", "US", 0, "Pacific/Guam", "2026-08-24T19:47", "2026-08-24T19:47", "2026-08-24T19:47"},
		{"Arizona stays", "2026-07-01T12:00", "85001", "US", 0, "America/Phoenix", "2026-07-01T19:00", "2026-07-01T19:00", "2026-07-01T19:00"},
		{"clock set back", "2026-11-01T01:30", "07405", "US", tracking.SetBack, "America/New_York", "2026-11-01T05:30", "2026-11-01T05:30", "2026-11-01T06:30"},
		{"before it is set back", "2026-11-01T00:59", "07405", "US", 0, "America/New_York", "2026-11-01T04:59", "2026-11-01T04:59", "2026-11-01T04:59"},
		{"after it was set back", "2026-11-01T02:00", "07405", "US", 0, "America/New_York", "2026-11-01T07:00", "2026-11-01T07:00", "2026-11-01T07:00"},
		{"clock set forward", "2026-03-08T02:30", "07405", "US", tracking.SetForward, "America/New_York", "2026-03-08T07:30", "2026-03-08T06:30", "2026-03-08T07:30"},
		{"before it is set forward", "2026-03-08T01:59", "07405", "US", 0, "America/New_York", "2026-03-08T06:59", "2026-03-08T06:59", "2026-03-08T06:59"},
		{"after it was set forward", "2026-03-08T03:00", "07405", "US", 0, "America/New_York", "2026-03-08T07:00", "2026-03-08T07:00", "2026-03-08T07:00"},
		{"an area with two clocks", "2026-07-01T12:00", "37355", "US", tracking.SeveralZones, "America/New_York", "2026-07-01T16:00", "2026-07-01T16:00", "2026-07-01T17:00"},
		{"an area with two clocks, both set back", "2026-11-01T01:30", "37388", "US", tracking.SeveralZones | tracking.SetBack, "America/New_York", "2026-11-01T05:30", "2026-11-01T05:30", "2026-11-01T07:30"},
		{"an area with two clocks, both set forward", "2026-03-08T02:30", "37388", "US", tracking.SeveralZones | tracking.SetForward, "America/New_York", "2026-03-08T07:30", "2026-03-08T06:30", "2026-03-08T08:30"},
		{"armed forces", "2026-07-01T12:00", "09009", "US", tracking.NoZone, "", "2026-07-01T16:00", "2026-06-30T22:00", "2026-07-02T00:00"},
		{"no place", "2026-07-01T12:00", "", "", tracking.NoZone, "", "2026-07-01T16:00", "2026-06-30T22:00", "2026-07-02T00:00"},
		{"abroad, where 75001 is Paris", "2026-07-01T12:00", "75001", "FR", tracking.NoZone, "", "2026-07-01T16:00", "2026-06-30T22:00", "2026-07-02T00:00"},
	} {
		t.Run(test.name, func(t *testing.T) {
			const form = "2006-01-02T15:04"
			m := at(t, test.local, test.zip, test.country)
			require.Equal(t, test.doubts, m.Doubts)
			require.Equal(t, test.zone, m.Zone)
			require.Equal(t, []string{test.likely, test.earliest, test.latest}, []string{m.Likely.Format(form), m.Earliest.Format(form), m.Latest.Format(form)})
			require.Equal(t, time.UTC, m.Likely.Location())
			require.Equal(t, test.doubts == 0, m.Doubts.String() == "")
		})
	}
	require.Zero(t, tracking.Scan{}.Moment())
	require.Empty(t, tracking.Doubts(0).String())
	require.Equal(t, "set_back+several_zones", (tracking.SetBack | tracking.SeveralZones).String())
}

// Every quarter of an hour of a year in every zone: the instant of a local time shows that
// local time, and every instant's local time gives it back, or says that there are two.
func TestMoment_AgreesWithTheClock(t *testing.T) {
	for _, zip := range []string{"07405", "77040", "80202", "85001", "90025", "99501", "96813", "96799", "00901", "46204", "83702", "97914"} {
		zone, err := time.LoadLocation(tracking.ZonesOf(cris.MustParseZIP(zip))[0])
		require.NoError(t, err)
		for instant := time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC); instant.Year() < 2027; instant = instant.Add(15 * time.Minute) {
			m := at(t, instant.In(zone).Format("2006-01-02T15:04"), zip, "US")
			switch m.Doubts {
			case 0:
				if !m.Likely.Equal(instant) {
					t.Fatalf("%s: %s became %s", zip, instant, m.Likely)
				}
			case tracking.SetBack, tracking.SeveralZones, tracking.SetBack | tracking.SeveralZones:
				if instant.Before(m.Earliest) || instant.After(m.Latest) {
					t.Fatalf("%s: %s is not from %s to %s", zip, instant, m.Earliest, m.Latest)
				}
			default:
				t.Fatalf("%s: %s is %s", zip, instant, m.Doubts)
			}
		}
	}
}

// A capital or large city of every state and territory.
func TestZonesOf_EveryStateAndTerritory(t *testing.T) {
	for zone, zips := range map[string]string{
		"America/New_York": "06103 CT 19901 DE 20001 DC 32301 FL 30303 GA 40601 KY 04330 ME 21401 MD 02108 MA 03301 NH 08608 NJ 12207 NY 27601 NC 43215 OH 17101 PA 02903 RI 29201 SC 05602 VT 23219 VA 25301 WV 37902 TN",
		"America/Chicago":  "36104 AL 72201 AR 62701 IL 50309 IA 66603 KS 70802 LA 55101 MN 39201 MS 65101 MO 68508 NE 58102 ND 73102 OK 57101 SD 37219 TN 78701 TX 53703 WI 32501 FL 42001 KY",
		"America/Denver":   "80202 CO 59601 MT 87501 NM 84111 UT 82001 WY 79901 TX 57701 SD 58601 ND 69301 NE", "America/Phoenix": "85007 AZ",
		"America/Los_Angeles": "95814 CA 89701 NV 97301 OR 98501 WA 83814 ID", "America/Anchorage": "99501 AK", "America/Juneau": "99801 AK",
		"Pacific/Honolulu": "96813 HI", "America/Boise": "83702 ID", "America/Indiana/Indianapolis": "46204 IN", "America/Detroit": "48933 MI",
		"America/Puerto_Rico": "00901 PR", "America/St_Thomas": "00802 VI", "Pacific/Guam": "96910 GU 96950 MP", "Pacific/Pago_Pago": "96799 AS",
	} {
		var zip, state string
		for rest := zips; rest != ""; {
			n, _ := fmt.Sscan(rest, &zip, &state)
			require.Equal(t, 2, n)
			rest = rest[min(len("06103 CT "), len(rest)):]
			zones := tracking.ZonesOf(cris.MustParseZIP(zip))
			require.NotEmpty(t, zones, state)
			require.Equal(t, zone, zones[0], "%s %s", state, zip)
		}
	}
}

// A place in every area whose zones are not those of most of its state, and in the areas
// beside it.
func TestZonesOf_AreasThatDiffer(t *testing.T) {
	for zones, zips := range map[string]string{
		"America/New_York":                                     "32301 32601 37402 37601 37801 37919 39901 40202 42501 00501",
		"America/Chicago":                                      "32501 36104 37040 38501 42001 42101 42301 42420 46320 46402 47601 47708 57401 58102 67601 68901 78701 79701",
		"America/Denver":                                       "57701 59001 69301 79901 88510 84101",
		"America/Indiana/Indianapolis":                         "46204 46601 47401 47802",
		"America/Detroit":                                      "48201 49684",
		"America/Boise":                                        "83201 83401 83702",
		"America/Phoenix":                                      "85001 85364 85501 85901 86301 86401",
		"America/Los_Angeles":                                  "83814 89101 89701 97801 99362 96101",
		"America/Anchorage":                                    "99645 99701",
		"America/Juneau":                                       "99801",
		"Pacific/Honolulu":                                     "96701 96813",
		"Pacific/Guam":                                         "96910 96950",
		"Pacific/Pago_Pago":                                    "96799",
		"Pacific/Wake":                                         "96898",
		"Pacific/Palau":                                        "96939 96940",
		"Pacific/Guadalcanal":                                  "96941",
		"Pacific/Port_Moresby":                                 "96942 96943",
		"Pacific/Kosrae":                                       "96944",
		"Pacific/Tarawa":                                       "96960",
		"Pacific/Kwajalein":                                    "96970",
		"America/Puerto_Rico":                                  "00601 00725 00901",
		"America/St_Thomas":                                    "00802",
		"America/Chicago America/New_York":                     "32401 32456 36867",
		"America/New_York America/Chicago":                     "37388 37723 40143 42642 42728",
		"America/Indiana/Indianapolis America/Chicago":         "46534 46968 47501 47586 47978",
		"America/Detroit America/Menominee":                    "49801 49938",
		"America/Chicago America/Denver":                       "57501 57567 58501 58801 67701 67801 69001 69101 69201",
		"America/Denver America/Chicago":                       "57601 57638 58601 58631 79830",
		"America/Los_Angeles America/Boise":                    "83501 83549",
		"America/Phoenix America/Denver":                       "86001 86045",
		"America/Denver America/Phoenix":                       "86503 86515",
		"America/Los_Angeles America/Denver":                   "89801 89883",
		"America/Boise America/Los_Angeles":                    "97901 97914",
		"America/Anchorage America/Adak":                       "99501 99546",
		"America/Sitka America/Metlakatla America/Los_Angeles": "99901 99923 99926",
		"": "09001 09601 34001 96201 96601",
	} {
		for zip := range strings.FieldsSeq(zips) {
			require.Equal(t, zones, strings.Join(tracking.ZonesOf(cris.MustParseZIP(zip)), " "), zip)
		}
	}
	require.Empty(t, tracking.ZonesOf(cris.ZIP{}))
}

// Captured scans come with the instant, worked out by whoever captured them from the same
// local times and places. One sequence has it right.
func TestMoment_ObservedInstants(t *testing.T) {
	r := csv.NewReader(dataFile(t, "observed_scans.tsv"))
	r.Comma, r.Comment, r.LazyQuotes = '\t', '#', true
	rows, err := r.ReadAll()
	require.NoError(t, err)
	compared := 0
	for _, row := range rows {
		name, instant, local, zip := row[0], row[2], row[3], row[8]
		if name != "W-DEL" || zip == "" {
			continue
		}
		m := at(t, local[:len("2006-01-02T15:04")], zip, "US")
		require.Zero(t, m.Doubts)
		require.Equal(t, instant, m.Likely.Format(time.RFC3339))
		compared++
	}
	require.Equal(t, 7, compared)
}
