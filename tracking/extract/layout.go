package extract

// Layout is a valid layout of records: see NewLayout and Layout280. Its zero value is
// none; Options take it for Layout280.
type Layout struct {
	table
	frame   frame
	number  Field // of each kind, looked up once
	code    Field
	name    Field // of the event; its width is 0 if there is none
	date    Field
	clock   Field
	zip     Field
	country Field
}

var recordKinds = []kindRule{
	{kind: TrackingNumber, must: true},
	{kind: EventCode, width: 2, must: true},
	{kind: EventName},
	{kind: EventDate, width: 8, must: true},
	{kind: EventTime, width: 4, must: true},
	{kind: ScanZIP, width: 5, must: true},
	{kind: ScanCountry, width: 2, must: true},
}

// NewLayout returns the layout with the given fields, in order, of which each stands
// between quotes with one comma to the next. It must have exactly one field of each kind
// of a record, except that the EventName may be missing, and as many Ignored ones as it
// likes. The error says which field does not fit.
func NewLayout(fields ...Field) (Layout, error) {
	t, err := newTable(fields, recordKinds)
	if err != nil {
		return Layout{}, err
	}
	return Layout{
		table: t, frame: newFrame(t.fields),
		number: t.of(TrackingNumber), code: t.of(EventCode), name: t.of(EventName),
		date: t.of(EventDate), clock: t.of(EventTime), zip: t.of(ScanZIP), country: t.of(ScanCountry),
	}, nil
}

// Layout280 is the layout of records of 280 bytes that the package documentation shows.
func Layout280() Layout {
	layout, err := NewLayout(
		Field{"tracking number", 2, 22, TrackingNumber, false},
		Field{"electronic file number", 27, 22, Ignored, false},
		Field{"mailer identifier", 52, 9, Ignored, false},
		Field{"mailer name", 64, 20, Ignored, false},
		Field{"destination ZIP code", 87, 5, Ignored, false},
		Field{"destination ZIP+4", 95, 4, Ignored, true},
		Field{"scan ZIP code", 102, 5, ScanZIP, true},
		Field{"event code", 110, 2, EventCode, true},
		Field{"event name", 115, 15, EventName, true},
		Field{"event date", 133, 8, EventDate, true},
		Field{"event time", 144, 4, EventTime, true},
		Field{"mail owner identifier", 151, 9, Ignored, true},
		Field{"customer reference", 163, 30, Ignored, true},
		Field{"scan country", 196, 2, ScanCountry, true},
		Field{"recipient name", 201, 20, Ignored, true},
		Field{"original label", 224, 22, Ignored, true},
		Field{"unit of weight", 249, 1, Ignored, true},
		Field{"weight", 253, 9, Ignored, true},
		Field{"guaranteed delivery date", 265, 8, Ignored, true},
		Field{"guaranteed delivery time", 276, 4, Ignored, true},
	)
	if err != nil {
		panic(err) // the table above is part of the program
	}
	return layout
}
