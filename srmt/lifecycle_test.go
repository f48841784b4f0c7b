package srmt_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// The whole life of a request is small enough to be walked through: three places, the fallback
// queue among them, with a supervisor and two officers each, somebody who has left, and nobody.
var (
	places = []casestatus.OfficeCode{"NSC", "NYC", "UNROUTED"}
	people = peopleOf(places)
)

func peopleOf(places []casestatus.OfficeCode) []srmt.Staff {
	all := []srmt.Staff{{}, srmt.NewStaff("left", "", "NSC")}
	for _, office := range places {
		all = append(all,
			srmt.NewStaff(srmt.StaffID("siio-"+office), srmt.SIIO, office),
			srmt.NewStaff(srmt.StaffID("iio-1-"+office), srmt.IIO, office),
			srmt.NewStaff(srmt.StaffID("iio-2-"+office), srmt.IIO, office))
	}
	return all
}

// ways are all ways in which somebody may act on a request, each well formed.
func ways(state srmt.ServiceRequest, by srmt.Staff) map[string]srmt.Decision {
	act := srmt.Act{By: by, At: srmttest.Start(), Seen: state.Version}
	asking := srmttest.NewMessage(srmt.ToCustomer, erequest.ByLetter)
	asking.Asks = state.Status != srmt.Closed
	response := srmt.Response{Means: erequest.ByLetter, Finding: mailedAgain, Text: letter}
	proposed := srmt.Step{Seq: state.Proposed, Kind: srmt.StepProposed, Message: srmttest.NewMessage(srmt.ToCustomer, erequest.ByLetter), Finding: mailedAgain}
	decisions := map[string]srmt.Decision{
		"corresponded to ask": srmt.DecideCorrespondence(state, act, asking),
		"proposed":            srmt.DecideProposal(state, act, onFile, response, srmt.Policy{}),
		"sent_back":           srmt.DecideSendBack(state, act, letter),
		"approved":            srmt.DecideApproval(state, act, proposed),
		"corrected":           srmt.DecideCorrection(state, act, onFile, response, srmt.Policy{}),
		"corresponded":        srmt.DecideCorrespondence(state, act, srmttest.NewMessage(srmt.FromCustomer, erequest.ByLetter)),
		"noted":               srmt.DecideNote(state, act, letter),
		"responded":           srmt.DecideResponse(state, act, onFile, srmt.Response{Means: erequest.ByLetter, Finding: mailedAgain, Text: letter}, srmt.Policy{}),
	}
	for _, to := range people {
		decisions["assigned to "+string(to.ID)] = srmt.DecideAssignment(state, act, srmt.Officer{Staff: to}, srmt.Policy{})
		for _, why := range srmt.TransferReasons() {
			decisions["reassigned to "+string(to.ID)+" for "+string(why)] = srmt.DecideReassignment(state, act, srmt.Officer{Staff: to}, why, srmt.Policy{})
		}
	}
	for _, code := range places {
		office, _ := casestatus.DefaultTables().Offices.Office(code) // the fallback queue is none
		decisions["redirected to "+string(code)] = srmt.DecideRedirection(state, act, office, srmt.OfficeBandwidth, cris.Personal[string]{}, srmt.DefaultPolicy())
	}
	return decisions
}

// situation is what the lifecycle knows of a request.
type situation struct {
	status     srmt.Status
	office     casestatus.OfficeCode
	officer    srmt.StaffID
	isProposed bool // whether a response waits for a review
}

func situationOf(state srmt.ServiceRequest) situation {
	return situation{state.Status, state.Office, state.Officer, state.Proposed > 0}
}

