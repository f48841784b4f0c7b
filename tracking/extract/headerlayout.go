package extract

// HeaderLayout is a valid layout of headers: see NewHeaderLayout and HeaderLayout280. Its
// zero value is none; Options take it for HeaderLayout280.
type HeaderLayout struct{ table }

var headerKinds = []kindRule{
	{kind: RecordType, must: true},
	{kind: MailerID},
	{kind: ElectronicFile},
	{kind: FileDate, width: 8},
	{kind: SeriesNumber},
	{kind: RecordCount},
}

// NewHeaderLayout returns the layout of headers with the given fields, in order, of which
// each stands between quotes with one comma to the next. It must have a RecordType, may
// have one field of each other kind of a header, and as many Ignored ones as it likes.
// What it has no field for is zero in a Header: without a FileDate, a header sets no limit
// to the days of events, and without a RecordCount no totals are checked. The error says
// which field does not fit.
func NewHeaderLayout(fields ...Field) (HeaderLayout, error) {
	t, err := newTable(fields, headerKinds)
	if err != nil {
		return HeaderLayout{}, err
	}
	return HeaderLayout{t}, nil
}

// HeaderLayout280 is the layout of headers of 280 bytes. None was published where this
// package could be checked against it: all of it is inferred from what such headers are
// known to hold.
func HeaderLayout280() HeaderLayout {
	layout, err := NewHeaderLayout(
		Field{"record type", 2, 1, RecordType, true},
		Field{"mailer identifier", 6, 9, MailerID, true},
		Field{"electronic file number", 18, 22, ElectronicFile, true},
		Field{"file date", 43, 8, FileDate, true},
		Field{"series", 54, 2, SeriesNumber, true},
		Field{"records", 59, 9, RecordCount, true},
		Field{"blank", 71, 209, Ignored, true},
	)
	if err != nil {
		panic(err) // the table above is part of the program
	}
	return layout
}
