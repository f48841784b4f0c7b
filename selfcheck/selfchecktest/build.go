package selfchecktest

import (
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/selfcheck"
)

// Start is the instant at which FixedClock stands.
var Start = time.Date(2013, time.August, 15, 14, 30, 0, 123456000, time.UTC)

// FixedClock stands at Start.
func FixedClock() time.Time { return Start }

// SequentialIDs returns a source of transaction ids: "check-000001" and so on. It is
// for one goroutine.
func SequentialIDs() func() string {
	n := 0
	return func() string {
		n++
		return fmt.Sprintf("check-%06d", n)
	}
}

// Applicant returns an applicant who gives everything, also a Social Security
// number of the kind that only test environments accept.
func Applicant() selfcheck.Applicant {
	return selfcheck.Applicant{
		Name: must(cris.NewPersonName(cris.NameParts{
			Family: "Lindqvistson", Given: "Ottoline", Middle: "M", Maiden: "Brackenbury",
		})),
		BirthDate: cris.NewPersonal(cris.MustParseDate("1979-11-23")),
		Residence: must(cris.NewAddress(cris.AddressParts{
			Street: "4711 Quillfeather Lane", Unit: "Apt 12", City: "Zanesfield", State: "OH", ZIP: cris.MustParseZIP("43360-1234"),
		})),
		SSN: must(selfcheck.ParseSandboxSSN("912-73-6458")),
	}
}

// CitizenI9 returns what a citizen with a passport enters after a proofing that
// brought the Social Security number. It is complete until the end of 2030.
func CitizenI9() selfcheck.I9 {
	return selfcheck.I9{
		Status:         selfcheck.USCitizen,
		ListA:          selfcheck.USPassport,
		PassportNumber: cris.NewPersonal("512803467"),
		Expires:        cris.NewPersonal(cris.MustParseDate("2030-12-31")),
	}
}

// PassedProofing returns the record of a passed proofing of Applicant.
func PassedProofing(transaction selfcheck.TransactionID) selfcheck.PassedProofing {
	applicant := Applicant()
	return selfcheck.PassedProofing{
		Transaction:    transaction,
		IdPTransaction: "IDP-000001",
		At:             Start,
		Name:           applicant.Name,
		BirthDate:      applicant.BirthDate,
		SSN:            applicant.SSN,
	}
}

// Failure returns the record of a failed proofing.
func Failure(transaction selfcheck.TransactionID) selfcheck.Failure {
	return selfcheck.Failure{
		Transaction:    transaction,
		IdPTransaction: "IDP-000001",
		Reason:         selfcheck.AnsweredIncorrectly,
		At:             Start,
		ErrorCode:      "HE000050",
	}
}

// QueryRecord returns the record of a query of PassedProofing in which no field is
// empty, and whose case is open.
func QueryRecord(transaction selfcheck.TransactionID) selfcheck.QueryRecord {
	identity := PassedProofing(transaction).Lock()
	return selfcheck.QueryRecord{
		Query: selfcheck.Query{
			Identity:       identity,
			Status:         selfcheck.AlienAuthorizedToWork,
			ListA:          selfcheck.ForeignPassportWithI94,
			ListB:          selfcheck.DriversLicense,
			ListC:          selfcheck.SocialSecurityCard,
			SSN:            identity.SSN(),
			ANumber:        cris.MustParseANumber("A087654321"),
			PassportNumber: must(selfcheck.ParseForeignPassportNumber("XQ1234567890")),
			Country:        cris.NewPersonal(selfcheck.CountryCode("SWE")),
			I94Number:      must(selfcheck.ParseI94Number("123456789A1")),
			CardNumber:     cris.NewPersonal(casestatus.MustParseReceiptNumber("IOE*123456789")),
			DocumentNumber: must(selfcheck.ParseDocumentNumber("DL-99*1")),
			State:          cris.NewPersonal(selfcheck.StateCode("OH")),
			Expires:        cris.NewPersonal(cris.MustParseDate("2030-12-31")),
		},
		Submitted: Start.Add(time.Minute),
		Case:      "2013227143000AB",
		Result:    selfcheck.SSAMismatch,
		Choice:    selfcheck.Resolve,
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
