package erequesttest

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/contract"
)

// Clock is a clock for tests that stands still until it is set or advanced; its Now goes
// into erequest.Options. It is safe for concurrent use.
type Clock = contract.Clock

// NewClock returns a clock that shows the time, in the form 2006-01-02T15:04:05Z07:00. It
// panics on any other text.
func NewClock(at string) *Clock { return contract.NewClock(at) }

// IDs returns a source of identifiers for erequest.Options: the prefix and 1, 2, 3 and so on.
// It is safe for concurrent use.
func IDs(prefix string) func() string { return contract.IDs(prefix) }

// Start is the time of filing of the requests built here, to the second: August 15, 2013,
// 10:30 in the morning in the agency's zone.
func Start() time.Time { return time.Date(2013, time.August, 15, 14, 30, 0, 123456000, time.UTC) }

// NewScreening returns what the owner of the case enters: it matches the case. The edits
// change it before it is returned, as those of all builders here do.
func NewScreening(of casestatus.Case, edits ...func(*erequest.Screening)) erequest.Screening {
	screening := erequest.Screening{
		Receipt: of.Receipt, Form: of.Form, FormType: of.FormType, DateFiled: of.Filed,
		MailingZIP: cris.NewPersonal(of.Address.Reveal().ZIP),
	}
	edit(&screening, edits)
	return screening
}

// NewSubmission returns an online request about the issue that the owner of the case submits
// with this key.
func NewSubmission(key string, of casestatus.Case, issue erequest.Issue, edits ...func(*erequest.Submission)) erequest.Submission {
	submission := erequest.Submission{
		Key: key, Issue: issue, Channel: erequest.Online, Screening: NewScreening(of), Statement: erequest.Statements()[0].Edition, Details: NewDetails(issue),
	}
	edit(&submission, edits)
	return submission
}

// NewDetails returns complete details of an invented person for a request about the
// issue.
func NewDetails(issue erequest.Issue, edits ...func(*erequest.Details)) erequest.Details {
	details := erequest.Details{
		Name:                 must(cris.NewPersonName(cris.NameParts{Family: "Lindström", Given: "Ana María", Middle: "Q", Maiden: "O'Neill"})),
		DateOfBirth:          cris.NewPersonal(cris.MustParseDate("1984-02-29")),
		CountryOfBirth:       cris.NewPersonal("SE"),
		CountryOfCitizenship: cris.NewPersonal("MX"),
		ANumber:              cris.MustParseANumber("A012345678"),
		Contact: erequest.Contact{
			Email: cris.NewPersonal("ana@example.org"),
			Phone: cris.NewPersonal("+1 202 555 0143"),
			Address: must(cris.NewAddress(cris.AddressParts{
				Street: "17 Elm Street", Unit: "Apt 4", City: "Butler", State: "NJ", ZIP: cris.MustParseZIP("07405-1234"),
			})),
			Preferred: erequest.ByEmail,
		},
	}
	switch issue {
	case erequest.TypographicalError:
		details.Document = erequest.Card
		details.Corrections.Name = erequest.Correction{Printed: cris.NewPersonal("Lindstrom, Anna"), Correct: cris.NewPersonal("Lindström, Ana")}
		details.Corrections.DateOfBirth = erequest.Correction{Printed: cris.NewPersonal("02/28/1984"), Correct: cris.NewPersonal("1984-02-29")}
	case erequest.BeneficiaryChange:
		details.Corrections.Name.Correct = cris.NewPersonal("Lindström")
	case erequest.NoticeNotReceived, erequest.DocumentNotReceived, erequest.CardNotReceived:
		details.Mailed = cris.MustParseDate("2013-07-01")
	default: // the others need no more
	}
	edit(&details, edits)
	return details
}

// NewRepresentative returns an invented attorney who gets the responses.
func NewRepresentative(edits ...func(*erequest.Representative)) erequest.Representative {
	representative := erequest.Representative{
		Name:       must(cris.NewPersonName(cris.NameParts{Family: "Okafor", Given: "Chidi", Middle: "B", Maiden: "Obi"})),
		Firm:       cris.NewPersonal("Okafor & Partners"),
		Appearance: erequest.G28OnFile,
		Contact: erequest.Contact{
			Email: cris.NewPersonal("chidi@okafor.example"),
			Phone: cris.NewPersonal("+1 202 555 0199"),
			Address: must(cris.NewAddress(cris.AddressParts{
				Street: "400 Main Street", Unit: "Ste 12", City: "Newark", State: "NJ", ZIP: cris.MustParseZIP("07102-0001"),
			})),
			Preferred: erequest.ByLetter,
		},
		RespondTo: erequest.ToBoth,
	}
	edit(&representative, edits)
	return representative
}

// everyCorrection corrects every element, each to something of its own.
func everyCorrection() erequest.Corrections {
	correction := func(printed, correct string) erequest.Correction {
		return erequest.Correction{Printed: cris.NewPersonal(printed), Correct: cris.NewPersonal(correct)}
	}
	return erequest.Corrections{
		Name:           correction("Lindstrom, Anna", "Lindström, Ana"),
		Address:        correction("17 Elm Avenue", "17 Elm Street"),
		DateOfBirth:    correction("02/28/1984", "1984-02-29"),
		CountryOfBirth: correction("CH", "SE"),
		ANumber:        correction("A012345679", "A012345678"),
	}
}

// NewRequest returns the n-th of a series of complete online requests about one case,
// filed n seconds after Start. All identifiers of the series differ, also between cases.
func NewRequest(receipt casestatus.ReceiptNumber, n int, edits ...func(*erequest.Request)) erequest.Request {
	at := Start().Add(time.Duration(n) * time.Second)
	filed := cris.DateOf(at, cris.AgencyZone())
	request := erequest.Request{
		Entry: erequest.Entry{
			ID:           fmt.Sprintf("%s-%d", receipt, n),
			Key:          fmt.Sprintf("key-%s-%d", receipt, n),
			Confirmation: ConfirmationNumber(n),
			Issue:        erequest.TypographicalError,
			Channel:      erequest.Online,
			Filed:        filed,
			RespondBy:    filed.AddDays(30),
			Repeats:      "earlier",
		},
		Receipt: receipt,
		Screening: erequest.Screening{
			Receipt: receipt, Form: "I-765", FormType: "147-C8", DateFiled: cris.MustParseDate("2012-11-05"),
			MailingZIP: cris.NewPersonal(cris.MustParseZIP("07405-1234")),
		},
		Statement: erequest.Statements()[0].Edition,
		Language:  cris.Spanish,
		Details: NewDetails(erequest.TypographicalError, func(d *erequest.Details) {
			d.Representative = NewRepresentative()
			d.Corrections = everyCorrection()
			d.Mailed = cris.MustParseDate("2013-07-01")
		}),
		Compared: erequest.Compared{Name: erequest.Agrees, DateOfBirth: erequest.Differs, Representative: erequest.NotCompared},
		FiledAt:  at,
	}
	edit(&request, edits)
	return request
}

// ConfirmationNumber returns the n-th of a repeatable series of confirmation numbers.
func ConfirmationNumber(n int) erequest.ConfirmationNumber {
	seed := sha256.Sum256([]byte(strconv.Itoa(n)))
	return must(erequest.NewConfirmationNumber(rand.NewChaCha8(seed)))
}

func edit[T any](value *T, edits []func(*T)) {
	for _, change := range edits {
		change(value)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
