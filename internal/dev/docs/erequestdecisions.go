package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/tracking"
)

func decisions() []decision {
	return []decision{
		screeningDecision(), waitDecision(), filingDecision(), nonReceiptDecision(), stageDecision(), addressDecision(),
	}
}

const (
	yes = "yes"
	no  = "no"
)

var (
	whether  = []string{yes, no}
	today    = cris.MustParseDate("2022-08-15")
	theCase  = casestatustest.NewPendingCase(1)
	channels = tokens(erequest.Channels())
)

func tokens[T ~string](values []T) []string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = string(value)
	}
	return texts
}

// because writes an outcome with the codes of its reasons.
func because[T ~string](outcome T, reasons []cris.Reason) string {
	decided := "`" + string(outcome) + "`"
	if len(reasons) == 0 {
		return decided
	}
	names := make([]string, len(reasons))
	for i, reason := range reasons {
		_, names[i], _ = strings.Cut(string(reason.Code), ".")
	}
	return decided + ": " + strings.Join(names, ", ")
}

func screeningDecision() decision {
	return decision{
		title: "Screening: `erequest.DecideScreening` (ER-2 to ER-5a, CS-9)",
		conditions: []condition{
			{"the five match", whether},
			{"the case is withheld", whether},
			{"channel", channels},
			{"issue", tokens(erequest.Issues())},
			{"the mail may still come", whether},
			{"processing time", tokens(casestatus.EligibilityOutcomes())},
			{"the wait is over", whether},
		},
		decide: func(given []string) string {
			entered := erequesttest.NewScreening(theCase)
			if given[0] == no {
				entered.DateFiled = entered.DateFiled.AddDays(1)
			}
			facts := erequest.Facts{
				OnFile:      theCase.Header,
				Mail:        nonReceipt(given[4] == yes),
				Eligibility: casestatus.Eligibility{Outcome: casestatus.EligibilityOutcome(given[5])},
			}
			facts.OnFile.Withheld = given[1] == yes
			if given[6] == no {
				facts.Wait.Outcome = erequest.MustWait
			}
			screened := erequest.DecideScreening(erequest.Issue(given[3]), erequest.Channel(given[2]), entered, facts)
			return because(screened.Outcome, screened.Reasons)
		},
	}
}

// nonReceipt is the decision about mail that may still come, or should have come.
func nonReceipt(mayCome bool) erequest.NonReceipt {
	mailed := today
	if !mayCome {
		mailed = today.AddDays(-30)
	}
	return erequest.DecideNonReceipt(erequest.CardNotReceived, nil, mailed, cris.Date{}, today, erequest.Policy{})
}

// days are the days of a class, of which all are decided alike.
var days = map[string][]int{"D to D+29": {0, 1, 28, 29}, "D+30": {30}, "D+31 or later": {31, 32, 60, 1000}}

func waitDecision() decision {
	return decision{
		title: "The wait after a request filed on day D: `erequest.DecideWait` (ER-9 to ER-11)",
		conditions: []condition{
			{"the earlier request", []string{"online about the same issue", "online about another", "by staff about the same issue", "by staff about another", "none"}},
			{"today", []string{"D to D+29", "D+30", "D+31 or later"}},
			{"scope of the policy", tokens(erequest.WaitScopes())},
			{"it is answered", whether},
			{"it is repeated already", whether},
		},
		decide: func(given []string) string {
			earlier := erequest.Entry{ID: "earlier", Channel: erequest.Online, Issue: erequest.CardNotReceived, Filed: today, RespondBy: today.AddDays(30)}
			var prior []erequest.Entry
			switch given[0] {
			case "by staff about the same issue":
				earlier.Channel = erequest.Letter
			case "online about another":
				earlier.Issue = erequest.TypographicalError
			case "by staff about another":
				earlier.Channel, earlier.Issue = erequest.Letter, erequest.TypographicalError
			}
			if given[3] == yes {
				earlier.Answered = today.AddDays(2)
			}
			if given[0] != "none" {
				prior = append(prior, earlier)
				if given[4] == yes { // by staff, which starts no wait
					prior = append(prior, erequest.Entry{
						ID: "later", Channel: erequest.Telephone, Issue: earlier.Issue, Filed: today.AddDays(1), RespondBy: today.AddDays(2000), Repeats: "earlier",
					})
				}
			}
			var decided []string
			for _, day := range days[given[1]] {
				wait := erequest.DecideWait(prior, erequest.CardNotReceived, today.AddDays(day), erequest.Policy{WaitScope: erequest.WaitScope(given[2])})
				decided = append(decided, because(wait.Outcome, wait.Reasons))
			}
			return onlyOne(decided)
		},
	}
}

// onlyOne returns what was decided each time.
func onlyOne(decided []string) string {
	if len(slices.Compact(decided)) != 1 {
		panic(fmt.Sprint("days of one class are decided differently: ", decided))
	}
	return decided[0]
}

