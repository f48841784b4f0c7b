package srmttest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
)

// Simulation is a made-up agency that works for years: customers file, staff come, move, fall ill
// and leave, an office closes, supervisors distribute, and officers answer. The same seed plays
// the same years again.
type Simulation struct {
	Seed     uint64
	Days     int // how many days customers file; after that, days go on until every request is answered
	Arrivals int // requests on a working day, on average
	MostOpen int // the cap of the policy
}

// TestOffice plays the simulation over empty stores, and holds these promises after every step:
// no request is lost, each open one is in exactly one place, histories add up, nobody holds more
// than the cap, and no request waits while one behind it is given to somebody who could have taken
// it. In the end everything is answered. A failure says how to play it again.
func TestOffice(t *testing.T, newPorts func(t *testing.T) Ports, s Simulation) {
	t.Helper()
	if err := newAgency(newPorts(t), s).play(t.Context()); err != nil {
		t.Errorf("%v\n\nfunc TestOffice_Seed%d(t *testing.T) {\n\tsrmttest.TestOffice(t, newPorts, %#v)\n}", err, s.Seed, s)
	}
}

// agency is a simulation that is being played, with its books: what the stores should say.
type agency struct {
	*World
	sim     Simulation
	random  *rand.Rand
	day     cris.Date
	staff   map[srmt.StaffID]srmt.Staff
	roll    []srmt.StaffID     // those who have not left, by ID
	book    map[string]*booked // the open requests, by ID
	closed  int
	hired   int
	decided map[string]int // how many acts ended how
}

// booked is what the books say of an open request.
type booked struct {
	office  casestatus.OfficeCode
	officer srmt.StaffID // "" while unassigned
	version int
	needs   needs
	key     srmt.Key
}

// needs are what it takes to answer a customer.
type needs struct {
	language      cris.Language
	accommodation bool
}

// closing is the office that closes in a simulation, and hands its work on.
const (
	closing   casestatus.OfficeCode = "CLOSING"
	successor casestatus.OfficeCode = "NYC"
	fallback  casestatus.OfficeCode = "UNROUTED"
)

func simulatedOffices() []casestatus.OfficeCode {
	return []casestatus.OfficeCode{"NSC", successor, closing, fallback}
}

func newAgency(ports Ports, s Simulation) *agency {
	first := cris.MustParseDate("2013-08-15")
	table := casestatus.NewOfficeTable(append(casestatus.Offices(), casestatus.Office{
		Code: closing, Kind: casestatus.FieldOffice, Until: first.AddDays(s.Days / 2), Successor: successor,
	})...)
	a := &agency{
		sim: s, day: first,
		random: rand.New(rand.NewPCG(s.Seed, 0)), //nolint:gosec // repeatable on purpose
		staff:  map[srmt.StaffID]srmt.Staff{}, book: map[string]*booked{}, decided: map[string]int{},
	}
	a.World = NewWorld(ports, func(w *World) {
		w.Offices, w.Tables = nil, &casestatus.Tables{Offices: table}
		w.Policy.MostOpen = s.MostOpen
	})
	return a
}

// play plays all days, and then as many as it takes to answer what is open.
func (a *agency) play(ctx context.Context) error {
	for _, office := range simulatedOffices() {
		for range 3 {
			if err := a.hire(ctx, office); err != nil {
				return err
			}
		}
		if err := a.enter(ctx, srmt.NewStaff(supervisorOf(office), srmt.SIIO, office)); err != nil {
			return err
		}
	}
	last := a.day.AddDays(a.sim.Days)
	for a.day.Before(last) || len(a.book) > 0 {
		if a.day.After(last.AddDays(2 * 365)) {
			return fmt.Errorf("%d requests are still open two years after the last was filed", len(a.book))
		}
		a.Clock.Set(a.day.Start(cris.AgencyZone()).Add(9 * time.Hour).UTC().Format(time.RFC3339Nano))
		if err := a.live(ctx, a.day.Before(last)); err != nil {
			return fmt.Errorf("on %s: %w", a.day, err)
		}
		a.day = a.day.AddDays(1)
	}
	for _, want := range []string{"returned", "realigned", "left for want of staff", "assigned", "allowed", "already_done", "overtaken", "refused"} {
		if a.sim.Days >= 3650 && a.decided[want] == 0 {
			return fmt.Errorf("it never came to pass that an act was %s: %v", want, a.decided)
		}
	}
	return nil
}

