package srmttest

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/srmt"
)

// staffClauses are the promises of Staff and UpdateStaff beyond those of every port.
func staffClauses() []contract.Clause[stores] {
	return []contract.Clause[stores]{
		{Name: "Staff/OtherID", Promise: "a member of staff with another ID than that of the UpdateStaff, or with none, is refused, and nothing is saved", Check: otherStaff},
		{Name: "Staff/Left", Promise: "a member of staff without a role and an office is on file like others", Check: staffLeft},
	}
}

// staffUpdateClauses are what every Update promises, of UpdateStaff.
func staffUpdateClauses() []contract.Clause[stores] {
	updates := contract.AtomicClausesWithoutEvents(asStaffUpdates)
	for i := range updates {
		updates[i].Name = "Staff/" + updates[i].Name
	}
	return updates
}

// asStaffUpdates lets the shared clauses count in the office of a member of staff.
func asStaffUpdates(s stores) contract.Atomic {
	id := func(scope int) srmt.StaffID { return srmt.StaffID("iio-" + strconv.Itoa(scope)) }
	count := func(member srmt.Staff) (int, error) {
		if member.Office == "" {
			return 0, nil
		}
		return strconv.Atoi(string(member.Office))
	}
	return contract.Atomic{
		Append: func(ctx context.Context, scope int, decide func(seen int) ([]cris.Event, error)) error {
			return s.UpdateStaff(ctx, id(scope), func(prior srmt.Staff) (srmt.Staff, error) {
				seen, err := count(prior)
				if err != nil {
					return srmt.Staff{}, err
				}
				_, err = decide(seen)
				return srmt.Staff{ID: id(scope), Role: srmt.IIO, Office: casestatus.OfficeCode(strconv.Itoa(seen + 1))}, err
			})
		},
		Count: func(ctx context.Context, scope int) (int, error) {
			member, err := s.Staff(ctx, id(scope))
			if errors.Is(err, srmt.ErrNotFound) {
				return 0, nil
			}
			if err != nil {
				return 0, err
			}
			return count(member)
		},
	}
}

// asStaff lets the shared clauses read members of staff.
func asStaff(s stores) contract.Read[srmt.Staff] {
	return contract.Read[srmt.Staff]{
		New: func(n int) srmt.Staff {
			return srmt.Staff{ID: srmt.StaffID("siio-" + strconv.Itoa(n)), Role: srmt.SIIO, Office: "NSC"}
		},
		Next: func(v srmt.Staff, n int) srmt.Staff {
			v.Role, v.Office = srmt.Roles()[n%2], casestatus.OfficeCode("office "+strconv.Itoa(n))
			return v
		},
		Put: func(ctx context.Context, v srmt.Staff) error { return PutStaff(ctx, s, v) },
		Get: func(ctx context.Context, v srmt.Staff) (srmt.Staff, error) { return s.Staff(ctx, v.ID) },
		Given: func(ctx context.Context, v srmt.Staff) (given srmt.Staff, err error) {
			err = s.UpdateStaff(ctx, v.ID, func(prior srmt.Staff) (srmt.Staff, error) {
				given = prior
				return prior, nil
			})
			return given, err
		},
		Equal:   func(a, b srmt.Staff) bool { return a == b },
		Missing: srmt.ErrNotFound,
		WithID: func(v srmt.Staff, id string) srmt.Staff {
			v.ID = srmt.StaffID(id)
			return v
		},
		Texts: []contract.Text[srmt.Staff]{
			{Name: "office", With: func(v srmt.Staff, text string) srmt.Staff {
				v.Office = casestatus.OfficeCode(text)
				return v
			}},
			{Name: "identifier", With: func(v srmt.Staff, text string) srmt.Staff {
				v.ID = srmt.StaffID(text)
				return v
			}},
		},
	}
}

func otherStaff(ctx context.Context, s stores) error {
	known := srmt.Staff{ID: "o1", Role: srmt.IIO, Office: "NSC"}
	if err := PutStaff(ctx, s, known); err != nil {
		return err
	}
	for id, member := range map[srmt.StaffID]srmt.Staff{
		"o1": {ID: "o2", Role: srmt.SIIO, Office: "NSC"}, "o3": {Role: srmt.SIIO, Office: "NSC"}, "o4": {ID: "o1", Role: srmt.SIIO}, "": {Role: srmt.SIIO},
	} {
		if err := s.UpdateStaff(ctx, id, func(srmt.Staff) (srmt.Staff, error) { return member, nil }); err == nil {
			return fmt.Errorf("UpdateStaff of %q took the member %+v", id, member)
		}
	}
	for _, id := range []srmt.StaffID{"o2", "o3", "o4", ""} {
		if _, err := s.Staff(ctx, id); !errors.Is(err, srmt.ErrNotFound) {
			return errors.Join(fmt.Errorf("Staff(%q) did not return ErrNotFound", id), err)
		}
	}
	if member, err := s.Staff(ctx, "o1"); err != nil || member != known {
		return errors.Join(fmt.Errorf("Staff(o1) is %+v", member), err)
	}
	return nil
}

func staffLeft(ctx context.Context, s stores) error {
	gone := srmt.Staff{ID: "o1"}
	for _, member := range []srmt.Staff{{ID: "o1", Role: srmt.IIO, Office: "NSC"}, gone} {
		if err := PutStaff(ctx, s, member); err != nil {
			return err
		}
	}
	member, err := s.Staff(ctx, "o1")
	if err != nil {
		return err
	}
	if member != gone {
		return fmt.Errorf("who has left is %+v, want %+v", member, gone)
	}
	return nil
}
