package srmttest

import (
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/srmt"
)

func (z *zoo) addStaff() {
	z.add("Staff/Fresh", "makes everyone an officer", func(good srmt.Store) flawed {
		return flawed{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
			found, err := good.Staff(ctx, id)
			found.Role = srmt.IIO
			return found, err
		}}
	})
	z.add("Staff/Fresh", "keeps the first entry", func(good srmt.Store) flawed {
		return flawed{updateStaff: func(ctx context.Context, id srmt.StaffID, decide memberFunc) error {
			return good.UpdateStaff(ctx, id, func(prior srmt.Staff) (srmt.Staff, error) {
				if prior.ID != "" {
					return prior, nil
				}
				return decide(prior)
			})
		}}
	})
	z.add("Staff/Fresh", "gives decide a member as it was entered first", func(good srmt.Store) flawed {
		var mu sync.Mutex
		first := map[srmt.StaffID]srmt.Staff{}
		return flawed{updateStaff: func(ctx context.Context, id srmt.StaffID, decide memberFunc) error {
			return good.UpdateStaff(ctx, id, func(prior srmt.Staff) (srmt.Staff, error) {
				mu.Lock()
				defer mu.Unlock()
				if _, known := first[id]; !known && prior.ID != "" {
					first[id] = prior
				}
				member, err := decide(first[id])
				if err == nil && member == first[id] {
					member = prior // nothing was changed
				}
				return member, err
			})
		}}
	})
	z.add("Staff/Refused", "drops NULs of offices", func(good srmt.Store) flawed {
		return flawed{updateStaff: func(ctx context.Context, id srmt.StaffID, decide memberFunc) error {
			return good.UpdateStaff(ctx, id, func(prior srmt.Staff) (srmt.Staff, error) {
				member, err := decide(prior)
				member.Office = casestatus.OfficeCode(strings.ReplaceAll(string(member.Office), "\x00", ""))
				return member, err
			})
		}}
	})
	z.add("Staff/Unknown", "gives the zero Staff", func(good srmt.Store) flawed {
		return flawed{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
			found, err := good.Staff(ctx, id)
			if errors.Is(err, srmt.ErrNotFound) {
				return srmt.Staff{}, nil
			}
			return found, err
		}}
	})
	z.add("Staff/Letters", "folds the letters of identifiers", func(good srmt.Store) flawed {
		return flawed{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
			return good.Staff(ctx, srmt.StaffID(strings.ToLower(string(id))))
		}}
	})
	z.add("Staff/Cancelled", "takes no notice of the context", func(good srmt.Store) flawed {
		return flawed{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
			return good.Staff(context.WithoutCancel(ctx), id)
		}}
	})
	z.add("Staff/Exact", "writes offices in capitals", func(good srmt.Store) flawed {
		return flawed{updateStaff: func(ctx context.Context, id srmt.StaffID, decide memberFunc) error {
			return good.UpdateStaff(ctx, id, func(prior srmt.Staff) (srmt.Staff, error) {
				member, err := decide(prior)
				member.Office = casestatus.OfficeCode(strings.ToUpper(string(member.Office)))
				return member, err
			})
		}}
	})
	z.add("Staff/Update/OneAfterAnother", "is overwritten by the last who writes", func(good srmt.Store) flawed {
		return flawed{updateStaff: func(ctx context.Context, id srmt.StaffID, decide memberFunc) error {
			prior, err := good.Staff(ctx, id)
			if err != nil && !errors.Is(err, srmt.ErrNotFound) {
				return err
			}
			member, err := decide(prior)
			if err != nil {
				return err
			}
			return good.UpdateStaff(ctx, id, func(srmt.Staff) (srmt.Staff, error) { return member, nil })
		}}
	})
	z.add("Staff/OtherID", "files a member under the ID that it says", func(good srmt.Store) flawed {
		return flawed{updateStaff: func(ctx context.Context, _ srmt.StaffID, decide memberFunc) error {
			member, err := decide(srmt.Staff{})
			if err != nil {
				return err
			}
			return good.UpdateStaff(ctx, member.ID, func(srmt.Staff) (srmt.Staff, error) { return member, nil })
		}}
	})
	z.add("Staff/Left", "forgets who has no role", func(good srmt.Store) flawed {
		return flawed{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
			found, err := good.Staff(ctx, id)
			if err == nil && found.Role == "" {
				return srmt.Staff{}, srmt.ErrNotFound
			}
			return found, err
		}}
	})
}
