package integration_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/letter"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// office is all that SRMT needs, over all runs of a test.
type office struct {
	srmttest.Ports
	outbox   cris.Outbox
	reports  addresschange.Store
	received int
	runs     int // requests so far, over all runs: identifiers are never used twice
}

// Whatever staff does, in whatever order and however late: each act is allowed,
// refused, overtaken or done before as a few lines of bookkeeping predict, no step is lost, the
// listed state is the sum of the history, and every request is in one queue.
func TestSR10_WhateverStaffDoes(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) { rapid.Check(t, o.work) })
}

// onEachStore runs check with memory and on each database.
func onEachStore(t *testing.T, check func(t *testing.T, o *office)) {
	t.Helper()
	t.Run("Memory", func(t *testing.T) {
		db := memory.New()
		check(t, &office{Ports: srmttest.Ports{Store: db.ServiceRequests(), Requests: db.ERequests(), Cases: db.Cases(), Looks: db.Looks()}, outbox: db.Outbox(), reports: db.AddressChanges()})
	})
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		db := open(t)
		check(t, &office{Ports: srmttest.Ports{Store: db.ServiceRequests(), Requests: db.ERequests(), Cases: db.Cases(), Looks: db.Looks()}, outbox: db.Outbox(), reports: db.AddressChanges()})
	})
}

// While four windows of a supervisor assign to an officer, either of them goes. Some
// assignments come before that and count; once the change of staff is done, none is added.
func TestPV3_WhoHasMovedOrLeftGetsAndGivesNothingMore(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		world := srmttest.NewWorld(o.Ports)
		supervisor, officer := srmttest.Supervisor("NSC", 1), srmttest.Officer("NSC", 1)
		changes := []srmt.Staff{srmt.NewStaff(officer.ID, srmt.IIO, "SSC"), {ID: officer.ID}, {ID: supervisor.ID}, srmt.NewStaff(supervisor.ID, srmt.IIO, "NSC")}
		before, after := 0, 0
		for round := range 5 * len(changes) {
			require.NoError(t, srmttest.PutStaff(t.Context(), o.Store, supervisor, officer))
			requests := make([]string, 12)
			for i := range requests {
				requests[i] = world.FileAndReceive("NSC")
			}
			assigned := func() (count int) {
				for _, id := range requests {
					history, err := o.Store.History(t.Context(), id)
					require.NoError(t, err)
					if len(history) > 1 { // one that was assigned may have returned since
						count++
					}
				}
				return count
			}
			var group sync.WaitGroup
			failed := make([]error, 4)
			begun := make(chan struct{}, len(requests))
			for window := range failed {
				group.Go(func() {
					for i := window; i < len(requests); i += len(failed) {
						begun <- struct{}{}
						_, err := world.Assign(t.Context(), srmt.Assignment{RequestID: requests[i], By: supervisor.ID, Seen: 1, To: officer.ID})
						failed[window] = errors.Join(failed[window], err)
					}
				})
			}
			for range 1 + round%6 { // so many assignments have begun
				<-begun
			}
			_, err := world.PutStaff(t.Context(), changes[round%len(changes)])
			require.NoError(t, err)
			then := assigned()
			group.Wait()
			require.NoError(t, errors.Join(failed...))
			require.Equal(t, then, assigned(), "assigned after %+v was on file", changes[round%len(changes)])
			before, after = before+then, after+len(requests)-then
		}
		t.Logf("%d assignments came before the change of staff, %d were refused after it", before, after)
	})
}

// entry is what the bookkeeping knows of a request.
type entry struct {
	id       string
	office   casestatus.OfficeCode
	officer  srmt.StaffID
	answer   erequest.Recipient      // who is to be answered
	left     []casestatus.OfficeCode // the offices that sent it on
	returns  int                     // how often it came back to one of them
	due      cris.Date
	closed   bool
	waits    bool           // for an answer of the customer
	proposed letter.Finding // of the response that waits for a review; "" if none does
	steps    int
	events   int
	last     string // the last act: who did what
	before   *entry // as it was before the last act
}

// queues are the offices of the test, the fallback queue among them.
var queues = []casestatus.OfficeCode{"NSC", "NYC", "ZAR", "UNROUTED"}

