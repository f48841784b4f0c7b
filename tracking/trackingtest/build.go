package trackingtest

import (
	"crypto/sha256"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// mailer is the identifier of the mailer whose pieces and files these are.
const mailer = "999999999"

// Number returns the n-th of a repeatable series of tracking numbers of 22 digits, n from
// 1 to 99,999,999, in order. No piece of real mail has one of them: their mailer identifier
// is all nines. It panics if n is greater.
func Number(n int) tracking.Number {
	// Seven digits are left for the piece; the eighth is part of the service type code.
	const serials = 10_000_000
	return withCheckDigit(fmt.Sprintf("9205%d%s%07d", n/serials, mailer, n%serials), "")
}

// legacyNumber is Number for the older numbers of 20 digits.
func legacyNumber(n int) tracking.Number {
	return withCheckDigit(fmt.Sprintf("01%s%08d", mailer, n), "")
}

// s10Number is Number for international numbers of 13 characters, which name no mailer.
func s10Number(n int) tracking.Number { return withCheckDigit(fmt.Sprintf("RB%08d", n), "US") }

// withCheckDigit puts the digit between the two parts that makes them a number.
func withCheckDigit(before, after string) tracking.Number {
	for digit := range 10 {
		text := fmt.Sprintf("%s%d%s", before, digit, after)
		// Another digit may be right if 91 is put before an older number.
		if number, err := tracking.ParseNumber(text); err == nil && number.String() == text {
			return number
		}
	}
	panic(fmt.Sprintf("trackingtest: no number %s_%s", before, after))
}

// anyNumbers returns a number of every construction and length, and one whose check digit
// is wrong.
func anyNumbers() []tracking.Number {
	wrong, err := tracking.ParseNumberLenient("9400100000000000000000")
	check(err)
	return []tracking.Number{
		Number(1),
		withCheckDigit("92055"+mailer+"00000000001", ""),     // of 26 digits
		withCheckDigit("92055"+mailer+"000000000000001", ""), // of 30
		legacyNumber(1),
		withCheckDigit("9101"+mailer+"00000001", ""), // an older one of 22
		s10Number(1),
		wrong,
	}
}

// NewScan returns a scan of the piece in Butler, NJ: trackingtest.NewScan(n, "01",
// "2013-08-15T09:52"). It panics if the time is none.
func NewScan(number tracking.Number, code tracking.Code, at string, edits ...func(*tracking.Scan)) tracking.Scan {
	scan := tracking.Scan{
		Number: number, Code: code, At: tracking.MustParseLocalTime(at),
		Place: tracking.Place{ZIP: cris.MustParseZIP("07405"), Country: "US"},
	}
	return edited(scan, edits)
}

// NewFile returns the n-th of a series of files that were read to their end, in each of which
// something is in every field. The edits change it before it is returned, as those of all
// builders here do.
func NewFile(n int, edits ...func(*tracking.File)) tracking.File {
	file := tracking.File{
		ID:        FileID(n),
		Name:      fmt.Sprintf("EXTRACT_%04d.txt", n),
		Series:    tracking.Series{Mailer: mailer, Day: firstDay.AddDays(n), Number: 1 + n%3},
		Announces: true,
		Announced: 100 + n,
		Records:   100 + n,
		Damaged:   3,
		New:       90 + n,
		Done:      true,
		First:     tracking.MustParseLocalTime("2013-08-15T09:52"),
		Last:      tracking.MustParseLocalTime("2013-08-16T21:07"),
	}
	return edited(file, edits)
}

// NewDamage returns the damage of the record on a line: an hour that does not exist, and
// what may be kept of the record.
func NewDamage(line int, edits ...func(*tracking.Damage)) tracking.Damage {
	damage := tracking.Damage{
		Line: line, Column: 144, Field: "event time", Cause: tracking.NoSuchTime,
		Kept: `"` + Number(1).String() + `","                      ","07405","01","20130815","xxxx","US"`,
	}
	return edited(damage, edits)
}

func edited[V any](value V, edits []func(*V)) V {
	for _, edit := range edits {
		edit(&value)
	}
	return value
}

// FileID returns the n-th of a repeatable series of file IDs.
func FileID(n int) tracking.FileID {
	return sha256.Sum256(fmt.Appendf(nil, "file %d", n))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
