package trackingtest

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

// fileClauses are the promises on what is known of files: those of every read and of every
// list, and what a file is.
func fileClauses() []contract.Clause[tracking.Store] {
	return slices.Concat(
		contract.ReadClauses("File", filesAsRead),
		contract.ListClauses("Files", filesAsList),
		[]contract.Clause[tracking.Store]{
			{Name: "File/Prior", Promise: "decide is given the file as the last Update saved it, and the zero File before the first", Check: filePrior},
			{Name: "File/OtherID", Promise: "a batch for a file with the ID of another is refused, and one without an ID is saved under that of the Update", Check: fileOtherID},
			{Name: "Files/Values", Promise: "Files yields what File gives", Check: filesValues},
		},
	)
}

// filesAsRead lets the shared clauses read files.
func filesAsRead(s tracking.Store) contract.Read[tracking.File] {
	return contract.Read[tracking.File]{
		New: func(n int) tracking.File { return NewFile(n) },
		Next: func(file tracking.File, n int) tracking.File {
			if n == 1 { // nothing of what was known is left
				return tracking.File{ID: file.ID, Records: 1}
			}
			next := NewFile(1000 + n)
			next.ID = file.ID
			return next
		},
		Put: func(ctx context.Context, file tracking.File) error {
			return save(ctx, s, file.ID, tracking.Batch{File: file})
		},
		Get: func(ctx context.Context, file tracking.File) (tracking.File, error) {
			return s.File(ctx, file.ID)
		},
		Equal:   func(a, b tracking.File) bool { return a == b },
		Missing: tracking.ErrNotFound,
		Texts: []contract.Text[tracking.File]{
			{Name: "name of the file", With: func(file tracking.File, text string) tracking.File { file.Name = text; return file }},
			{Name: "mailer", With: func(file tracking.File, text string) tracking.File { file.Series.Mailer = text; return file }},
		},
	}
}

// nthID returns the n-th of a series of file IDs in order.
func nthID(n int) (id tracking.FileID) {
	binary.BigEndian.PutUint32(id[:], uint32(n)) //nolint:gosec // small
	return id
}

// filesAsList lets the shared clauses list files.
func filesAsList(s tracking.Store) contract.List {
	return contract.List{
		Key: func(n int) string { return nthID(n).String() },
		Put: func(ctx context.Context, keys ...string) error {
			for _, key := range keys {
				id, err := tracking.ParseFileID(key)
				if err != nil {
					return err
				}
				if err := save(ctx, s, id, tracking.Batch{File: tracking.File{ID: id}}); err != nil {
					return err
				}
			}
			return nil
		},
		Each: func(ctx context.Context, page cris.Page[string]) iter.Seq2[string, error] {
			var after tracking.FileID
			if page.After != "" {
				check(after.UnmarshalText([]byte(page.After)))
			}
			return contract.KeysOf(s.Files(ctx, cris.Page[tracking.FileID]{After: after, Limit: page.Limit}), func(file tracking.File) string { return file.ID.String() })
		},
	}
}

func wantFile(ctx context.Context, s tracking.Store, want tracking.File) error {
	got, err := s.File(ctx, want.ID)
	if err != nil {
		return fmt.Errorf("read file: %w", err)
	}
	if got != want {
		return fmt.Errorf("the file differs from what was saved: %s", contract.Difference(got, want))
	}
	return nil
}

func wantNoFile(ctx context.Context, s tracking.Store, id tracking.FileID) error {
	if _, err := s.File(ctx, id); !errors.Is(err, tracking.ErrNotFound) {
		return errors.Join(errors.New("a file of which nothing was saved is not ErrNotFound"), err)
	}
	return nil
}

func filePrior(ctx context.Context, s tracking.Store) error {
	want := tracking.File{}
	for n := range 3 {
		next := NewFile(1, func(file *tracking.File) { file.Records += n })
		err := s.Update(ctx, next.ID, func(prior tracking.File) (tracking.Batch, error) {
			if prior != want {
				return tracking.Batch{}, fmt.Errorf("Update %d was given another file than was saved: %s", n+1, contract.Difference(prior, want))
			}
			return tracking.Batch{File: next}, nil
		})
		if err != nil {
			return err
		}
		want = next
	}
	return nil
}

func fileOtherID(ctx context.Context, s tracking.Store) error {
	one, other := NewFile(1), NewFile(2)
	scan := NewScan(Number(1), "01", "2013-08-15T09:52")
	if save(ctx, s, one.ID, tracking.Batch{File: other, Scans: []tracking.Scan{scan}}) == nil {
		return errors.New("the file of another Update was saved")
	}
	if err := errors.Join(wantNoFile(ctx, s, one.ID), wantNoFile(ctx, s, other.ID), wantScans(ctx, s, Number(1))); err != nil {
		return err
	}
	nameless := one
	nameless.ID = tracking.FileID{}
	return errors.Join(
		save(ctx, s, one.ID, tracking.Batch{File: nameless}),
		wantFile(ctx, s, one),
	)
}

func filesValues(ctx context.Context, s tracking.Store) error {
	want := []tracking.File{NewFile(1), NewFile(2), {ID: FileID(3)}, NewFile(4)}
	for _, file := range want {
		if err := save(ctx, s, file.ID, tracking.Batch{File: file}); err != nil {
			return err
		}
	}
	slices.SortFunc(want, func(a, b tracking.File) int { return a.ID.Compare(b.ID) })
	got, err := all(s.Files(ctx, cris.Page[tracking.FileID]{}))
	if err != nil {
		return err
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("the files differ from what was saved: %s", contract.Difference(got, want))
	}
	return nil
}

func all[V any](list iter.Seq2[V, error]) (values []V, err error) {
	for value, err := range list {
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, nil
}