// SQLite stands for both databases: what matters is that the transaction is rolled
// back, which Update/RefusalSavesNothing of the contract proves for each.
func TestPV3_ActsOnMissingRequestsLeaveNoRow(t *testing.T) {
	sql := openDatabase(t, "sqlite", sqliteFile(t))
	db := migrated(t, sql)
	require.NoError(t, srmttest.PutStaff(t.Context(), db.ServiceRequests(), srmt.NewStaff("siio", srmt.SIIO, "NSC")))
	service := srmt.NewService(srmt.Ports{Store: db.ServiceRequests(), Requests: db.ERequests(), Cases: db.Cases()}, nil)
	before := scopes(t, sql)
	require.NotEmpty(t, before, "the count sees the rows that an Update leaves")
	for n := range 20 {
		id := fmt.Sprintf("invented-%d", n)
		for _, by := range []srmt.StaffID{"siio", "unknown"} {
			decision, err := service.Redirect(t.Context(), srmt.Redirection{RequestID: id, By: by, Seen: 1, To: "SSC", Why: srmt.StaffChange})
			require.NoError(t, err)
			require.Equal(t, srmt.Refused, decision.Outcome)
			_, err = service.History(t.Context(), by, id)
			require.ErrorIs(t, err, srmt.ErrDenied)
		}
		_, err := service.Receive(t.Context(), id)
		require.ErrorIs(t, err, cris.ErrNotFound)
	}
	require.Equal(t, before, scopes(t, sql))
}

// scopes returns every scope that an Update has left a row for.
func scopes(t *testing.T, db *sqlx.DB) []string {
	t.Helper()
	var names []string
	require.NoError(t, db.SelectContext(t.Context(), &names, `SELECT scope FROM cris_scopes ORDER BY scope`))
	return names
}

// reviewed is the finding that the policy of the test has reviewed.
const reviewed = letter.NeedsEvidence

// nothingPosted knows of no posted processing time and of no mail.
type nothingPosted struct{}

func (nothingPosted) EligibilityOf(_ context.Context, onFile casestatus.Case, on cris.Date) (casestatus.Eligibility, error) {
	return casestatus.DecideEligibility(onFile, casestatus.ProcessingTime{}, on, nil, casestatus.Policy{}), nil
}

func (nothingPosted) MailOf(context.Context, casestatus.Case, cris.Date) ([]casestatus.MailedPiece, error) {
	return nil, nil
}

// responseTo is a response in the words of the author, to somebody.
func responseTo(e *entry, by srmt.StaffID, seen int, to erequest.Recipient) srmt.Response {
	response := srmt.Response{RequestID: e.id, By: by, Seen: seen, Text: cris.NewPersonal("answer")}
	if to != erequest.ToRepresentative {
		response.Means = erequest.ByEmail
	}
	if to != erequest.ToCustomer {
		response.ToRepresentative = erequest.ByTelephone
	}
	return response
}

