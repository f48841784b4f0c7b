package cris_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"log"
	"log/slog"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"text/template"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

// What the tests below plant, and search for in whatever was printed. The digits
// also occur as a number, and the letters as they would be written in hexadecimal.
const (
	plantedWord   = "Zyxwvut"
	plantedNumber = 987654321
)

// planted is one of each personal value, at every depth that a program may reach.
type planted struct {
	Word    cris.Personal[string]
	Number  cris.Personal[uint32]
	Day     cris.Personal[cris.Date]
	Name    cris.PersonName
	ANumber cris.ANumber
	Address cris.Address
	Pointer *cris.PersonName
	Slice   []cris.Personal[string]
	Array   [1]cris.PersonName
	Map     map[string]cris.ANumber
	Key     map[cris.Personal[string]]bool
	Any     any
	hidden  hidden
	pointer *hidden
	chain   []any
}

type hidden struct {
	word    cris.Personal[string]
	name    cris.PersonName
	number  cris.ANumber
	address cris.Address
	inMap   map[cris.ANumber]cris.PersonName
}

func plant(t *testing.T) planted {
	t.Helper()
	word := cris.NewPersonal(plantedWord)
	name, err := cris.NewPersonName(cris.NameParts{Family: plantedWord, Given: plantedWord, Middle: plantedWord, Maiden: plantedWord})
	require.NoError(t, err)
	number := cris.MustParseANumber(strconv.Itoa(plantedNumber))
	address, err := cris.NewAddress(cris.AddressParts{
		Street: plantedWord, Unit: plantedWord, City: plantedWord, State: "NY", ZIP: cris.MustParseZIP(strconv.Itoa(plantedNumber)),
	})
	require.NoError(t, err)
	inside := hidden{word, name, number, address, map[cris.ANumber]cris.PersonName{number: name}}
	return planted{
		Word: word, Number: cris.NewPersonal[uint32](plantedNumber), Day: cris.NewPersonal(cris.MustParseDate("1987-06-05")),
		Name: name, ANumber: number, Address: address,
		Pointer: &name, Slice: []cris.Personal[string]{word}, Array: [1]cris.PersonName{name},
		Map: map[string]cris.ANumber{"key": number}, Key: map[cris.Personal[string]]bool{word: true}, Any: address,
		hidden: inside, pointer: &inside, chain: []any{&inside, inside, []any{name}},
	}
}

// each returns the planted values one by one and all of them together.
func (p planted) each() map[string]any {
	return map[string]any{
		"word": p.Word, "number": p.Number, "day": p.Day, "name": p.Name, "A-Number": p.ANumber, "address": p.Address,
		"pointer": &p.Word, "pointer to name": p.Pointer, "slice": p.Slice, "array": p.Array, "map": p.Map, "key": p.Key,
		"unexported": p.hidden, "pointer to unexported": p.pointer, "chain": p.chain,
		"everything": p, "pointer to everything": &p,
	}
}

// wantNoLeak searches text for what was planted, as words, digits and hexadecimal.
func wantNoLeak(t *testing.T, how, text string) {
	t.Helper()
	number := strconv.Itoa(plantedNumber)
	for _, secret := range []string{
		plantedWord, fmt.Sprintf("%x", plantedWord), fmt.Sprintf("% x", plantedWord), fmt.Sprintf("%d", []byte(plantedWord)),
		number, strconv.FormatInt(plantedNumber, 16), strconv.FormatInt(plantedNumber, 2), strconv.FormatInt(plantedNumber, 8),
		"1987-06-05",
	} {
		if strings.Contains(strings.ToLower(text), strings.ToLower(secret)) {
			t.Errorf("%s leaks %s: %s", how, secret, text)
		}
	}
	if secret := plantedShort.FindString(text); secret != "" {
		t.Errorf("%s leaks %s: %s", how, secret, text)
	}
}

// plantedShort finds the ZIP code, and the day as a number of days. They are so short that the
// fraction of a second, or the address of a pointer, may have their digits in it by chance.
var plantedShort = regexp.MustCompile(`\b0*(98765|725527)\b`)

