package everify_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/everify"
	"github.com/seed28e20331/cris/adapters/everify/everifytest"
	"github.com/seed28e20331/cris/selfcheck"
)

func TestOpen_OpensADraftOnce(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		query := queryOf(t, resident())
		first, err := w.Open(t.Context(), transaction(1), query)
		require.NoError(t, err)
		require.Equal(t, selfcheck.CaseState{Number: first.Number, Transaction: transaction(1), Stage: selfcheck.StageDraft}, first)
		again, err := w.Open(t.Context(), transaction(1), query)
		require.NoError(t, err)
		require.Equal(t, first, again)
		cases := w.server.Cases()
		require.Len(t, cases, 1)
		require.Equal(t, map[string]any{
			"first_name": "Ottoline", "last_name": familyName, "middle_initial": "M", "other_last_names_used": []any{"Brackenbury"},
			"date_of_birth": "1979-11-23", "ssn": ssnText, "citizenship_status_code": "LAWFUL_PERMANENT_RESIDENT",
			"document_a_type_code": "FORM_I551", "i551_number": cardText, "alien_number": "A219876543",
			"employer_case_id": string(transaction(1)), "date_of_hire": "1999-12-31", // the clock of the test, in the agency's zone
			"case_creator_name": "Self Check Desk", "case_creator_email_address": "desk@selfcheck.example", "case_creator_phone_number": "8005550142",
		}, cases[0].Fields)
	})
}

// Every choice that the rules allow is one that E-Verify takes.
func TestOpen_SC9_EveryChoiceOfDocumentsIsTaken(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		n := 0
		for _, entered := range everyChoice() {
			for _, withDate := range []bool{true, false} {
				fields, _ := selfcheck.FieldsFor(entered.Status, entered.ListA, entered.ListB, entered.ListC)
				filled := fillIn(entered, fields, withDate)
				n++
				query := queryOf(t, filled, func(p *selfcheck.PassedProofing) {
					p.SSN, _ = selfcheck.ParseSandboxSSN(fmt.Sprintf("912-74-%04d", n))
				})
				state, err := w.Open(t.Context(), transaction(n), query)
				require.NoError(t, err, "%s %s %s %s", entered.Status, entered.ListA, entered.ListB, entered.ListC)
				require.Equal(t, transaction(n), state.Transaction)
			}
		}
		require.Greater(t, n, 300)
	})
}

// everyChoice lists the statuses with all documents that go with them.
func everyChoice() (choices []selfcheck.I9) {
	for _, status := range selfcheck.CitizenshipStatuses() {
		for _, a := range selfcheck.ListA() {
			choices = append(choices, selfcheck.I9{Status: status, ListA: a})
		}
		for _, b := range selfcheck.ListB() {
			for _, c := range selfcheck.ListC() {
				choices = append(choices, selfcheck.I9{Status: status, ListB: b, ListC: c})
			}
		}
	}
	var possible []selfcheck.I9
	for _, choice := range choices {
		if _, ok := selfcheck.FieldsFor(choice.Status, choice.ListA, choice.ListB, choice.ListC); ok {
			possible = append(possible, choice)
		}
	}
	return possible
}