func (o *office) work(t *rapid.T) {
	now := time.Date(2013, 8, 16, 13, 0, 0, 0, time.UTC)
	service := srmt.NewService(srmt.Ports{Store: o.Store, Requests: o.Requests, Cases: o.Cases, Status: nothingPosted{}, Looks: o.Looks}, &srmt.Options{
		Now: func() time.Time { return now }, Policy: &srmt.Policy{Review: []letter.Finding{reviewed}},
	})
	// Each run has its own staff, who hold nothing of the runs before.
	o.runs++
	named := func(queue casestatus.OfficeCode, n int) srmt.StaffID {
		return srmt.StaffID(fmt.Sprintf("%s-%d of run %d", queue, n, o.runs))
	}
	staff := map[srmt.StaffID]srmt.Staff{}
	enter := func(member srmt.Staff) {
		require.NoError(t, srmttest.PutStaff(t.Context(), o.Store, member))
		staff[member.ID] = member
	}
	for _, queue := range queues {
		for n, role := range []srmt.Role{srmt.IIO, srmt.IIO, srmt.SIIO} {
			member := srmt.NewStaff(named(queue, n), role, queue)
			member.Accommodations = n > 0
			enter(member)
		}
	}
	var book []*entry

	anyRequest := func(t *rapid.T) *entry {
		return rapid.SampledFrom(book).Draw(t, "request")
	}
	// someone is mostly one of those who fit, where there are any.
	someone := func(t *rapid.T, label string, fits func(srmt.Staff) bool) srmt.Staff {
		everyone := []srmt.StaffID{"unknown"}
		var fitting []srmt.StaffID
		for id, member := range staff {
			everyone = append(everyone, id)
			if fits(member) {
				fitting = append(fitting, id)
			}
		}
		if rapid.IntRange(0, 9).Draw(t, label+" fits") > 0 && len(fitting) > 0 {
			everyone = fitting
		}
		slices.Sort(everyone)
		return staff[rapid.SampledFrom(everyone).Draw(t, label)]
	}
	day := cris.MustParseDate("2013-08-16") // the posts have no days
	isAt := func(s srmt.Staff, office casestatus.OfficeCode) bool {
		return s.Has(srmt.IIO, office, day) || s.Has(srmt.SIIO, office, day)
	}
	local := func(e *entry) func(srmt.Staff) bool {
		return func(s srmt.Staff) bool { return isAt(s, e.office) }
	}
	supervisor := func(e *entry) func(srmt.Staff) bool {
		return func(s srmt.Staff) bool { return s.Has(srmt.SIIO, e.office, day) }
	}
	holder := func(e *entry) func(srmt.Staff) bool {
		return func(s srmt.Staff) bool { return isAt(s, e.office) && s.ID == e.officer }
	}
	reviewer := func(e *entry) func(srmt.Staff) bool {
		return func(s srmt.Staff) bool { return !e.closed && e.proposed != "" && supervisor(e)(s) && s.ID != e.officer }
	}
	// seen is mostly the present version.
	seen := func(t *rapid.T, e *entry) int {
		if rapid.IntRange(0, 9).Draw(t, "late") == 9 {
			return e.steps - 1
		}
		return e.steps
	}
	anyReason := rapid.SampledFrom(srmt.TransferReasons())

	// expect holds a decision against the bookkeeping and enters what is allowed. done
	// is the act in words; entitled and may say, of the request at some time, whether
	// the author has a say in it and whether the act is one that the rules allow.
	expect := func(t *rapid.T, e *entry, by srmt.Staff, version int, done string, entitled, may func(*entry) bool, decision srmt.Decision, err error) bool {
		require.NoError(t, err)
		done = string(by.ID) + " " + done
		want := srmt.Refused
		switch {
		case by.ID == "":
		case version == e.steps && may(e):
			want = srmt.Allowed
		case version == e.steps:
		case version > 0 && may(e.before) && done == e.last:
			want = srmt.AlreadyDone
		case version > 0 && may(e.before), entitled(e):
			want = srmt.Overtaken
		}
		require.Equal(t, want, decision.Outcome, "%+v: %v", *e, decision.Reasons)
		if decision.Outcome != srmt.Allowed {
			return false
		}
		before := *e
		e.before, e.last = &before, done
		e.steps++
		e.events++
		require.Equal(t, e.steps, decision.Step.Seq)
		return true
	}

	receive := func(t *rapid.T) {
		if len(book) == 4 {
			t.Skip("enough requests")
		}
		o.received++
		receipt := casestatus.MustParseReceiptNumber(fmt.Sprintf("IOE%010d", o.received))
		e := &entry{id: fmt.Sprintf("request-%06d", o.received), office: rapid.SampledFrom(queues).Draw(t, "office"), steps: 1, events: 1}
		require.NoError(t, casestatustest.PutCase(t.Context(), o.Cases, casestatus.Case{Header: casestatus.Header{Receipt: receipt, Office: e.office}}))
		request := erequesttest.NewRequest(receipt, o.received)
		request.ID, e.due = e.id, request.RespondBy
		e.answer = rapid.SampledFrom(erequest.Recipients()).Draw(t, "who is to be answered")
		request.Details.Representative.RespondTo = e.answer
		require.NoError(t, o.Requests.Update(t.Context(), receipt, func([]erequest.Entry) (erequest.Change, error) {
			return erequest.Change{File: []erequest.Request{request}}, nil
		}))
		intake, err := service.Receive(t.Context(), e.id)
		require.NoError(t, err)
		require.Equal(t, srmt.Received, intake.Outcome)
		book = append(book, e)
	}
	receive(t) // so that every act has a request

	t.Repeat(map[string]func(*rapid.T){
		"receive": receive,
		"receive again": func(t *rapid.T) {
			e := anyRequest(t)
			intake, err := service.Receive(t.Context(), e.id)
			require.NoError(t, err)
			require.Equal(t, srmt.AlreadyReceived, intake.Outcome)
			require.Equal(t, e.steps, intake.Request.Version)
		},
		"assign": func(t *rapid.T) {
			e := anyRequest(t)
			by, to, version := someone(t, "by", supervisor(e)), someone(t, "to", local(e)), seen(t, e)
			decision, err := service.Assign(t.Context(), srmt.Assignment{RequestID: e.id, By: by.ID, Seen: version, To: to.ID})
			entitled := func(e *entry) bool { return supervisor(e)(by) }
			may := func(e *entry) bool {
				return !e.closed && e.officer == "" && entitled(e) && to.Has(srmt.IIO, e.office, day)
			}
			if expect(t, e, by, version, fmt.Sprint("assigns to ", to.ID), entitled, may, decision, err) {
				e.officer = to.ID
			}
		},
		"reassign": func(t *rapid.T) {
			e := anyRequest(t)
			by, to, version := someone(t, "by", supervisor(e)), someone(t, "to", local(e)), seen(t, e)
			why := anyReason.Draw(t, "why")
			decision, err := service.Reassign(t.Context(), srmt.Reassignment{RequestID: e.id, By: by.ID, Seen: version, To: to.ID, Why: why})
			entitled := func(e *entry) bool { return supervisor(e)(by) }
			may := func(e *entry) bool {
				return !e.closed && e.officer != "" && entitled(e) && isAt(to, e.office) && to.ID != e.officer && (why != srmt.CustomerWithDisabilities || to.Accommodations)
			}
			if expect(t, e, by, version, fmt.Sprint("reassigns to ", to.ID, why), entitled, may, decision, err) {
				e.officer, e.proposed = to.ID, ""
			}
		},
		"redirect": func(t *rapid.T) {
			e := anyRequest(t)
			by, to, version := someone(t, "by", supervisor(e)), rapid.SampledFrom(queues).Draw(t, "to"), seen(t, e)
			why := anyReason.Draw(t, "why")
			words := cris.NewPersonal(rapid.SampledFrom([]string{"", "because", "because"}).Draw(t, "words"))
			decision, err := service.Redirect(t.Context(), srmt.Redirection{RequestID: e.id, By: by.ID, Seen: version, To: to, Why: why, Explanation: words})
			entitled := func(e *entry) bool { return supervisor(e)(by) }
			may := func(e *entry) bool {
				mayReturn := !slices.Contains(e.left, to) || e.returns < 3 && !words.IsZero()
				return !e.closed && entitled(e) && to != e.office && to != "UNROUTED" && (to != "ZAR" || e.office == "UNROUTED") && mayReturn
			}
			if expect(t, e, by, version, fmt.Sprint("redirects to ", to, why), entitled, may, decision, err) {
				if slices.Contains(e.left, to) {
					e.returns++
				}
				e.left = append(e.left, e.office)
				e.office, e.officer, e.waits, e.proposed = to, "", false, ""
			}
		},
		"respond": func(t *rapid.T) {
			e := anyRequest(t)
			by, version := someone(t, "by", holder(e)), seen(t, e)
			to := e.answer
			if rapid.IntRange(0, 9).Draw(t, "knows who is to be answered") == 0 {
				to = rapid.SampledFrom(erequest.Recipients()).Draw(t, "to")
			}
			response := responseTo(e, by.ID, version, to)
			response.Finding = rapid.SampledFrom([]letter.Finding{letter.Corrected, letter.NoError, reviewed}).Draw(t, "finding")
			decision, err := service.Respond(t.Context(), response)
			entitled := func(e *entry) bool { return holder(e)(by) }
			may := func(e *entry) bool { return !e.closed && entitled(e) && to == e.answer && response.Finding != reviewed }
			if expect(t, e, by, version, fmt.Sprint("responds to ", to, response.Finding), entitled, may, decision, err) {
				e.closed, e.waits, e.proposed = true, false, ""
			}
		},
		"respond by a letter": func(t *rapid.T) {
			e := anyRequest(t)
			by, version := someone(t, "by", holder(e)), seen(t, e)
			response := responseTo(e, by.ID, version, e.answer)
			response.Text, response.Finding = cris.Personal[string]{}, letter.NoError
			response.Letter = &srmt.Draft{}
			decision, err := service.Respond(t.Context(), response)
			entitled := func(e *entry) bool { return holder(e)(by) }
			may := func(e *entry) bool { return !e.closed && entitled(e) && e.office != "UNROUTED" }
			preview, previewErr := service.Preview(t.Context(), by.ID, e.id, letter.NoError, srmt.Draft{})
			isOpen := by.ID != "" && (holder(e)(by) || e.closed && supervisor(e)(by))
			require.Equal(t, !isOpen, errors.Is(previewErr, srmt.ErrDenied))
			if expect(t, e, by, version, "responds by a letter", entitled, may, decision, err) {
				e.closed, e.waits, e.proposed = true, false, ""
				require.Equal(t, preview.Letter.Text(), decision.Step.Message.Text.Reveal())
				require.Equal(t, preview.Edition, decision.Step.Letter)
			}
		},
		"propose": func(t *rapid.T) {
			e := anyRequest(t)
			by, version := someone(t, "by", holder(e)), seen(t, e)
			response := responseTo(e, by.ID, version, e.answer)
			response.Finding = rapid.SampledFrom([]letter.Finding{letter.NoError, reviewed}).Draw(t, "finding")
			decision, err := service.Propose(t.Context(), response)
			entitled := func(e *entry) bool { return holder(e)(by) }
			may := func(e *entry) bool { return !e.closed && entitled(e) }
			if expect(t, e, by, version, fmt.Sprint("proposes ", response.Finding), entitled, may, decision, err) {
				e.events--
				e.proposed = response.Finding
			}
		},
		"approve": func(t *rapid.T) {
			e := anyRequest(t)
			by, version := someone(t, "by", reviewer(e)), seen(t, e)
			decision, err := service.Approve(t.Context(), srmt.Approval{RequestID: e.id, By: by.ID, Seen: version})
			may := func(e *entry) bool { return reviewer(e)(by) }
			if expect(t, e, by, version, "approves", may, may, decision, err) {
				require.Equal(t, e.proposed, decision.Step.Finding)
				e.closed, e.waits, e.proposed = true, false, ""
			}
		},
		"send back": func(t *rapid.T) {
			e := anyRequest(t)
			by, version := someone(t, "by", reviewer(e)), seen(t, e)
			decision, err := service.SendBack(t.Context(), srmt.SendBack{RequestID: e.id, By: by.ID, Seen: version, Text: cris.NewPersonal("why")})
			may := func(e *entry) bool { return reviewer(e)(by) }
			if expect(t, e, by, version, "sends back", may, may, decision, err) {
				e.events--
				e.proposed = ""
			}
		},
		"correct": func(t *rapid.T) {
			e := anyRequest(t)
			by, version := someone(t, "by", holder(e)), seen(t, e)
			response := responseTo(e, by.ID, version, e.answer)
			response.Finding = rapid.SampledFrom([]letter.Finding{letter.NoError, reviewed}).Draw(t, "finding")
			decision, err := service.Correct(t.Context(), response)
			entitled := func(e *entry) bool { return supervisor(e)(by) || holder(e)(by) }
			may := func(e *entry) bool {
				return e.closed && entitled(e) && (response.Finding != reviewed || supervisor(e)(by) && e.officer != by.ID)
			}
			if expect(t, e, by, version, fmt.Sprint("corrects ", response.Finding), entitled, may, decision, err) {
				e.events--
			}
		},
		"ask": func(t *rapid.T) {
			e := anyRequest(t)
			by, version := someone(t, "by", holder(e)), seen(t, e)
			message := srmttest.NewMessage(srmt.ToCustomer, erequest.ByLetter)
			message.Asks = true
			decision, err := service.Correspond(t.Context(), srmt.Correspondence{RequestID: e.id, By: by.ID, Seen: version, Message: message})
			entitled := func(e *entry) bool { return supervisor(e)(by) || holder(e)(by) }
			may := func(e *entry) bool { return !e.closed && entitled(e) }
			if expect(t, e, by, version, "asks", entitled, may, decision, err) {
				e.events--
				e.waits = true
			}
		},
		"correspond": func(t *rapid.T) {
			e := anyRequest(t)
			by, version := someone(t, "by", holder(e)), seen(t, e)
			decision, err := service.Correspond(t.Context(), srmt.Correspondence{
				RequestID: e.id, By: by.ID, Seen: version, Message: srmttest.NewMessage(srmt.FromCustomer, erequest.ByLetter),
			})
			may := func(e *entry) bool { return supervisor(e)(by) || holder(e)(by) }
			if expect(t, e, by, version, "corresponds", may, may, decision, err) {
				e.events--
				e.waits = false
			}
		},
		"note": func(t *rapid.T) {
			e := anyRequest(t)
			by, version := someone(t, "by", holder(e)), seen(t, e)
			decision, err := service.Note(t.Context(), srmt.Note{RequestID: e.id, By: by.ID, Seen: version, Text: cris.NewPersonal("note")})
			may := func(e *entry) bool { return supervisor(e)(by) || holder(e)(by) }
			if expect(t, e, by, version, "notes", may, may, decision, err) {
				e.events--
			}
		},
		"move staff": func(t *rapid.T) {
			member := staff[rapid.SampledFrom([]srmt.StaffID{named("NSC", 0), named("NYC", 1), named("ZAR", 2)}).Draw(t, "who")]
			member = member.Clone()
			member.Posts[0].Office = rapid.SampledFrom(queues).Draw(t, "where")
			returned, err := service.PutStaff(t.Context(), member)
			require.NoError(t, err)
			staff[member.ID] = member
			for _, e := range book {
				if e.officer == member.ID && !e.closed && !holder(e)(member) {
					before := *e
					e.before, e.last, e.officer = &before, "returned", ""
					e.proposed = ""
					e.steps++
					e.events++
					returned--
				}
			}
			require.Zero(t, returned)
		},
		"": func(t *rapid.T) { now = now.Add(time.Hour) },
	})

	o.audit(t, book)
}

