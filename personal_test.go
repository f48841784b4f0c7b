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
	"strconv"
	"strings"
	"testing"
	"text/template"

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
		number, number[:5], strconv.FormatInt(plantedNumber, 16), strconv.FormatInt(plantedNumber, 2), strconv.FormatInt(plantedNumber, 8),
		"1987-06-05", "725527", // the day as a number of days
	} {
		if strings.Contains(strings.ToLower(text), strings.ToLower(secret)) {
			t.Errorf("%s leaks %s: %s", how, secret, text)
		}
	}
}

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
