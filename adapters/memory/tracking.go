package memory

import (
	"context"
	"iter"
	"maps"
	"slices"

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
		if err := ctx.Err(); err != nil {
			return err
		}
		if state.files == nil {
			*state = scanState{map[tracking.Number][]tracking.Scan{}, map[tracking.FileID]scanFile{}}
		}
		held.progress = batch.Progress
		for _, scan := range batch.Scans {
			if !slices.Contains(state.scans[scan.Number], scan) {
				state.scans[scan.Number] = append(state.scans[scan.Number], scan)
				held.progress.New++
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

// Scans implements tracking.Store.
func (s *Scans) Scans(ctx context.Context, number tracking.Number) ([]tracking.Scan, error) {
	var scans []tracking.Scan
	err := s.db.locked(ctx, func() error {
		scans = slices.Clone(s.db.scans.scans[number])
		return nil
	})
	return scans, err
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
