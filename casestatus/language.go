package casestatus

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// Language says what this package decides in words for customers: in English or in
// Spanish. The words are this library's own. It is safe for concurrent use; the zero
// Language is English.
type Language struct {
	spanish bool
}

// The languages.
var (
	English = Language{}
	Spanish = Language{spanish: true}
)

// MatchLanguage returns the language that serves someone best who asks for these, best
// first: tags such as "es-MX", or whole Accept-Language headers. English serves where
// nothing else matches, and where a preference cannot be read.
func MatchLanguage(preferences ...string) Language {
	tag, _ := language.MatchStrings(languages(), preferences...)
	base, _ := tag.Base()
	return Language{spanish: base == spanishBase()}
}

// languages matches with English first, which makes it the fallback.
var languages = sync.OnceValue(func() language.Matcher {
	return language.NewMatcher([]language.Tag{language.English, language.Spanish})
})

var spanishBase = sync.OnceValue(func() language.Base {
	base, _ := language.Spanish.Base()
	return base
})

// Tag returns the tag of the language: en or es.
func (l Language) Tag() language.Tag {
	if l.spanish {
		return language.Spanish
	}
	return language.English
}

// Eligibility says in one sentence how the case stands to the posted processing time, and
// from when on that changes. Of an outcome that this package does not have, it says that
// there is no answer.
func (l Language) Eligibility(e Eligibility) string {
	if e.Outcome == Within && !e.OutsideFrom.IsZero() {
		return l.say(withinUntil, l.Date(e.OutsideFrom))
	}
	return l.sayOr("eligibility: "+string(e.Outcome), noAnswer)
}

// StatusOutcome says in one sentence what the status page answers. What it says of a
// number that is not shown fits an unknown one and a withheld case alike (CS-9), and it
// is what is said of an outcome that this package does not have.
func (l Language) StatusOutcome(outcome StatusOutcome) string {
	return l.sayOr("status: "+string(outcome), "status: not shown")
}

// Delivery says what the latest delivery status of a piece is.
func (l Language) Delivery(class tracking.Class) string {
	return l.sayOr("delivery: "+class.String(), "delivery: "+tracking.Unknown.String())
}

// Document names a kind of document, as it was given if it is not one of those that
// are typically tracked (CS-8).
func (l Language) Document(d Document) string { return l.known("document: ", string(d)) }

// Title returns the title of a status. In Spanish it is the title that was given in
// Spanish or, for the more frequent ones, words for it, however the title is capitalised
// and spaced; an unknown title is shown as it is.
func (l Language) Title(entry StatusEntry) string {
	if !l.spanish {
		return entry.Title
	}
	if entry.Spanish != "" {
		return entry.Spanish
	}
	if known, ok := titles()[folded(entry.Title)]; ok {
		return l.say(known)
	}
	return entry.Title
}

// Notes returns the remark in the language, or in the other one if it was given in that
// alone.
func (l Language) Notes(n Notes) string {
	if l.spanish && n.Spanish != "" || n.English == "" {
		return n.Spanish
	}
	return n.English
}

// Label is a heading of the status page.
type Label string

// The labels.
const (
	LabelReceipt        Label = "receipt number"
	LabelForm           Label = "form"
	LabelFiled          Label = "date filed"
	LabelOffice         Label = "office"
	LabelRepresented    Label = "represented"
	LabelHistory        Label = "history"
	LabelMailings       Label = "mailings"
	LabelMailed         Label = "date mailed"
	LabelTracking       Label = "tracking number"
	LabelDelivery       Label = "delivery"
	LabelProcessingTime Label = "processing time"
)

// Label returns a heading of the status page; one that this package does not have comes
// back as it is.
func (l Language) Label(label Label) string { return l.known("label: ", string(label)) }

// Date writes a date as people do: March 2, 2024, or 2 de marzo de 2024. No date is "".
func (l Language) Date(d cris.Date) string {
	if d.IsZero() {
		return ""
	}
	year, month, day := d.Date()
	if l.spanish {
		return fmt.Sprintf("%d de %s de %d", day, spanishMonths[month-time.January], year)
	}
	return fmt.Sprintf("%s %d, %d", month, day, year)
}

var spanishMonths = [...]string{
	"enero", "febrero", "marzo", "abril", "mayo", "junio",
	"julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
}

// say returns the words that the catalogue has for key.
func (l Language) say(key string, parts ...any) string { return l.printer().Sprintf(key, parts...) }

// sayOr says what the catalogue has for key or, if it has nothing, for another key.
func (l Language) sayOr(key, otherwise string) string {
	if _, ok := words[key]; !ok {
		key = otherwise
	}
	return l.say(key)
}

// titles are the keys of the titles that have words, by the folded title. The site
// capitalises some titles in more than one way.
var titles = sync.OnceValue(func() map[string]string {
	keys := map[string]string{}
	for key := range words {
		if title, is := strings.CutPrefix(key, "title: "); is {
			keys[folded(title)] = key
		}
	}
	return keys
})

// folded is the same for titles that differ in case and in blanks alone.
func folded(title string) string { return strings.ToLower(strings.Join(strings.Fields(title), " ")) }

// known returns the words for a text that others gave, or the text itself if the
// catalogue has none.
func (l Language) known(kind, text string) string {
	if _, ok := words[kind+text]; !ok {
		return text
	}
	return l.say(kind + text)
}

func (l Language) printer() *message.Printer {
	if l.spanish {
		return printers().spanish
	}
	return printers().english
}

// printers are made once: they do not change and are safe for concurrent use.
var printers = sync.OnceValue(func() (p struct{ english, spanish *message.Printer }) {
	built := catalog.NewBuilder(catalog.Fallback(language.English))
	for key, word := range words {
		for tag, text := range map[language.Tag]string{language.English: word.english, language.Spanish: word.spanish} {
			if err := built.SetString(tag, key, text); err != nil {
				panic(err) // the words stand in this package
			}
		}
	}
	p.english = message.NewPrinter(language.English, message.Catalog(built))
	p.spanish = message.NewPrinter(language.Spanish, message.Catalog(built))
	return p
})
