package tracking

import (
	"fmt"
	"iter"
	"strconv"
)

// Damage tells where a record is damaged, and why it was set aside (TR-6). Nothing but Kept
// repeats what stands in the record, where the name of a recipient may be (PV-1). It is
// comparable with ==.
type Damage struct {
	Line   int    // of the record, from 1; the header is a line
	Column int    // the byte of the line at which reading failed, from 1
	Field  string // of the layout, such as "event date"; "record" for the whole
	Cause  Cause
	// Kept is what TR-2 allows to keep of the record: its fields that a scan has, in their
	// places, as far as its quotes and commas are in theirs, with spaces for all other fields.
	// Every other byte is an x, except for the quotes and commas between fields. It holds no
	// line end. A tracking number may stand in it. It is "" where the text was not kept, or
	// was discarded: see IngesterOptions.KeepText and Quarantine.
	Kept string
}

// String returns where the damage is and its cause: "line 2, byte 144: event time:
// no_such_time".
func (d Damage) String() string {
	return "line " + strconv.Itoa(d.Line) + ", byte " + strconv.Itoa(d.Column) + ": " + d.Field + ": " + string(d.Cause)
}

// Cause says what is wrong with a damaged record, or with a header.
type Cause string

// The causes of damage.
const (
	BlankLine         Cause = "blank_line"           // an empty line before a record
	TooShort          Cause = "too_short"            // the line ends before the layout does
	TooLong           Cause = "too_long"             // the line goes on after the layout ends
	LoneCR            Cause = "lone_cr"              // lines end in CR alone, so that the file is one line
	WrongSeparator    Cause = "wrong_separator"      // no quotes and comma where the field begins or ends
	StrayQuote        Cause = "stray_quote"          // a quote in the field: as comma-separated values the record is another
	ControlCharacter  Cause = "control_character"    // one in the field
	MissingValue      Cause = "missing_value"        // the field is blank, and must not be
	WrongCharacter    Cause = "wrong_character"      // a letter where a digit is wanted, or the like
	NoSuchNumber      Cause = "no_such_number"       // no tracking number is built like this
	WrongCheckDigit   Cause = "wrong_check_digit"    // of the tracking number
	NoSuchDay         Cause = "no_such_day"          // the calendar does not have it
	NoSuchTime        Cause = "no_such_time"         // no clock shows it
	ImpossibleDay     Cause = "impossible_day"       // long ago, or not yet come
	NoHeader          Cause = "no_header"            // the first line is not a header, and must be
	NumberOutOfBounds Cause = "number_out_of_bounds" // of a header
)

// Causes lists the causes of damage.
func Causes() []Cause {
	return []Cause{
		BlankLine, TooShort, TooLong, LoneCR, WrongSeparator, StrayQuote, ControlCharacter, MissingValue, WrongCharacter,
		NoSuchNumber, WrongCheckDigit, NoSuchDay, NoSuchTime, ImpossibleDay, NoHeader, NumberOutOfBounds,
	}
}

// CountCauses counts damage by its cause. Its error is that of the list.
func CountCauses(damage iter.Seq2[Damage, error]) (map[Cause]int, error) {
	causes := map[Cause]int{}
	for d, err := range damage {
		if err != nil {
			return nil, fmt.Errorf("tracking: list damage: %w", err)
		}
		causes[d.Cause]++
	}
	return causes, nil
}
