package selfcheck

import (
	"cmp"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
)

// Policy holds what an integrator may change. A field that is left at zero means its default; a
// negative number or duration means that there is no such limit or wait.
type Policy struct {
	MinQuestions    int             // fewer questions do not prove an identity (SC-3)
	MaxQuestions    int             // more questions may not be asked (SC-3)
	MaxQuizzes      int             // quizzes per transaction: a provider may offer a second at once, and an individual who lost the page may ask for another
	MinAge          int             // age in completed years from which an individual may use Self Check (SC-2)
	QuizLife        time.Duration   // from the last quiz to the end of a proofing that was not concluded
	PassLife        time.Duration   // from the pass to the last moment at which the query can be made
	ChoiceLife      time.Duration   // from the query to the closing of a case in which the individual did not choose, or did not confirm the data
	ResolveLife     time.Duration   // from the choice to resolve a mismatch to the closing of the case
	ImmigrationWait time.Duration   // from the query to the first call about an immigration mismatch (SC-13)
	Zone            *time.Location  // whose calendar says which day it is; nil is cris.AgencyZone()
	Statements      cris.Statements // the Privacy Act Statements (ER-7); nil is Statements(), and with an empty list nobody can begin
	Places          Places          // where the other ways lead (SC-14); nil is DefaultPlaces()
	ContactOffice   cris.Place      // the E-Verify Customer Contact Office (SC-13)
}

// DefaultPolicy returns the figures of the notice, two to four questions and 72 hours, and the
// statements and places of this package. The notice gives no minimum age. The default of 14 years
// is that of federal labor law: hardly any employer can ask E-Verify about someone younger, and
// credit bureaus, whose records the questions come from, have no records of younger people.
func DefaultPolicy() Policy {
	return Policy{
		MinQuestions:    2,
		MaxQuestions:    4,
		MaxQuizzes:      2,
		MinAge:          14,
		QuizLife:        15 * time.Minute,
		PassLife:        time.Hour,
		ChoiceLife:      24 * time.Hour,
		ResolveLife:     30 * 24 * time.Hour,
		ImmigrationWait: 72 * time.Hour,
		Zone:            cris.AgencyZone(),
		Statements:      Statements(),
		Places:          DefaultPlaces(),
		ContactOffice:   defaultContactOffice(),
	}
}

// NISTPolicy returns DefaultPolicy with the figures of NIST SP 800-63A-3 for knowledge-based
// verification, section 5.3.2, as far as they can be combined with those of the notice: four
// questions, neither fewer (NIST) nor more (SC-3), and two minutes for a quiz. NIST allows two
// attempts, as the default of MaxQuizzes does, and a lost page counts as one;
// attempt.MyEVerifyPolicy limits attempts over days. It is up to the provider to require that
// every answer be right.
func NISTPolicy() Policy {
	policy := DefaultPolicy()
	policy.MinQuestions = 4
	policy.QuizLife = 2 * time.Minute
	return policy
}

// clone returns a copy that shares nothing with p.
func (p Policy) clone() Policy {
	p.Statements, p.Places, p.ContactOffice = slices.Clone(p.Statements), p.Places.clone(), p.ContactOffice.Clone()
	return p
}

// withDefaults puts the default in place of every field that is zero. A negative value stays
// negative, so that both a Service and the rules that it calls may do this.
func (p Policy) withDefaults() Policy {
	standard := DefaultPolicy()
	p.MinQuestions = cmp.Or(p.MinQuestions, standard.MinQuestions)
	p.MaxQuestions = cmp.Or(p.MaxQuestions, standard.MaxQuestions)
	p.MaxQuizzes = cmp.Or(p.MaxQuizzes, standard.MaxQuizzes)
	p.MinAge = cmp.Or(p.MinAge, standard.MinAge)
	p.QuizLife = cmp.Or(p.QuizLife, standard.QuizLife)
	p.PassLife = cmp.Or(p.PassLife, standard.PassLife)
	p.ChoiceLife = cmp.Or(p.ChoiceLife, standard.ChoiceLife)
	p.ResolveLife = cmp.Or(p.ResolveLife, standard.ResolveLife)
	p.ImmigrationWait = cmp.Or(p.ImmigrationWait, standard.ImmigrationWait)
	if p.Zone == nil {
		p.Zone = standard.Zone
	}
	if p.Statements == nil {
		p.Statements = standard.Statements
	}
	if p.Places == nil {
		p.Places = standard.Places
	}
	if p.ContactOffice.IsZero() {
		p.ContactOffice = standard.ContactOffice
	}
	return p
}

// allows reports whether the provider may ask so many questions (SC-3).
func (p Policy) allows(questions int) bool {
	hasLimit := p.MaxQuestions > 0
	return !hasLimit || questions <= p.MaxQuestions
}

// allowsAnother reports whether the provider may give another quiz after so many.
func (p Policy) allowsAnother(quizzes int) bool { return p.MaxQuizzes < 0 || quizzes < p.MaxQuizzes }

// isOver reports whether a life that began at the instant is over. A negative life is never over.
func isOver(start, now time.Time, life time.Duration) bool { return life >= 0 && now.Sub(start) > life }
