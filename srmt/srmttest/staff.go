package srmttest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/srmt"
)

// staffClauses are the promises of members of staff beyond those of every port.
func staffClauses() []contract.Clause[stores] {
	return []contract.Clause[stores]{
		{Name: "Staff/Left", Promise: "a member of staff without posts is on file like others, and on no roster of an office", Check: staffLeft},
		{Name: "Roster/Moves", Promise: "a roster has who has a post at the office as last saved, once, whatever the days of the post", Check: rosterMoves},
	}
}

// staffUpdateClauses are what every Update promises, of members of staff.
func staffUpdateClauses() []contract.Clause[stores] {
	updates := contract.AtomicClauses(asStaffUpdates)
	for i := range updates {
		updates[i].Name = "Staff/" + updates[i].Name
	}
	return updates
}

// asStaffUpdates lets the shared clauses count the posts of a member of staff.
func asStaffUpdates(s stores) contract.Atomic {
	id := func(scope int) srmt.StaffID { return srmt.StaffID("iio-" + strconv.Itoa(scope)) }
	update := func(ctx context.Context, scope, posts int, decide func(seen int) ([]cris.Event, error)) error {
		return s.Update(ctx, srmt.Scope{Staff: []srmt.StaffID{id(scope)}}, func(prior srmt.Prior) (srmt.Change, error) {
			member := prior.Staff[0]
			member.ID = id(scope)
			events, err := decide(len(member.Posts))
			for range posts {
				office := casestatus.OfficeCode("office " + strconv.Itoa(len(member.Posts)))
				member.Posts = append(member.Posts, srmt.Post{Role: srmt.IIO, Office: office})
			}
			return srmt.Change{Staff: []srmt.Staff{member}, Events: events}, err
		})
	}
	return contract.Atomic{
		Append: func(ctx context.Context, scope int, decide func(seen int) ([]cris.Event, error)) error {
			return update(ctx, scope, 1, decide)
		},
		AppendAll: func(ctx context.Context, scope, entries int) error {
			return update(ctx, scope, entries, func(int) ([]cris.Event, error) { return nil, nil })
		},
		Count: func(ctx context.Context, scope int) (int, error) {
			member, err := s.Staff(ctx, id(scope))
			if errors.Is(err, srmt.ErrNotFound) {
				err = nil
			}
			return len(member.Posts), err
		},
		Outbox: s.outbox,
	}
}

// asStaff lets the shared clauses read members of staff.
func asStaff(s stores) contract.Read[srmt.Staff] {
	return contract.Read[srmt.Staff]{
		New: func(n int) srmt.Staff { return NewStaff(srmt.StaffID("siio-" + strconv.Itoa(n))) },
		Next: func(v srmt.Staff, n int) srmt.Staff {
			v = v.Clone()
			v.Posts[0].Office = casestatus.OfficeCode("office " + strconv.Itoa(n))
			v.Posts = append(v.Posts, srmt.Post{Role: srmt.IIO, Office: "NYC"})
			v.Absences, v.Accommodations = nil, !v.Accommodations
			return v
		},
		Put: func(ctx context.Context, v srmt.Staff) error { return PutStaff(ctx, s, v) },
		Get: func(ctx context.Context, v srmt.Staff) (srmt.Staff, error) { return s.Staff(ctx, v.ID) },
		Given: func(ctx context.Context, v srmt.Staff) (given srmt.Staff, err error) {
			err = s.Update(ctx, srmt.Scope{Staff: []srmt.StaffID{v.ID}}, func(prior srmt.Prior) (srmt.Change, error) {
				given = prior.Staff[0]
				return srmt.Change{}, nil
			})
			return given, err
		},
		Equal: func(a, b srmt.Staff) bool { return a.Equal(b) },
		Spoil: func(v srmt.Staff) {
			for i := range v.Posts {
				v.Posts[i].Office = "changed"
			}
			for i := range v.Absences {
				v.Absences[i] = cris.Period{}
			}
			for i := range v.Languages {
				v.Languages[i] = "changed"
			}
		},
		Missing: srmt.ErrNotFound,
		WithID: func(v srmt.Staff, id string) srmt.Staff {
			v.ID = srmt.StaffID(id)
			return v
		},
		Texts: []contract.Text[srmt.Staff]{
			{Name: "office", With: func(v srmt.Staff, text string) srmt.Staff {
				v = v.Clone()
				v.Posts[0].Office = casestatus.OfficeCode(text)
				return v
			}},
			{Name: "role", With: func(v srmt.Staff, text string) srmt.Staff {
				v = v.Clone()
				v.Posts[1].Role = srmt.Role(text)
				return v
			}},
			{Name: "language", With: func(v srmt.Staff, text string) srmt.Staff {
				v = v.Clone()
				v.Languages[0] = cris.Language(text)
				return v
			}},
			{Name: "identifier", With: func(v srmt.Staff, text string) srmt.Staff {
				v.ID = srmt.StaffID(text)
				return v
			}},
		},
	}
}