func filingDecision() decision {
	return decision{
		title: "A submission about a misprint: `erequest.Service.Submit` (ER-3, ER-5 to ER-9)",
		conditions: []condition{
			{"the key", []string{"is new", "is that of the same submission", "is that of another submission"}},
			{"it is offered online", whether},
			{"channel", channels},
			{"the five match", whether},
			{"there is an online request from today", whether},
			{"the statement was shown", whether},
			{"the details are complete", whether},
		},
		decide: func(given []string) string {
			ctx := context.Background()
			db := memory.New()
			must(casestatustest.PutCase(ctx, db.Cases(), theCase))
			now := time.Date(2022, 8, 15, 15, 0, 0, 0, time.UTC)
			status := casestatus.NewService(db.Cases(), db.ProcessingTimes(), nil, nil)
			policy := erequest.DefaultPolicy()
			if given[1] == no {
				policy.Online = []erequest.Offer{}
			}
			service := erequest.NewService(db.ERequests(), db.Cases(), status, &erequest.Options{Now: func() time.Time { return now }, Policy: &policy})
			submission := erequesttest.NewSubmission("key", theCase, erequest.TypographicalError, func(s *erequest.Submission) {
				s.Channel = erequest.Channel(given[2])
				if given[3] == no {
					s.Screening.DateFiled = s.Screening.DateFiled.AddDays(1)
				}
				if given[5] == no {
					s.Statement = ""
				}
				if given[6] == no {
					s.Details.Name = cris.PersonName{}
				}
			})
			// The earlier request is put on file directly, because the service would not have
			// accepted one that is the same as an incomplete submission.
			file := func(s erequest.Submission) {
				must(db.ERequests().Update(ctx, theCase.Receipt, func(prior []erequest.Entry) (erequest.Change, error) {
					r := erequesttest.NewRequest(theCase.Receipt, len(prior), func(r *erequest.Request) {
						r.Key, r.Channel, r.Issue, r.Screening, r.Statement, r.Language, r.Details = s.Key, s.Channel, s.Issue, s.Screening, s.Statement, s.Language.Supported(), s.Details
						r.Filed, r.RespondBy, r.Repeats = today, today.AddDays(30), ""
					})
					return erequest.Change{File: []erequest.Request{r}}, nil
				}))
			}
			switch given[0] {
			case "is that of the same submission":
				file(submission)
			case "is that of another submission":
				other := submission
				other.Channel, other.Issue = erequest.Letter, erequest.BeneficiaryChange // which starts no wait
				file(other)
			}
			if given[4] == yes {
				file(erequesttest.NewSubmission("another key", theCase, erequest.TypographicalError))
			}
			filing, err := service.Submit(ctx, submission)
			must(err)
			return because(filing.Outcome, filing.Reasons)
		},
	}
}

func nonReceiptDecision() decision {
	return decision{
		title: "Mail that did not come: `erequest.DecideNonReceipt` (ER-1)",
		conditions: []condition{
			{"latest delivery status", tokens(tracking.Classes())},
			{"away from the address on file", whether},
			{"day after the mailing", []string{"up to the 29th", "the 30th", "later"}},
		},
		decide: func(given []string) string {
			piece := casestatus.MailedPiece{Mailing: casestatus.Mailing{Document: casestatus.PermanentResidentCard, Mailed: today}}
			piece.Delivery.Class = tracking.Class(given[0])
			if given[1] == yes {
				piece.Alerts = []tracking.Alert{{Kind: tracking.AlertDeliveredElsewhere}}
			}
			passed := map[string][]int{"up to the 29th": {0, 1, 28, 29}, "the 30th": {30}, "later": {31, 60, 1000}}
			var decided []string
			for _, day := range passed[given[2]] {
				got := erequest.DecideNonReceipt(erequest.CardNotReceived, []casestatus.MailedPiece{piece}, cris.Date{}, today.AddDays(-100), today.AddDays(day), erequest.Policy{})
				text := because(got.Standing, got.Reasons)
				if got.TooEarly {
					text = "too early, " + text
				}
				decided = append(decided, text)
			}
			return onlyOne(decided)
		},
	}
}

func stageDecision() decision {
	return decision{
		title: "How far a request has come: `erequest.Entry.Stage` (ER-8, ER-10)",
		conditions: []condition{
			{"it is answered", whether},
			{"its last day has passed", whether},
			{"an officer has it", whether},
		},
		decide: func(given []string) string {
			entry := erequest.Entry{Filed: today, RespondBy: today.AddDays(30)}
			on := entry.RespondBy
			if given[0] == yes {
				entry.Answered = today.AddDays(3)
			}
			if given[1] == yes {
				on = on.AddDays(1)
			}
			if given[2] == yes {
				entry.Assigned = today.AddDays(1)
			}
			return because(entry.Stage(on), nil)
		},
	}
}

func addressDecision() decision {
	return decision{
		title: "A case that a report of a new address names: `addresschange.DecideCase` (CA-1)",
		conditions: []condition{
			{"the five match", whether},
			{"the case is withheld", whether},
			{"channel", channels},
			{"the case is pending", whether},
		},
		decide: func(given []string) string {
			onFile := theCase
			if given[3] == no {
				onFile = casestatustest.NewCase(1)
			}
			named := erequesttest.NewScreening(onFile)
			if given[0] == no {
				named.DateFiled = named.DateFiled.AddDays(1)
			}
			onFile.Withheld = given[1] == yes
			outcome, why := addresschange.DecideCase(named, erequest.Channel(given[2]), onFile, today, addresschange.Policy{})
			return because(outcome, []cris.Reason{why})
		},
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
