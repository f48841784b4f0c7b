package cris

// Period is the days from one day on until another. The zero Period is all days.
type Period struct {
	From  Date // the first day; zero if it has no beginning
	Until Date // the first day after it; zero if it has no end
}

// Has reports whether the day belongs to the period.
func (p Period) Has(day Date) bool {
	return !day.Before(p.From) && (p.Until.IsZero() || day.Before(p.Until))
}

// IsEmpty reports whether no day belongs to the period.
func (p Period) IsEmpty() bool {
	return !p.Until.IsZero() && !p.From.Before(p.Until)
}