// NewStaff returns a member of staff of whom there is something to say in every field: a
// supervisor at NSC who was an officer at SSC.
func NewStaff(id srmt.StaffID) srmt.Staff {
	moved := cris.MustParseDate("2013-06-01")
	return srmt.Staff{
		ID: id,
		Posts: []srmt.Post{
			{Role: srmt.SIIO, Office: "NSC", Held: cris.Period{From: moved}},
			{Role: srmt.IIO, Office: "SSC", Held: cris.Period{From: cris.MustParseDate("2011-02-28"), Until: moved}},
		},
		Absences:       []cris.Period{{From: cris.MustParseDate("2013-12-24"), Until: cris.MustParseDate("2014-01-02")}, {From: cris.MustParseDate("2014-07-04")}},
		Languages:      []cris.Language{cris.Spanish},
		Accommodations: true,
	}
}

func staffLeft(ctx context.Context, s stores) error {
	gone := srmt.Staff{ID: "o1"}
	for _, member := range []srmt.Staff{NewStaff("o1"), gone} {
		if err := PutStaff(ctx, s, member); err != nil {
			return err
		}
	}
	member, err := s.Staff(ctx, "o1")
	if err != nil {
		return err
	}
	if !member.Equal(gone) {
		return fmt.Errorf("who has left differs from what was saved: %s", contract.Difference(member, gone))
	}
	return errors.Join(wantRoster(ctx, s, "NSC"), wantRoster(ctx, s, "", gone))
}

func rosterMoves(ctx context.Context, s stores) error {
	two, moved := NewStaff("o2"), NewStaff("o2")
	two.Posts = append(two.Posts, srmt.Post{Role: srmt.IIO, Office: "NSC"})
	moved.Posts = []srmt.Post{{Role: srmt.IIO, Office: "NYC"}}
	o1, o3 := srmt.NewStaff("o1", srmt.IIO, "NSC"), srmt.NewStaff("o3", srmt.IIO, "nsc")
	if err := PutStaff(ctx, s, o3, two, o1); err != nil {
		return err
	}
	if err := errors.Join(wantRoster(ctx, s, "NSC", o1, two), wantRoster(ctx, s, "SSC", two), wantRoster(ctx, s, "NYC")); err != nil {
		return err
	}
	if err := PutStaff(ctx, s, moved); err != nil {
		return err
	}
	return errors.Join(wantRoster(ctx, s, "NSC", o1), wantRoster(ctx, s, "SSC"), wantRoster(ctx, s, "NYC", moved),
		wantRoster(ctx, s, "", o1, moved, o3), wantRoster(ctx, s, "NSC\x00"), wantRoster(ctx, s, "\xff"))
}

func wantRoster(ctx context.Context, s srmt.Store, office casestatus.OfficeCode, want ...srmt.Staff) error {
	var got []srmt.Staff
	for member, err := range s.Roster(ctx, office, srmt.RosterPage{}) {
		if err != nil {
			return err
		}
		got = append(got, member)
	}
	if !slices.EqualFunc(got, want, isSameStaff) {
		return fmt.Errorf("the roster of %q is\n\t%+v, want\n\t%+v", office, got, want)
	}
	return nil
}

// asRoster lets the shared clauses see the roster of one office.
func asRoster(s stores) contract.List {
	others, other := []casestatus.OfficeCode{"nsc", "SSC", "NSC "}, 0
	return contract.List{
		AnyKey: true,
		Key:    func(n int) string { return fmt.Sprintf("iio-%06d", n) },
		Put: func(ctx context.Context, keys ...string) error {
			return PutStaff(ctx, s, staffAt("NSC", keys)...)
		},
		PutOther: func(ctx context.Context, keys ...string) error {
			other++
			return PutStaff(ctx, s, staffAt(others[other%len(others)], keys)...)
		},
		Each: func(ctx context.Context, page cris.Page[string]) iter.Seq2[string, error] {
			members := s.Roster(ctx, "NSC", srmt.RosterPage{After: srmt.StaffID(page.After), Limit: page.Limit})
			return contract.KeysOf(members, func(member srmt.Staff) string { return string(member.ID) })
		},
	}
}

// staffAt returns officers with these IDs.
func staffAt(office casestatus.OfficeCode, ids []string) (staff []srmt.Staff) {
	for _, id := range ids {
		staff = append(staff, srmt.NewStaff(srmt.StaffID(id), srmt.IIO, office))
	}
	return staff
}
