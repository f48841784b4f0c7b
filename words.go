package cris

import (
	"cmp"
	"fmt"
	"sync"
	"time"

	"golang.org/x/text/language"
)

// Language is a language in which customers are told something, by its tag: en or es. The
// zero Language is English, and so is any that has no words.
type Language string

// The languages.
const (
	English Language = "en"
	Spanish Language = "es"
)

// MatchLanguage returns the language that serves someone best who asks for these, best
// first: tags such as "es-MX", or whole Accept-Language headers. English serves where
// nothing else matches, and where a preference cannot be read.
func MatchLanguage(preferences ...string) Language {
	_, i := language.MatchStrings(matcher(), preferences...)
	return []Language{English, Spanish}[i]
}

// matcher has English first, which makes it the fallback.
var matcher = sync.OnceValue(func() language.Matcher {
	return language.NewMatcher([]language.Tag{language.English, language.Spanish})
})

// Pick returns the text in the language, or the other one where it was given in that alone.
func (l Language) Pick(english, spanish string) string {
	if l == Spanish && spanish != "" || english == "" {
		return spanish
	}
	return english
}

// Date writes a date as people do: March 2, 2024, or 2 de marzo de 2024. The zero Date
// gives "".
func (l Language) Date(d Date) string {
	if d.IsZero() {
		return ""
	}
	year, month, day := d.Date()
	if l == Spanish {
		return fmt.Sprintf("%d de %s de %d", day, spanishMonths[month-time.January], year)
	}
	return fmt.Sprintf("%s %d, %d", month, day, year)
}

// Time writes an instant as a clock in the zone shows it: March 2, 2024, 3:04 PM EST, or
// 2 de marzo de 2024, 15:04 EST. The zero time gives "".
func (l Language) Time(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	clock := "3:04 PM MST"
	if l == Spanish {
		clock = "15:04 MST"
	}
	return l.Date(DateOf(t, zone)) + ", " + t.In(zone).Format(clock)
}

var spanishMonths = [...]string{
	"enero", "febrero", "marzo", "abril", "mayo", "junio",
	"julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
}

// Message is something that can be said to customers: a code for which there are [Words],
// and what they leave open. Reasons, the values of enumerations and decisions give one by
// their method Message. It carries no personal value.
type Message struct {
	Code Code
	// Args fill the places that the phrase leaves open, in order. A Date is written as the
	// language does, and a Message is said in its turn; anything else as fmt prints it.
	Args []any
	// Otherwise is said where there are no words for the code: a title or a name that came
	// from outside and is shown as it was given. Its own code does not matter.
	Otherwise Phrase
}

// Phrase is what is said for one code, in each language. Places left open are verbs of
// fmt, %s or %[1]s, the same ones in both.
type Phrase struct {
	Code             Code
	English, Spanish string
}

// Words says messages to people in their language. It does not change and is safe for
// concurrent use; the zero Words have no phrase. Each package has its own in a function
// Words; a host program puts together those that it needs, and its own behind them:
//
//	words := cris.NewWords(slices.Concat(casestatus.Words(), erequest.Words(), ours)...)
type Words struct {
	phrases map[Code]Phrase
}

// NewWords returns the words of the given phrases. Of several for one code the last counts.
func NewWords(phrases ...Phrase) Words {
	byCode := make(map[Code]Phrase, len(phrases))
	for _, phrase := range phrases {
		byCode[phrase.Code] = phrase
	}
	return Words{byCode}
}

// Has reports whether there is a phrase for the code.
func (w Words) Has(code Code) bool {
	_, ok := w.phrases[code]
	return ok
}

// Say returns the message in the language. Where there are no words for its code it returns
// Otherwise, or the code itself where there is nothing else.
func (w Words) Say(l Language, m Message) string {
	phrase, ok := w.phrases[m.Code]
	if !ok {
		return cmp.Or(l.Pick(m.Otherwise.English, m.Otherwise.Spanish), string(m.Code))
	}
	text := l.Pick(phrase.English, phrase.Spanish)
	if len(m.Args) == 0 {
		return text
	}
	args := make([]any, len(m.Args))
	for i, arg := range m.Args {
		switch arg := arg.(type) {
		case Date:
			args[i] = l.Date(arg)
		case Message:
			args[i] = w.Say(l, arg)
		default:
			args[i] = arg
		}
	}
	return fmt.Sprintf(text, args...)
}
