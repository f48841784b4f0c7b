package tracking

import (
	"strconv"

	"github.com/seed28e20331/cris"
)

// Reading is how a tracking number was read from what was written or scanned. The same
// piece is scanned in several ways, so all of this is beside the number and no part of it.
type Reading struct {
	Number      Number
	Destination cris.ZIP // of the routing prefix, with five or nine digits; zero if there is none, or one that no place has
	// Ambiguous reports that the digits could be read with a ZIP code of five or of nine, and nothing
	// between them told which. The reading whose check digit holds is taken; if both do, or
	// neither, the one whose mailer identifier begins with 9, as identifiers of nine digits
	// do; if all is equal, the one with five digits.
	Ambiguous bool
	// IdentifierAdded reports that the label left out the application identifier 91, which
	// its check digit counts. The number has it.
	IdentifierAdded bool
}

// ReadNumber is ParseNumber and tells which reading was taken. A wrong check digit is
// taken as ParseNumberLenient does: ask CheckDigitOK of the number.
// Its other errors are those of ParseNumber.
func ReadNumber(s string) (Reading, error) { return readNumber(s, checkDigitMayFail) }

// String names the reading in short: "impb22", "legacy20", "legacy20+91", "s10", or with
// a routing prefix "420+5+22". It does not repeat the number.
func (r Reading) String() string {
	n := r.Number
	length := strconv.Itoa(int(n.length))
	switch {
	case n.IsZero():
		return "none"
	case r.Destination != r.Destination.Five():
		return "420+9+" + length
	case !r.Destination.IsZero():
		return "420+5+" + length
	case n.Format() == S10:
		return "s10"
	case r.IdentifierAdded:
		return "legacy20+91"
	case n.Format() == Legacy:
		return "legacy" + length
	default:
		return "impb" + length
	}
}

// parts says where the parts of a number are: text[:service] is what stands before the
// service type code.
type parts struct{ service, mailer, serial, end int }

func (n Number) parts() parts {
	const identifier = len("92")
	check := int(n.length) - 1
	switch {
	case n.IsZero():
		return parts{}
	case n.length == s10Len:
		return parts{0, 2, 2, 10}
	case n.length == legacyLen:
		return parts{0, 2, 2 + 9, check}
	case n.Format() == Legacy:
		return parts{identifier, identifier + 2, identifier + 2 + 9, check}
	}
	mailer := identifier + 3
	switch {
	case n.text[1] == '4' || n.text[1] == '5':
		return parts{identifier, mailer, mailer, check}
	case n.text[mailer] == '9':
		return parts{identifier, mailer, mailer + 9, check}
	default:
		return parts{identifier, mailer, mailer + 6, check}
	}
}

// ServiceType returns the service type code: three digits, two of a legacy number, or
// the two letters of an S10 number, such as RB.
func (n Number) ServiceType() string { at := n.parts(); return string(n.text[at.service:at.mailer]) }

// MailerID returns the identifier of the mailer: nine digits if it begins with 9, and
// otherwise six. Numbers that name the device that printed the label instead
// (application identifiers 94 and 95), and S10 numbers, have none: "".
func (n Number) MailerID() string { at := n.parts(); return string(n.text[at.mailer:at.serial]) }

// Serial returns what tells the piece from others of the same service and mailer: all
// digits between these and the check digit.
func (n Number) Serial() string { at := n.parts(); return string(n.text[at.serial:at.end]) }

// Country returns the two letters of the country that issued an S10 number; "" for others.
func (n Number) Country() string {
	if n.length != s10Len {
		return ""
	}
	return string(n.text[s10Len-2 : s10Len])
}
