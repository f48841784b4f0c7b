// Package planted is for tests that nothing personal comes out of a service (PV-1). It makes
// personal values that stand nowhere else, collects what a service returns as it would be
// printed, logged, encoded or said, and finds in it what was planted.
package planted

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"

	"github.com/seed28e20331/cris"
)

// Name returns a name of which every part is planted: the family name that is given, Zyxgiven,
// Zyxmiddle and Zyxmaiden.
func Name(family string) cris.PersonName {
	return must(cris.NewPersonName(cris.NameParts{Family: family, Given: "Zyxgiven", Middle: "Zyxmiddle", Maiden: "Zyxmaiden"}))
}

// Address returns an address in the city of Zyxcity and the unit Zyxunit. It panics if that is
// no address.
func Address(street, state, zip string) cris.Address {
	return must(cris.NewAddress(cris.AddressParts{Street: street, Unit: "Zyxunit", City: "Zyxcity", State: state, ZIP: cris.MustParseZIP(zip)}))
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// Output collects what comes out of a service. The zero Output is empty.
type Output struct {
	text   bytes.Buffer
	errors int
}

// Note adds values as fmt prints them, as JSON has them and as log/slog writes them. A value
// that has no JSON makes it panic.
func (o *Output) Note(values ...any) {
	for _, value := range values {
		fmt.Fprintf(&o.text, "%v %+v %#v %s %q %x %s\n", value, value, value, value, value, value, must(json.Marshal(value)))
		for _, logger := range o.loggers() {
			logger.Error("noted", "value", value, slog.Group("group", "value", value))
		}
		if err, is := value.(error); is {
			o.errors++
			fmt.Fprintln(&o.text, err.Error())
		}
	}
}

// loggers write no time, whose digits could be those of a value.
func (o *Output) loggers() []*slog.Logger {
	options := &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}
	return []*slog.Logger{slog.New(slog.NewJSONHandler(&o.text, options)), slog.New(slog.NewTextHandler(&o.text, options))}
}

// Say adds messages, and what they say in both languages.
func (o *Output) Say(words cris.Words, messages ...cris.Message) {
	for _, message := range messages {
		o.Note(message, words.Say(cris.English, message), words.Say(cris.Spanish, message))
	}
}

// SayReasons adds reasons, and what they say in both languages.
func (o *Output) SayReasons(words cris.Words, reasons []cris.Reason) {
	o.Note(reasons)
	for _, reason := range reasons {
		o.Say(words, reason.Message())
	}
}

// NoteLetter adds a letter in each of its forms.
func (o *Output) NoteLetter(letter cris.Letter) {
	o.Note(letter, letter.Text(), letter.HTML(), letter.HTMLFragment())
}

// NoteEvents adds events, and what is sent of them.
func (o *Output) NoteEvents(events []cris.Event) {
	for _, event := range events {
		o.Note(event, string(must(event.MarshalJSON())))
	}
}

// Errors returns how many errors were noted.
func (o *Output) Errors() int { return o.errors }

// Has reports whether the text came out, in capitals or in small letters.
func (o *Output) Has(text string) bool {
	return strings.Contains(strings.ToLower(o.text.String()), strings.ToLower(text))
}

// Leaked returns which of the secrets came out, as text or as hexadecimal.
func (o *Output) Leaked(secrets []string) (leaked []string) {
	for _, secret := range secrets {
		if o.Has(secret) || o.Has(fmt.Sprintf("%x", secret)) {
			leaked = append(leaked, secret)
		}
	}
	return leaked
}
