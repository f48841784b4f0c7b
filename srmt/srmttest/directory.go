package srmttest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/srmt"
)

// Directory is a directory that a test can fill.
type Directory interface {
	srmt.Directory
	// PutStaff enters members of staff, each in place of what was there under the
	// same ID.
	PutStaff(ctx context.Context, staff ...srmt.Staff) error
}

// TestDirectory checks every promise of srmt.Directory. newDirectory is called once
// per promise and gives an empty directory.
func TestDirectory(t *testing.T, newDirectory func(t *testing.T) Directory) {
	t.Helper()
	contract.Run(t, directoryClauses(), newDirectory)
}

func directoryClauses() []contract.Clause[Directory] {
	return []contract.Clause[Directory]{
		{Name: "Known", Promise: "a member of staff reads back equal, and no other", Check: knownStaff},
		{Name: "Unknown", Promise: "an unknown ID, and one that differs in case, gives ErrNotFound", Check: unknownStaff},
		{Name: "Cancelled", Promise: "under a cancelled context Staff gives its error", Check: staffCancelled},
		{Name: "Latest", Promise: "what is entered under the same ID replaces what was there", Check: latestStaff},
	}
}

func wantStaff(ctx context.Context, d Directory, want srmt.Staff) error {
	got, err := d.Staff(ctx, want.ID)
	if err != nil {
		return err
	}
	if got != want {
		return fmt.Errorf("got %+v, want %+v", got, want)
	}
	return nil
}

func knownStaff(ctx context.Context, d Directory) error {
	officer := srmt.Staff{ID: "o1", Role: srmt.IIO, Office: "NSC"}
	supervisor := srmt.Staff{ID: "s1", Role: srmt.SIIO, Office: "SSC"}
	if err := d.PutStaff(ctx, officer, supervisor); err != nil {
		return err
	}
	return errors.Join(wantStaff(ctx, d, officer), wantStaff(ctx, d, supervisor))
}

func unknownStaff(ctx context.Context, d Directory) error {
	if err := d.PutStaff(ctx, srmt.Staff{ID: "o1", Role: srmt.IIO, Office: "NSC"}); err != nil {
		return err
	}
	for _, id := range []srmt.StaffID{"", "o2", "O1"} {
		if _, err := d.Staff(ctx, id); !errors.Is(err, srmt.ErrNotFound) {
			return errors.Join(fmt.Errorf("Staff(%q) did not return ErrNotFound", id), err)
		}
	}
	return nil
}

func staffCancelled(ctx context.Context, d Directory) error {
	if err := d.PutStaff(ctx, srmt.Staff{ID: "o1", Role: srmt.IIO, Office: "NSC"}); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := d.Staff(ctx, "o1"); !errors.Is(err, context.Canceled) {
		return errors.Join(errors.New("Staff did not give the error of its context"), err)
	}
	return nil
}

func latestStaff(ctx context.Context, d Directory) error {
	moved := srmt.Staff{ID: "o1", Role: srmt.SIIO, Office: "SSC"}
	for _, entry := range []srmt.Staff{{ID: "o1", Role: srmt.IIO, Office: "NSC"}, moved} {
		if err := d.PutStaff(ctx, entry); err != nil {
			return err
		}
	}
	return wantStaff(ctx, d, moved)
}
