package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// worker is somebody who uses Self Check, and how it goes at the identity proofing
// provider and at E-Verify.
type worker struct {
	name      string
	applicant selfcheck.Applicant
	quiz      selfchecktest.Quiz
	finding   selfcheck.Finding // "" if the proofing fails
	choice    selfcheck.Choice  // "" if there is nothing to choose
	language  cris.Language     // "" for English
}

// workers come in this order. Their Social Security numbers are of the kind that only
// test environments accept.
var workers = []worker{
	{
		"Hana", applicant("Hana", "Vesterholt", "1975-03-08", "12 Larkspur Court", "Brattleboro", "VT", "05301", "912-73-6401"),
		selfchecktest.Passed, selfcheck.FindingAuthorized, "", "",
	},
	{
		"Ignatz", applicant("Ignatz", "Quendelbaum", "1981-07-19", "4711 Quillfeather Lane", "Zanesfield", "OH", "43360", "912-73-6402"),
		selfchecktest.Quiz{Outcome: selfcheck.IdPCouldNotGenerateQuestions, Questions: 1, ErrorCode: "HE000050"},
		"", "", cris.Spanish,
	},
	{
		"Jolanthe", applicant("Jolanthe", "Pfefferkorn", "1992-11-30", "9 Wexcombe Hollow", "Ketchum", "ID", "83340", "912-73-6403"),
		selfchecktest.Quiz{Outcome: selfcheck.IdPAnsweredIncorrectly, Questions: 3, ErrorCode: "RF2"},
		"", "", "",
	},
	{
		"Karl", applicant("Karl", "Osterhazy", "1969-01-02", "77 Thistledown Road", "Ogunquit", "ME", "03907", "912-73-6404"),
		selfchecktest.Passed, selfcheck.FindingSSAMismatch, selfcheck.Resolve, "",
	},
	{
		"Lena", applicant("Lena", "Abernethy", "1988-05-25", "301 Copperfield Street", "Astoria", "OR", "97103", "912-73-6405"),
		selfchecktest.Passed, selfcheck.FindingDHSMismatch, selfcheck.Resolve, cris.Spanish,
	},
	{
		"Milo", applicant("Milo", "Castellane", "1995-09-14", "6 Marigold Terrace", "Taos", "NM", "87571", "912-73-6406"),
		selfchecktest.Passed, selfcheck.FindingSSAMismatch, selfcheck.Decline, "",
	},
}

func applicant(given, family, born, street, city, state, zip, ssn string) selfcheck.Applicant {
	return selfcheck.Applicant{
		Name:      must(cris.NewPersonName(cris.NameParts{Given: given, Family: family})),
		BirthDate: cris.NewPersonal(day(born)),
		Residence: must(cris.NewAddress(cris.AddressParts{Street: street, City: city, State: state, ZIP: cris.MustParseZIP(zip)})),
		SSN:       must(selfcheck.ParseSandboxSSN(ssn)),
	}
}

// passport is what a citizen enters for the query.
func passport() selfcheck.I9 {
	return selfcheck.I9{
		Status: selfcheck.USCitizen, ListA: selfcheck.USPassport,
		PassportNumber: cris.NewPersonal("512803467"),
		ExpirationDate: cris.NewPersonal(day("2030-12-31")),
	}
}

// newSelfCheck returns the service over a provider and an E-Verify that follow the
// script of the workers.
func newSelfCheck(store selfcheck.Store, opts *selfcheck.Options) (*selfcheck.Service, *selfchecktest.FakeEVerify) {
	var quizzes []selfchecktest.Quiz
	var verifications []selfchecktest.Verification
	for _, w := range workers {
		quizzes = append(quizzes, w.quiz)
		if w.finding != "" {
			verifications = append(verifications, selfchecktest.Verification{Finding: w.finding})
		}
	}
	everify := selfchecktest.NewFakeEVerify(verifications...)
	return selfcheck.NewService(store, selfchecktest.NewFakeIdP(quizzes...), everify, opts), everify
}

// selfCheck shows what is shown first, and lets every worker go as far as it goes.
func (w *world) selfCheck(ctx context.Context) error {
	w.clock.set("2022-03-23", 10)
	statement, err := w.checks.Statement()
	if err != nil {
		return err
	}
	w.journal.tell("everybody reads the Privacy Act Statement", "shown first", facts{"edition", statement.Edition}, nil)
	for _, part := range []cris.Phrase{statement.Authority, statement.Purpose, statement.RoutineUses, statement.Disclosure} {
		w.journal.show(part.English)
	}
	w.journal.cite("ER-7")
	w.journal.tell("everybody reads this before the questions", "shown first", nil, nil)
	w.showNotices(cris.English, selfcheck.NoticesBefore())
	w.journal.cite("SC-19")
	for _, worker := range workers {
		if err := w.check(ctx, statement.Edition, worker); err != nil {
			return fmt.Errorf("%s: %w", worker.name, err)
		}
	}
	w.journal.tell("E-Verify cases that are still open", len(w.everify.Open()), nil, nil)
	return w.closeOpenCases(ctx)
}

