package memory

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/ambient"
	"github.com/seed28e20331/cris/tracking"
)

// Scans is the port to the scans and to the files that they came in: a tracking.Store, with
// tracking.Updates and tracking.Quarantine.
type Scans struct{ db *DB }

// Scans returns the port to the scans and to the files that they came in.
func (db *DB) Scans() *Scans { return &Scans{db} }

// scanState is what the port holds.
type scanState struct {
	scans map[tracking.Number][]tracking.Scan // each scan once
	files map[tracking.FileID]scanFile
	// Each change of a piece has a position in the sequence of all changes.
	changed  map[tracking.Number]int // where it changed last
	position int                     // of the latest change
	marks    []string                // of each change, from the first: random, for cursors
}

type scanFile struct {
	tracking.File

	damage   map[int]tracking.Damage // by line
	received time.Time               // when something of it was saved first
}

// Update implements tracking.Store: it saves what decide returns for the file, whole or not
// at all. It returns the error of decide as it is, one for a scan without a number and for a
// file with another ID, and otherwise that of the context.
func (s *Scans) Update(ctx context.Context, id tracking.FileID, decide func(prior tracking.File) (tracking.Batch, error)) error {
	return s.db.locked(ctx, func() error {
		state := &s.db.scans
		held := state.files[id]
		batch, err := decide(held.File)
		if err != nil {
			return err
		}
		if other := batch.File.ID; !other.IsZero() && other != id {
			return errors.New("memory: save file: the ID of another file")
		}
		if slices.ContainsFunc(batch.Scans, func(s tracking.Scan) bool { return s.Number.IsZero() }) {
			return errors.New("memory: save scans: a scan without a number")
		}
		if err := mayHold(ctx, batch); err != nil {
			return err
		}
		if state.files == nil {
			state.scans, state.files = map[tracking.Number][]tracking.Scan{}, map[tracking.FileID]scanFile{}
			state.changed = map[tracking.Number]int{}
		}
		if held.received.IsZero() {
			if held.received, err = ambient.Time(nil)(); err != nil {
				return fmt.Errorf("memory: save file: %w", err)
			}
		}
		held.File, held.ID = batch.File, id
		for _, scan := range batch.Scans {
			if !slices.Contains(state.scans[scan.Number], scan) {
				state.scans[scan.Number] = append(state.scans[scan.Number], scan)
				held.New++
				state.position++
				state.changed[scan.Number] = state.position
				state.marks = append(state.marks, rand.Text())
			}
		}
		if held.damage == nil {
			held.damage = map[int]tracking.Damage{}
		}
		for _, damage := range batch.Damage {
			if _, is := held.damage[damage.Line]; !is {
				held.damage[damage.Line] = damage
			}
		}
		state.files[id] = held
		return nil
	})
}

// File implements tracking.Store: it returns what is known of the file, or an error that
// matches tracking.ErrNotFound. Any other error is that of the context.
func (s *Scans) File(ctx context.Context, id tracking.FileID) (tracking.File, error) {
	var file tracking.File
	err := s.db.locked(ctx, func() error {
		held, known := s.db.scans.files[id]
		if !known {
			return notFound("file")
		}
		file = held.File
		return nil
	})
	return file, err
}

// Files implements tracking.Store: it yields the files by ID, as they were when the range
// began. Its error is that of the context.
func (s *Scans) Files(ctx context.Context, page cris.Page[tracking.FileID]) iter.Seq2[tracking.File, error] {
	byID := func(a, b tracking.File) int { return a.ID.Compare(b.ID) }
	return list(ctx, s.db, page, byID, func(add func(tracking.File)) {
		for id, held := range s.db.scans.files {
			if page.After.Compare(id) < 0 {
				add(held.File)
			}
		}
	})
}

// Scans implements tracking.Store: it returns the scans of the piece, none for an unknown
// number. Its error is that of the context.
func (s *Scans) Scans(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
	var scans []tracking.Scan
	err := s.db.locked(ctx, func() error {
		scans = slices.Clone(s.db.scans.scans[number])
		return nil
	})
	return scans, err
}

// UpdatedSince implements tracking.Updates. A cursor is the position of a change and the
// mark that it got. The error matches tracking.ErrCursor, or is that of the context.
func (s *Scans) UpdatedSince(ctx context.Context, after tracking.Cursor, limit int) (numbers []tracking.Number, next tracking.Cursor, err error) {
	err = s.db.locked(ctx, func() error {
		state := &s.db.scans
		position, ok := state.positionOf(after)
		if !ok {
			return fmt.Errorf("memory: %w", tracking.ErrCursor)
		}
		for number, at := range state.changed {
			if at > position {
				numbers = append(numbers, number)
			}
		}
		slices.SortFunc(numbers, func(a, b tracking.Number) int { return cmp.Compare(state.changed[a], state.changed[b]) })
		if limit > 0 {
			numbers = numbers[:min(len(numbers), limit)]
		}
		next = after
		if len(numbers) > 0 {
			next = state.cursorAt(state.changed[numbers[len(numbers)-1]])
		}
		return nil
	})
	return numbers, next, err
}

func (s *scanState) cursorAt(position int) tracking.Cursor {
	return tracking.Cursor(strconv.Itoa(position) + "-" + s.marks[position-1])
}

func (s *scanState) positionOf(c tracking.Cursor) (position int, ok bool) {
	if c == "" {
		return 0, true
	}
	digits, _, _ := strings.Cut(string(c), "-")
	position, err := strconv.Atoi(digits)
	return position, err == nil && position >= 1 && position <= s.position && s.cursorAt(position) == c
}

// Damage implements tracking.Store: it yields the damage of the file by line, as it was when
// the range began. Its error is that of the context.
func (s *Scans) Damage(ctx context.Context, id tracking.FileID, page cris.Page[int]) iter.Seq2[tracking.Damage, error] {
	byLine := func(a, b tracking.Damage) int { return cmp.Compare(a.Line, b.Line) }
	return list(ctx, s.db, page, byLine, func(add func(tracking.Damage)) {
		for line, damage := range s.db.scans.files[id].damage {
			if line > page.After {
				add(damage)
			}
		}
	})
}

// Discard implements tracking.Quarantine: it removes the text of the damaged records of the
// file, and returns of how many there was one. Its error is that of the context.
func (s *Scans) Discard(ctx context.Context, id tracking.FileID) (discarded int, err error) {
	err = s.db.locked(ctx, func() error {
		byLine := s.db.scans.files[id].damage
		for line, damage := range byLine {
			if damage.Kept != "" {
				damage.Kept = ""
				byLine[line] = damage
				discarded++
			}
		}
		return nil
	})
	return discarded, err
}
