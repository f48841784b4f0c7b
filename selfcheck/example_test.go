package selfcheck_test

import (
	"context"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// An individual reads the Privacy Act Statement, proves the identity, enters what a passport says, and declines to
// resolve the mismatch that is found.
func Example() {
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Findings: selfcheck.Findings{SSA: true}})
	service := selfcheck.NewService(memory.New().SelfChecks(), selfchecktest.NewFakeIdP(), everify, &selfcheck.Options{Now: selfchecktest.Start})
	ctx := context.Background()
	token := selfcheck.NewToken() // goes into the individual's session

	statement, err := service.Statement()
	if err != nil {
		panic(err)
	}
	fmt.Println(statement.Purpose.English)

	proofing, err := service.Begin(ctx, token, statement.Edition, selfchecktest.NewApplicant(), cris.English)
	if err != nil {
		panic(err)
	}
	fmt.Println(proofing.Outcome, proofing.Quiz.URL)

	// The individual answers the provider's questions there, and comes back.
	proofing, err = service.Conclude(ctx, token, "")
	if err != nil {
		panic(err)
	}
	fmt.Println(proofing.Outcome, proofing.Pass.Name)

	answer, err := service.Query(ctx, token, selfchecktest.NewI9())
	if err != nil {
		panic(err)
	}
	fmt.Println(answer.Result)

	resolution, err := service.Resolve(ctx, token, selfcheck.Decline)
	if err != nil {
		panic(err)
	}
	fmt.Println(resolution.Outcome, everify.Closure(answer.Case))
	// Output:
	// A company that we hired uses it to confirm who you are. We use it to check whether government records confirm that you may work in the United States.
	// quiz_to_take https://idp.example/quiz
	// authenticated [redacted]
	// ssa_mismatch
	// declined declined
}

func ExampleDecideApplicant() {
	applicant := selfcheck.Applicant{BirthDate: cris.NewPersonal(cris.MustParseDate("2123-01-01"))}
	decision := selfcheck.DecideApplicant("", applicant, cris.MustParseDate("2013-08-15"), selfcheck.DefaultPolicy())
	fmt.Println(decision.Outcome)
	for _, reason := range decision.Reasons {
		fmt.Println(reason)
	}
	// Output:
	// refused
	// the name is missing (SC-2)
	// nobody alive today was born on that date (SC-2)
	// the address of residence is missing (SC-2)
	// the Privacy Act Statement that was shown is not named (ER-7)
}

// The provider writes the name in its own spelling. What goes on is the name as the
// individual spelled it.
func ExampleDecideProofing() {
	newName := func(family, given string) cris.PersonName {
		name, err := cris.NewPersonName(cris.NameParts{Family: family, Given: given})
		if err != nil {
			panic(err)
		}
		return name
	}
	sent := selfchecktest.NewApplicant(func(a *selfcheck.Applicant) { a.Name = newName("O’Brien Nuñez", "Jürgen") })
	begun := selfchecktest.NewBegunProofing(selfchecktest.Token(1).Transaction())
	facts := selfcheck.ProofingFacts{Begun: begun, Statement: shown, Sent: sent, At: selfchecktest.Start()}
	facts.Reported = selfcheck.Progress{Transaction: "IDP-000001", Report: selfcheck.Report{
		Questions: 3, Outcome: selfcheck.IdPPassed,
		Name: newName("OBRIEN NUNEZ", "JUERGEN"), BirthDate: sent.BirthDate, SSN: sent.SSN,
	}}
	proofing := selfcheck.DecideProofing(facts, selfcheck.DefaultPolicy())
	fmt.Println(proofing.Outcome, proofing.Pass.Identity().Name() == sent.Name)

	facts.Reported.Report.Name = newName("SMITH", "JUERGEN")
	proofing = selfcheck.DecideProofing(facts, selfcheck.DefaultPolicy())
	fmt.Println(proofing.Outcome, proofing.Reasons)
	// Output:
	// authenticated true
	// not_authenticated [the pass is for another name (SC-7)]
}

// A page asks for the fields of the documents that the individual chose.
func ExampleFieldsFor() {
	words := cris.NewWords(selfcheck.Words()...)
	fields, ok := selfcheck.FieldsFor(selfcheck.NoncitizenAuthorizedToWork, selfcheck.ForeignPassportWithI94, "", "")
	fmt.Println(ok)
	for _, field := range fields.Required {
		fmt.Println(words.Say(cris.English, field.Message()), "/", words.Say(cris.Spanish, field.Message()))
	}
	// Output:
	// true
	// Passport number / Número de pasaporte
	// Country that issued the passport / País que expidió el pasaporte
	// Form I-94 number / Número del Formulario I-94
	// Expiration date / Fecha de vencimiento
}

