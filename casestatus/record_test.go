package casestatus_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
)

// caseChanges returns the changes of cases that the outbox tells of.
func caseChanges(t *testing.T, db *memory.DB) (all []casestatus.CaseChanged) {
	t.Helper()
	events, err := db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	for _, event := range events {
		change, err := casestatus.ReadCaseChanged(event)
		require.NoError(t, err)
		all = append(all, change)
	}
	return all
}

func TestRecord_OpensACaseAndChangesIt(t *testing.T) {
	s, db := service(t, nil, noon)
	receipt := casestatustest.Receipt(1)
	changed, err := s.Record(t.Context(), receipt, func(onFile *casestatus.Case) {
		require.Equal(t, casestatus.Case{Header: casestatus.Header{Receipt: receipt}}, *onFile, "nothing but its number")
		onFile.Form, onFile.Office = "I-765", "NSC"
	})
	require.NoError(t, err)
	opened := []casestatus.CaseAspect{casestatus.AspectOpened, casestatus.AspectForm, casestatus.AspectOffice}
	require.Equal(t, opened, changed)

	entry := casestatus.StatusEntry{On: day("2022-02-19"), Title: "Case Was Received"}
	changed, err = s.Record(t.Context(), receipt, func(onFile *casestatus.Case) {
		require.Equal(t, casestatus.OfficeCode("NSC"), onFile.Office)
		onFile.History = append(onFile.History, entry)
	})
	require.NoError(t, err)
	require.Equal(t, []casestatus.CaseAspect{casestatus.AspectStatus}, changed)
	onFile, err := db.Cases().Case(t.Context(), receipt)
	require.NoError(t, err)
	require.Equal(t, casestatus.Case{Header: casestatus.Header{Receipt: receipt, Form: "I-765", Office: "NSC"}, History: []casestatus.StatusEntry{entry}}, onFile)
	require.Equal(t, []casestatus.CaseChanged{
		{Receipt: receipt, Changed: opened}, {Receipt: receipt, Changed: []casestatus.CaseAspect{casestatus.AspectStatus}},
	}, caseChanges(t, db))

	events, err := db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	require.Equal(t, time.Date(2022, 2, 19, 17, 0, 0, 0, time.UTC), events[0].Time)
	require.Equal(t, "/cris/casestatus", events[0].Source)
}

func TestRecord_WithoutAChangeSavesNothing(t *testing.T) {
	onFile := casestatustest.NewCase(1)
	s, db := service(t, nil, noon, onFile)
	changed, err := s.Record(t.Context(), onFile.Receipt, func(*casestatus.Case) {})
	require.NoError(t, err)
	require.Empty(t, changed)
	require.Empty(t, caseChanges(t, db))
}

func TestRecord_LeavesTheReceiptNumberAsItIs(t *testing.T) {
	onFile := casestatustest.NewCase(1)
	s, db := service(t, nil, noon, onFile)
	_, err := s.Record(t.Context(), onFile.Receipt, func(c *casestatus.Case) { c.Receipt, c.Office = casestatustest.Receipt(2), "TSC" })
	require.ErrorContains(t, err, "casestatus: ")
	_, err = s.Record(t.Context(), casestatus.ReceiptNumber{}, func(c *casestatus.Case) { c.Office = "TSC" })
	require.ErrorContains(t, err, "casestatus: ")
	kept, err := db.Cases().Case(t.Context(), onFile.Receipt)
	require.NoError(t, err)
	require.Equal(t, onFile, kept)
	require.Empty(t, caseChanges(t, db))
}

// rereading is a store that asks for every decision twice, as one does that begins anew.
type rereading struct{ casestatus.Cases }

func (r rereading) Update(ctx context.Context, receipt casestatus.ReceiptNumber, decide func(casestatus.Case) (casestatus.CaseChange, error)) error {
	return r.Cases.Update(ctx, receipt, func(prior casestatus.Case) (casestatus.CaseChange, error) {
		if _, err := decide(prior); err != nil {
			return casestatus.CaseChange{}, err
		}
		return decide(prior)
	})
}

func TestRecord_MayBeAskedTwice(t *testing.T) {
	onFile := casestatustest.NewCase(1)
	onFile.History = append(make([]casestatus.StatusEntry, 0, 9), onFile.History...) // with room to write into
	db := memory.New()
	require.NoError(t, casestatustest.PutCase(t.Context(), db.Cases(), onFile))
	s := casestatus.NewService(rereading{db.Cases()}, nil, nil, nil)
	changed, err := s.Record(t.Context(), onFile.Receipt, func(c *casestatus.Case) {
		c.History[0].Title = "Case Was Received and Looked At"
		c.Mailings[0].Document = "Notice"
		c.History = append(c.History, casestatus.StatusEntry{On: day("2022-02-20"), Title: "Card Was Delivered"})
	})
	require.NoError(t, err)
	require.Equal(t, []casestatus.CaseAspect{casestatus.AspectStatus, casestatus.AspectMailings}, changed)
	kept, err := db.Cases().Case(t.Context(), onFile.Receipt)
	require.NoError(t, err)
	require.Len(t, kept.History, len(onFile.History)+1)
	require.Len(t, caseChanges(t, db), 1)
}

func TestRecord_OfTwoCallersBothCount(t *testing.T) {
	s, db := service(t, nil, noon, casestatustest.NewPendingCase(1))
	receipt := casestatustest.Receipt(1)
	var wg sync.WaitGroup
	failed := make([]error, 8)
	for i := range failed {
		wg.Go(func() {
			_, failed[i] = s.Record(t.Context(), receipt, func(c *casestatus.Case) {
				c.History = append(c.History, casestatus.StatusEntry{On: day("2022-02-19"), Title: fmt.Sprint("Step ", i)})
			})
		})
	}
	wg.Wait()
	require.NoError(t, errors.Join(failed...))
	onFile, err := db.Cases().Case(t.Context(), receipt)
	require.NoError(t, err)
	require.Len(t, onFile.History, 9)
	require.Len(t, caseChanges(t, db), 8)
}