// fillIn fills in what is asked, and of what is optional the date if withOptional.
func fillIn(entered selfcheck.I9, asked selfcheck.FieldSet, withOptional bool) selfcheck.I9 {
	fields := slices.Concat(asked.Required, asked.OneOf)
	if withOptional {
		fields = append(fields, asked.Optional...)
	}
	for _, field := range fields {
		switch field {
		case selfcheck.FieldANumber:
			entered.ANumber = cris.NewPersonal("219876543")
		case selfcheck.FieldPassportNumber:
			entered.PassportNumber = cris.NewPersonal("912803456")
		case selfcheck.FieldCountry:
			entered.Country = cris.NewPersonal("NLD")
		case selfcheck.FieldI94Number:
			entered.I94Number = cris.NewPersonal("912345678A1")
		case selfcheck.FieldVisaNumber:
			entered.VisaNumber = cris.NewPersonal("91234567")
		case selfcheck.FieldSEVISNumber:
			entered.SEVISNumber = cris.NewPersonal("N0091234567")
		case selfcheck.FieldCardNumber:
			entered.CardNumber = cris.NewPersonal("IOE*912345678")
		case selfcheck.FieldDocumentNumber:
			entered.DocumentNumber = cris.NewPersonal("RQ-91*2345")
		case selfcheck.FieldState:
			entered.State = cris.NewPersonal("OH")
		case selfcheck.FieldExpirationDate:
			entered.ExpirationDate = cris.NewPersonal(cris.MustParseDate("2031-05-01"))
		case selfcheck.FieldSSN, selfcheck.FieldName, selfcheck.FieldBirthDate:
		}
	}
	return entered
}

func TestOpen_ReturnsTheCaseOfTheTransactionInWhateverStage(t *testing.T) {
	for _, outcome := range everifytest.Outcomes() {
		inWorld(t, func(t *testing.T, w *world) {
			w.server.SetScript("", everifytest.Script{Submit: outcome})
			query := queryOf(t, resident())
			state := w.submitted(t, query)
			again, err := w.Open(t.Context(), transaction(1), query)
			require.NoError(t, err)
			require.Equal(t, state, again)
			require.Len(t, w.server.Cases(), 1)
		})
	}
}

func TestOpen_OpensAnotherCaseBesideThoseOfOtherTransactions(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		query := queryOf(t, resident())
		for n := 1; n <= 3; n++ {
			state, err := w.Open(t.Context(), transaction(n), query)
			require.NoError(t, err)
			require.Equal(t, transaction(n), state.Transaction)
			if n == 2 {
				require.NoError(t, w.Close(t.Context(), state.Number, selfcheck.ClosedSessionEnded))
			}
		}
		cases := w.server.Cases()
		require.Len(t, cases, 3)
		require.NotContains(t, cases[0].Fields, "duplicate_continue_reason_code")
		require.Equal(t, "OTHER", cases[2].Fields["duplicate_continue_reason_code"])
	})
}

// The answer of one request is lost or broken in every way: the next call, at the latest, has
// the one case.
func TestOpen_WhateverIsLostThereIsOneCase(t *testing.T) {
	for _, request := range []everifytest.Request{
		everifytest.Login, everifytest.DuplicateCheck, everifytest.CaseFields, everifytest.Create, everifytest.Get,
	} {
		for _, fault := range everifytest.Faults() {
			t.Run(string(request)+" "+string(fault), func(t *testing.T) {
				inWorld(t, func(t *testing.T, w *world) {
					query := queryOf(t, resident())
					w.server.Break(request, fault)
					state, err := w.Open(t.Context(), transaction(1), query)
					if err != nil {
						require.Empty(t, state)
						requireHarmless(t, err)
						if len(w.server.Cases()) > 0 {
							require.NotErrorIs(t, err, selfcheck.ErrNoCase)
						}
						require.NotErrorIs(t, err, selfcheck.ErrRefused)
						w.server.Mend()
						state, err = w.Open(t.Context(), transaction(1), query)
						if request == everifytest.Login && err != nil { // refused credentials are left alone for a while
							require.Equal(t, everify.KindUnauthorized, kindOf(t, err))
							return
						}
					}
					require.NoError(t, err)
					require.Equal(t, transaction(1), state.Transaction)
					require.Len(t, w.server.Cases(), 1)
					require.LessOrEqual(t, w.server.Cases()[0].Done("created"), 1)
				})
			})
		}
	}
}

func TestOpen_ALostAnswerIsLookedForAtOnce(t *testing.T) {
	for _, fault := range []everifytest.Fault{
		everifytest.LostAfter, everifytest.HTML, everifytest.Truncated, everifytest.Huge, everifytest.Silent, everifytest.Failure,
	} {
		inWorld(t, func(t *testing.T, w *world) {
			w.server.Break(everifytest.Create, fault)
			state, err := w.Open(t.Context(), transaction(1), queryOf(t, resident()))
			require.NoError(t, err, fault)
			require.Equal(t, selfcheck.StageDraft, state.Stage)
			require.Equal(t, 1, w.server.Served(everifytest.Create))
		})
	}
}