func TestPV1_NoVerbOfFmtPrintsAPersonalValue(t *testing.T) {
	flags := []string{"", "+", "#", "-", " ", "0", "+#", "# ", "20", ".3", "-20.3", "#+ 020.3"}
	for what, value := range plant(t).each() {
		for letter := 'A'; letter <= 'z'; letter++ {
			for _, flag := range flags {
				format := "%" + flag + string(letter)
				wantNoLeak(t, fmt.Sprintf("%s of %s", format, what), fmt.Sprintf(format, value))
			}
		}
		// The last four are mistakes, which fmt reports together with the argument.
		for _, format := range []string{"%[1]v %[1]d", "here:", "%*d", "%[2]s", "%w"} {
			wantNoLeak(t, fmt.Sprintf("%q of %s", format, what), fmt.Sprintf(format, value))
		}
		for how, text := range map[string]string{
			"Sprint": fmt.Sprint(value), "Sprintln": fmt.Sprintln(value), "Append": string(fmt.Append(nil, value)),
		} {
			wantNoLeak(t, how+" of "+what, text)
		}
	}
}

func TestPV1_ItsOwnMethodsSayRedacted(t *testing.T) {
	p := plant(t)
	for _, value := range []interface {
		fmt.Stringer
		MarshalText() ([]byte, error)
	}{p.Word, p.Number, p.Day, p.Name, p.ANumber, p.Address, cris.PersonName{}, cris.ANumber{}, cris.Address{}} {
		require.Equal(t, cris.Redacted, value.String())
		require.Equal(t, cris.Redacted, fmt.Sprintf("%s", any(value)))
		require.Equal(t, cris.Redacted, fmt.Sprintf("%#v", value))
		require.Equal(t, cris.Redacted, fmt.Sprintf("%-20q", value))
		text, err := value.MarshalText()
		require.NoError(t, err)
		require.Equal(t, cris.Redacted, string(text))
	}
}

func TestPV1_NoEncodingWritesAPersonalValue(t *testing.T) {
	for what, value := range plant(t).each() {
		text, err := json.Marshal(value)
		wantNoLeak(t, "JSON of "+what, string(text)+fmt.Sprint(err))
		text, err = json.Marshal(map[string]any{"value": value})
		wantNoLeak(t, "JSON of a map with "+what, string(text)+fmt.Sprint(err))
		text, err = xml.Marshal(value)
		wantNoLeak(t, "XML of "+what, string(text)+fmt.Sprint(err))
	}
}

func TestPV1_JSONAndXMLSayRedacted(t *testing.T) {
	type form struct {
		Name  cris.PersonName        `xml:"name" json:"name"`
		Birth cris.Personal[string]  `xml:"birth,attr" json:"birth"`
		Email *cris.Personal[string] `xml:"email" json:"email"`
		Fax   cris.Personal[string]  `xml:"-" json:"fax,omitzero"`
	}
	p := plant(t)
	value := form{Name: p.Name, Birth: p.Word, Email: &p.Word}
	text, err := json.Marshal(value)
	require.NoError(t, err)
	require.JSONEq(t, `{"name":"[redacted]","birth":"[redacted]","email":"[redacted]"}`, string(text))
	text, err = xml.Marshal(value)
	require.NoError(t, err)
	require.Equal(t, `<form birth="[redacted]"><name>[redacted]</name><email>[redacted]</email></form>`, string(text))
}

// What was redacted cannot be read back in, and the attempt repeats nothing.
func TestPV1_NoEncodingReadsAPersonalValue(t *testing.T) {
	var form struct{ Name cris.PersonName }
	err := json.Unmarshal([]byte(`{"Name":"`+plantedWord+`"}`), &form)
	require.Error(t, err)
	wantNoLeak(t, "the error of JSON", err.Error())
	require.True(t, form.Name.IsZero())
}

func TestPV1_NoTemplatePrintsAPersonalValue(t *testing.T) {
	text := template.Must(template.New("").Parse(`{{.}} {{printf "%v %d %x" . . .}} {{print .}} {{html .}} {{js .}} {{urlquery .}}`))
	html := htmltemplate.Must(htmltemplate.New("").Parse(
		`<a href="/?q={{.}}" title="{{.}}" onclick="f({{.}})">{{.}}</a><script>var v = {{.}}</script><style>p { color: {{.}} }</style>`))
	for what, value := range plant(t).each() {
		var out bytes.Buffer
		err := text.Execute(&out, value)
		wantNoLeak(t, "a text template with "+what, out.String()+fmt.Sprint(err))
		out.Reset()
		err = html.Execute(&out, value)
		wantNoLeak(t, "an HTML template with "+what, out.String()+fmt.Sprint(err))
	}
}

