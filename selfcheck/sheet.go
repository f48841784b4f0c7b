package selfcheck

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/seed28e20331/cris"
)

// ownWords are the words of this package, for the letters that it composes.
var ownWords = sync.OnceValue(func() cris.Words { return cris.NewWords(Words()...) })

// sayIn returns what says a code in the language.
func sayIn(language cris.Language) func(cris.Code) string {
	return func(code cris.Code) string { return ownWords().Say(language, cris.Message{Code: code}) }
}

// told returns what is said of each value, in order.
func told[T interface{ Message() cris.Message }](language cris.Language, values []T) []string {
	var lines []string
	for _, value := range values {
		lines = append(lines, ownWords().Say(language, value.Message()))
	}
	return lines
}

// sections returns the sections in which something is said.
func sections(all ...cris.LetterSection) []cris.LetterSection {
	return slices.DeleteFunc(all, func(s cris.LetterSection) bool { return len(s.Steps)+len(s.Notes) == 0 })
}

// timeOf writes the instant as a clock in the zone shows it, with the name of the zone's time, and
// again in UTC, so that nobody has to know the zone. A nil zone is the agency's. A zone whose time
// has no name but an offset gets one: UTC-03.
func timeOf(t time.Time, language cris.Language, zone *time.Location) string {
	if zone == nil {
		zone = cris.AgencyZone()
	}
	local, universal := language.Time(t, zone), language.Time(t, time.UTC)
	if local == universal {
		return local
	}
	name, _ := t.In(zone).Zone()
	if before, isOffset := strings.CutSuffix(local, name); isOffset && strings.ContainsAny(name, "+-") {
		local = before + "UTC" + name
	}
	return local + " (" + universal + ")"
}
