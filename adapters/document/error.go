package document

// Error says why a record cannot be written or a document cannot be read, and what to do. It holds
// nothing of the content of the record.
type Error struct {
	Type    string // of the record, such as "erequest.Request"
	Path    string // the field, such as "Details.Contact.Email"; "" for the record itself
	Problem string // what is wrong there, and what to do
}

// Error returns the type, the path and the problem.
func (e *Error) Error() string {
	where := e.Type
	if e.Path != "" {
		where += "." + e.Path
	}
	return "document: " + where + ": " + e.Problem
}

// problem returns the fault of a value; at says where it stands.
func problem(text string) *Error { return &Error{Problem: text} }

// at returns the fault of a part as one of the whole that it belongs to.
func (e *Error) at(part string) *Error {
	if e == nil {
		return nil
	}
	if e.Path != "" {
		part += "." + e.Path
	}
	return &Error{Path: part, Problem: e.Problem}
}

// in returns the fault as one of a record of that type. It returns nil for a nil fault.
func (e *Error) in(record string) error {
	if e == nil {
		return nil
	}
	return &Error{Type: record, Path: e.Path, Problem: e.Problem}
}

const (
	notAsWritten = "is not as Reveal wrote it: the document is damaged, or another program wrote it; restore it from a backup"
	newerVersion = "has a field that this program does not know: a newer version wrote it; run that version or a later one"
)
