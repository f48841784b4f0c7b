package casestatustest

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

func TestKit_AcceptsMemoryDeliveries(t *testing.T) {
	TestDeliveries(t, func(*testing.T) (casestatus.Deliveries, cris.Outbox) {
		db := memory.New()
		return db.Deliveries(), db.Outbox()
	})
}

type decideDelivery = func(at tracking.Cursor) (casestatus.DeliveryChange, error)

// flawedDeliveries is a correct store with a flaw: any function may be set.
type flawedDeliveries struct {
	casestatus.Deliveries
	update func(ctx context.Context, decide decideDelivery) error
	cursor func(ctx context.Context) (tracking.Cursor, error)
	scans  func(ctx context.Context, number tracking.Number) ([]tracking.Scan, error)
}

func (f flawedDeliveries) Update(ctx context.Context, decide decideDelivery) error {
	if f.update == nil {
		return f.Deliveries.Update(ctx, decide)
	}
	return f.update(ctx, decide)
}

func (f flawedDeliveries) Cursor(ctx context.Context) (tracking.Cursor, error) {
	if f.cursor == nil {
		return f.Deliveries.Cursor(ctx)
	}
	return f.cursor(ctx)
}

func (f flawedDeliveries) Scans(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
	if f.scans == nil {
		return f.Deliveries.Scans(ctx, number)
	}
	return f.scans(ctx, number)
}

func TestKit_RefusesBrokenDeliveries(t *testing.T) {
	broken := func(clause, flaw string, spoil func(good casestatus.Deliveries) flawedDeliveries) contract.Broken[deliveryStores] {
		return contract.Broken[deliveryStores]{Clause: clause, Flaw: flaw, New: func(*testing.T) deliveryStores {
			db := memory.New()
			spoiled := spoil(db.Deliveries())
			spoiled.Deliveries = db.Deliveries()
			return deliveryStores{spoiled, db.Outbox()}
		}}
	}
	// onChange lets a store spoil each change before it is saved.
	onChange := func(spoil func(c *casestatus.DeliveryChange)) func(casestatus.Deliveries) flawedDeliveries {
		return func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{update: func(ctx context.Context, decide decideDelivery) error {
				return good.Update(ctx, func(at tracking.Cursor) (casestatus.DeliveryChange, error) {
					change, err := decide(at)
					spoil(&change)
					return change, err
				})
			}}
		}
	}
	onScans := func(spoil func(s *tracking.Scan)) func(casestatus.Deliveries) flawedDeliveries {
		return onChange(func(c *casestatus.DeliveryChange) {
			for i := range c.Pieces {
				c.Pieces[i].Scans = slices.Clone(c.Pieces[i].Scans)
				for j := range c.Pieces[i].Scans {
					spoil(&c.Pieces[i].Scans[j])
				}
			}
		})
	}
	zoo := []contract.Broken[deliveryStores]{
		broken("Update/OneAfterAnother", "looks first and saves later", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{update: func(ctx context.Context, decide decideDelivery) error {
				at, err := good.Cursor(ctx)
				if err != nil {
					return err
				}
				change, err := decide(at)
				if err != nil {
					return err
				}
				change.Events = nil // or the second one would be told by the identifier of its event
				return good.Update(ctx, func(tracking.Cursor) (casestatus.DeliveryChange, error) { return change, nil })
			}}
		}),
		broken("Scans/None", "begins with a cursor of its own", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{cursor: func(ctx context.Context) (tracking.Cursor, error) {
				at, err := good.Cursor(ctx)
				if at == "" {
					at = "0"
				}
				return at, err
			}}
		}),
		broken("Update/RoundTrip", "cuts the cursor", onChange(func(c *casestatus.DeliveryChange) {
			c.Cursor = c.Cursor[:min(255, len(c.Cursor))]
		})),
		broken("Update/RoundTrip", "trims the cursor", onChange(func(c *casestatus.DeliveryChange) {
			c.Cursor = tracking.Cursor(strings.Trim(string(c.Cursor), "0"))
		})),
		broken("Update/RoundTrip", "takes a return for a delivery", onScans(func(s *tracking.Scan) { s.ToSender = false })),
		broken("Update/RoundTrip", "knows no unknown code", onScans(func(s *tracking.Scan) {
			if s.Class() == tracking.Unknown {
				s.Code = "10"
			}
		})),
		broken("Update/Replaces", "keeps the scans that were there", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{update: func(ctx context.Context, decide decideDelivery) error {
				held := map[tracking.Number][]tracking.Scan{}
				for n := range 3 {
					number := Piece(n, 0).Number
					scans, err := good.Scans(ctx, number)
					if err != nil {
						return err
					}
					held[number] = scans
				}
				return good.Update(ctx, func(at tracking.Cursor) (casestatus.DeliveryChange, error) {
					change, err := decide(at)
					for i, piece := range change.Pieces {
						change.Pieces[i].Scans = slices.Concat(held[piece.Number], piece.Scans)
					}
					return change, err
				})
			}}
		}),
		broken("Update/Replaces", "keeps the greatest cursor", func(good casestatus.Deliveries) flawedDeliveries {
			return flawedDeliveries{update: func(ctx context.Context, decide decideDelivery) error {
				return good.Update(ctx, func(at tracking.Cursor) (casestatus.DeliveryChange, error) {
					change, err := decide(at)
					change.Cursor = max(at, change.Cursor)
					return change, err
				})
			}}
		}),
		broken("Update/Many", "saves the first 500", onChange(func(c *casestatus.DeliveryChange) {
			c.Pieces = c.Pieces[:min(500, len(c.Pieces))]
		})),
		broken("Scans/NoAliasing", "keeps the caller's slices", func(good casestatus.Deliveries) flawedDeliveries {
			var mu sync.Mutex
			held := map[tracking.Number][]tracking.Scan{}
			return flawedDeliveries{
				update: func(ctx context.Context, decide decideDelivery) error {
					return good.Update(ctx, func(at tracking.Cursor) (casestatus.DeliveryChange, error) {
						change, err := decide(at)
						mu.Lock()
						defer mu.Unlock()
						for _, piece := range change.Pieces {
							held[piece.Number] = piece.Scans
						}
						return change, err
					})
				},
				scans: func(_ context.Context, number tracking.Number) ([]tracking.Scan, error) {
					mu.Lock()
					defer mu.Unlock()
					return held[number], nil
				},
			}
		}),
	}
	clauses := domainDeliveryClauses()
	for _, clause := range deliveryClauses() {
		if clause.Name == "Update/OneAfterAnother" { // the other shared clauses are proven where they stand
			clauses = append(clauses, clause)
		}
	}
	contract.Refuses(t, clauses, zoo)
}
