package trackingtest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

// damageClauses are the promises on damage: those of every read and of every list, and what
// damage is.
func damageClauses() []contract.Clause[tracking.Store] {
	return slices.Concat(
		contract.ReadClauses("Damage/Line", damageAsRead),
		contract.ListClauses("Damage", damageAsList),
		[]contract.Clause[tracking.Store]{
			{Name: "Damage/Once", Promise: "a line whose damage is on file already, or stands before it in the batch, stays as it is", Check: damageOnce},
			{Name: "Damage/Unknown", Promise: "an unknown file has no damage, and no error", Check: damageUnknown},
		},
	)
}

// quarantining is a store with the optional interface.
type quarantining interface {
	tracking.Store
	tracking.Quarantine
}

func quarantineClauses() []contract.Clause[quarantining] {
	return []contract.Clause[quarantining]{
		{Name: "Discard/Text", Promise: "Discard removes the text of all damaged records of one file, says of how many, and leaves where and why they are damaged", Check: discardText},
		{Name: "Discard/Gone", Promise: "a text that was discarded does not come back when its record is saved again", Check: discardGone},
		{Name: "Discard/Unknown", Promise: "of an unknown file nothing is discarded, it stays unknown, and there is no error", Check: discardUnknown},
		{Name: "Discard/Cancelled", Promise: "under a canceled context Discard removes nothing and gives its error", Check: discardCancelled},
	}
}

// damageOf is damage with its file.
type damageOf struct {
	id     tracking.FileID
	damage tracking.Damage
}

// damageAsRead lets the shared clauses read the damage of one line.
func damageAsRead(s tracking.Store) contract.Read[damageOf] {
	return contract.Read[damageOf]{
		New: func(n int) damageOf { return damageOf{FileID(n % 2), NewDamage(n)} },
		Put: func(ctx context.Context, d damageOf) error { return saveDamage(ctx, s, d.id, d.damage) },
		Get: func(ctx context.Context, d damageOf) (damageOf, error) {
			held, err := all(s.Damage(ctx, d.id, cris.Page[int]{After: d.damage.Line - 1, Limit: 1}))
			if err != nil || len(held) == 0 || held[0].Line != d.damage.Line {
				return damageOf{}, err
			}
			return damageOf{d.id, held[0]}, nil
		},
		Equal: func(a, b damageOf) bool { return a == b },
		Texts: []contract.Text[damageOf]{
			{Name: "field", With: func(d damageOf, text string) damageOf { d.damage.Field = text; return d }},
			{Name: "cause", With: func(d damageOf, text string) damageOf { d.damage.Cause = tracking.Cause(text); return d }},
			{Name: "text that was kept", With: func(d damageOf, text string) damageOf { d.damage.Kept = text; return d }},
		},
	}
}

// damageAsList lets the shared clauses list the damage of a file.
func damageAsList(s tracking.Store) contract.List {
	put := func(id tracking.FileID) func(ctx context.Context, keys ...string) error {
		return func(ctx context.Context, keys ...string) error {
			damage := make([]tracking.Damage, len(keys))
			for i, key := range keys {
				damage[i] = NewDamage(lineOf(key))
			}
			return saveDamage(ctx, s, id, damage...)
		}
	}
	return contract.List{
		Key:      lineKey,
		Put:      put(FileID(1)),
		PutOther: put(FileID(2)),
		Each: func(ctx context.Context, page cris.Page[string]) iter.Seq2[string, error] {
			lines := cris.Page[int]{Limit: page.Limit}
			if page.After != "" {
				lines.After = lineOf(page.After)
			}
			return contract.KeysOf(s.Damage(ctx, FileID(1), lines), func(d tracking.Damage) string { return lineKey(d.Line) })
		},
	}
}

func lineKey(line int) string { return fmt.Sprintf("%06d", line) }

func lineOf(key string) int {
	line, err := strconv.Atoi(key)
	check(err)
	return line
}

// saveDamage saves the damage as further records of the file.
func saveDamage(ctx context.Context, s tracking.Store, id tracking.FileID, damage ...tracking.Damage) error {
	return s.Update(ctx, id, func(prior tracking.File) (tracking.Batch, error) {
		prior.Records += len(damage)
		prior.Damaged += len(damage)
		return tracking.Batch{File: prior, Damage: damage}, nil
	})
}