// situations walks from the receipt of a request at each place wherever anybody can take it, and
// calls visit for every act that is tried.
func situations(t *testing.T, visit func(before srmt.ServiceRequest, by srmt.Staff, way string, decision srmt.Decision)) map[situation][]situation {
	t.Helper()
	next := map[situation][]situation{}
	var found []srmt.ServiceRequest
	enter := func(state srmt.ServiceRequest) situation {
		at := situationOf(state)
		if _, known := next[at]; !known {
			next[at] = nil
			found = append(found, state)
		}
		return at
	}
	for _, office := range places {
		enter(replayed(t, []srmt.Step{srmttest.NewReceived("r1", cris.MustParseDate("2013-08-15"), office)}))
	}
	for len(found) > 0 {
		before := found[0]
		found = found[1:]
		from := situationOf(before)
		for _, by := range people {
			for way, decision := range ways(before, by) {
				visit(before, by, way, decision)
				if decision.Outcome != srmt.Allowed {
					continue
				}
				after, err := srmt.Extend(before, decision.Step)
				require.NoError(t, err, "%s by %q of %+v", way, by.ID, from)
				next[from] = append(next[from], enter(after))
			}
		}
	}
	return next
}

// SR-1, PV-3: the decisions run from the table. Each act is tried by everybody on everything: it
// is allowed where the table has a row for the status and the author is one of its parties,
// leads where the row says, and is refused everywhere else.
func TestSR1_NothingHappensButWhatTheLifecycleSays(t *testing.T) {
	isParty := map[srmt.Party]func(by srmt.Staff, state srmt.ServiceRequest) bool{
		srmt.System: func(srmt.Staff, srmt.ServiceRequest) bool { return false },
		srmt.Supervisor: func(by srmt.Staff, state srmt.ServiceRequest) bool {
			return by.Has(srmt.SIIO, state.Office, today)
		},
		srmt.Holder: func(by srmt.Staff, state srmt.ServiceRequest) bool {
			return by.ID == state.Officer && (by.Has(srmt.IIO, state.Office, today) || by.Has(srmt.SIIO, state.Office, today))
		},
		srmt.Reviewer: func(by srmt.Staff, state srmt.ServiceRequest) bool {
			return state.Proposed > 0 && by.ID != state.Officer && by.Has(srmt.SIIO, state.Office, today)
		},
	}
	reached := map[string]bool{}
	tried := 0
	situations(t, func(before srmt.ServiceRequest, by srmt.Staff, way string, decision srmt.Decision) {
		tried++
		word, _, _ := strings.Cut(way, " ")
		kind := srmt.StepKind(word)
		var row *srmt.Transition
		for _, r := range srmt.Lifecycle() {
			if r.Act == kind && r.From == before.Status && slices.ContainsFunc(r.By, func(p srmt.Party) bool { return isParty[p](by, before) }) {
				row = &r
			}
		}
		what := fmt.Sprintf("%s by %q of %+v", way, by.ID, before)
		require.Equal(t, row != nil, slices.Contains(before.OpenTo(by, today), kind), what)
		if decision.Outcome != srmt.Allowed {
			require.Equal(t, srmt.Refused, decision.Outcome, what)
			require.NotEmpty(t, decision.Reasons, what)
			return
		}
		require.NotNil(t, row, what)
		after, err := srmt.Extend(before, decision.Step)
		require.NoError(t, err, what)
		require.Equal(t, row.To, after.Status, what)
		reached[fmt.Sprint(kind, before.Status)] = true
	})
	require.Greater(t, tried, 10_000)
	for _, row := range srmt.Lifecycle() {
		if !slices.Equal(row.By, []srmt.Party{srmt.System}) {
			require.True(t, reached[fmt.Sprint(row.Act, row.From)], "nobody can do %+v", row)
		}
	}
}

// SR-1: there is no dead end: from wherever a request may come, it can be completed.
func TestSR1_EveryOpenRequestCanBeCompleted(t *testing.T) {
	next := situations(t, func(srmt.ServiceRequest, srmt.Staff, string, srmt.Decision) {})
	require.Len(t, next, 30, "three places: unassigned, held by one of three with a proposal or without, closed by one of three")
	completes := map[situation]bool{}
	for range next { // as many rounds as the longest way can have
		for from, all := range next {
			completes[from] = from.status == srmt.Closed || completes[from] || slices.ContainsFunc(all, func(to situation) bool { return completes[to] })
		}
	}
	for from := range next {
		require.True(t, completes[from], from)
	}
}

