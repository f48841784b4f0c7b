package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"slices"
	"strconv"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/everify"
	"github.com/seed28e20331/cris/adapters/everify/everifytest"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/records"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// worker is somebody who uses Self Check, and how it goes at the identity proofing
// provider and at E-Verify.
type worker struct {
	name      string
	applicant selfcheck.Applicant
	quiz      selfchecktest.Quiz
	query     *everifytest.Script // how the case goes; nil for those who never get to the query
	until     selfcheck.Step      // where the worker leaves for good; "" if nowhere
	typed     string              // passport number, as it is typed at first; "" for the right one
	choice    selfcheck.Choice    // "" if there is nothing to choose
	language  cris.Language       // "" for English
}

// workers come in this order. Their Social Security numbers are of the kind that only
// test environments accept.
var workers = []worker{
	{
		name: "Hana", applicant: applicant("Hana", "Vesterholt", "1975-03-08", "12 Larkspur Court", "Brattleboro", "VT", "05301", "912-73-6401"),
		quiz: selfchecktest.Passed, query: &everifytest.Script{},
	},
	{
		name: "Ignatz", applicant: applicant("Ignatz", "Quendelbaum", "1981-07-19", "4711 Quillfeather Lane", "Zanesfield", "OH", "43360", "912-73-6402"),
		quiz:     selfchecktest.Quiz{Outcome: selfcheck.IdPCouldNotGenerateQuestions, ErrorCode: "HE000050"},
		language: cris.Spanish,
	},
	{
		name: "Jolanthe", applicant: applicant("Jolanthe", "Pfefferkorn", "1992-11-30", "9 Wexcombe Hollow", "Ketchum", "ID", "83340", "912-73-6403"),
		quiz: selfchecktest.Quiz{Outcome: selfcheck.IdPAnsweredIncorrectly, Questions: 3, ErrorCode: "RF2"},
	},
	{
		name: "Karl", applicant: applicant("Karl", "Osterhazy", "1969-01-02", "77 Thistledown Road", "Ogunquit", "ME", "03907", "912-73-6404"),
		quiz: selfchecktest.Passed, query: &everifytest.Script{Submit: everifytest.SSAMismatch}, choice: selfcheck.Resolve,
	},
	{
		name: "Lena", applicant: applicant("Lena", "Abernethy", "1988-05-25", "301 Copperfield Street", "Astoria", "OR", "97103", "912-73-6405"),
		quiz: selfchecktest.Passed, query: &everifytest.Script{Submit: everifytest.DHSMismatch}, choice: selfcheck.Resolve,
		language: cris.Spanish,
	},
	{
		name: "Milo", applicant: applicant("Milo", "Castellane", "1995-09-14", "6 Marigold Terrace", "Taos", "NM", "87571", "912-73-6406"),
		quiz: selfchecktest.Passed, query: &everifytest.Script{Submit: everifytest.SSAMismatch}, choice: selfcheck.Decline,
	},
	{
		name: "Nadezhda", applicant: applicant("Nadezhda", "Orlovskaya", "1990-02-17", "58 Saltgrass Way", "Chincoteague", "VA", "23336", "912-73-6407"),
		quiz: selfchecktest.Passed, query: &everifytest.Script{Submit: everifytest.Unconfirmed, ConfirmFields: []string{"us_passport_number"}}, typed: "512803476",
	},
	{
		name: "Otis", applicant: applicant("Otis", "Fennimore", "1984-10-06", "2 Juniper Landing", "Bisbee", "AZ", "85603", "912-73-6408"),
		quiz: selfchecktest.Passed, choice: selfcheck.Resolve,
		query: &everifytest.Script{Submit: everifytest.BothMismatches, Queued: 2},
	},
	{
		name: "Philippa", applicant: applicant("Philippa", "Underhaugh", "1978-12-12", "830 Cloudberry Drive", "Grand Marais", "MN", "55604", "912-73-6409"),
		quiz: selfchecktest.Passed, until: selfcheck.StepQuiz,
	},
	{
		name: "Quentin", applicant: applicant("Quentin", "Rasmunder", "1986-06-21", "41 Heronsgate Mews", "Beaufort", "SC", "29902", "912-73-6410"),
		quiz: selfchecktest.Passed, until: selfcheck.StepQuery,
	},
	{
		name: "Rosamund", applicant: applicant("Rosamund", "Thackersby", "1973-04-30", "19 Pennywhistle Close", "Galena", "IL", "61036", "912-73-6411"),
		quiz: selfchecktest.Quiz{Err: selfchecktest.ErrUnreachable},
	},
}