func wantDamage(ctx context.Context, s tracking.Store, id tracking.FileID, want ...tracking.Damage) error {
	got, err := all(s.Damage(ctx, id, cris.Page[int]{}))
	if err != nil {
		return fmt.Errorf("list damage: %w", err)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("the damage differs from what was saved: %s", contract.Difference(got, want))
	}
	return nil
}

// damaged returns the damage of the lines.
func damaged(from, to int, edits ...func(*tracking.Damage)) (damage []tracking.Damage) {
	for line := from; line <= to; line++ {
		damage = append(damage, NewDamage(line, edits...))
	}
	return damage
}

func textless(damage *tracking.Damage) { damage.Kept = "" }

func damageOnce(ctx context.Context, s tracking.Store) error {
	other := NewDamage(4, textless, func(damage *tracking.Damage) { damage.Cause = tracking.LoneCR })
	return errors.Join(
		saveDamage(ctx, s, FileID(1), NewDamage(4), other),
		saveDamage(ctx, s, FileID(1), other, NewDamage(5)),
		wantDamage(ctx, s, FileID(1), NewDamage(4), NewDamage(5)),
	)
}

func damageUnknown(ctx context.Context, s tracking.Store) error {
	return errors.Join(
		wantDamage(ctx, s, FileID(1)),
		saveDamage(ctx, s, FileID(2), damaged(1, 3)...),
		wantDamage(ctx, s, FileID(1)),
		wantNoFile(ctx, s, FileID(1)),
	)
}

func wantDiscarded(ctx context.Context, s tracking.Quarantine, id tracking.FileID, want int) error {
	if got, err := s.Discard(ctx, id); err != nil || got != want {
		return errors.Join(err, fmt.Errorf("Discard says that it removed the text of %d records, want %d", got, want))
	}
	return nil
}

func discardText(ctx context.Context, s quarantining) error {
	const lines = 600 // more than a store is likely to take at a time
	if err := errors.Join(
		saveDamage(ctx, s, FileID(1), damaged(1, lines)...),
		saveDamage(ctx, s, FileID(1), damaged(lines+1, lines+2, textless)...), // of which nothing was kept
		saveDamage(ctx, s, FileID(2), damaged(1, 2)...),
	); err != nil {
		return err
	}
	file, err := s.File(ctx, FileID(1))
	if err != nil {
		return err
	}
	for _, want := range []int{lines, 0} {
		if err := errors.Join(
			wantDiscarded(ctx, s, FileID(1), want),
			wantDamage(ctx, s, FileID(1), damaged(1, lines+2, textless)...),
			wantDamage(ctx, s, FileID(2), damaged(1, 2)...),
			wantFile(ctx, s, file),
		); err != nil {
			return err
		}
	}
	return nil
}

func discardGone(ctx context.Context, s quarantining) error {
	return errors.Join(
		saveDamage(ctx, s, FileID(1), damaged(1, 2)...),
		wantDiscarded(ctx, s, FileID(1), 2),
		saveDamage(ctx, s, FileID(1), damaged(1, 3)...),
		wantDamage(ctx, s, FileID(1), NewDamage(1, textless), NewDamage(2, textless), NewDamage(3)),
	)
}

func discardUnknown(ctx context.Context, s quarantining) error {
	return errors.Join(
		wantDiscarded(ctx, s, FileID(1), 0),
		wantNoFile(ctx, s, FileID(1)),
		saveDamage(ctx, s, FileID(2), damaged(1, 2)...),
		wantDiscarded(ctx, s, FileID(1), 0),
		wantDamage(ctx, s, FileID(2), damaged(1, 2)...),
	)
}

func discardCancelled(ctx context.Context, s quarantining) error {
	if err := saveDamage(ctx, s, FileID(1), damaged(1, 3)...); err != nil {
		return err
	}
	_, err := s.Discard(cancelled(ctx), FileID(1))
	return errors.Join(
		wantCancelled("Discard", err),
		wantDamage(ctx, s, FileID(1), damaged(1, 3)...),
	)
}
