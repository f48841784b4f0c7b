package cris

// Period is the days from one day to another, both included. The zero Period is all days. It is
// comparable with ==.
type Period struct {
	From  Date // the first day; zero if it has no beginning
	Until Date // the last day, included; zero if it has no end
}

// Has reports whether the day belongs to the period.
func (p Period) Has(day Date) bool {
	return !day.Before(p.From) && (p.Until.IsZero() || !day.After(p.Until))
}

// IsEmpty reports whether no day belongs to the period.
func (p Period) IsEmpty() bool {
	return !p.Until.IsZero() && p.From.After(p.Until)
}
