package processingtimes

import (
	"fmt"

	"github.com/seed28e20331/cris/casestatus"
)

// Exception is a row, or a whole body, that says nothing usable and was set aside; or, if
// it is Kept, something about a row that is a value all the same. So the rows of an input
// are its values and the exceptions that are not Kept.
type Exception struct { //nolint:errname // the word for a record that is set aside
	Line     int                   // the line on which the body, or the row of a table, begins, from 1
	Form     casestatus.FormNumber // this and the next two as far as they could be read
	FormType casestatus.FormType
	Office   casestatus.OfficeCode
	Field    string // the field at fault, as the input names it: "range[0].unit"; or "body", or "row"
	Cause    string // what is wrong with it, in plain words
	// Kept says that the row is the value before this exception: without the bound at
	// fault, or although an earlier row of the input has its form, type and office.
	Kept bool
}

func (e *Exception) Error() string {
	return fmt.Sprintf("processingtimes: line %d: form %q, type %q, office %q: %s: %s",
		e.Line, e.Form, e.FormType, e.Office, e.Field, e.Cause)
}
