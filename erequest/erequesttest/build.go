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
)

// Details returns complete details of an invented person for a request about the
// issue.
func Details(issue erequest.Issue) erequest.Details {
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
		},
	}
	if issue == erequest.TypographicalError || issue == erequest.BeneficiaryChange {
		details.Correction = erequest.Correction{Element: erequest.ElementName, Correct: cris.NewPersonal("Lindström")}
	}
	return details
}

// Request returns the n-th of a series of complete online requests about one case,
// filed n seconds after one another. All identifiers of the series differ, also
// between cases.
func Request(receipt casestatus.ReceiptNumber, n int) erequest.Request {
	at := time.Date(2013, 8, 15, 14, 30, n, 123456000, time.UTC)
	filed := cris.DateOf(at, cris.AgencyZone())
	return erequest.Request{
		ID:           fmt.Sprintf("%s-%d", receipt, n),
		Key:          fmt.Sprintf("key-%s-%d", receipt, n),
		Confirmation: ConfirmationNumber(n),
		Receipt:      receipt,
		Issue:        erequest.TypographicalError,
		Channel:      erequest.Online,
		Screening: erequest.Screening{
			Receipt: receipt, Form: "I-765", FormType: "147-C8", DateFiled: cris.MustParseDate("2012-11-05"),
			MailingZIP: cris.NewPersonal(cris.MustParseZIP("07405-1234")),
		},
		Details:   Details(erequest.TypographicalError),
		FiledAt:   at,
		Filed:     filed,
		RespondBy: filed.AddDays(30),
		Repeats:   "earlier",
	}
}

// ConfirmationNumber returns the n-th of a repeatable series of confirmation numbers.
func ConfirmationNumber(n int) erequest.ConfirmationNumber {
	seed := sha256.Sum256([]byte(strconv.Itoa(n)))
	return must(erequest.NewConfirmationNumber(rand.NewChaCha8(seed)))
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
