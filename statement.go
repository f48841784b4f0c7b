package cris

import (
	"errors"
	"slices"
)

// Statement is one edition of a Privacy Act Statement: what people are shown, or read aloud,
// before anything is asked of them (5 U.S.C. 552a(e)(3)). The packages have editions in
// words of their own. A host program brings those that its counsel approved, in the
// Policy of each package. A text that was shown never changes: other words are another edition.
type Statement struct {
	Edition     string // names the text, such as "e-request 2013-08-15", unlike any other edition
	From        Date   // the first day on which it is in force
	Until       Date   // the last day on which it is in force, included; zero if it has no end
	Authority   Phrase // the law that allows the agency to ask
	Purpose     Phrase // what the information is used for
	RoutineUses Phrase // who outside the agency may get it
	Disclosure  Phrase // whether answers are mandatory or voluntary, and what follows without them
}

// InForce reports whether the statement is in force on the day.
func (s Statement) InForce(day Date) bool {
	return Period{s.From, s.Until}.Has(day)
}

func (s Statement) since() Date { return s.From }

// Check returns an error if the statement lacks its edition, or one of its four parts in
// English or in Spanish, or is never in force. The codes of the parts do not matter.
func (s Statement) Check() error {
	parts := []Phrase{s.Authority, s.Purpose, s.RoutineUses, s.Disclosure}
	lacks := func(part Phrase) bool { return part.English == "" || part.Spanish == "" }
	switch {
	case s.Edition == "":
		return errors.New("cris: statement without an edition")
	case slices.ContainsFunc(parts, lacks):
		return errors.New("cris: statement " + s.Edition + " lacks one of its parts in English or in Spanish")
	case Period{s.From, s.Until}.IsEmpty():
		return errors.New("cris: statement " + s.Edition + " is never in force")
	}
	return nil
}

// Statements are the editions of the statement of one package, those of past days among them,
// in any order.
type Statements []Statement

// On returns the statement to show on the day: of those in force the one that is in force
// since the latest day. It returns an error that matches ErrNotFound if none is.
func (all Statements) On(day Date) (Statement, error) {
	return latestInForce(all, day)
}

// InForce reports whether there is such an edition and it is in force on the day.
func (all Statements) InForce(edition string, day Date) bool {
	return slices.ContainsFunc(all, func(s Statement) bool { return s.Edition == edition && s.InForce(day) })
}

// Faults returns what is wrong with the edition that was shown before something is sent in on
// the day: notShown if none is named, notInForce if it is not one of those in force, and nothing
// otherwise. Both are reasons of the package that asks.
func (all Statements) Faults(edition string, day Date, notShown, notInForce Reason) []Reason {
	switch {
	case edition == "":
		return []Reason{notShown}
	case !all.InForce(edition, day):
		return []Reason{notInForce}
	}
	return nil
}
