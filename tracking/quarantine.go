package tracking

import (
	"context"
	"iter"
)

// Quarantine is the port to what is kept of damaged records, until somebody has looked at
// them. It never gets a field that TR-2 forbids to keep: the reader puts blanks or an x in
// its place. A tracking number may stand in a record, so its retention is the host's to
// decide.
type Quarantine interface {
	// Keep keeps the records under their file and line. A line that is kept already stays
	// as it is, so that handing records over again changes nothing. All are kept or none.
	// What it is given is not changed and not kept as it is.
	Keep(ctx context.Context, file FileID, records []DamagedRecord) error

	// Kept yields the records of the file that stand after the given line, by line; 0
	// gives all. It holds no connection while it yields, and every range begins anew. After
	// an error it ends.
	Kept(ctx context.Context, file FileID, afterLine int) iter.Seq2[DamagedRecord, error]

	// Discard removes the records of the file and returns how many they were.
	Discard(ctx context.Context, file FileID) (int, error)
}
