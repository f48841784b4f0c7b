package tracking

import (
	"context"
	"iter"

	"github.com/seed28e20331/cris"
)

var (
	// ErrNotFound means that the store has never seen such a file.
	ErrNotFound = cris.ErrNotFound
	// ErrConflict means that the store gave up because others were writing.
	ErrConflict = cris.ErrConflict
)

// Batch is what one Update saves: all of it or nothing.
type Batch struct {
	// File replaces what was known of the file, except that New is added to. Its ID may be
	// zero; the batch is refused if it is the ID of another file.
	File File
	// Scans that the store holds already change nothing. A scan without a number is refused
	// with the batch. Code and country are kept as they are, whatever they are; what the
	// store cannot hold, such as a zero byte, is refused with the batch.
	Scans []Scan
	// Damage is that of one record each. A line whose damage is on file already stays as it
	// is.
	Damage []Damage
}

// Store is the port to the scans, and to the files that they came in.
type Store interface {
	// Update gives decide what is known of the file, the zero File if it was never seen, and
	// saves the batch it returns, whole or not at all. To the New of the batch's file it adds
	// how many of the scans it did not hold, from whatever file.
	//
	// Updates of one file behave as if run one after another. If decide fails, its error
	// comes back and nothing is saved; if it panics, nothing is saved and the file stays
	// usable; a canceled context saves nothing. decide may be called more than once and
	// does no I/O. A store that gives up returns an error that matches ErrConflict.
	// What decide returns is not changed by the store and not kept.
	Update(ctx context.Context, id FileID, decide func(prior File) (Batch, error)) error

	// File returns what is known of a file, or an error that matches ErrNotFound.
	File(ctx context.Context, id FileID) (File, error)

	// Scans returns every scan of the piece once, in no particular order; none, and no
	// error, for an unknown number. The caller may keep and change the slice.
	Scans(ctx context.Context, number Number) ([]Scan, error)

	// Files yields the files of which something was saved, by ID. It holds no connection
	// while it yields, and every range begins anew. After an error it ends.
	Files(ctx context.Context, page cris.Page[FileID]) iter.Seq2[File, error]

	// Damage yields what was damaged in a file, by line, which is the key of the page; nothing,
	// and no error, for an unknown file. It is a list as Files is.
	Damage(ctx context.Context, id FileID, page cris.Page[int]) iter.Seq2[Damage, error]
}

// Quarantine is an optional interface of a Store that keeps the text of damaged records. A
// tracking number may stand in it, so the text goes once somebody has looked at it.
type Quarantine interface {
	// Discard removes the text that was kept of the damaged records of a file: Damage.Kept.
	// It leaves where they are damaged, and why. It returns of how many records there was a
	// text.
	Discard(ctx context.Context, id FileID) (int, error)
}