func TestPV1_NoLogWritesAPersonalValue(t *testing.T) {
	var out bytes.Buffer
	loggers := map[string]*slog.Logger{
		"text": slog.New(slog.NewTextHandler(&out, nil)),
		"JSON": slog.New(slog.NewJSONHandler(&out, nil)),
	}
	for what, value := range plant(t).each() {
		for kind, logger := range loggers {
			out.Reset()
			logger.Info("message", "value", value, slog.Group("group", "value", value))
			logger.With("value", value).WithGroup("group").Error("message", "err", fmt.Errorf("about %v", value))
			require.NotEmpty(t, out.String())
			wantNoLeak(t, "slog as "+kind+" of "+what, out.String())
		}
		out.Reset()
		log.New(&out, "", 0).Print(value)
		wantNoLeak(t, "log of "+what, out.String())
	}
}

func TestPV1_NoErrorCarriesAPersonalValue(t *testing.T) {
	byMistake := "%w and %w" // the second is no error
	for what, value := range plant(t).each() {
		err := fmt.Errorf("no case of %v: %w", value, errors.ErrUnsupported)
		err = errors.Join(err, fmt.Errorf(byMistake, err, value))
		wantNoLeak(t, "an error about "+what, fmt.Sprintf("%v %+v %#v %q", err, err, err, err))
	}
}

// A panic is printed by the runtime, which knows no fmt: the test runs itself in
// another process and reads what that says when it dies.
func TestPV1_NoPanicPrintsAPersonalValue(t *testing.T) {
	const variable = "CRIS_TEST_PANIC_WITH"
	values := plant(t).each()
	if what := os.Getenv(variable); what != "" {
		panic(values[what])
	}
	for _, what := range []string{"word", "name", "A-Number", "address", "everything", "pointer to everything", "chain"} {
		t.Run(what, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+"TestPV1_NoPanicPrintsAPersonalValue"+"$")
			cmd.Env = append(os.Environ(), variable+"="+what)
			out, err := cmd.CombinedOutput()
			require.Error(t, err)
			require.Contains(t, string(out), "panic: ")
			wantNoLeak(t, "a panic with "+what, string(out))
		})
	}
}

func TestPersonal_HoldsAValue(t *testing.T) {
	email := cris.NewPersonal("someone@example.org")
	require.False(t, email.IsZero())
	require.Equal(t, "someone@example.org", email.Reveal())
	require.True(t, email == cris.NewPersonal("someone"+"@example.org"), "equal values compare equal")
	require.False(t, email == cris.NewPersonal("another@example.org"))
}

func TestPersonal_ZeroHoldsNothing(t *testing.T) {
	var none cris.Personal[string]
	require.True(t, none.IsZero())
	require.Empty(t, none.Reveal())
	require.True(t, none == cris.NewPersonal(""), "hiding nothing gives nothing")
}

func TestNewPersonName_Tidies(t *testing.T) {
	name, err := cris.NewPersonName(cris.NameParts{Family: "  García\u00a0 Márquez ", Given: "Gabriel", Middle: " ", Maiden: "O'Neil-Smith"})
	require.NoError(t, err)
	require.Equal(t, cris.NameParts{Family: "García Márquez", Given: "Gabriel", Maiden: "O'Neil-Smith"}, name.Reveal())
}

func TestNewPersonName_EqualNamesCompareEqual(t *testing.T) {
	composed, err := cris.NewPersonName(cris.NameParts{Family: "Nu\u00f1ez"})
	require.NoError(t, err)
	decomposed, err := cris.NewPersonName(cris.NameParts{Family: " Nun\u0303ez"})
	require.NoError(t, err)
	require.True(t, composed == decomposed)
	given, err := cris.NewPersonName(cris.NameParts{Given: "Nu\u00f1ez"})
	require.NoError(t, err)
	require.False(t, composed == given)
}

