package contract

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
)

// toyRelayed is what the relays of a toy have in common.
type toyRelayed struct {
	subjects map[string]toySubject
	parked   map[string]cris.ParkedEvent
}

// toySubject is a subject that is held back.
type toySubject struct {
	lease, failed string
	until         time.Time
	tries         int
}

// Claim implements cris.SharedOutbox.
func (s *toy) Claim(ctx context.Context, claim cris.Claim) (cris.Lease, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	lease := cris.Lease{ID: claim.ID}
	if ctx.Err() != nil && !s.has("claims under a canceled context") {
		return lease, ctx.Err()
	}
	switch s.flaw {
	case "cannot claim":
		return lease, errToy
	case "gives all leases one ID":
		lease.ID = "lease"
	}
	events := slices.Clone(s.events)
	if s.has("claims the newest first") {
		slices.Reverse(events)
	}
	if s.has("claims by source") {
		slices.SortStableFunc(events, func(a, b cris.Event) int { return strings.Compare(a.Source, b.Source) })
	}
	limit := claim.Limit
	if s.has("ignores the limit of a claim") || limit <= 0 {
		limit = len(events)
	}
	skipped := map[string]bool{}
	for _, event := range events {
		if len(lease.Events) >= limit {
			break
		}
		tries, taken := s.take(claim, event)
		if !taken {
			skipped[event.Subject] = true
		}
		if !taken || s.has("stops at what is held") && len(skipped) > 0 {
			continue
		}
		s.spoilClaimed(&event, &tries)
		lease.Events = append(lease.Events, cris.ClaimedEvent{Event: event, Tries: tries})
	}
	return lease, nil
}

func (s *toy) spoilClaimed(event *cris.Event, tries *int) {
	switch s.flaw {
	case "loses the data of what is claimed":
		event.Data = nil
	case "forgets the tries":
		*tries = 0
	case "counts a try too many":
		*tries++
	}
}

// take holds the subject of an event for a claim, if it is due.
func (s *toy) take(claim cris.Claim, event cris.Event) (tries int, taken bool) {
	name := event.Subject
	if s.has("holds events and not subjects") {
		name = event.ID
	}
	held, is := s.relayed.subjects[name]
	isOver := !held.until.After(claim.At) || !claim.Latest.IsZero() && held.until.After(claim.Latest)
	switch s.flaw {
	case "ends no lease":
		isOver = held.lease == "" && isOver
	case "lets a lease last a little longer":
		isOver = isOver && held.until.Before(claim.At)
	case "ends a lease a little early":
		isOver = !held.until.After(claim.At.Add(time.Microsecond))
	case "believes a clock that was set back":
		isOver = !held.until.After(claim.At)
	case "tries at once what failed":
		isOver = isOver || held.lease == ""
	case "holds nothing":
		isOver = true
	}
	if is && held.lease != claim.ID && !isOver {
		return 0, false
	}
	if held.failed != "" && held.failed != event.ID && !s.has("claims what is behind a failure") {
		return 0, false
	}
	if s.has("holds back all behind a failure") && slices.ContainsFunc(slices.Collect(maps.Values(s.relayed.subjects)), func(other toySubject) bool {
		return other.failed != "" && other.until.After(claim.At)
	}) {
		return 0, false
	}
	if s.relayed.subjects == nil {
		s.relayed.subjects = map[string]toySubject{}
	}
	held.lease, held.until = claim.ID, claim.Until
	s.relayed.subjects[name] = held
	return held.tries, true
}

// Settle implements cris.SharedOutbox.
func (s *toy) Settle(ctx context.Context, lease cris.Lease, settled ...cris.Settlement) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() != nil && !s.has("settles under a canceled context") {
		return ctx.Err()
	}
	if s.has("cannot settle") {
		return errToy
	}
	var err error
	failed := map[string]toySubject{}
	for _, settlement := range settled {
		i := slices.IndexFunc(lease.Events, func(e cris.ClaimedEvent) bool { return e.ID == settlement.ID })
		if i < 0 {
			continue
		}
		name := lease.Events[i].Subject
		isHeld := s.relayed.subjects[name].lease == lease.ID
		if !isHeld && !s.has("hides a lost lease") {
			err = cris.ErrLeaseLost
		}
		if isHeld || s.has("settles what others hold") || s.has("holds events and not subjects") {
			s.settleOne(name, settlement, failed)
		}
		if !isHeld && s.has("ends the lease of others") {
			delete(s.relayed.subjects, name)
		}
	}
	s.giveBack(lease)
	maps.Copy(s.relayed.subjects, failed)
	if err != nil && s.has("takes a lost lease for a conflict") {
		return cris.ErrConflict
	}
	return err
}

func (s *toy) settleOne(name string, settlement cris.Settlement, failed map[string]toySubject) {
	if settlement.Result == cris.ResultFailed {
		failed[name] = toySubject{failed: settlement.ID, tries: settlement.Tries, until: settlement.RetryAt}
		return
	}
	held := s.relayed.subjects[name]
	if !s.has("goes on holding back after a try that succeeds") {
		held.failed, held.tries = "", 0
	}
	s.relayed.subjects[name] = held
	if s.has("settles nothing") {
		return
	}
	i := slices.IndexFunc(s.events, func(e cris.Event) bool { return e.ID == settlement.ID })
	if i < 0 {
		return
	}
	event := s.events[i]
	if !s.has("leaves parked events where they were") || settlement.Result == cris.ResultDelivered {
		s.events = slices.Delete(s.events, i, i+1)
	}
	if settlement.Result == cris.ResultDelivered {
		s.published[event.ID] = true
		return
	}
	s.park(event, settlement)
	if s.has("stops a subject behind a parked event") {
		failed[name] = toySubject{failed: event.ID, until: always}
	}
}