// closeOpenCases is the job that a program runs when sessions have ended: a case that was
// opened must be closed, whatever became of the session.
func (w *world) closeOpenCases(ctx context.Context) error {
	closed := 0
	for open, err := range w.store.SelfChecks().OpenCases(ctx, cris.Page[selfcheck.TransactionID]{}) {
		if err != nil {
			return err
		}
		if err := w.checks.CloseCase(ctx, open.Transaction); err != nil {
			return err
		}
		closed++
	}
	w.journal.tell("the sessions end, and the cases that they left open are closed", fmt.Sprintf("%d closed", closed),
		facts{"still open", len(w.everify.Open())}, nil)
	return nil
}

func (w *world) check(ctx context.Context, statement string, worker worker) error {
	proofing, err := w.checks.Prove(ctx, statement, worker.applicant)
	if err != nil {
		return err
	}
	w.journal.tell(worker.name+" takes the identity proofing", proofing.Outcome, facts{"transaction", proofing.Transaction}, proofing.Reasons)
	if proofing.Outcome != selfcheck.Authenticated {
		return w.tellFailure(ctx, worker, proofing)
	}
	answer, err := w.checks.Query(ctx, proofing.Transaction, passport())
	if err != nil {
		return err
	}
	w.journal.tell(worker.name+" queries E-Verify", answer.Result, facts{"case", answer.Case, "open", answer.Open}, answer.Reasons)
	if worker.choice == "" {
		return nil
	}
	w.showNotices(worker.language, answer.Result.Notices())
	resolution, err := w.checks.Resolve(ctx, proofing.Transaction, worker.choice)
	if err != nil {
		return err
	}
	w.journal.tell(fmt.Sprintf("%s chooses to %s", worker.name, worker.choice), resolution.Outcome, w.resolutionFacts(answer, resolution), resolution.Reasons)
	switch resolution.Outcome {
	case selfcheck.ResolveWithSSA:
		w.journal.show(resolution.Form.RevealText(worker.language, cris.AgencyZone()))
	case selfcheck.ResolveWithUSCIS:
		w.journal.show(resolution.Call.Text(worker.language, cris.AgencyZone()))
	case selfcheck.Declined, selfcheck.NothingToResolve, selfcheck.ResolutionRefused:
	}
	return nil
}

// tellFailure tells somebody who was not authenticated what to do, and everything that is
// kept of the failed proofing (SC-5).
func (w *world) tellFailure(ctx context.Context, worker worker, proofing selfcheck.Proofing) error {
	w.journal.show(words().Say(worker.language, proofing.Message()))
	for _, way := range proofing.OtherWays {
		w.journal.show("- " + words().Say(worker.language, way.Message()))
		for _, known := range selfcheck.Contact(selfcheck.DefaultPolicy().Place(way), worker.language) {
			w.journal.show("  " + known.Label + ": " + known.Value)
		}
	}
	w.showNotices(worker.language, proofing.Outcome.Notices())
	record, err := w.store.SelfChecks().Record(ctx, proofing.Transaction)
	if err != nil {
		return err
	}
	kept := record.Failure
	if record != (selfcheck.Record{Failure: kept}) {
		return errors.New("more is on record than the failure")
	}
	w.journal.cite("SC-14")
	w.journal.tell("what is kept of the proofing of "+worker.name, kept.Reason, facts{
		"transaction", kept.Transaction, "transaction of the provider", kept.IdPTransaction,
		"at", kept.At.In(cris.AgencyZone()).Format("2006-01-02 15:04 MST"), "error code", kept.ErrorCode,
	}, nil)
	w.journal.cite("SC-5")
	return nil
}

// showNotices shows what the individual is to know.
func (w *world) showNotices(language cris.Language, notices []selfcheck.Notice) {
	for _, notice := range notices {
		w.journal.show(words().Say(language, notice.Message()))
	}
}

func (w *world) resolutionFacts(answer selfcheck.Answer, resolution selfcheck.Resolution) facts {
	switch resolution.Outcome {
	case selfcheck.ResolveWithUSCIS:
		return facts{"earliest call", resolution.Call.EarliestCall.In(cris.AgencyZone()).Format("2006-01-02 15:04 MST")}
	case selfcheck.Declined:
		return facts{"case closed", w.everify.Closure(answer.Case)}
	case selfcheck.ResolveWithSSA, selfcheck.NothingToResolve, selfcheck.ResolutionRefused:
	}
	return nil
}