// A decision is made without a store, a clock or a network.
func ExampleDecideQuery() {
	pass := selfchecktest.NewPassedProofing(id)
	entered := selfcheck.I9{
		Status: selfcheck.NoncitizenAuthorizedToWork,
		ListA:  selfcheck.EmploymentAuthorizationDocument,
	}
	decision := selfcheck.DecideQuery(pass.Identity(), entered, cris.MustParseDate("2013-08-15"))
	fmt.Println(decision.Outcome)
	for _, reason := range decision.Reasons {
		fmt.Println(reason)
	}
	// Output:
	// refused
	// the A-Number is missing (SC-9)
	// the card number is missing (SC-9)
	// the expiration date is missing (SC-9)
}

// The individual is told from when on to call, over the change of the clocks.
func ExampleDecideResolution() {
	query := selfchecktest.NewQueryRecord(id, func(q *selfcheck.QueryRecord) {
		q.Result = selfcheck.ImmigrationMismatch
		q.Submitted = time.Date(2013, time.November, 1, 14, 30, 0, 0, time.UTC)
	})
	record := selfcheck.Record{Pass: selfchecktest.NewPassedProofing(id), Query: query}
	resolution := selfcheck.DecideResolution(record, selfcheck.Resolve, selfcheck.DefaultPolicy())
	fmt.Println(resolution.Outcome)
	fmt.Println(cris.English.Time(query.Submitted, cris.AgencyZone()))
	fmt.Println(cris.English.Time(resolution.Call.EarliestCall, cris.AgencyZone()))
	// Output:
	// resolve_with_uscis
	// November 1, 2013, 10:30 AM EDT
	// November 4, 2013, 9:30 AM EST
}

func ExampleMismatchForm_RevealText() {
	record := selfcheck.Record{Pass: selfchecktest.NewPassedProofing(id), Query: selfchecktest.NewQueryRecord(id)}
	form := selfcheck.DecideResolution(record, selfcheck.Resolve, selfcheck.DefaultPolicy()).Form
	form.Instructions = form.Instructions[:1]
	fmt.Print(form.RevealText(cris.Spanish, cris.AgencyZone()))
	// Output:
	// E-Verify Self Check: Posible discrepancia con la SSA
	//
	// Nombre:                      Ottoline
	// Apellido:                    Lindqvistson
	// Fecha y hora de la consulta: 15 de agosto de 2013, 10:31 EDT (15 de agosto de 2013, 14:31 UTC)
	// Número de caso de E-Verify:  2013227143000AB
	//
	// Qué hacer
	//
	// 1. Visite una oficina local de la Administración del Seguro Social (SSA).
	//
	// Lo que conviene saber
	//
	// Usted decide si quiere corregir su registro. Nadie puede exigirle que lo haga.
	//
	// En casos raros, un registro no se puede cambiar. Entonces la consulta de un empleador a E-Verify puede mostrar la discrepancia otra vez.
}

// A case whose number was lost is found again by the sweep. Where E-Verify cannot be asked, staff settles which one it is.
func ExampleService_SettleFound() {
	store := memory.New().SelfChecks()
	everify := selfchecktest.NewFakeEVerify(selfchecktest.Verification{Findings: selfcheck.Findings{SSA: true}})
	check := selfchecktest.NewSelfCheck(store, func(s *selfchecktest.SelfCheck) { s.EVerify = everify })
	ctx := context.Background()
	token := selfchecktest.Token(1)
	if _, err := check.Prove(ctx, token, shown, selfchecktest.NewApplicant()); err != nil {
		panic(err)
	}
	everify.Lose(func(selfchecktest.Call) error { return selfchecktest.ErrUnreachable })
	_, err := check.Query(ctx, token, selfchecktest.NewI9())
	fmt.Println(err)
	everify.Lose(nil)

	official := selfcheck.Official{ID: "clerk-1", Duties: []selfcheck.Duty{selfcheck.DutySettle}}
	for open, err := range store.Unfinished(ctx, cris.Page[selfcheck.TransactionID]{}) {
		fmt.Printf("%s %q %v\n", open.Step, open.Case, err)
		if err := check.SettleFound(ctx, official, open.Transaction, "2013227000001EV"); err != nil {
			panic(err)
		}
	}
	check.Clock.Advance(2 * time.Minute)
	answer, err := check.Look(ctx, token)
	fmt.Println(answer.Result, err)
	// Output:
	// selfcheck: open case: unreachable
	// case "" <nil>
	// ssa_mismatch <nil>
}