// What comes late comes while nobody says that there is no case.
func TestOpen_ADraftThatMayStillComeIsLeftOpen(t *testing.T) {
	for fault, kind := range map[everifytest.Fault]everify.Kind{
		everifytest.LostBefore: everify.KindLost, everifytest.Late: everify.KindLost, everifytest.Unavailable: everify.KindBusy,
		everifytest.TooMany: everify.KindBusy, everifytest.ErrorIn200: everify.KindContradicts, everifytest.Forbidden: everify.KindUnexpected,
		everifytest.Redirected: everify.KindUnexpected, everifytest.NotFoundPage: everify.KindUnexpected,
	} {
		inWorld(t, func(t *testing.T, w *world) {
			query := queryOf(t, resident())
			w.server.Break(everifytest.Create, fault)
			state, err := w.Open(t.Context(), transaction(1), query)
			if err == nil { // it came before it was looked for
				require.Equal(t, everifytest.Late, fault)
				require.Equal(t, transaction(1), state.Transaction)
				return
			}
			require.NotErrorIs(t, err, selfcheck.ErrNoCase)
			require.Equal(t, kind, kindOf(t, err), fault)
			require.Equal(t, 1, w.server.Served(everifytest.Create), "it is not sent twice")
		})
	}
}

func TestOpen_NoConnectionForTheDraftIsNoCase(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		query := queryOf(t, resident())
		_, err := w.Open(t.Context(), transaction(2), query)
		require.NoError(t, err)
		// The duplicate check, the case that it names and the check of the fields come before.
		w.failDialsAfter(3)
		_, err = w.Open(t.Context(), transaction(1), query)
		require.ErrorIs(t, err, selfcheck.ErrNoCase)
		require.NotErrorIs(t, err, selfcheck.ErrRefused)
		require.Equal(t, everify.KindNotReached, kindOf(t, err))
		require.Len(t, w.server.Cases(), 1)
	})
}

// An earlier call may have opened one: nobody knows as long as E-Verify cannot be asked.
func TestOpen_NoConnectionAtAllLeavesItOpen(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.failDialsAfter(0)
		_, err := w.Open(t.Context(), transaction(1), queryOf(t, resident()))
		require.Equal(t, everify.KindNotReached, kindOf(t, err))
		require.NotErrorIs(t, err, selfcheck.ErrNoCase)
	})
}

func TestOpen_TheClockIsNotSet(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		_, err := w.Open(t.Context(), transaction(1), queryOf(t, resident()))
		require.ErrorIs(t, err, cris.ErrClock)
		require.Empty(t, w.server.Cases())
	}, func(c *everify.Config) { c.Now = zeroClock })
}

func TestOpen_RefusedForWhatIsInIt(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		nobody, err := cris.NewPersonName(cris.NameParts{Family: "李", Given: "Ottoline"})
		require.NoError(t, err)
		query := queryOf(t, resident(), func(p *selfcheck.PassedProofing) { p.Name = nobody })
		_, err = w.Open(t.Context(), transaction(1), query)
		require.ErrorIs(t, err, selfcheck.ErrRefused)
		require.ErrorIs(t, err, selfcheck.ErrNoCase)
		var failed *everify.Error
		require.ErrorAs(t, err, &failed)
		require.Equal(t, []string{"last_name"}, failed.Fields)
		require.Equal(t, []string{"ATTRIBUTE_REQUIRED"}, failed.Codes)
		require.Zero(t, w.server.Served(everifytest.Create))
		requireHarmless(t, err)
	})
}

