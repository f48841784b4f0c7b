package trackingtest

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

// listing is a store with the optional interface.
type listing interface {
	tracking.Store
	tracking.Files
}

func fileClauses() []contract.Clause[listing] {
	return []contract.Clause[listing]{
		{Name: "Files/Listed", Promise: "every file of which something was saved comes once, by ID, with its progress", Check: filesListed},
		{Name: "Files/AfterID", Promise: "Files goes on after an ID, also one that is not there, and can be broken off", Check: filesAfterID},
		{Name: "Files/Again", Promise: "every range over Files begins anew", Check: filesAgain},
		{Name: "Files/Reentrant", Promise: "the store can be used while Files yields", Check: filesReentrant},
		{Name: "Files/Cancelled", Promise: "under a cancelled context Files yields its error and ends", Check: filesCancelled},
	}
}

// saveFiles saves so many files, and returns them by ID.
func saveFiles(ctx context.Context, s tracking.Store, n int) ([]tracking.FileProgress, error) {
	files := make([]tracking.FileProgress, n)
	for i := range files {
		files[i] = tracking.FileProgress{ID: FileID(i), Progress: tracking.Progress{
			Name: fmt.Sprintf("%d.txt", i), Records: 100 + i, SetAside: i, Done: i%2 == 0,
			Series: tracking.Series{Mailer: mailer, Day: firstDay.AddDays(i), Number: 1 + i%3},
		}}
		if err := save(ctx, s, files[i].ID, tracking.Batch{Progress: files[i].Progress}); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(files, func(a, b tracking.FileProgress) int { return a.ID.Compare(b.ID) })
	return files, nil
}

func wantFiles(ctx context.Context, s listing, after tracking.FileID, want ...tracking.FileProgress) error {
	var got []tracking.FileProgress
	for file, err := range s.Files(ctx, after) {
		if err != nil {
			return fmt.Errorf("list files: %w", err)
		}
		got = append(got, file)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("after %v come the files %+v, want %+v", after, got, want)
	}
	return nil
}

func filesListed(ctx context.Context, s listing) error {
	if err := wantFiles(ctx, s, tracking.FileID{}); err != nil {
		return err
	}
	files, err := saveFiles(ctx, s, 10)
	if err != nil {
		return err
	}
	if err := refuse(ctx, s, FileID(10), tracking.Batch{}); err != nil {
		return err
	}
	if err := save(ctx, s, files[3].ID, tracking.Batch{Progress: files[4].Progress}); err != nil {
		return err
	}
	files[3].Progress = files[4].Progress
	return wantFiles(ctx, s, tracking.FileID{}, files...)
}

func filesAfterID(ctx context.Context, s listing) error {
	files, err := saveFiles(ctx, s, 600) // more than a store is likely to read at a time
	if err != nil {
		return err
	}
	next, stop := iter.Pull2(s.Files(ctx, tracking.FileID{}))
	_, err, _ = next()
	stop()
	if err != nil {
		return fmt.Errorf("list the first file: %w", err)
	}
	if err := wantFiles(ctx, s, tracking.FileID{}, files...); err != nil {
		return err
	}
	if err := wantFiles(ctx, s, files[200].ID, files[201:]...); err != nil {
		return err
	}
	between := files[200].ID
	between[len(between)-1]++
	if err := wantFiles(ctx, s, between, files[201:]...); err != nil {
		return err
	}
	return wantFiles(ctx, s, files[len(files)-1].ID)
}

func filesReentrant(ctx context.Context, s listing) error {
	files, err := saveFiles(ctx, s, 3)
	if err != nil {
		return err
	}
	for file, err := range s.Files(ctx, tracking.FileID{}) {
		if err != nil {
			return err
		}
		if err := wantFiles(ctx, s, files[1].ID, files[2]); err != nil {
			return fmt.Errorf("list while Files yields: %w", err)
		}
		if err := save(ctx, s, file.ID, tracking.Batch{Progress: file.Progress}); err != nil {
			return fmt.Errorf("save while Files yields: %w", err)
		}
	}
	return nil
}

func filesCancelled(ctx context.Context, s listing) error {
	if _, err := saveFiles(ctx, s, 3); err != nil {
		return err
	}
	return wantEnded("Files", s.Files(cancelled(ctx), tracking.FileID{}))
}

func filesAgain(ctx context.Context, s listing) error {
	if _, err := saveFiles(ctx, s, 3); err != nil {
		return err
	}
	return wantAgain("Files", s.Files(ctx, tracking.FileID{}))
}