// Failures are counted by reason and day, and lead to nobody.
func ExampleReadProofingFailed() {
	db := memory.New()
	idp := selfchecktest.NewFakeIdP(
		selfchecktest.Quiz{Outcome: selfcheck.IdPAnsweredIncorrectly, Questions: 3}, selfchecktest.Quiz{Outcome: selfcheck.IdPFraudAlert})
	check := selfchecktest.NewSelfCheck(db.SelfChecks(), func(s *selfchecktest.SelfCheck) { s.IdP = idp })
	ctx := context.Background()
	for range 2 {
		if _, err := check.Prove(ctx, selfcheck.NewToken(), shown, selfchecktest.NewApplicant()); err != nil {
			panic(err)
		}
	}
	_, err := cris.Relay(ctx, db.Outbox(), func(_ context.Context, event cris.Event) error {
		failed, err := selfcheck.ReadProofingFailed(event)
		fmt.Println(cris.DateOf(event.Time, cris.AgencyZone()), failed.Reason)
		return err
	})
	if err != nil {
		panic(err)
	}
	// Output:
	// 2013-08-15 answered_incorrectly
	// 2013-08-15 could_not_generate_questions
}

func ExampleParseSSN() {
	number, err := selfcheck.ParseSSN("536\u201390\u20134399 ") // as copied from a text with dashes
	fmt.Println(number, number.Reveal(), err)
	_, err = selfcheck.ParseSSN("078-05-1120")
	fmt.Println(err)
	// Output:
	// [redacted] 536-90-4399 <nil>
	// Social Security number: a number from an advertisement or a sample form
}

// Somebody with a fraud alert is told first how to get through, and then every other way.
func ExampleOtherWaysFor() {
	words := cris.NewWords(selfcheck.Words()...)
	policy := selfcheck.DefaultPolicy()
	for _, way := range selfcheck.OtherWaysFor(selfcheck.CouldNotGenerateQuestions, selfcheck.IdPFraudAlert)[3:5] {
		fmt.Println(words.Say(cris.English, way.Message()))
		for _, known := range selfcheck.Contact(policy.Place(way), cris.English) {
			fmt.Println("-", known.Label+":", known.Value)
		}
	}
	// Output:
	// Read your yearly Social Security statement. Check that your name and your earnings are correct. SSA can tell you how to get it.
	// - Website: https://www.ssa.gov/myaccount
	// Call USCIS. Ask what your immigration record says about your work authorization.
	// - Telephone: 1-800-375-5283
	// - TTY: 1-800-767-1833
}

// The page for the individual; the letter can be printed by package adapters/pdf as well.
func ExampleMismatchForm_RevealLetter() {
	record := selfcheck.Record{Pass: selfchecktest.NewPassedProofing("check-1"), Query: selfchecktest.NewQueryRecord("check-1")}
	form := selfcheck.DecideResolution(record, selfcheck.Resolve, selfcheck.DefaultPolicy()).Form
	form.Instructions, form.Notices = form.Instructions[:1], nil
	fmt.Print(form.RevealLetter(cris.English, nil).HTMLFragment())
	// Output:
	// <article lang="en">
	// <h2>E-Verify Self Check: Possible mismatch with SSA</h2>
	// <dl>
	// <dt>First name</dt>
	// <dd>Ottoline</dd>
	// <dt>Last name</dt>
	// <dd>Lindqvistson</dd>
	// <dt>Date and time of the query</dt>
	// <dd>August 15, 2013, 10:31 AM EDT (August 15, 2013, 2:31 PM UTC)</dd>
	// <dt>E-Verify case number</dt>
	// <dd>2013227143000AB</dd>
	// </dl>
	// <h3>What to do</h3>
	// <ol>
	// <li>Visit a Social Security Administration (SSA) field office.</li>
	// </ol>
	// </article>
}

func ExampleInquiryNotice() {
	words := cris.NewWords(selfcheck.Words()...)
	fmt.Println(words.Say(cris.English, selfcheck.InquiryNotice()))
	// Output:
	// A company that we hired asks you questions to confirm who you are. The law requires it to note this inquiry in your credit file. It is an identity check. It does not affect your credit score, and it is not shown to others who ask for your credit report.
}