func (s *toy) park(event cris.Event, settlement cris.Settlement) {
	parked := cris.ParkedEvent{Event: event, Tries: settlement.Tries, Code: settlement.Code, ParkedAt: time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)}
	switch s.flaw {
	case "parks nowhere":
		return
	case "forgets the tries of what is parked":
		parked.Tries = 0
	case "forgets why it parked":
		parked.Code = ""
	case "forgets when it parked":
		parked.ParkedAt = time.Time{}
	case "loses the data of what is parked":
		parked.Data = nil
	case "takes what it parks for delivered":
		s.published[event.ID] = true
	}
	if s.relayed.parked == nil {
		s.relayed.parked = map[string]cris.ParkedEvent{}
	}
	s.relayed.parked[event.ID] = parked
}

// giveBack ends what a lease holds.
func (s *toy) giveBack(lease cris.Lease) {
	for name, held := range s.relayed.subjects {
		switch {
		case held.lease != lease.ID || s.has("gives nothing back"):
		case s.has("forgets a failure that is given back"), held.failed == "":
			delete(s.relayed.subjects, name)
		default:
			held.lease, held.until = "", time.Time{}
			s.relayed.subjects[name] = held
		}
	}
}

// Parked implements cris.SharedOutbox.
func (s *toy) Parked(ctx context.Context, page cris.Page[string]) iter.Seq2[cris.ParkedEvent, error] {
	return func(yield func(cris.ParkedEvent, error) bool) {
		if ctx.Err() != nil && !s.has("lists under a canceled context") {
			yield(cris.ParkedEvent{}, ctx.Err())
			return
		}
		s.mu.Lock()
		parked := slices.Collect(maps.Values(s.relayed.parked))
		s.mu.Unlock()
		slices.SortFunc(parked, func(a, b cris.ParkedEvent) int {
			if s.has("lists without regard to case") {
				return strings.Compare(strings.ToLower(a.ID), strings.ToLower(b.ID))
			}
			return strings.Compare(a.ID, b.ID)
		})
		parked = slices.DeleteFunc(parked, func(e cris.ParkedEvent) bool {
			return e.ID <= page.After && !s.has("lists from the beginning")
		})
		if page.Limit > 0 && !s.has("lists without a limit") {
			parked = parked[:min(page.Limit, len(parked))]
		}
		for _, event := range parked {
			if !yield(event, nil) {
				return
			}
		}
	}
}

// Resolve implements cris.SharedOutbox.
func (s *toy) Resolve(ctx context.Context, resolution cris.Resolution, ids ...string) (resolved int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() != nil && !s.has("resolves under a canceled context") {
		return 0, ctx.Err()
	}
	if !slices.Contains(cris.Resolutions(), resolution) && !s.has("takes any resolution") {
		return 0, errToy
	}
	for _, id := range ids {
		parked, is := s.relayed.parked[id]
		if !is {
			if s.has("counts what it does not resolve") {
				resolved++
			}
			continue
		}
		resolved++
		if !s.has("goes on listing what is resolved") {
			delete(s.relayed.parked, id)
		}
		s.resolve(resolution, parked)
	}
	return resolved, nil
}

func (s *toy) resolve(resolution cris.Resolution, parked cris.ParkedEvent) {
	switch {
	case resolution == cris.Drop && s.has("forgets the ID of what is dropped"):
		delete(s.published, parked.ID)
	case resolution == cris.Drop && !s.has("releases what is to be dropped"):
		s.published[parked.ID] = true
	case s.has("drops what is to be released"):
	default:
		s.events = append(s.events, parked.Event)
	}
	if s.has("releases to the end") {
		return
	}
	slices.SortFunc(s.events, func(a, b cris.Event) int { return slices.Index(s.order, a.ID) - slices.Index(s.order, b.ID) })
	if s.has("releases with the tries of before") {
		s.relayed.subjects[parked.Subject] = toySubject{failed: parked.ID, tries: parked.Tries}
	}
}

// Backlog implements cris.SharedOutbox.
func (s *toy) Backlog(ctx context.Context) (cris.Backlog, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() != nil && !s.has("counts the backlog under a canceled context") {
		return cris.Backlog{}, ctx.Err()
	}
	backlog := cris.Backlog{Pending: len(s.events), Parked: len(s.relayed.parked)}
	for _, held := range s.relayed.subjects {
		if held.failed != "" {
			backlog.Failing++
		}
	}
	if len(s.events) > 0 {
		backlog.Oldest = s.events[0].Time
	}
	switch s.flaw {
	case "counts what is parked as pending":
		backlog.Pending += backlog.Parked
	case "counts nothing as failing":
		backlog.Failing = 0
	case "counts nothing as parked":
		backlog.Parked = 0
	case "tells the time of the newest":
		if len(s.events) > 0 {
			backlog.Oldest = s.events[len(s.events)-1].Time
		}
	}
	return backlog, nil
}
