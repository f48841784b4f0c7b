package casestatus

import "github.com/seed28e20331/cris"

// Form is a form, or one subtype of it, under which processing times are posted.
type Form struct {
	Number FormNumber
	// Type is the subtype as the publications name it (form_type), "I-485 Family".
	Type FormType
	// Key is the subtype as the agency's site asks for it (form_key), "131A-FAM". Mostly
	// it is the Type. Some tables that people keep name it in place of the Type.
	Key FormType
	// The days of the first and the last of the publications read for this table that
	// list it: 2018-06-09, 2022-02-19, 2024-10-30. Zero where a host program does not say.
	FirstRead, LastRead cris.Date
	From                cris.Date // first day on which it was listed; zero if it always was, or is not known
	Until               cris.Date // last day; zero while it is listed, or if that is not known
}

// ListedOn reports whether the form is listed on that day, as far as From and Until
// tell.
func (f Form) ListedOn(day cris.Date) bool {
	return cris.Period{From: f.From, Until: f.Until}.Has(day)
}
