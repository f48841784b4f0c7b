package letter

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
)

// Library is a set of templates with their editions, including past ones (SR-7). It is made by
// [NewLibrary], never changes, and is safe for concurrent use. The zero Library holds no template.
type Library struct {
	templates []Template // of one issue and finding the latest edition first
}

// NewLibrary returns the library of the templates, which may be in any order. The error reports
// all duplicates: two templates with the same edition name, or two for the same issue and finding that
// are in force from the same day on. It also reports a zero Template.
func NewLibrary(templates ...Template) (Library, error) {
	var problems []error
	for i, t := range templates {
		before := templates[:i]
		isTwin := func(other Template) bool {
			return other.issue == t.issue && other.finding == t.finding && other.from == t.from
		}
		isNamesake := func(other Template) bool { return other.Edition() == t.Edition() }
		switch {
		case t.IsZero():
			problems = append(problems, errors.New("letter: library: a template was not made by New"))
		case slices.ContainsFunc(before, isNamesake):
			problems = append(problems, fmt.Errorf("letter: library: two templates are the edition %q", t.Edition()))
		case slices.ContainsFunc(before, isTwin):
			problems = append(problems, fmt.Errorf("letter: library: two editions for %q and %q are in force from %s on", t.issue, t.finding, t.from))
		}
	}
	if len(problems) > 0 {
		return Library{}, errors.Join(problems...)
	}
	latestFirst := slices.Clone(templates)
	slices.SortStableFunc(latestFirst, func(a, b Template) int { return b.from.Compare(a.from) })
	return Library{latestFirst}, nil
}

// IsZero reports whether the library holds no template.
func (l Library) IsZero() bool { return len(l.templates) == 0 }

// On returns the template for the issue and the finding on the day: of those in force on it, the
// one that came into force last. The error matches cris.ErrNotFound if none is in force.
func (l Library) On(issue erequest.Issue, finding Finding, day cris.Date) (Template, error) {
	return l.first(func(t Template) bool { return t.issue == issue && t.finding == finding && t.InForce(day) })
}

// Edition returns the template with that name, whether it is in force or not. The error matches
// cris.ErrNotFound if there is none.
func (l Library) Edition(name string) (Template, error) {
	return l.first(func(t Template) bool { return t.Edition() == name })
}

func (l Library) first(suits func(Template) bool) (Template, error) {
	i := slices.IndexFunc(l.templates, suits)
	if i < 0 {
		return Template{}, fmt.Errorf("letter: template: %w", cris.ErrNotFound)
	}
	return l.templates[i], nil
}

// DefaultLibrary returns the library of this package, which has a template for every issue and
// every finding that suits it, in the library's own words. It is loaded once.
func DefaultLibrary() Library { return defaultLibrary() }

var defaultLibrary = sync.OnceValue(func() Library {
	texts := ownTexts()
	templates := make([]Template, len(texts))
	for i, own := range texts {
		var err error
		if templates[i], err = New(own.issue, own.finding, own.text()); err != nil {
			panic(err)
		}
	}
	library, err := NewLibrary(templates...)
	if err != nil {
		panic(err)
	}
	return library
})
