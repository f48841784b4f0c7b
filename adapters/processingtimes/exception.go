package processingtimes

import (
	"fmt"

	"github.com/seed28e20331/cris/casestatus"
)

// Exception is a row, or a whole body, that says nothing usable and was set aside.
type Exception struct { //nolint:errname // the word for a record that is set aside
	Line     int                   // the line on which the body, or the row of a table, begins, from 1
	Form     casestatus.FormNumber // this and the next two as far as they could be read
	FormType casestatus.FormType
	Office   casestatus.OfficeCode
	Field    string // the field at fault, as the input names it: "range[0].unit"; or "body", or "row"
	Cause    string // what is wrong with it, in plain words
}

func (e *Exception) Error() string {
	return fmt.Sprintf("processingtimes: line %d: form %q, type %q, office %q: %s: %s",
		e.Line, e.Form, e.FormType, e.Office, e.Field, e.Cause)
}