func TestNewPersonName_Refuses(t *testing.T) {
	for problem, parts := range map[string]cris.NameParts{
		"name: neither a family name nor a given name":   {Middle: "X", Maiden: "Y"},
		"family name: at character 3: control character": {Family: "ab\x00"},
		"given name: not valid UTF-8":                    {Given: "a\xff"},
		"middle name: no letter in it":                   {Family: "a", Middle: "-"},
		"family name: no letter in it":                   {Family: "\u0301", Given: "b"},
		"middle name: too long":                          {Family: "a", Middle: strings.Repeat("é", 101)},
		"maiden name: too long":                          {Family: "a", Maiden: strings.Repeat("a", 1<<20)},
		"given name: at character 2: control character":  {Family: "a", Given: "b\nc"},
	} {
		name, err := cris.NewPersonName(parts)
		require.EqualError(t, err, problem)
		require.True(t, name.IsZero())
	}
}

// Characters that nobody sees make no name, and no difference between two.
func TestNewPersonName_DropsWhatNobodySees(t *testing.T) {
	plain, err := cris.NewPersonName(cris.NameParts{Family: "Nu\u00f1ez"})
	require.NoError(t, err)
	for _, invisible := range []string{
		"\u00ad", "\u034f", "\u061c", "\u115f", "\u17b4", "\u180e", "\u200b", "\u200c", "\u200d", "\u200e", "\u202e", "\u2060", "\u2066", "\u2800",
		"\u3164", "\ufe0f", "\ufeff", "\uffa0", "\U000e0041", "\U000e0100",
	} {
		_, err := cris.NewPersonName(cris.NameParts{Family: invisible + " " + invisible})
		require.EqualError(t, err, "name: neither a family name nor a given name", "%U", []rune(invisible))
		name, err := cris.NewPersonName(cris.NameParts{Family: invisible + "Nu" + invisible + "\u00f1ez" + invisible})
		require.NoError(t, err)
		require.True(t, name == plain, "%U", []rune(invisible))
	}
}

// A joiner is part of the spelling of many names, and of no others.
func TestNewPersonName_KeepsJoinersOfScriptsThatNeedThem(t *testing.T) {
	for _, family := range []string{
		"\u0646\u06cc\u06a9\u200c\u0646\u0627\u0645", // Persian: Niknam
		"\u0915\u094d\u200d\u0937",                   // Devanagari: a half letter
		"\u0d28\u0d4d\u200d",                         // Malayalam: a letter without its vowel, at the end of a word
		"\u0dc1\u0dca\u200d\u0dbb\u0dd3",             // Sinhala: Sri
	} {
		name, err := cris.NewPersonName(cris.NameParts{Family: family})
		require.NoError(t, err)
		require.Equal(t, family, name.Reveal().Family)
		name, err = cris.NewPersonName(cris.NameParts{Family: "\u200d" + family + "\u200c"})
		require.NoError(t, err)
		require.Equal(t, family, name.Reveal().Family, "none at the beginning and the end")
	}
}

func TestNewPersonName_OneNameIsEnough(t *testing.T) {
	for _, parts := range []cris.NameParts{{Family: "Suharto"}, {Given: "Suharto"}, {Family: strings.Repeat("é", 100)}} {
		name, err := cris.NewPersonName(parts)
		require.NoError(t, err)
		require.Equal(t, parts, name.Reveal())
	}
}

