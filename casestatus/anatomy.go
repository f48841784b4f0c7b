package casestatus

import (
	"time"

	"github.com/seed28e20331/cris"
)

// Reading is a way in which the digits of a receipt number are commonly read; "" if none is
// known, as for any number with IOE or an asterisk.
type Reading string

// The readings of the digits.
const (
	ServiceCenterReading Reading = "service_center" // YY DDD 5SSSS: fiscal year, workday, serial number
	LockboxReading       Reading = "lockbox"        // YY 9NNNNNNN: fiscal year, counter
)

// Readings lists the readings of the digits.
func Readings() []Reading { return []Reading{ServiceCenterReading, LockboxReading} }

// Anatomy is how the digits of a receipt number read, for display only. It is a
// convention seen on notices, not a rule of the agency, and nothing in this package
// decides by it.
//
// No date may be derived from it. The workday is the one of receipting, which was 27
// days after the receipt date of the notice in one dated sample and 12 workdays after
// in another; a lockbox number counts and holds no day; a case received in one fiscal
// year may be receipted in the next. The date filed is Case.Filed.
type Anatomy struct {
	Reading    Reading
	FiscalYear int // in which the number was given, with its century: see ReceiptNumber.Anatomy; 0 if there is no Reading
	Workday    int // of the fiscal year, from 1; 0 unless ServiceCenterReading
	Serial     int // of the workday, or the counter of the lockbox; 0 if there is no Reading
}

// Anatomy reads the digits of n for display. A fiscal year has two digits there: it is
// taken for the latest that had begun on the day asOf, so 99 is 1999 until October
// 2098. Without a day there is no year, and no reading.
func (n ReceiptNumber) Anatomy(asOf cris.Date) Anatomy {
	// A fiscal year of the agency begins on October 1 of the year before.
	const mostWorkdays = 262
	if n.IsZero() || asOf.IsZero() || n.text[3] == '*' || n.Prefix() == "IOE" {
		return Anatomy{}
	}
	digits := n.text[3:]
	year := fiscalYear(number(digits[:2]), asOf)
	if digits[2] == '9' {
		return Anatomy{Reading: LockboxReading, FiscalYear: year, Serial: number(digits[3:])}
	}
	if workday := number(digits[2:5]); digits[5] == '5' && workday >= 1 && workday <= mostWorkdays {
		return Anatomy{Reading: ServiceCenterReading, FiscalYear: year, Workday: workday, Serial: number(digits[5:])}
	}
	return Anatomy{}
}

// fiscalYear returns the latest fiscal year with these last two digits that had begun
// on the day asOf.
func fiscalYear(twoDigits int, asOf cris.Date) int {
	latest, month, _ := asOf.Date()
	if month >= time.October {
		latest++
	}
	return latest - (latest-twoDigits)%100
}

// number returns the value of decimal digits.
func number(digits []byte) (value int) {
	for _, c := range digits {
		value = value*10 + int(c-'0')
	}
	return value
}