// The check of the fields lets it pass, and the case is refused: the codes and fields are kept,
// the message is not.
func TestOpen_KeepsCodesAndFieldsOfARefusal(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		entered := citizen()
		entered.ExpirationDate = cris.NewPersonal(cris.MustParseDate("1999-12-31")) // the day of the agency; at E-Verify it is over
		_, err := w.Open(t.Context(), transaction(1), queryOf(t, entered))
		require.ErrorIs(t, err, selfcheck.ErrRefused)
		require.EqualError(t, err, "everify: open a draft: refused (400): ATTRIBUTE_FORMAT: expiration_date: the query was refused: E-Verify opened no case")
	})
}

// What the program filled in is not for the individual to mend.
func TestOpen_RefusedForWhatTheHostFilledIn(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		_, err := w.Open(t.Context(), transaction(1), queryOf(t, resident()))
		require.ErrorIs(t, err, selfcheck.ErrNoCase)
		require.NotErrorIs(t, err, selfcheck.ErrRefused)
	}, func(c *everify.Config) {
		c.DateOfHire = func(today cris.Date) cris.Date { return today.AddDays(-30) }
	})
}

func TestOpen_ZeroQueryIsRefusedUnsent(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		_, err := w.Open(t.Context(), transaction(1), selfcheck.Query{})
		require.ErrorIs(t, err, selfcheck.ErrRefused)
		require.Zero(t, w.server.Served(everifytest.DuplicateCheck))
	})
}

func TestOpen_AtTheSameTimeForOnePersonAndManyTransactions(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		query := queryOf(t, resident())
		const many = 8
		results := make(chan error, many)
		for n := range many {
			go func() {
				_, err := w.Open(context.WithoutCancel(t.Context()), transaction(n), query)
				results <- err
			}()
		}
		for range many {
			require.NoError(t, <-results)
		}
		require.Len(t, w.server.Cases(), many)
	})
}

func TestOpen_AtTheSameTimeForOneTransaction(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		query := queryOf(t, resident())
		const many = 8
		results := make(chan error, many)
		for range many {
			go func() {
				_, err := w.Open(context.WithoutCancel(t.Context()), transaction(1), query)
				results <- err
			}()
		}
		for range many {
			require.NoError(t, <-results)
		}
		require.Len(t, w.server.Cases(), 1)
	})
}

func TestOpen_WaitsForItsTurnUntilItsContextIsDone(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		query := queryOf(t, resident())
		w.server.Break(everifytest.DuplicateCheck, everifytest.Silent)
		first := make(chan error)
		go func() {
			_, err := w.Open(context.WithoutCancel(t.Context()), transaction(1), query)
			first <- err
		}()
		time.Sleep(time.Millisecond)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := w.Open(ctx, transaction(1), query)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.NotErrorIs(t, err, selfcheck.ErrNoCase)
		require.NoError(t, <-first)
	})
}

// Which cases E-Verify takes for duplicates is not known for certain: what it says decides.
func TestOpen_GivesTheReasonForADuplicateWhenItIsWanted(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.serveBy(everifytest.Config{ClosedAreDuplicates: true})
		query := queryOf(t, resident())
		for n := 1; n <= 2; n++ {
			state, err := w.Open(t.Context(), transaction(n), query)
			require.NoError(t, err)
			require.NoError(t, w.Close(t.Context(), state.Number, selfcheck.ClosedSessionEnded))
		}
		require.Equal(t, 3, w.server.Served(everifytest.Create), "the second was refused once")
		require.Equal(t, "OTHER", w.server.Cases()[1].Fields["duplicate_continue_reason_code"])
	})
}

func TestOpen_SendsTheCompanyAndTheExtension(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.opened(t, queryOf(t, citizen()))
		sent := w.server.Cases()[0].Fields
		require.Equal(t, "4711", sent["client_company_id"])
		require.Equal(t, "23", sent["case_creator_phone_number_extension"])
		require.Equal(t, "912803456", sent["us_passport_number"])
	}, func(c *everify.Config) { c.ClientCompanyID, c.Creator.PhoneExtension = "4711", "23" })
}