func supervisorOf(office casestatus.OfficeCode) srmt.StaffID { return srmt.StaffID("siio-" + office) }

// live plays one day.
func (a *agency) live(ctx context.Context, isFiling bool) error {
	steps := []func(context.Context) error{a.closeOffices, a.endPosts, a.changeStaff}
	if !a.isHoliday() {
		if isFiling {
			steps = append(steps, a.arrive)
		}
		steps = append(steps, a.distribute, a.transfer, a.work)
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return a.audit(ctx)
}

// isHoliday reports whether nobody files and nobody works: on weekends, and on days that are the
// same every year.
func (a *agency) isHoliday() bool {
	at := a.day.Start(time.UTC)
	if weekday := at.Weekday(); weekday == time.Saturday || weekday == time.Sunday {
		return true
	}
	return slices.Contains([]string{"01-01", "07-04", "11-11", "12-25"}, at.Format("01-02"))
}

// one reports whether something happens that happens once in so many times.
func (a *agency) one(in int) bool { return a.random.IntN(in) == 0 }

// pick returns one of several.
func pick[T any](random *rand.Rand, from []T) T { return from[random.IntN(len(from))] }

// hire enters a new officer, who may speak Spanish and answer customers with disabilities. At each
// office the first does both.
func (a *agency) hire(ctx context.Context, office casestatus.OfficeCode) error {
	a.hired++
	member := srmt.NewStaff(srmt.StaffID(fmt.Sprintf("iio-%05d", a.hired)), srmt.IIO, office)
	member.Posts[0].Held.From = a.day
	isFirst := !slices.ContainsFunc(a.officers(office), func(o srmt.Staff) bool { return len(o.Languages) > 0 && o.Accommodations })
	if isFirst || a.one(3) {
		member.Languages = []cris.Language{cris.Spanish}
	}
	member.Accommodations = isFirst || a.one(4)
	return a.enter(ctx, member)
}

// officers are those who are officers of the office today, by ID.
func (a *agency) officers(office casestatus.OfficeCode) (all []srmt.Staff) {
	for _, id := range a.roll {
		if member := a.staff[id]; member.Has(srmt.IIO, office, a.day) {
			all = append(all, member)
		}
	}
	return all
}

// enter puts a member of staff on file, and books what returns as a result.
func (a *agency) enter(ctx context.Context, member srmt.Staff) error {
	if _, known := a.staff[member.ID]; !known {
		a.roll = append(a.roll, member.ID) // they are hired in the order of their IDs
	}
	if len(member.Posts) == 0 {
		a.roll = slices.DeleteFunc(a.roll, func(id srmt.StaffID) bool { return id == member.ID })
	}
	a.staff[member.ID] = member
	want := a.bookReturns(func(id srmt.StaffID) bool { return id == member.ID })
	returned, err := a.PutStaff(ctx, member)
	if err == nil && returned != want {
		err = fmt.Errorf("%d requests returned when %s was entered, want %d", returned, member.ID, want)
	}
	return err
}

// bookReturns books as unassigned the requests whose holder cannot work on them today.
func (a *agency) bookReturns(of func(srmt.StaffID) bool) (returned int) {
	for _, r := range a.book {
		if member := a.staff[r.officer]; r.officer != "" && of(r.officer) && !a.worksAt(member, r.office) {
			r.officer = ""
			r.version++
			returned++
		}
	}
	a.decided["returned"] += returned
	return returned
}

func (a *agency) worksAt(member srmt.Staff, office casestatus.OfficeCode) bool {
	return member.Has(srmt.IIO, office, a.day) || member.Has(srmt.SIIO, office, a.day)
}

// endPosts is what the host program does every day for posts that have ended.
func (a *agency) endPosts(ctx context.Context) error {
	want := a.bookReturns(func(srmt.StaffID) bool { return true })
	returned, err := a.ReturnLeftBehind(ctx)
	if err == nil && returned != want {
		err = fmt.Errorf("%d requests returned from posts that ended, want %d", returned, want)
	}
	return err
}

// closeOffices is what the host program does every day for offices that have closed.
func (a *agency) closeOffices(ctx context.Context) error {
	want := 0
	for _, r := range a.book {
		if office, _ := a.Tables.Offices.Office(closing); r.office == closing && a.day.After(office.Until) {
			r.office, r.officer = successor, ""
			r.version++
			want++
		}
	}
	a.decided["realigned"] += want
	moved, err := a.Realign(ctx, closing)
	if err == nil && moved != want {
		err = fmt.Errorf("%d requests moved on from the closed office, want %d", moved, want)
	}
	return err
}

// changeStaff lets somebody fall ill, learn something, leave, give notice, or move, now and then,
// and has each office hire whom it lacks.
func (a *agency) changeStaff(ctx context.Context) error {
	for _, office := range simulatedOffices() {
		for _, member := range a.officers(office) {
			member = member.Clone()
			switch n := a.random.IntN(2000); {
			case n < 20:
				member.Absences = []cris.Period{{From: a.day, Until: a.day.AddDays(1 + a.random.IntN(20))}}
			case n < 22:
				member.Posts = nil // has left
			case n < 25:
				member.Posts[0].Held.Until = a.day.AddDays(a.random.IntN(30)) // has given notice
			case n < 27:
				member.Posts = []srmt.Post{{Role: srmt.IIO, Office: pick(a.random, simulatedOffices())}}
			case n < 29:
				member.Posts = append(member.Posts, srmt.Post{Role: srmt.IIO, Office: pick(a.random, simulatedOffices())})
			default:
				continue
			}
			if err := a.enter(ctx, member); err != nil {
				return err
			}
		}
		present := len(a.officers(office))
		isAble := slices.ContainsFunc(a.officers(office), func(o srmt.Staff) bool { return len(o.Languages) > 0 && o.Accommodations })
		if present < 2 || !isAble || present < 4 && a.one(50) {
			if err := a.hire(ctx, office); err != nil {
				return err
			}
		}
	}
	return nil
}

// arrive files the requests of a day.
func (a *agency) arrive(ctx context.Context) error {
	for range a.random.IntN(2*a.sim.Arrivals + 1) {
		office := pick(a.random, []casestatus.OfficeCode{"NSC", "NSC", successor, closing, closing, ""})
		language, issue := cris.English, erequest.CardNotReceived
		if a.one(4) {
			language = cris.Spanish
		}
		if a.one(20) {
			issue = erequest.AppointmentAccommodation
		}
		id := a.File(office, func(r *erequest.Request) { r.Language, r.Issue = language, issue })
		for range 1 + a.random.IntN(2) { // an event may come twice
			intake, err := a.Receive(ctx, id)
			if err != nil {
				return err
			}
			a.decided[string(intake.Outcome)]++
			if a.book[id] == nil {
				a.book[id] = &booked{
					office: intake.Request.Office, version: 1, key: intake.Request.Key(),
					needs: needs{language, issue == erequest.AppointmentAccommodation},
				}
			}
		}
		want := office
		closed, _ := a.Tables.Offices.Office(closing)
		switch {
		case office == "":
			want = fallback
		case office == closing && a.day.After(closed.Until):
			want = successor
		}
		if a.book[id].office != want {
			return fmt.Errorf("a request for %q went to %s, want %s", office, a.book[id].office, want)
		}
	}
	return nil
}

// held is how many open requests the books say that each officer holds.
func (a *agency) held() map[srmt.StaffID]int {
	held := map[srmt.StaffID]int{}
	for _, r := range a.book {
		held[r.officer]++
	}
	return held
}

// suits reports whether an officer could be given the request today, but for the cap.
func (a *agency) suits(o srmt.Staff, r *booked) bool {
	isAway := slices.ContainsFunc(o.Absences, func(p cris.Period) bool { return p.Has(a.day) })
	return o.Has(srmt.IIO, r.office, a.day) && !isAway && (r.needs.language == cris.English || len(o.Languages) > 0) &&
		(!r.needs.accommodation || o.Accommodations)
}

// distribute has the supervisor of each office distribute what waits there. It looks at each
// assignment: the officer could take it, and held the fewest of those who could; and at each request
// that is left: nobody could.
func (a *agency) distribute(ctx context.Context) error {
	for _, office := range simulatedOffices() {
		all, err := a.Distribute(ctx, srmt.Distribution{By: supervisorOf(office), Office: office, AtMost: a.random.IntN(40)})
		if err != nil {
			return err
		}
		held, officers := a.held(), a.officers(office)
		var before srmt.Key
		for _, one := range all {
			r := a.book[one.Request.ID]
			if r == nil || r.officer != "" || r.office != office {
				return fmt.Errorf("%s was distributed, which the books have as %+v", one.Request.ID, r)
			}
			if r.key.Compare(before) < 0 {
				return fmt.Errorf("%s came after one that is younger", one.Request.ID)
			}
			before = r.key
			if err := a.isFair(r, one.Decision, officers, held); err != nil {
				return fmt.Errorf("%s: %w", one.Request.ID, err)
			}
			if one.Decision.Outcome != srmt.Allowed {
				a.decided["left for want of staff"]++
				continue
			}
			a.decided["assigned"]++
			r.officer = one.Decision.Step.Officer
			r.version++
			held[r.officer]++
		}
	}
	return nil
}

// isFair says why the decision on a request is not right; nil if it is.
func (a *agency) isFair(r *booked, decision srmt.Decision, officers []srmt.Staff, held map[srmt.StaffID]int) error {
	fewest, of := -1, srmt.StaffID("")
	for _, o := range officers {
		if n := held[o.ID]; a.suits(o, r) && n < a.sim.MostOpen && (fewest < 0 || n < fewest) {
			fewest, of = n, o.ID
		}
	}
	if decision.Step.Officer != of {
		return fmt.Errorf("it went to %q, want %q who holds %d: %v", decision.Step.Officer, of, fewest, decision.Reasons)
	}
	return nil
}

// transfer lets supervisors and strangers act on a few requests: most of it is allowed, and some is
// late, is done again, or is nobody's business.
func (a *agency) transfer(ctx context.Context) error {
	for _, id := range a.some(2) {
		r := a.book[id]
		by, seen := supervisorOf(r.office), r.version
		if a.one(5) {
			by = supervisorOf(pick(a.random, simulatedOffices()))
		}
		if a.one(10) {
			seen--
		}
		var again func() (srmt.Decision, error)
		if r.officer != "" && a.one(2) {
			to := pick(a.random, append(a.officers(r.office), srmt.Staff{ID: "nobody"})).ID
			again = func() (srmt.Decision, error) {
				return a.Reassign(ctx, srmt.Reassignment{RequestID: id, By: by, Seen: seen, To: to, Why: srmt.OfficeBandwidth})
			}
		} else {
			to := pick(a.random, []casestatus.OfficeCode{"NSC", successor, closing})
			again = func() (srmt.Decision, error) {
				return a.Redirect(ctx, srmt.Redirection{
					RequestID: id, By: by, Seen: seen, To: to, Why: srmt.OfficeBandwidth, Explanation: cris.NewPersonal("it belongs there"),
				})
			}
		}
		if err := a.act(r, again); err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
	}
	return nil
}

// act runs an act, and again at times, since its result may have been lost, and books it.
func (a *agency) act(r *booked, run func() (srmt.Decision, error)) error {
	decision, err := run()
	if err != nil {
		return err
	}
	a.decided[string(decision.Outcome)]++
	if decision.Outcome != srmt.Allowed {
		return nil
	}
	r.version++
	if decision.Step.Seq != r.version {
		return fmt.Errorf("step %d was added, want %d", decision.Step.Seq, r.version)
	}
	switch decision.Step.Kind {
	case srmt.StepReassigned:
		r.officer = decision.Step.Officer
	case srmt.StepRedirected:
		r.office, r.officer = decision.Step.Office, ""
	default:
	}
	if a.one(3) {
		repeated, err := run()
		if err != nil {
			return err
		}
		a.decided[string(repeated.Outcome)]++
		if repeated.Outcome != srmt.AlreadyDone || repeated.Step != decision.Step {
			return fmt.Errorf("an act that was done again is %s: %v", repeated.Outcome, repeated.Reasons)
		}
	}
	return nil
}

// some returns the IDs of a few open requests.
func (a *agency) some(n int) []string {
	open := slices.Sorted(maps.Keys(a.book))
	a.random.Shuffle(len(open), func(i, j int) { open[i], open[j] = open[j], open[i] })
	return open[:min(n, len(open))]
}

// work lets each officer who is there answer the first request of the worklist, about every other day.
func (a *agency) work(ctx context.Context) error {
	for _, office := range simulatedOffices() {
		for _, officer := range a.officers(office) {
			isAway := slices.ContainsFunc(officer.Absences, func(p cris.Period) bool { return p.Has(a.day) })
			if isAway || a.one(2) {
				continue
			}
			var first []srmt.ServiceRequest
			for request, err := range a.Worklist(ctx, officer.ID, office, srmt.Page{Limit: 1}) {
				if err != nil {
					return err
				}
				first = append(first, request)
			}
			for _, request := range first {
				if err := a.answer(ctx, request, officer.ID); err != nil {
					return fmt.Errorf("%s: %w", request.ID, err)
				}
			}
		}
	}
	return nil
}

// answer has an officer write a note at times, and respond.
func (a *agency) answer(ctx context.Context, request srmt.ServiceRequest, officer srmt.StaffID) error {
	r := a.book[request.ID]
	if r == nil || r.officer != officer || r.office != request.Office || r.version != request.Version {
		return fmt.Errorf("it is on the worklist of %s as %+v, which the books have as %+v", officer, request, r)
	}
	if a.one(3) {
		note := srmt.Note{RequestID: request.ID, By: officer, Seen: r.version, Text: cris.NewPersonal("looked at it")}
		if err := a.act(r, func() (srmt.Decision, error) { return a.Note(ctx, note) }); err != nil {
			return err
		}
	}
	a.MustRespond(request.ID, r.version, officer)
	r.version++
	if err := a.isAsBooked(ctx, request.ID, srmt.Closed); err != nil {
		return err
	}
	delete(a.book, request.ID)
	a.closed++
	return nil
}

// isAsBooked says how the history of a request differs from the books.
func (a *agency) isAsBooked(ctx context.Context, id string, status srmt.Status) error {
	r := a.book[id]
	history, err := a.Store.History(ctx, id)
	if err != nil {
		return err
	}
	state, err := srmt.Replay(history)
	if err != nil {
		return err
	}
	if state.Version != r.version || state.Office != r.office || state.Officer != r.officer || state.Status != status {
		return fmt.Errorf("%s is %+v, want %s, and the books have %+v", id, state, status, r)
	}
	return nil
}

// audit holds the lists against the books: every open request is in one place, and nobody holds
// more than the cap. The histories of a few are added up.
func (a *agency) audit(ctx context.Context) error {
	listed, held := map[string]bool{}, map[srmt.StaffID]int{}
	for _, status := range []srmt.Status{srmt.Unassigned, srmt.Assigned} {
		for _, office := range simulatedOffices() {
			for request, err := range a.Store.List(ctx, srmt.Query{Office: office, Status: status}) {
				if err != nil {
					return err
				}
				r := a.book[request.ID]
				if listed[request.ID] || r == nil || r.office != office || r.officer != request.Officer || r.version != request.Version || r.key != request.Key() {
					return fmt.Errorf("%+v is listed, which the books have as %+v", request, r)
				}
				listed[request.ID] = true
				if request.Officer != "" {
					held[request.Officer]++
				}
			}
		}
	}
	if len(listed) != len(a.book) {
		return fmt.Errorf("%d requests are listed, and %d are open", len(listed), len(a.book))
	}
	for officer, n := range held {
		if n > a.sim.MostOpen {
			return fmt.Errorf("%s holds %d requests", officer, n)
		}
	}
	var problems []error
	for _, id := range a.some(2) {
		status := srmt.Assigned
		if a.book[id].officer == "" {
			status = srmt.Unassigned
		}
		problems = append(problems, a.isAsBooked(ctx, id, status))
	}
	return errors.Join(problems...)
}
