package memory

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/seed28e20331/cris/tracking"
)

// Scans implements tracking.Store.
type Scans struct{ db *DB }

// Scans returns the port to the scans and to the progress of their files.
func (db *DB) Scans() *Scans { return &Scans{db} }

// scanState is what the port holds.
type scanState struct {
	scans map[tracking.Number][]tracking.Scan // each scan once
	files map[tracking.FileID]scanFile
	// Each change of a piece has a position in the sequence of all changes.
	changed  map[tracking.Number]int // where it changed last
	position int                     // of the latest change
	marks    []string                // of each change, from the first: random, for cursors

	quarantine map[tracking.FileID]map[int]tracking.DamagedRecord // by line
}

type scanFile struct {
	progress tracking.Progress
	setAside map[int]tracking.SetAside // by line
}

// Update implements tracking.Store.
func (s *Scans) Update(ctx context.Context, file tracking.FileID, decide func(prior tracking.Progress) (tracking.Batch, error)) error {
	return s.db.locked(ctx, func() error {
		state := &s.db.scans
		held := state.files[file]
		batch, err := decide(held.progress)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(batch.Scans, func(s tracking.Scan) bool { return s.Number.IsZero() }) {
			return errors.New("memory: save scans: a scan without a number")
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if state.files == nil {
			state.scans, state.files = map[tracking.Number][]tracking.Scan{}, map[tracking.FileID]scanFile{}
			state.changed = map[tracking.Number]int{}
		}
		held.progress = batch.Progress
		for _, scan := range batch.Scans {
			if !slices.Contains(state.scans[scan.Number], scan) {
				state.scans[scan.Number] = append(state.scans[scan.Number], scan)
				held.progress.New++
				state.position++
				state.changed[scan.Number] = state.position
				state.marks = append(state.marks, rand.Text())
			}
		}
		if held.setAside == nil {
			held.setAside = map[int]tracking.SetAside{}
		}
		for _, aside := range batch.SetAside {
			if _, is := held.setAside[aside.Line]; !is {
				held.setAside[aside.Line] = aside
			}
		}
		state.files[file] = held
		return nil
	})
}

// Progress implements tracking.Store.
func (s *Scans) Progress(ctx context.Context, file tracking.FileID) (tracking.Progress, error) {
	var progress tracking.Progress
	err := s.db.locked(ctx, func() error {
		held, known := s.db.scans.files[file]
		if !known {
			return tracking.ErrNotFound
		}
		progress = held.progress
		return nil
	})
	return progress, err
}

// Files implements tracking.Files.
func (s *Scans) Files(ctx context.Context, after tracking.FileID) iter.Seq2[tracking.FileProgress, error] {
	return func(yield func(tracking.FileProgress, error) bool) {
		var held []tracking.FileProgress
		err := s.db.locked(ctx, func() error {
			for id, file := range s.db.scans.files {
				if after.Compare(id) < 0 {
					held = append(held, tracking.FileProgress{ID: id, Progress: file.progress})
				}
			}
			return nil
		})
		if err != nil {
			yield(tracking.FileProgress{}, err)
			return
		}
		slices.SortFunc(held, func(a, b tracking.FileProgress) int { return a.ID.Compare(b.ID) })
		for _, file := range held {
			if !yield(file, nil) {
				return
			}
		}
	}
}

// Scans implements tracking.Store.
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
		numbers = numbers[:min(len(numbers), max(limit, 0))]
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

// SetAsides implements tracking.Store.
func (s *Scans) SetAsides(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.SetAside, error] {
	return func(yield func(tracking.SetAside, error) bool) {
		var held []tracking.SetAside
		err := s.db.locked(ctx, func() error {
			byLine := s.db.scans.files[file].setAside
			for _, line := range slices.Sorted(maps.Keys(byLine)) {
				if line > afterLine {
					held = append(held, byLine[line])
				}
			}
			return nil
		})
		if err != nil {
			yield(tracking.SetAside{}, err)
			return
		}
		for _, aside := range held {
			if !yield(aside, nil) {
				return
			}
		}
	}
}