// tokenOf returns the token of a worker's one use of Self Check. A real program calls
// selfcheck.NewToken and keeps it in the session; this one can be guessed, and reads the same in each run.
func tokenOf(of worker) selfcheck.Token {
	return selfchecktest.Token(slices.IndexFunc(workers, func(w worker) bool { return w.name == of.name }))
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
func passport(number string) selfcheck.I9 {
	return selfcheck.I9{
		Status: selfcheck.USCitizen, ListA: selfcheck.USPassport,
		PassportNumber: cris.NewPersonal(cmp.Or(number, "512803467")),
		ExpirationDate: cris.NewPersonal(day("2030-12-31")),
	}
}

// openSelfCheck makes the service: over the adapter of E-Verify, which speaks with a stand-in on this machine, and over a
// provider that follows the script of the workers.
func (w *world) openSelfCheck() error {
	var quizzes []selfchecktest.Quiz
	w.everify = everifytest.NewServer(everifytest.Config{Now: w.clock.Now})
	for _, of := range workers {
		quizzes = append(quizzes, of.quiz)
		if of.query != nil {
			w.everify.SetScript(of.applicant.SSN.Reveal(), *of.query)
		}
	}
	w.server = httptest.NewServer(w.everify)
	client, err := everify.New(everify.Config{
		BaseURL: w.server.URL + everifytest.Path, Now: w.clock.Now,
		Credentials: func(context.Context) (userName, password string, err error) {
			return everifytest.UserName, everifytest.Password, nil
		},
		Creator: everify.Creator{Name: "Self Check", Email: "desk@selfcheck.example", Phone: "8005550142"},
	})
	if err != nil {
		return err
	}
	store := w.store.SelfChecks()
	w.checks = selfcheck.NewService(store, selfchecktest.NewFakeIdP(quizzes...), client, &selfcheck.Options{Now: w.clock.Now, Failed: w.tellOperator})
	// Ten are too many for a story; a real program leaves Policy unset.
	w.records = records.NewService(store, &records.Options{Now: w.clock.Now, Policy: &records.Policy{SmallestCount: 2}})
	return nil
}

// tellOperator is what the service tells the operator, and no individual.
func (w *world) tellOperator(_ context.Context, err error) {
	w.journal.tell("the operator is told", err, nil, nil)
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
	return nil
}

// check takes both steps with one worker.
func (w *world) check(ctx context.Context, statement string, worker worker) error {
	proofing, err := w.prove(ctx, statement, worker)
	switch {
	case err != nil:
		return err
	case proofing.Outcome == selfcheck.NotAuthenticated:
		return w.tellFailure(ctx, worker, proofing)
	case worker.until != "":
		w.journal.tell(worker.name+" leaves", "waits for "+worker.until, nil, nil)
		return nil
	}
	answer, err := w.checks.Query(ctx, tokenOf(worker), passport(worker.typed))
	if err != nil {
		return err
	}
	w.tellAnswer(worker.name+" queries E-Verify", answer)
	if answer.Outcome == selfcheck.QueryUnconfirmed {
		if answer, err = w.checks.Confirm(ctx, tokenOf(worker), passport("")); err != nil {
			return err
		}
		w.tellAnswer(worker.name+" mends a typing error", answer)
	}
	return w.choose(ctx, worker, answer)
}

// prove takes step one: the worker goes to the provider's page for the quiz, and comes back.
func (w *world) prove(ctx context.Context, statement string, worker worker) (selfcheck.Proofing, error) {
	token := tokenOf(worker)
	proofing, err := w.checks.Begin(ctx, token, statement, worker.applicant, worker.language)
	if err != nil {
		return proofing, err
	}
	w.journal.tell(worker.name+" begins the identity proofing", proofing.Outcome, facts{"transaction", token.Transaction()}, proofing.Reasons)
	if proofing.Outcome != selfcheck.QuizToTake || worker.until == selfcheck.StepQuiz {
		return proofing, nil
	}
	proofing, err = w.checks.Conclude(ctx, token, "")
	if err == nil {
		w.journal.tell(worker.name+" comes back from the quiz", proofing.Outcome, nil, proofing.Reasons)
	}
	return proofing, err
}

// choose lets the worker choose about a mismatch, and shows what follows.
func (w *world) choose(ctx context.Context, worker worker, answer selfcheck.Answer) error {
	if len(answer.Result.Mismatches()) == 0 {
		return nil
	}
	w.showNotices(worker.language, answer.Result.Notices())
	resolution, err := w.checks.Resolve(ctx, tokenOf(worker), worker.choice)
	if err != nil {
		return err
	}
	w.journal.tell(fmt.Sprintf("%s chooses to %s", worker.name, worker.choice), resolution.Outcome, w.resolutionFacts(answer, resolution), resolution.Reasons)
	if resolution.Outcome == selfcheck.ResolveWithSSA || resolution.Outcome == selfcheck.ResolveWithBoth {
		w.journal.show(resolution.Form.RevealText(worker.language, cris.AgencyZone()))
	}
	if resolution.Outcome == selfcheck.ResolveWithUSCIS || resolution.Outcome == selfcheck.ResolveWithBoth {
		w.journal.show(resolution.Call.Text(worker.language, cris.AgencyZone()))
	}
	return nil
}

// endSelfChecks plays the sweep, a job that a program runs every few minutes: it ends what workers left behind,
// and goes on with cases that agencies need time for.
func (w *world) endSelfChecks(ctx context.Context) error {
	w.clock.set("2022-03-23", 12)
	if err := w.sweep(ctx); err != nil {
		return err
	}
	w.clock.set("2022-03-24", 9)
	for _, worker := range workers {
		if err := w.returnNextDay(ctx, worker); err != nil {
			return err
		}
	}
	w.clock.set("2022-04-24", 9)
	return w.sweep(ctx)
}

// returnNextDay lets a worker who left, or whose case was waiting, come back with the same token.
func (w *world) returnNextDay(ctx context.Context, worker worker) error {
	switch {
	case worker.until == selfcheck.StepQuiz:
		return w.tellKept(ctx, worker)
	case worker.until == selfcheck.StepQuery:
		answer, err := w.checks.Query(ctx, tokenOf(worker), passport(""))
		if err == nil {
			w.tellAnswer(worker.name+" comes back too late", answer)
		}
		return err
	case worker.query == nil || worker.query.Queued == 0:
		return nil
	}
	answer, err := w.checks.Look(ctx, tokenOf(worker))
	if err != nil {
		return err
	}
	w.tellAnswer(worker.name+" comes back the next day", answer)
	return w.choose(ctx, worker, answer)
}

func (w *world) sweep(ctx context.Context) error {
	before := len(w.everify.OpenCases())
	swept, err := w.checks.Sweep(ctx)
	if err != nil {
		return err
	}
	open := len(w.everify.OpenCases())
	w.journal.tell("the sweep ends what was left", "done", facts{
		"quizzes ended", swept.Proofings, "passes removed", swept.Passes, "cases closed", before - open, "cases still open", open,
	}, nil)
	w.journal.cite("SC-11")
	return nil
}

// countAndFind lets staff count failures and find the records of a worker.
func (w *world) countAndFind(ctx context.Context) error {
	clerk := selfcheck.Official{ID: "records clerk", Duties: []selfcheck.Duty{selfcheck.DutyRecords}}
	settler := selfcheck.Official{ID: "settling officer", Duties: []selfcheck.Duty{selfcheck.DutySettle}}
	for _, by := range []selfcheck.Official{settler, clerk} {
		counts, err := w.records.Statistics(ctx, by, cris.Period{From: day("2022-03-01"), Until: day("2022-03-31")})
		what := "the " + by.ID + " counts the failed proofings of March"
		if errors.Is(err, selfcheck.ErrDenied) {
			w.journal.tell(what, "denied", nil, nil)
			continue
		}
		if err != nil {
			return err
		}
		w.journal.tell(what, fmt.Sprintf("%d counts", len(counts)), nil, nil)
		for _, count := range counts {
			told := strconv.Itoa(count.Count)
			if count.Small {
				told = "too few to be told"
			}
			w.journal.show(fmt.Sprintf("%s %s: %s", count.Day, count.Reason, told))
		}
		w.journal.cite("SC-15")
	}
	asked := must(cris.NewPersonName(cris.NameParts{Family: "VESTERHOLT", Given: "hana"}))
	found := 0
	for _, err := range w.records.OfPerson(ctx, clerk, asked, workers[0].applicant.BirthDate) {
		if err != nil {
			return err
		}
		found++
	}
	w.journal.tell("the "+clerk.ID+" looks for Hana, in another spelling", fmt.Sprintf("%d found", found), nil, nil)
	w.journal.cite("SC-16")
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
	w.journal.cite("SC-14")
	return w.tellKept(ctx, worker)
}

// tellKept tells everything that is kept of a failed proofing.
func (w *world) tellKept(ctx context.Context, worker worker) error {
	record, err := w.store.SelfChecks().Record(ctx, tokenOf(worker).Transaction())
	if err != nil {
		return err
	}
	kept := record.Failure
	if record != (selfcheck.Record{Failure: kept}) {
		return errors.New("more is on record than the failure")
	}
	w.journal.tell("what is kept of the proofing of "+worker.name, kept.Reason, facts{
		"transaction", kept.Transaction, "transaction of the provider", kept.IdPTransaction,
		"at", kept.At.In(cris.AgencyZone()).Format("2006-01-02 15:04 MST"), "error code", kept.ErrorCode,
	}, nil)
	w.journal.cite("SC-5")
	return nil
}

// tellAnswer tells the answer to a query, and what E-Verify asks to confirm.
func (w *world) tellAnswer(what string, answer selfcheck.Answer) {
	outcome := string(answer.Outcome)
	if answer.Result != "" {
		outcome = string(answer.Result)
	}
	known := facts{"case", answer.Case, "open", answer.Open}
	for _, asked := range answer.Confirm {
		known = append(known, "asks to confirm", asked.Field)
	}
	w.journal.tell(what, outcome, known, answer.Reasons)
}

// showNotices shows what the individual is to know.
func (w *world) showNotices(language cris.Language, notices []selfcheck.Notice) {
	for _, notice := range notices {
		w.journal.show(words().Say(language, notice.Message()))
	}
}

func (w *world) resolutionFacts(answer selfcheck.Answer, resolution selfcheck.Resolution) facts {
	switch resolution.Outcome {
	case selfcheck.ResolveWithUSCIS, selfcheck.ResolveWithBoth:
		return facts{"earliest call", resolution.Call.EarliestCall.In(cris.AgencyZone()).Format("2006-01-02 15:04 MST")}
	case selfcheck.Declined:
		onFile, _ := w.everify.Case(string(answer.Case))
		return facts{"case at E-Verify", onFile.Status}
	case selfcheck.ResolveWithSSA, selfcheck.NothingToResolve, selfcheck.ResolutionRefused:
	}
	return nil
}