func TestChangesOf_NamesEveryPart(t *testing.T) {
	before := casestatustest.NewCase(1)
	require.Empty(t, casestatus.ChangesOf(before, before))
	require.Empty(t, casestatus.ChangesOf(casestatus.Case{}, casestatus.Case{}))
	for _, tt := range []struct {
		edit func(*casestatus.Case)
		want casestatus.CaseAspect
	}{
		{func(c *casestatus.Case) { c.Form = "I-90" }, casestatus.AspectForm},
		{func(c *casestatus.Case) { c.FormType = "147-C9" }, casestatus.AspectForm},
		{func(c *casestatus.Case) { c.Filed = c.Filed.AddDays(1) }, casestatus.AspectForm},
		{func(c *casestatus.Case) { c.History = c.History[:1] }, casestatus.AspectStatus},
		{func(c *casestatus.Case) { c.Office = "TSC" }, casestatus.AspectOffice},
		{func(c *casestatus.Case) { c.Address = casestatustest.NewAddress("10001") }, casestatus.AspectAddress},
		{func(c *casestatus.Case) { c.Applicant = cris.PersonName{} }, casestatus.AspectApplicant},
		{func(c *casestatus.Case) { c.DateOfBirth = cris.Personal[cris.Date]{} }, casestatus.AspectApplicant},
		{func(c *casestatus.Case) { c.Representative = cris.PersonName{} }, casestatus.AspectRepresentative},
		{func(c *casestatus.Case) { c.Mailings = nil }, casestatus.AspectMailings},
		{func(c *casestatus.Case) { c.Withheld = true }, casestatus.AspectWithheld},
	} {
		after := casestatustest.NewCase(1)
		tt.edit(&after)
		require.Equal(t, []casestatus.CaseAspect{tt.want}, casestatus.ChangesOf(before, after))
	}
	opened := casestatustest.NewCase(1)
	opened.Withheld = true
	require.Equal(t, casestatus.CaseAspects(), casestatus.ChangesOf(casestatus.Case{}, opened), "in their order")
}

func TestEvents_ReadBackAsTheyWereSaid(t *testing.T) {
	at := casestatustest.Start()
	piece := casestatustest.NewPiece(1, 1).Number

	changed := casestatus.CaseChanged{Receipt: casestatustest.Receipt(1), Changed: casestatus.CaseAspects()}
	event := changed.Event("e1", at)
	require.Equal(t, "e1", event.ID)
	require.Equal(t, at, event.Time)
	read, err := casestatus.ReadCaseChanged(event)
	require.NoError(t, err)
	require.Equal(t, changed, read)
	for name, spoil := range map[string]func(*cris.Event){
		"type":           func(e *cris.Event) { e.Type = casestatus.EventMailAlert },
		"subject":        func(e *cris.Event) { e.Subject = "IOE" },
		"unknown aspect": func(e *cris.Event) { e.Data = map[string]string{"changed": "office shoe_size"} },
		"no aspect":      func(e *cris.Event) { e.Data = map[string]string{"changed": " "} },
		"no data":        func(e *cris.Event) { e.Data = nil },
	} {
		event := changed.Event("e1", at)
		spoil(&event)
		_, err := casestatus.ReadCaseChanged(event)
		require.EqualError(t, err, "casestatus: the event cannot be read", name)
	}

	delivery := casestatus.DeliveryChanged{Number: piece, From: "no_scan", To: "delivered"}
	readDelivery, err := casestatus.ReadDeliveryChanged(delivery.Event("e2", at))
	require.NoError(t, err)
	require.Equal(t, delivery, readDelivery)
	for name, spoil := range map[string]func(*cris.Event){
		"type":    func(e *cris.Event) { e.Type = casestatus.EventMailAlert },
		"subject": func(e *cris.Event) { e.Subject = "9205" },
		"from":    func(e *cris.Event) { e.Data["from"] = "Delivered" },
		"to":      func(e *cris.Event) { delete(e.Data, "to") },
	} {
		event := delivery.Event("e2", at)
		spoil(&event)
		_, err := casestatus.ReadDeliveryChanged(event)
		require.EqualError(t, err, "casestatus: the event cannot be read", name)
	}

	alert := casestatustest.NewAlert(piece, 1)
	event = alert.Event("e3", at)
	require.Equal(t, "e3", event.ID)
	raised, err := casestatus.ReadMailAlertRaised(event)
	require.NoError(t, err)
	require.Equal(t, casestatus.MailAlertRaised{AlertID: alert.ID, Receipt: alert.Receipt, Number: piece, Kind: alert.Kind, Since: alert.Since}, raised)
	for name, spoil := range map[string]func(*cris.Event){
		"type":     func(e *cris.Event) { e.Type = casestatus.EventCaseChanged },
		"subject":  func(e *cris.Event) { e.Subject = "IOE" },
		"no alert": func(e *cris.Event) { delete(e.Data, "alert") },
		"number":   func(e *cris.Event) { e.Data["number"] = "9205" },
		"kind":     func(e *cris.Event) { e.Data["kind"] = "Quiet" },
		"since":    func(e *cris.Event) { e.Data["since"] = "2022-02-30" },
	} {
		event := alert.Event("e3", at)
		spoil(&event)
		_, err := casestatus.ReadMailAlertRaised(event)
		require.EqualError(t, err, "casestatus: the event cannot be read", name)
	}
	require.NotContains(t, strings.Join([]string{fmt.Sprint(event)}, ""), "60601", "an event tells no place")
}
