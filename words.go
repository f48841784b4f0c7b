package cris

import (
	"cmp"
	"fmt"
	"sync"
	"time"

	"golang.org/x/text/language"
)

// Language is a language in which customers are told something: the tag "en" or "es". The
// zero Language counts as English, and so does any other tag.
type Language string

// The languages that the packages have words in.
const (
	English Language = "en"
	Spanish Language = "es"
)

// MatchLanguage returns the language that suits best someone who asks for these, best first:
// tags such as "es-MX", or whole Accept-Language headers. It returns English if neither
// language was asked for. It ignores a preference that it cannot read.
func MatchLanguage(preferences ...string) Language {
	_, i := language.MatchStrings(matcher(), preferences...)
	return []Language{English, Spanish}[i]
}

// matcher has English first, which makes it the fallback.
var matcher = sync.OnceValue(func() language.Matcher {
	return language.NewMatcher([]language.Tag{language.English, language.Spanish})
})

// Supported returns the language if this library has words in it, and English otherwise.
func (l Language) Supported() Language {
	if l == Spanish {
		return Spanish
	}
	return English
}

// Pick returns the text in the language, or the other text if that one is empty.
func (l Language) Pick(english, spanish string) string {
	if l == Spanish && spanish != "" || english == "" {
		return spanish
	}
	return english
}

// Date returns the date as people write it: March 2, 2024, or 2 de marzo de 2024. For the zero
// Date it returns "".
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

// Time returns the instant as a clock in the zone shows it: March 2, 2024, 3:04 PM EST, or
// 2 de marzo de 2024, 15:04 EST. For the zero time it returns "".
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

// Message is something that customers can be told: a code for which there are [Words], and
// what fills the places that the words leave open. Reasons, decisions and the values of
// enumerations have a method Message. A Message carries no personal value.
type Message struct {
	Code Code
	// Args fill the places that the phrase leaves open, in order. A Date is written in the
	// language, a Message is said in it, and anything else is printed by fmt.
	Args []any
	// Otherwise is said if there are no words for the code: a title or a name that came from
	// outside and is shown as it was given. Its own Code does not matter.
	Otherwise Phrase
}

// Phrase is what is said for one code, in each language. The places that it leaves open are
// verbs of fmt, such as %s or %[1]s, and are the same in both languages.
type Phrase struct {
	Code             Code
	English, Spanish string
}

// Words say messages to people in their language. They never change, and are safe for
// concurrent use. The zero Words have no phrases. Each package has its phrases in a function
// called Words. A host program puts together those that it needs, followed by its own:
//
//	words := cris.NewWords(slices.Concat(casestatus.Words(), erequest.Words(), ours)...)
type Words struct {
	phrases map[Code]Phrase
}

// NewWords returns the words of the phrases. If there are several for one code, the last
// counts.
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

// Say returns the message in the language. If there are no words for its code, it returns
// what stands in Otherwise, or the code itself if nothing does.
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
