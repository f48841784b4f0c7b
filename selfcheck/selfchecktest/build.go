package selfchecktest

import (
	"context"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/attempt"
)

// Clock is a clock for tests that stands still until it is set or advanced; its Now goes
// into selfcheck.Options. It is safe for concurrent use.
type Clock = contract.Clock

// NewClock returns a clock that shows the time, in the form 2006-01-02T15:04:05Z07:00. It
// panics on any other text.
func NewClock(at string) *Clock { return contract.NewClock(at) }

// Token returns the n-th token, for tests only: it can be guessed. It panics for a negative n.
func Token(n int) selfcheck.Token {
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	text := []byte("TESTTESTTESTTESTTEST......")
	for i := len(text) - 1; text[i] != 'T' || n > 0; i-- {
		text[i], n = digits[n%len(digits)], n/len(digits)
	}
	return must(selfcheck.ParseToken(string(text)))
}

// Start is the time at which everything built here happens: August 15, 2013, 10:30 in the
// morning in the agency's zone.
func Start() time.Time { return time.Date(2013, time.August, 15, 14, 30, 0, 123456000, time.UTC) }

// SelfCheck is a Service with the world around it, for tests of what uses the service.
type SelfCheck struct {
	*selfcheck.Service

	Clock    *Clock                       // shows Start
	IdP      selfcheck.IdP                // a FakeIdP that lets everybody pass
	EVerify  selfcheck.EVerify            // a FakeEVerify that finds everybody authorized
	Policy   selfcheck.Policy             // the zero Policy: the defaults
	Attempts *attempt.Limiter             // nil: no limit
	Failed   func(context.Context, error) // what Options.Failed is; nil is nobody
}

// NewSelfCheck returns a Service over the store. The edits change the world before the
// Service is made.
func NewSelfCheck(store selfcheck.Store, edits ...func(*SelfCheck)) *SelfCheck {
	check := &SelfCheck{
		Clock:   NewClock(Start().Format(time.RFC3339Nano)),
		IdP:     NewFakeIdP(),
		EVerify: NewFakeEVerify(),
	}
	edit(check, edits)
	check.Service = selfcheck.NewService(store, check.IdP, check.EVerify, &selfcheck.Options{
		Now: check.Clock.Now, Policy: &check.Policy, Attempts: check.Attempts, Failed: check.Failed,
	})
	return check
}

// Prove takes step one as an individual does who was shown the statement of that edition, takes
// every quiz and comes back: it begins and concludes. The errors are those of
// selfcheck.Service.Begin.
func (c *SelfCheck) Prove(ctx context.Context, token selfcheck.Token, statement string, applicant selfcheck.Applicant) (selfcheck.Proofing, error) {
	proofing, err := c.Begin(ctx, token, statement, applicant, cris.English)
	for err == nil && proofing.Outcome == selfcheck.QuizToTake && !proofing.Quiz.IsZero() {
		proofing, err = c.Conclude(ctx, token, "")
	}
	return proofing, err
}

// NewApplicant returns an applicant who gives everything, also a Social Security number of
// the kind that only test environments accept. The edits change it before it is returned,
// as those of all builders here do.
func NewApplicant(edits ...func(*selfcheck.Applicant)) selfcheck.Applicant {
	applicant := selfcheck.Applicant{
		Name: must(cris.NewPersonName(cris.NameParts{
			Family: "Lindqvistson", Given: "Ottoline", Middle: "M", Maiden: "Brackenbury",
		})),
		BirthDate: cris.NewPersonal(cris.MustParseDate("1979-11-23")),
		Residence: must(cris.NewAddress(cris.AddressParts{
			Street: "4711 Quillfeather Lane", Unit: "Apt 12", City: "Zanesfield", State: "OH", ZIP: cris.MustParseZIP("43360-1234"),
		})),
		SSN: must(selfcheck.ParseSandboxSSN("912-73-6458")),
	}
	edit(&applicant, edits)
	return applicant
}

