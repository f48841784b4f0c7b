package ridp

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

// Provider is the identity proofing provider as package selfcheck sees it, and the page of
// its quiz. It may be used by several goroutines at once. It keeps nothing that a proofing
// needs: any process with the same [Config] serves the page, and concludes.
type Provider struct {
	endpoint   string
	client     *http.Client
	authorize  func(*http.Request) error
	level      Level
	subscriber string
	codes      map[selfcheck.ErrorCode]selfcheck.IdPOutcome

	pageURL, returnURL, returnOrigin string

	deadline, life time.Duration
	now            func() (time.Time, error)
	sealer         *sealer
	answered       *answered
}

var _ selfcheck.IdP = (*Provider)(nil)

// Begin sends the applicant and returns the quiz, sealed, or the final decision. Every call is a
// new inquiry with a number of its own, since the service cannot resume one.
//
// An applicant whose name or address cannot be written in the letters of the service is not
// sent, and neither is one who has no given name or no family name, since the service wants
// both: the report is selfcheck.IdPNotWritable.
//
// The error is an *Error, or matches cris.ErrClock and selfcheck.ErrNotSent.
func (p *Provider) Begin(ctx context.Context, begin selfcheck.Beginning) (selfcheck.Progress, error) {
	now, err := p.now()
	if err != nil {
		return selfcheck.Progress{}, fmt.Errorf("ridp: %w: %w", selfcheck.ErrNotSent, err)
	}
	// SC-2: the service allows more, and gets no more than this.
	person, contact, isWritable := project(begin.Applicant, begin.Language)
	if !isWritable {
		return selfcheck.Progress{Report: selfcheck.Report{Outcome: selfcheck.IdPNotWritable, At: now}}, nil
	}
	r, failed := p.call(ctx, requestBody{Primary: &primaryRequest{person, contact, p.level, p.subscriber}})
	if failed != nil {
		return failedProgress("", failed), failed
	}
	outcome, failed := decide(r, false, p.codes)
	transaction := selfcheck.IdPTransactionID(r.Reference)
	if failed != nil {
		return failedProgress(transaction, failed), failed
	}
	now, err = p.now()
	if err != nil {
		return selfcheck.Progress{Transaction: transaction}, err
	}
	if outcome != "" {
		report := sealedReport{Outcome: outcome, At: now.UnixMicro(), Code: noteOf(r, outcome), Person: person}
		return report.progress(transaction)
	}
	sealed, err := p.sealer.seal(forPage, begin.Reference, sealedQuiz{
		Until: now.Add(p.life).UnixMicro(), Questions: r.Questions, Session: r.Session, Reference: r.Reference, Person: person,
	})
	if err != nil {
		return selfcheck.Progress{Transaction: transaction}, err
	}
	return selfcheck.Progress{Transaction: transaction, Quiz: selfcheck.Quiz{URL: p.pageURL, Values: []selfcheck.QuizValue{
		{Name: fieldReference, Value: cris.NewPersonal(string(begin.Reference))},
		{Name: fieldQuiz, Value: cris.NewPersonal(sealed)},
	}}}, nil
}

// failedProgress is what is known of a call that failed.
func failedProgress(transaction selfcheck.IdPTransactionID, failed *Error) selfcheck.Progress {
	return selfcheck.Progress{Transaction: transaction, Report: selfcheck.Report{ErrorCode: failed.Code}}
}

// Conclude opens the report that the individual's browser brought back from the quiz page. It
// asks nobody, and the same text is always the same report.
//
// Anything but a report of this proofing that is in force is ignored, and the quiz is not over:
// nothing at all, a text that was altered or made up, a report of another proofing, or one that
// has expired. None of these is an error, since an error becomes a system error, which does not
// count as an attempt: an individual who failed could buy another try with a broken text. A quiz
// that never ends fails after selfcheck.Policy.QuizLife.
//
// provider is not compared with the report. A double click can begin two inquiries, of which the
// individual sees one while the program has the other on record. Transaction names the one that
// was answered.
//
// The error matches cris.ErrClock if the clock is not set.
func (p *Provider) Conclude(
	_ context.Context, reference selfcheck.Reference, provider selfcheck.IdPTransactionID, returned string,
) (selfcheck.Progress, error) {
	now, err := p.now()
	if err != nil {
		return selfcheck.Progress{Transaction: provider}, err
	}
	var report sealedReport
	if !p.sealer.open(forConclusion, reference, returned, &report) || now.UnixMicro() > report.Until {
		return selfcheck.Progress{Transaction: provider}, nil
	}
	return report.progress(selfcheck.IdPTransactionID(report.Reference))
}

// progress returns the report as package selfcheck reads it. A pass names whom the service
// was sent, as it was sent: the service decides about exactly that person, and repeats
// nothing (SC-7).
func (r sealedReport) progress(transaction selfcheck.IdPTransactionID) (selfcheck.Progress, error) {
	report := selfcheck.Report{
		Outcome: r.Outcome, At: time.UnixMicro(r.At).UTC(), Questions: r.Questions, ErrorCode: r.Code,
	}
	if r.Outcome == selfcheck.IdPPassed {
		var nameErr, birthErr, ssnErr error
		report.Name, nameErr = cris.NewPersonName(cris.NameParts{Family: r.Person.Family, Given: r.Person.Given, Middle: r.Person.Middle})
		birth, birthErr := cris.ParseDate(r.Person.BirthDate)
		report.BirthDate = cris.NewPersonal(birth)
		if r.Person.SSN != "" {
			report.SSN, ssnErr = selfcheck.ParseSandboxSSN(r.Person.SSN) // it was judged when it was entered
		}
		if errors.Join(nameErr, birthErr, ssnErr) != nil {
			return selfcheck.Progress{Transaction: transaction}, &Error{Kind: KindContradictory}
		}
	}
	return selfcheck.Progress{Transaction: transaction, Report: report}, nil
}

// answer sends the answers and returns how the quiz ended. choices has a number for each
// question, from 1.
func (p *Provider) answer(ctx context.Context, quiz sealedQuiz, choices []int) (sealedReport, *Error) {
	body := &secondaryRequest{Session: quiz.Session, Reference: quiz.Reference}
	for i, choice := range choices {
		body.Answers = append(body.Answers, answer{answerSet{strconv.Itoa(choice), strconv.Itoa(i + 1)}})
	}
	r, failed := p.call(ctx, requestBody{Secondary: body})
	if failed != nil {
		return sealedReport{}, failed
	}
	if r.Session != "" && r.Session != quiz.Session || r.Reference != "" && r.Reference != quiz.Reference {
		return sealedReport{}, &Error{Kind: KindOtherProofing}
	}
	outcome, failed := decide(r, true, p.codes)
	if failed != nil {
		return sealedReport{}, failed
	}
	return sealedReport{Outcome: outcome, Code: noteOf(r, outcome)}, nil
}
