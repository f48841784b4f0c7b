package tracking

import "strconv"

// SetAside tells of a damaged record: where it stands and what is wrong with it (TR-6).
// It holds nothing of the record's content, in which the name of a recipient may stand
// (PV-1). It is an error, so that a reader of files can yield it between the scans.
type SetAside struct { //nolint:errname // a thing that is kept, named as the rule names it
	File   string // the name under which the file was read; "" if a reader does not know it
	Line   int    // from 1; the header is a line
	Column int    // the byte of the line at which reading failed, from 1
	Field  string // the field of the layout, such as "event date"; "record" for the whole
	Cause  string // in plain words, one of a fixed number of texts
}

func (s *SetAside) Error() string {
	text := "line " + strconv.Itoa(s.Line) + ", byte " + strconv.Itoa(s.Column) + ": " + s.Field + ": " + s.Cause
	if s.File == "" {
		return text
	}
	return s.File + ": " + text
}

// DamagedRecord is a SetAside together with what may be kept of the record (TR-2): see
// Quarantine. errors.As finds the SetAside in it.
type DamagedRecord struct { //nolint:errname // as SetAside
	SetAside

	// Kept has the fields that TR-2 allows to keep, in their places, as far as the record's
	// quotes and commas are in theirs, with blanks for all other fields. Every other byte is
	// an x, but for the quotes and commas between fields. It holds no line end.
	Kept string
}

// Unwrap returns the SetAside.
func (d *DamagedRecord) Unwrap() error { return &d.SetAside }

// TotalsError tells that a file announces another number of records than it holds
// (TR-6). A reader yields it after the last record. The records themselves are good.
type TotalsError struct {
	Announced int // by the file
	Read      int // records in the file, damaged ones included
}

func (e *TotalsError) Error() string {
	return "the file announces " + strconv.Itoa(e.Announced) + " records and holds " + strconv.Itoa(e.Read)
}