// SR-7, SR-8: of a closed request messages, corrections among them, and notes are kept, and nothing
// else ever happens to it.
func TestSR8_NothingLeavesAClosedRequest(t *testing.T) {
	for from, all := range situations(t, func(srmt.ServiceRequest, srmt.Staff, string, srmt.Decision) {}) {
		if from.status == srmt.Closed {
			require.NotEmpty(t, all)
			for _, to := range all {
				require.Equal(t, from, to)
			}
		}
	}
	for _, row := range srmt.Lifecycle() {
		if row.From == srmt.Closed {
			require.Contains(t, []srmt.StepKind{srmt.StepCorresponded, srmt.StepNoted, srmt.StepCorrected}, row.Act)
		}
	}
}

// SR-2, SR-6: the system moves an open request on, and no other, and returns one that is assigned.
func TestSR2_TheSystemHasItsPartInTheLifecycle(t *testing.T) {
	at := cris.MustParseDate("2013-08-17").Start(cris.AgencyZone())
	for _, status := range srmt.Statuses() {
		n := map[srmt.Status]int{srmt.Unassigned: 1, srmt.Assigned: 2, srmt.Closed: 7}[status]
		state := stateAfter(t, n)
		offices := knownOffices(casestatus.Office{Code: state.Office, Kind: casestatus.ServiceCenter, Until: cris.MustParseDate("2013-08-16")})
		has := slices.ContainsFunc(srmt.Lifecycle(), func(r srmt.Transition) bool {
			return r.Act == srmt.StepRedirected && r.From == status && slices.Contains(r.By, srmt.System)
		})
		decision := srmt.DecideRealignment(state, erequest.Request{}, casestatus.Header{}, offices, at, srmt.DefaultPolicy())
		require.Equal(t, has, decision.Outcome == srmt.Allowed, status)

		gone := srmt.DecideReturn(state, srmt.Staff{ID: state.Officer}, at, srmt.Policy{})
		require.Equal(t, status == srmt.Assigned, gone.Outcome == srmt.Allowed, status)
	}
}

// SR-10: every row names a rule of this package, each act in a status has one row, and whoever
// changes what Lifecycle gives changes nothing.
func TestLifecycle_IsCitedUnambiguousAndSafe(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range srmt.Lifecycle() {
		require.True(t, slices.ContainsFunc(srmt.Rules(), func(r cris.Rule) bool { return r.ID == row.Rule }), row)
		require.NotEmpty(t, row.By)
		at := fmt.Sprint(row.Act, "|", row.From)
		require.False(t, seen[at], at)
		seen[at] = true
	}
	all := srmt.Lifecycle()
	all[0].By[0], all[0].Act = srmt.Holder, srmt.StepResponded
	require.NotEqual(t, all[0], srmt.Lifecycle()[0])
}

// PV-3: nothing is open to who is not on file, has left, or works elsewhere.
func TestPV3_OpenToListsNothingForStrangers(t *testing.T) {
	for n := range 8 {
		state := stateAfter(t, n+1)
		for _, by := range []srmt.Staff{{}, srmt.NewStaff("left", "", state.Office), srmt.NewStaff(state.Officer, srmt.IIO, "NYC"), srmt.NewStaff("siio", srmt.SIIO, "NYC")} {
			require.Empty(t, state.OpenTo(by, today), by)
		}
	}
	require.Empty(t, srmt.ServiceRequest{}.OpenTo(srmt.NewStaff("", srmt.SIIO, ""), today), "no request, nobody")
}

// A decision with its reasons allocates the reasons and nothing else.
func TestDecision_AllocatesItsReasonsAlone(t *testing.T) {
	state := stateAfter(t, 2)
	act := srmt.Act{By: supervisor, At: srmttest.Start(), Seen: state.Version}
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() {
		if srmt.DecideReassignment(state, act, free(otherOfficer), srmt.StaffChange, srmt.Policy{}).Outcome != srmt.Allowed {
			t.Fatal("it is refused")
		}
	}), 1.0)
}