// What a name holds is tidy: taking it apart and together again changes nothing.
func FuzzNewPersonName(f *testing.F) {
	f.Add("García", "José María", "de", "Ñ")
	f.Add("O'Neill'); DROP TABLE x; --", "<b>{{.Name}}</b>", "a\u202egnp.exe", "Z\u0351\u036b\u0343\u0351\u036b\u0343\u0351\u036b\u0343")
	f.Add("\ufb2c\u0323\u0323\u0323\u0323\u0323\u0323\u0323", "a\x1b[2J", "", "") // NFC makes one mark more
	f.Add("Nun\u0303ez", " ", "\u0958", "\u202e")
	f.Add(strings.Repeat("\u0958", 100), "", "", "") // one letter that becomes two
	f.Add("", "", "x", "\xff")
	f.Add("\u0958\u0958\u0958", "", "", "")                                                                                                                                                                                            // letters that become two
	f.Add("a\u0301\u0323\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030a\u030b\u030c\u030d\u030e\u030f\u0310\u0311\u0312\u0313\u0314\u0315\u0316\u0317\u0318\u0319\u031a\u031b\u031c\u031d\u031e\u031f\u0320\u0321", "", "", "") // many marks
	f.Add("\u2000a\u2028b\u3000", "\ufeffc", "", "")                                                                                                                                                                                   // unusual blanks
	f.Fuzz(func(t *testing.T, family, given, middle, maiden string) {
		name, err := cris.NewPersonName(cris.NameParts{Family: family, Given: given, Middle: middle, Maiden: maiden})
		if err != nil {
			require.True(t, name.IsZero())
			return
		}
		again, err := cris.NewPersonName(name.Reveal())
		require.NoError(t, err)
		require.Equal(t, name.Reveal(), again.Reveal())
		require.True(t, name == again)
	})
}

func TestParseANumber(t *testing.T) {
	for _, test := range []struct{ text, want, problem string }{
		{text: "A123456789", want: "A123456789"},
		{text: "a123456789", want: "A123456789"},
		{text: "123456789", want: "A123456789"},
		{text: "A 123-456-789", want: "A123456789"},
		{text: " A-12345678 ", want: "A012345678"},
		{text: "A1234567", want: "A001234567"},
		{text: "A001234567", want: "A001234567"},
		{text: "A999999999", want: "A999999999"},
		{text: "A# 012-345-678", want: "A012345678"},
		{text: "USCIS# 012-345-678", want: "A012345678"},
		{text: "uscis #\u00a0012345678\n", want: "A012345678"},
		{text: "\tA\u2011012\u2013345\u2009678", want: "A012345678"},
		{text: "# 012345678", want: "A012345678"},
		{text: "A-Number: A012345678", want: "A012345678"},
		{text: "A No. 012-345-678", want: "A012345678"},
		{text: "Alien Registration Number A012345678", want: "A012345678"},
		{text: "alien #: 012345678", want: "A012345678"},
		{text: "USCIS# A012345678", want: "A012345678"},

		{text: "", problem: "at character 1: fewer than seven digits"},
		{text: "A", problem: "at character 2: fewer than seven digits"},
		{text: "A123456", problem: "at character 8: fewer than seven digits"},
		{text: "A1234567890", problem: "at character 11: more than nine digits"},
		{text: "AA1234567", problem: "at character 2: want a digit"},
		{text: "123A4567", problem: "at character 4: want a digit"},
		{text: "B1234567", problem: "at character 1: want a digit"},
		{text: "A12345678\x00", problem: "at character 10: want a digit"},
		{text: "А1234567", problem: "at character 1: want a digit"}, // a Cyrillic letter
		{text: "USCIS", problem: "at character 6: fewer than seven digits"},
		{text: "A## 1234567", problem: "at character 3: want a digit"},
		{text: "A# A A1234567", problem: "at character 6: want a digit"},
		{text: "Number 1234567", problem: "at character 1: want a digit"},
		{text: "A000000000", problem: "all digits are zero"},
	} {
		t.Run(test.text, func(t *testing.T) {
			number, err := cris.ParseANumber(test.text)
			if test.problem != "" {
				require.EqualError(t, err, "A-Number: "+test.problem)
				require.True(t, number.IsZero())
				require.Empty(t, number.Reveal())
				return
			}
			require.NoError(t, err)
			require.Equal(t, test.want, number.Reveal())
		})
	}
}

