package tracking

import (
	"slices"
	"time"

	"github.com/seed28e20331/cris"
)

// Doubts are why the instant of a scan is not known: none, or any of the constants
// together.
type Doubts uint8

// The doubts.
const (
	SetBack      Doubts = 1 << iota // the clock showed the time twice, because it was set back in between
	SetForward                      // the clock never showed the time, because it was set forward over it
	SeveralZones                    // places with that ZIP code keep different clocks at the time
	NoZone                          // the scan has no place, or the place no known zone
)

var doubtNames = tokenSet{"set_back", "set_forward", "several_zones", "no_zone"}

// String returns the tokens of the doubts, such as "set_back+several_zones"; "" for none.
func (d Doubts) String() string { return doubtNames.format(uint8(d)) }

// MarshalText implements encoding.TextMarshaler with the form of String. It never fails.
func (d Doubts) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler: it reads what MarshalText wrote. Its
// error is a *cris.ParseError.
func (d *Doubts) UnmarshalText(text []byte) error {
	set, err := doubtNames.parse("doubts", text)
	if err != nil {
		return err
	}
	*d = Doubts(set)
	return nil
}

// Moment is what a local time and its place tell of the instant. All times are in UTC.
type Moment struct {
	Doubts Doubts // of an area with several zones: those of the clock in any of them
	Zone   string // where it is known, or most likely, by its IANA name; "" if it is not
	// Likely is the instant by which scans are put in order. If the clock was set back it
	// is the first of the two; if it was set forward, the instant at which it would have
	// shown the time; if the area spans zones, the one in most of it; if no zone is known,
	// the one in the agency's.
	Likely time.Time
	// Earliest and Latest bound the instant, both included. They are equal if there is no
	// doubt.
	Earliest, Latest time.Time
}

// certainlyBefore reports whether every instant of m is before all of other.
func (m Moment) certainlyBefore(other Moment) bool { return m.Latest.Before(other.Earliest) }

// Moment returns when the scan happened; the zero Moment for no time. The record keeps
// the local time as it was read, and this is worked out from the place.
func (s Scan) Moment() Moment {
	if s.At.IsZero() {
		return Moment{}
	}
	zones := s.Place.zones()
	if len(zones) == 0 {
		// Clocks on Earth are at most 14 hours ahead of UTC and 12 behind.
		const ahead, behind = 14 * time.Hour, 12 * time.Hour
		clock := s.At.asUTC()
		return Moment{NoZone, "", instantIn(cris.AgencyZone(), clock).Likely, clock.Add(-ahead), clock.Add(behind)}
	}
	moment := instantIn(locations()[zones[0]], s.At.asUTC())
	moment.Zone = zones[0]
	for _, name := range zones[1:] {
		other := instantIn(locations()[name], s.At.asUTC())
		if !other.Earliest.Equal(moment.Earliest) || !other.Latest.Equal(moment.Latest) {
			moment.Doubts |= SeveralZones
		}
		moment.Doubts |= other.Doubts
		moment.Earliest = earlier(moment.Earliest, other.Earliest)
		moment.Latest = later(moment.Latest, other.Latest)
	}
	return moment
}

func (p Place) zones() Zones {
	if !p.domestic() {
		return nil
	}
	return ZonesOf(p.ZIP)
}

// domestic reports whether the USPS delivers there: its ZIP code then tells the zone.
func (p Place) domestic() bool {
	return slices.Contains([]string{"", "US", "PR", "VI", "GU", "AS", "MP", "UM", "PW", "FM", "MH"}, p.Country)
}

// asUTC returns the instant at which a clock on UTC shows the time: a number to count
// with, and not when it was.
func (t LocalTime) asUTC() time.Time {
	year, month, day := t.date.Date()
	return time.Date(year, month, day, 0, int(t.minute), 0, 0, time.UTC)
}

// instantIn returns when a clock in the zone showed what a clock on UTC shows at the
// given instant.
func instantIn(zone *time.Location, clock time.Time) Moment {
	const day = 24 * time.Hour // no zone changes its clocks twice within two days
	before, after := clock.Add(-offsetAt(zone, clock.Add(-day))), clock.Add(-offsetAt(zone, clock.Add(day)))
	shows := func(t time.Time) bool { return t.Add(offsetAt(zone, t)).Equal(clock) }
	moment := Moment{Likely: before, Earliest: earlier(before, after), Latest: later(before, after)}
	switch one, two := shows(before), shows(after); {
	case before.Equal(after):
		return moment
	case one && two:
		moment.Doubts, moment.Likely = SetBack, moment.Earliest
	case one:
		moment.Earliest, moment.Latest = before, before
	case two:
		moment.Likely, moment.Earliest, moment.Latest = after, after, after
	default:
		moment.Doubts = SetForward
	}
	return moment
}

// readings returns when a clock in the zone showed what a clock on UTC shows at the given
// instant: both instants if it was set back in between.
func readings(zone *time.Location, clock time.Time) []time.Time {
	moment := instantIn(zone, clock)
	if moment.Doubts == SetBack {
		return []time.Time{moment.Earliest, moment.Latest}
	}
	return []time.Time{moment.Likely}
}

func offsetAt(zone *time.Location, t time.Time) time.Duration {
	_, seconds := t.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
