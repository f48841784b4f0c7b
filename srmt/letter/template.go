package letter

import (
	"fmt"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
)

// Template is the text of a letter for one issue and one finding, with an edition and the days on
// which it is in force (SR-7). It was checked when it was made by [New], so filling it in
// cannot fail. It never changes, and is safe for concurrent use. The zero Template is no template.
type Template struct {
	issue   erequest.Issue
	finding Finding
	from    cris.Date
	text    cris.Template
}

// New returns the template of the text for the issue and the finding. The text must show the variables
// that Finding.Variables lists, each in both languages, and no others. The error names the edition, and
// says what is wrong: an issue or a finding that does not exist, a finding that does not suit the
// issue, or what cris.NewTemplate finds.
func New(issue erequest.Issue, finding Finding, text cris.TemplateText) (Template, error) {
	refused := func(problem string, args ...any) (Template, error) {
		return Template{}, fmt.Errorf("letter: template %q: %s", text.Edition, fmt.Sprintf(problem, args...))
	}
	switch {
	case !slices.Contains(erequest.Issues(), issue):
		return refused("there is no issue %q", issue)
	case !slices.Contains(Findings(), finding):
		return refused("there is no finding %q", finding)
	case !finding.Suits(issue):
		return refused("the finding %q does not suit the issue %q", finding, issue)
	}
	checked, err := cris.NewTemplate(text, finding.Variables()...)
	if err != nil {
		return Template{}, fmt.Errorf("letter: for %q and %q: %w", issue, finding, err)
	}
	return Template{issue, finding, text.From, checked}, nil
}

// IsZero reports whether it is the zero Template.
func (t Template) IsZero() bool { return t.finding == "" }

// Issue returns the issue that the letter is about.
func (t Template) Issue() erequest.Issue { return t.issue }

// Finding returns what the letter tells.
func (t Template) Finding() Finding { return t.finding }

// Edition returns the name of the text.
func (t Template) Edition() string { return t.text.Edition() }

// From returns the first day on which the template is in force.
func (t Template) From() cris.Date { return t.from }

// InForce reports whether the template is in force on the day.
func (t Template) InForce(day cris.Date) bool { return t.text.InForce(day) }