func FuzzParseANumber(f *testing.F) {
	for _, text := range []string{"A123456789", "a 12-34567", "1234567", "A0000000", "A123456", "AA1234567", ""} {
		f.Add(text)
	}
	f.Add("A-Number: A012345678")
	f.Add("A-000-000-000") // all zeros
	f.Add("123A4567")      // letter after digits
	f.Add("А1234567")      // letter of another script
	plain := regexp.MustCompile(`^(?i:USCIS)?(?i:A)?#?[0-9]{7,9}$`)
	labeled := regexp.MustCompile(`^(?i:ALIEN|REGISTRATION|USCIS|A|NUMBER|NO\.?|#|:)*([0-9]{7,9})$`)
	f.Fuzz(func(t *testing.T, text string) {
		number, err := cris.ParseANumber(text)
		bare := withoutSeparators(text)
		value := 0
		if parts := labeled.FindStringSubmatch(bare); parts != nil {
			value, _ = strconv.Atoi(parts[1])
		}
		if err != nil {
			require.False(t, plain.MatchString(bare) && value > 0)
			return
		}
		require.Positive(t, value)
		require.Equal(t, fmt.Sprintf("A%09d", value), number.Reveal())
		require.True(t, number == cris.MustParseANumber(number.Reveal()))
	})
}

// withoutSeparators is an independent reading of what the parsers of numbers drop.
func withoutSeparators(s string) string {
	return strings.Map(func(r rune) rune {
		isInvisible := unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) || r == '\u2800'
		isBlank := unicode.IsSpace(r) || isInvisible
		if isBlank || unicode.Is(unicode.Pd, r) || r == '\u2212' {
			return -1
		}
		return r
	}, s)
}

func TestMustParseANumber_Panics(t *testing.T) {
	require.PanicsWithError(t, "A-Number: at character 1: fewer than seven digits", func() { cris.MustParseANumber("") })
}

func home() cris.AddressParts {
	return cris.AddressParts{Street: "1 Main St", Unit: "Apt 4", City: "Albany", State: "NY", ZIP: cris.MustParseZIP("12207-1234")}
}

func TestNewAddress_Tidies(t *testing.T) {
	address, err := cris.NewAddress(cris.AddressParts{
		Street: " 1  Main St ", Unit: "Apt 4", City: "Albany", State: " ny", ZIP: cris.MustParseZIP("122071234"),
	})
	require.NoError(t, err)
	require.Equal(t, home(), address.Reveal())
	same, err := cris.NewAddress(home())
	require.NoError(t, err)
	require.True(t, address == same)
}

func TestNewAddress_TakesEveryPostalState(t *testing.T) {
	states := strings.Fields(`AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY
		NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR VI FM MH PW AA AE AP`)
	require.Len(t, states, 62) // 50 states, the District, 5 territories, 3 freely associated states, 3 for the military
	taken := 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			parts := home()
			parts.State = string(a) + string(b)
			_, err := cris.NewAddress(parts)
			if err == nil {
				require.Contains(t, states, parts.State)
				taken++
			}
		}
	}
	require.Equal(t, len(states), taken)
}

func TestNewAddress_Refuses(t *testing.T) {
	for _, test := range []struct {
		problem string
		change  func(*cris.AddressParts)
	}{
		{"street: missing", func(p *cris.AddressParts) { p.Street = " " }},
		{"city: missing", func(p *cris.AddressParts) { p.City = "" }},
		{"state: missing", func(p *cris.AddressParts) { p.State = "" }},
		{"state: not a USPS abbreviation", func(p *cris.AddressParts) { p.State = "XX" }},
		{"state: not a USPS abbreviation", func(p *cris.AddressParts) { p.State = "N Y" }},
		{"state: not a USPS abbreviation", func(p *cris.AddressParts) { p.State = "New York" }},
		{"state: not a USPS abbreviation", func(p *cris.AddressParts) { p.State = "é" }},
		{"ZIP code: missing", func(p *cris.AddressParts) { p.ZIP = cris.ZIP{} }},
		{"unit: at character 4: control character", func(p *cris.AddressParts) { p.Unit = "Apt\t4" }},
		{"street: missing", func(p *cris.AddressParts) { p.Street = "\u200b\u00ad" }},
		{"street: no letter or digit in it", func(p *cris.AddressParts) { p.Street = "-" }},
		{"street: too long", func(p *cris.AddressParts) { p.Street = strings.Repeat("x", 101) }},
		{"city: not valid UTF-8", func(p *cris.AddressParts) { p.City = "\xff" }},
	} {
		parts := home()
		test.change(&parts)
		address, err := cris.NewAddress(parts)
		require.EqualError(t, err, test.problem)
		require.True(t, address.IsZero())
	}
}

