package tracking_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"

	"github.com/seed28e20331/cris/tracking"
)

func TestNumber_Parts(t *testing.T) {
	for _, test := range []struct{ input, service, mailer, serial, country string }{
		{"9261290336128704133837", "612", "903361287", "0413383", ""},
		{"9274890109527000983902", "748", "901095270", "0098390", ""},
		{"9361289949059120447349", "612", "899490", "5912044734"[:10], ""},
		{"92041124161170148800003131", "041", "124161", "17014880000313", ""},
		{"9400111206206406260787", "001", "", "11206206406260" + "78", ""},
		{"9505511069605048600624", "055", "", "1106960504860062", ""},
		{"9101026837331000039521", "01", "026837331", "00003952", ""},
		{"03071790000523483741", "03", "071790000", "52348374", ""},
		{"RB123456785GB", "RB", "", "12345678", "GB"},
		{"EC207920162US", "EC", "", "20792016", "US"},
	} {
		n := tracking.MustParseNumber(test.input)
		require.Equal(t, []string{test.service, test.mailer, test.serial, test.country},
			[]string{n.ServiceType(), n.MailerID(), n.Serial(), n.Country()}, test.input)
	}
	var none tracking.Number
	require.Empty(t, none.ServiceType()+none.MailerID()+none.Serial()+none.Country())
}

func TestReadNumber_TellsTheReading(t *testing.T) {
	for input, want := range map[string]string{
		"9400111206206406260787":             "impb22",
		"92041124161170148800003131":         "impb26",
		"0307 1790 0005 2348 3741":           "legacy20",
		"7196 9010 7560 0307 7385":           "legacy20+91",
		"9101 1234 5678 9000 0000 13":        "legacy22",
		"420 22153 9101026837331000039521":   "420+5+22",
		"4201002334249200190132607600833457": "420+9+22",
		"4206810692612927005269000028978091": "420+5+26",
		"RB123456785GB":                      "s10",
	} {
		reading, err := tracking.ReadNumber(input)
		require.NoError(t, err)
		require.Equal(t, want, reading.String())
		require.True(t, reading.Number.CheckDigitOK())
		require.False(t, reading.Ambiguous)
	}
	require.Equal(t, "none", tracking.Reading{}.String())
	_, err := tracking.ReadNumber("12345")
	require.Error(t, err)
	reading, err := tracking.ReadNumber("9400111206206406260788")
	require.NoError(t, err, "lenient")
	require.False(t, reading.Number.CheckDigitOK())
	reading, err = tracking.ReadNumber("420" + "12345" + "9202" + "9261290113185417468510")
	require.NoError(t, err)
	require.True(t, reading.Ambiguous, "both readings begin with an application identifier")
	require.Equal(t, "420+9+22", reading.String())
}

// The published vectors name the reading too. Where a vector has no reading because its
// check digit is wrong, the lenient one must say so.
// What a scanner gives of a bar code that is built as GS1 says, and how the same is printed
// below it. What stands between the two elements settles where the ZIP code ends.
func TestReadNumber_AsScannedAndAsPrinted(t *testing.T) {
	const gs, number26, number22 = "\x1d", "92001901755477000226559615", "9261290113185417468510"
	for _, test := range []struct{ input, number, zip string }{
		{"]C1" + "42010030" + gs + number26, number26, "10030"},
		{"]C1" + gs + "42010030" + gs + number26 + gs, number26, "10030"},
		{"]d2" + "42010030" + gs + number26 + "\r\n", number26, "10030"},
		{"\t]C1 " + number26, number26, ""},
		{"]C0RB123456785GB", "RB123456785GB", ""},
		{"]A0RB123456785GB\r", "RB123456785GB", ""},
		{"]I003071790000523483741", "03071790000523483741", ""},
		{gs + number26, number26, ""},
		{"42010030" + gs + number26, number26, "10030"},
		{"42010282" + "0000" + gs + number22, number22, "10282-0000"},
		{"(420)10030(92)001901755477000226559615", number26, "10030"},
		{"(420) 10030 (92) 0019 0175 5477 0002 2655 9615", number26, "10030"},
		{"(92)001901755477000226559615", number26, ""},
		{"(420)102820000(92)61290113185417468510", number22, "10282-0000"},
		{"]C1(420)10030" + gs + "(92)001901755477000226559615", number26, "10030"},
		// Which of these it is, the check digits leave open.
		{"42012345" + gs + "9201" + number22, "9201" + number22, "12345"},
		{"420123459201" + gs + number22, number22, "12345-9201"},
		{"(420)12345(92)01" + number22, "9201" + number22, "12345"},
		{"(420)123459201(92)61290113185417468510", number22, "12345-9201"},
	} {
		reading, err := tracking.ReadNumber(test.input)
		require.NoError(t, err, "%q", test.input)
		require.Equal(t, test.number, reading.Number.String(), "%q", test.input)
		require.Equal(t, test.zip, reading.Destination.String(), "%q", test.input)
		require.False(t, reading.Ambiguous, "%q", test.input)
	}
	for _, input := range []string{
		"]CC" + number26, "]1C" + number26, "]C", "]", "]C1", "]C1]C1" + number26, number26 + "]C1", "C1" + number26,
		"420100" + gs + "30" + number26, "4" + gs + "2010030" + number26, "42010030" + number26[:4] + gs + number26[4:],
		"(4201)0030" + number26, "(42)010030" + number26, "42010030(920)" + number26[3:], "42010030(92" + number26[2:], "420)10030" + number26,
		"((420))10030" + number26, "()" + number26, "(RB)123456785GB", "RB1234" + gs + "56785GB", "0307(17)90000523483741", "42010030" + number26[:2] + "(00)" + number26[4:],
	} {
		_, err := tracking.ReadNumber(input)
		require.Error(t, err, "%q", input)
		require.NotContains(t, err.Error(), "0030", "%q", input)
	}
}