// audit holds the stores against the bookkeeping of one run.
func (o *office) audit(t *rapid.T, book []*entry) {
	listed := map[string]srmt.ServiceRequest{}
	mine := map[string]bool{}
	for _, e := range book {
		mine[e.id] = true
	}
	for _, queue := range queues {
		for _, status := range []srmt.Status{srmt.Unassigned, srmt.Assigned, srmt.Closed} {
			for request, err := range o.Store.List(t.Context(), srmt.Query{Office: queue, Status: status}) {
				require.NoError(t, err)
				if !mine[request.ID] {
					continue
				}
				require.NotContains(t, listed, request.ID, "in two queues")
				listed[request.ID] = request
			}
		}
	}
	require.Len(t, listed, len(book), "in no queue")
	events := o.drain(t)
	for _, e := range book {
		history, err := o.Store.History(t.Context(), e.id)
		require.NoError(t, err)
		require.Len(t, history, e.steps)
		state, err := srmt.Replay(history)
		require.NoError(t, err)
		require.Equal(t, state, listed[e.id])
		require.Equal(t, e.office, state.Office)
		require.Equal(t, e.officer, state.Officer)
		require.Equal(t, e.closed, state.Status == srmt.Closed)
		require.Equal(t, e.due, state.Due)
		require.Equal(t, e.waits, !state.Waiting.IsZero())
		require.Equal(t, e.proposed != "", state.Proposed > 0)
		require.Equal(t, e.events, events[e.id])
	}
}

// drain takes every event out of the outbox and counts them by request.
func (o *office) drain(t *rapid.T) map[string]int {
	count := map[string]int{}
	for {
		events, err := o.outbox.Pending(t.Context(), 100)
		require.NoError(t, err)
		if len(events) == 0 {
			return count
		}
		var ids []string
		for _, event := range events {
			count[event.Subject]++
			ids = append(ids, event.ID)
		}
		require.NoError(t, o.outbox.MarkDelivered(t.Context(), ids...))
	}
}

// SR-11: acts that concern nobody beside their author have nobody in common.
func TestSR11_NobodyIsNotLocked(t *testing.T) {
	sql := openDatabase(t, "sqlite", sqliteFile(t))
	store := migrated(t, sql).ServiceRequests()
	scope := srmt.Scope{Requests: []string{"r1"}, Staff: []srmt.StaffID{"", "siio"}}
	require.NoError(t, store.Update(t.Context(), scope, func(srmt.Prior) (srmt.Change, error) { return srmt.Change{}, nil }))
	require.Len(t, scopes(t, sql), 2, "the request and its author")
}