func TestNewAddress_UnitMayBeEmpty(t *testing.T) {
	parts := home()
	parts.Unit = ""
	address, err := cris.NewAddress(parts)
	require.NoError(t, err)
	require.Equal(t, parts, address.Reveal())
}

func FuzzNewAddress(f *testing.F) {
	f.Add("1 Main St", "Apt 4", "Albany", "ny", "12207-1234")
	f.Add("1 <b>Main</b> St", "'; DROP TABLE x; --", "{{.City}}\u202e", "NY", "26901")
	f.Add(" 1\u2003Main St ", "", "Sa\u0303o Paulo", "\u017fc", "00501")
	f.Add(strings.Repeat("\u0958", 100), "", "x", "NY", "12207") // one letter that becomes two
	f.Add("\xff", "\u202e", "\x00", "N\u00a0Y", "")
	f.Add("\u0958\u0958\u0958", "", "a\u0301", "NY", "12207")          // letters that become two
	f.Add("1", "", "a", "\u017fc", "29401")                            // long s in the state
	f.Add("\u2000a\u2028b\u3000", "\ufeff", "c", "\u00a0NY ", "12207") // unusual blanks
	f.Fuzz(func(t *testing.T, street, unit, city, state, zip string) {
		parsed, _ := cris.ParseZIP(zip) // the zero ZIP is no ZIP code
		address, err := cris.NewAddress(cris.AddressParts{Street: street, Unit: unit, City: city, State: state, ZIP: parsed})
		if err != nil {
			var problem *cris.ParseError
			require.ErrorAs(t, err, &problem)
			require.True(t, address.IsZero())
			return
		}
		parts := address.Reveal()
		require.Equal(t, parsed, parts.ZIP)
		require.Regexp(t, `^[A-Z]{2}$`, parts.State)
		for _, line := range []string{parts.Street, parts.Unit, parts.City} {
			require.True(t, utf8.ValidString(line))
			require.LessOrEqual(t, utf8.RuneCountInString(line), 100)
			require.Equal(t, strings.Join(strings.Fields(line), " "), line)
		}
		require.NotEmpty(t, parts.Street)
		require.NotEmpty(t, parts.City)
		again, err := cris.NewAddress(parts)
		require.NoError(t, err)
		require.True(t, address == again)
	})
}

func TestAddress_ZIPIsAsPersonalAsTheRest(t *testing.T) {
	address, err := cris.NewAddress(cris.AddressParts{Street: "1 Main St", City: "Albany", State: "NY", ZIP: cris.MustParseZIP("12207-1234")})
	require.NoError(t, err)
	require.Equal(t, cris.MustParseZIP("12207-1234"), address.ZIP().Reveal())
	require.Equal(t, cris.Redacted, fmt.Sprint(address.ZIP()))
	require.Equal(t, address.ZIP(), cris.NewPersonal(cris.MustParseZIP("122071234")))
	require.True(t, cris.Address{}.ZIP().IsZero())
}

func TestIsBirthDate(t *testing.T) {
	for _, test := range []struct {
		birth, today string
		want         bool
	}{
		{"2024-02-29", "2024-02-29", true}, // born today
		{"2024-03-01", "2024-02-29", false},
		{"2123-01-01", "2024-02-29", false},
		{"1980-06-15", "2024-02-29", true},
		{"1899-03-01", "2024-02-29", true},
		{"1899-02-28", "2024-02-29", false}, // 125 years ago, and 1899 had no February 29
		{"1899-03-01", "2024-03-01", false},
		{"1899-03-02", "2024-03-01", true},
		{"1865-05-05", "2024-02-29", false},
		{"1066-01-01", "2024-02-29", false},
		{"0019-01-01", "2024-02-29", false},
		{"0001-01-01", "2024-02-29", false},
		{"9999-12-31", "9999-12-31", true},
	} {
		require.Equal(t, test.want, cris.IsBirthDate(cris.MustParseDate(test.birth), cris.MustParseDate(test.today)), test)
	}
	require.False(t, cris.IsBirthDate(cris.Date{}, cris.MustParseDate("2024-02-29")), "the zero Date")
}