// A ZIP code that no place has is none, and the number is read all the same.
func TestReadNumber_RoutedToNowhere(t *testing.T) {
	for _, zip := range []string{"00000", "99999", "000001234"} {
		reading, err := tracking.ReadNumber("420" + zip + "9400111206206406260787")
		require.NoError(t, err, zip)
		require.Equal(t, "9400111206206406260787", reading.Number.String())
		require.Zero(t, reading.Destination)
	}
}

// Copied from a page, a letter or a message: whatever stands between the digits.
func TestParseNumber_Copied(t *testing.T) {
	want := tracking.MustParseNumber("9400111206206406260787")
	for _, input := range []string{
		"\t9400 1112 0620 6406 2607 87\n", "9400\u00a01112\u00a00620\u00a06406\u00a02607\u00a087", "9400\u20111112\u20130620\u20146406\u22122607-87",
		"\u200b9400111206206406260787\ufeff", "9400\u20091112\u202f0620 6406 2607 87\r\n", "94001112\u00ad06206406260787", "\u202a9400111206206406260787\u202c",
	} {
		n, err := tracking.ParseNumber(input)
		require.NoError(t, err, "%q", input)
		require.Equal(t, want, n, "%q", input)
		require.NoError(t, n.UnmarshalText([]byte(input)))
		require.Equal(t, want, n, "%q", input)
	}
	n, err := tracking.ParseNumber(" rb 123\u00a0456\u2011785 gb ")
	require.NoError(t, err)
	require.Equal(t, "RB123456785GB", n.String())
}

func TestReadNumber_PublishedVectors(t *testing.T) {
	rows, err := csv.NewReader(dataFile(t, "tracking_numbers.csv")).ReadAll()
	require.NoError(t, err)
	for _, row := range rows[1:] {
		input, valid, form := row[0], row[2] == "True", row[3]
		reading, err := tracking.ReadNumber(input)
		switch {
		case input == "RB123456785XX":
			require.Error(t, err, "there is no country XX")
		case form == "none" || !valid:
			require.NoError(t, err, input)
			require.False(t, reading.Number.CheckDigitOK(), input)
		default:
			require.NoError(t, err, input)
			require.Equal(t, form, reading.String(), input)
		}
	}
}

// The list of countries is this package's own; the Unicode project has one too.
func TestParseNumber_CountriesAreThoseOfISO3166(t *testing.T) {
	known := 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			letters := string([]rune{a, b})
			_, err := tracking.ParseNumber("RB123456785" + letters)
			if err != nil {
				continue
			}
			known++
			region, err := language.ParseRegion(letters)
			require.NoError(t, err, letters)
			require.True(t, region.IsCountry(), letters)
		}
	}
	require.Equal(t, 249+1, known)
}

func TestReadNumber_AllocatesNothing(t *testing.T) {
	require.Zero(t, testing.AllocsPerRun(100, func() {
		reading, err := tracking.ReadNumber("4201002334249200190132607600833457")
		if err != nil || len(reading.Number.ServiceType())+len(reading.Number.MailerID()) == 0 {
			t.Error(err)
		}
	}))
}

func TestParseNumber_EveryLetterIsFolded(t *testing.T) {
	for _, input := range []string{"az123456785za", "za123456785az"} {
		n, err := tracking.ParseNumber(input)
		require.NoError(t, err)
		require.Equal(t, strings.ToUpper(input), n.String())
	}
}