// NewI9 returns what a citizen with a passport enters after a proofing that brought the
// Social Security number. It is complete until the end of 2030.
func NewI9(edits ...func(*selfcheck.I9)) selfcheck.I9 {
	entered := selfcheck.I9{
		Status:         selfcheck.USCitizen,
		ListA:          selfcheck.USPassport,
		PassportNumber: cris.NewPersonal("512803467"),
		ExpirationDate: cris.NewPersonal(cris.MustParseDate("2030-12-31")),
	}
	edit(&entered, edits)
	return entered
}

// NewPassedProofing returns the record of a passed proofing of NewApplicant.
func NewPassedProofing(transaction selfcheck.TransactionID, edits ...func(*selfcheck.PassedProofing)) selfcheck.PassedProofing {
	applicant := NewApplicant()
	pass := selfcheck.PassedProofing{
		Transaction:    transaction,
		IdPTransaction: "IDP-000001",
		At:             Start(),
		Statement:      selfcheck.Statements()[0].Edition,
		Name:           applicant.Name,
		BirthDate:      applicant.BirthDate,
		SSN:            applicant.SSN,
	}
	edit(&pass, edits)
	return pass
}

// NewBegunProofing returns the record of a proofing that was begun. What is sealed in it can be
// opened by nobody.
func NewBegunProofing(transaction selfcheck.TransactionID, edits ...func(*selfcheck.BegunProofing)) selfcheck.BegunProofing {
	begun := selfcheck.BegunProofing{
		Transaction:    transaction,
		Begun:          Start(),
		Asked:          Start().Add(time.Second),
		IdPTransaction: "IDP-000001",
		Quizzes:        1,
		Sealed:         "c2VhbGVk",
	}
	edit(&begun, edits)
	return begun
}

// NewFailure returns the record of a failed proofing.
func NewFailure(transaction selfcheck.TransactionID, edits ...func(*selfcheck.Failure)) selfcheck.Failure {
	failure := selfcheck.Failure{
		Transaction:    transaction,
		IdPTransaction: "IDP-000001",
		Reason:         selfcheck.AnsweredIncorrectly,
		At:             Start(),
		ErrorCode:      "HE000050",
	}
	edit(&failure, edits)
	return failure
}

// NewQueryRecord returns the record of a query of NewPassedProofing. Its case is open, and
// nothing else in it is empty.
func NewQueryRecord(transaction selfcheck.TransactionID, edits ...func(*selfcheck.QueryRecord)) selfcheck.QueryRecord {
	identity := NewPassedProofing(transaction).Identity()
	query := selfcheck.QueryRecord{
		Query: selfcheck.Query{
			Identity:       identity,
			Status:         selfcheck.NoncitizenAuthorizedToWork,
			ListA:          selfcheck.ForeignPassportWithI94,
			ListB:          selfcheck.DriversLicense,
			ListC:          selfcheck.SocialSecurityCard,
			SSN:            identity.SSN(),
			ANumber:        cris.MustParseANumber("A087654321"),
			PassportNumber: must(selfcheck.ParseForeignPassportNumber("XQ1234567890")),
			Country:        cris.NewPersonal(selfcheck.CountryCode("SWE")),
			I94Number:      must(selfcheck.ParseI94Number("123456789A1")),
			VisaNumber:     must(selfcheck.ParseVisaNumber("K1234567")),
			SEVISNumber:    must(selfcheck.ParseSEVISNumber("N0012345678")),
			CardNumber:     cris.NewPersonal(casestatus.MustParseReceiptNumber("IOE*123456789")),
			DocumentNumber: must(selfcheck.ParseDocumentNumber("DL-99*1")),
			State:          cris.NewPersonal(selfcheck.StateCode("OH")),
			ExpirationDate: cris.NewPersonal(cris.MustParseDate("2030-12-31")),
		},
		Handle:    "TESTTESTTESTTESTTESTTESTTE",
		Submitted: Start().Add(time.Minute),
		Claimed:   Start().Add(2 * time.Minute),
		Case:      "2013227143000AB",
		SettledBy: "settler-1",
		Stage:     selfcheck.StageReferred,
		Findings:  selfcheck.Findings{SSA: true, DHS: true, State: true},
		Result:    selfcheck.BothMismatches,
		Choice:    selfcheck.Resolve,
		Chosen:    Start().Add(3 * time.Minute),
	}
	edit(&query, edits)
	return query
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
