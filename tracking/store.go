package tracking

import (
	"context"
	"iter"

	"github.com/seed28e20331/cris"
)

// ErrNotFound: the store has never seen such a file.
var ErrNotFound = cris.ErrNotFound

// Progress is how far a file has been read. The zero Progress is that of a file that
// was never seen.
type Progress struct {
	Name      string // under which the file was first read
	Records   int    // dealt with, good and damaged; reading goes on after them
	SetAside  int    // of these, damaged
	New       int    // scans that the store did not hold before; the store counts them
	Done      bool   // the end of the file was reached
	Disagrees bool   // the file announces another number of records than it holds
	Announced int    // that number, where it disagrees; otherwise 0
	Series    Series // once it is done: its place among the files of the day; zero if it tells none
}

// Good returns how many records were read as scans.
func (p Progress) Good() int { return p.Records - p.SetAside }

// Known returns how many of the good records told of a scan that was known already,
// from this file or another.
func (p Progress) Known() int { return p.Good() - p.New }

// Batch is what one Update saves: all of it or nothing.
type Batch struct {
	Progress Progress // replaces the file's own, except that New is added to
	// Scans that the store holds already change nothing. One without a number is refused
	// with the batch. One whose code or country is none, with a quote, a line end or a zero
	// byte in it, is kept as it is or refused with the batch.
	Scans    []Scan
	SetAside []SetAside // one per line; a line that was set aside already stays as it is
}

// Store is the port to the scans and to the progress of their files.
type Store interface {
	// Update gives decide the progress of the file, the zero Progress if it was never
	// seen, and saves the batch it returns, whole or not at all. To the New of the batch's
	// progress it adds how many of the scans it did not hold, from whatever file.
	//
	// Updates of one file behave as if run one after another. If decide fails, its error
	// comes back and nothing is saved; if it panics, nothing is saved and the file stays
	// usable; a cancelled context saves nothing. decide may be called more than once and
	// does no I/O. A store that gives up returns an error that matches cris.ErrConflict.
	// What decide returns is not changed by the store and not kept.
	Update(ctx context.Context, file FileID, decide func(prior Progress) (Batch, error)) error

	// Progress returns how far the file has been read, or an error that matches
	// ErrNotFound.
	Progress(ctx context.Context, file FileID) (Progress, error)

	// Scans returns every scan of the piece once, in no particular order; none, and no
	// error, for an unknown number. The caller may keep and change the slice.
	Scans(ctx context.Context, number Number) ([]Scan, error)

	// SetAsides yields the damaged records of the file that stand after the given line,
	// by line; 0 gives all. It holds no connection while it yields, and every range begins
	// anew. After an error it ends.
	SetAsides(ctx context.Context, file FileID, afterLine int) iter.Seq2[SetAside, error]
}
