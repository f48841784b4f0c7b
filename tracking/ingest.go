package tracking

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/seed28e20331/cris/internal/retry"
)

// IngesterOptions are what an Ingester takes from its surroundings. The zero value of
// each field means its default.
type IngesterOptions struct {
	BatchSize int // records that are saved together; 2,000
	// KeepText saves what TR-2 allows to keep of damaged records, so that somebody can look at
	// it: see Damage.Kept and Quarantine. Without it only where and why they are damaged is
	// saved.
	KeepText bool
	// OnProgress is told after every batch how far the file is read, by the goroutine that
	// called Ingest; nil for nobody. It must return soon.
	OnProgress func(Progress)
}

// Progress is how far the reading of one file has come.
type Progress struct {
	Name    string // of the file
	Records int    // read and saved, of the whole file; those of an earlier reading included
	Bytes   int64  // read; 0 if the Content does not tell
	Done    bool   // the whole file is saved
}

// Ingester reads files of scans into a store. It is safe for concurrent use if its
// store is, even on one file.
type Ingester struct {
	store Store
	opts  IngesterOptions // with defaults
}

const defaultBatchSize = 2000

// NewIngester returns an ingester over the store. Nil options mean defaults.
func NewIngester(store Store, opts *IngesterOptions) *Ingester {
	in := &Ingester{store: store}
	if opts != nil {
		in.opts = *opts
	}
	if in.opts.BatchSize <= 0 {
		in.opts.BatchSize = defaultBatchSize
	}
	return in
}

// Ingest reads the file from where it was left, and saves it batch by batch, each together
// with what is then known of the file (TR-5). Whatever interrupts it, calling it again loses
// nothing and saves nothing twice; a file that is done is not read again. Two calls on one file
// at once do what one call does. The File covers all readings, so that it is the same
// whether or not one was interrupted.
//
// Damaged records are set aside, and the good ones around them are saved (TR-6): see
// Store.Damage and CountCauses. They are no error. An error means that the file could not be
// read to its end or that the store failed; what was read of the file before is saved, and
// the File is zero. An error that matches ErrConflict means that others were writing
// each time that a batch was tried: Ingest may be called again.
func (in *Ingester) Ingest(ctx context.Context, content Content) (File, error) {
	content.Name = plainText(content.Name)
	if content.ID.IsZero() || content.Records == nil {
		return File{}, fmt.Errorf("tracking: ingest %s: a file without an ID or without records", content.Name)
	}
	file, err := in.store.File(ctx, content.ID)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return File{}, fmt.Errorf("tracking: ingest %s: %w", content.Name, err)
	}
	if file.Done {
		return file, nil
	}
	if err := in.read(ctx, content, file.Records); err != nil {
		return File{}, fmt.Errorf("tracking: ingest %s: %w", content.Name, err)
	}
	if file, err = in.store.File(ctx, content.ID); err != nil {
		return File{}, fmt.Errorf("tracking: ingest %s: %w", content.Name, err)
	}
	return file, nil
}

// plainText returns a name that every store can keep: file names may be any bytes.
func plainText(name string) string {
	const replacement = "\uFFFD"
	return strings.ReplaceAll(strings.ToValidUTF8(name, replacement), "\x00", replacement)
}

// recordsBetweenChecks is after how many records Ingest looks whether the context is done:
// batches may be large, and a part that was saved already is read in none.
const recordsBetweenChecks = 1000

// read saves the records of the file from the given one on, counted from 0.
func (in *Ingester) read(ctx context.Context, content Content, from int) error {
	next := batch{content: content, from: from}
	at := 0
	for record, err := range content.Records {
		if err != nil {
			// What was read before the file ended is saved.
			return errors.Join(err, in.saveSome(ctx, next))
		}
		if at++; at%recordsBetweenChecks == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if at <= from {
			continue
		}
		next.records = append(next.records, record)
		if len(next.records) < in.opts.BatchSize {
			continue
		}
		if err := in.save(ctx, next); err != nil {
			return err
		}
		next.from, next.records = at, next.records[:0]
	}
	if at < from {
		return lostRecords(at, from)
	}
	next.last = true
	return in.save(ctx, next)
}

func (in *Ingester) saveSome(ctx context.Context, read batch) error {
	if len(read.records) == 0 {
		return nil
	}
	return in.save(ctx, read)
}

// save saves what another worker on the same file has not saved yet.
func (in *Ingester) save(ctx context.Context, b batch) error {
	err := retry.OnConflict(ctx, func() error {
		return in.store.Update(ctx, b.content.ID, func(prior File) (Batch, error) { return b.after(prior, in.opts.KeepText) })
	})
	if err == nil && in.opts.OnProgress != nil {
		in.opts.OnProgress(b.progress())
	}
	return err
}

// batch is a run of records of one file.
type batch struct {
	content Content
	from    int // records of the file before it
	records []Record
	last    bool // the file ends with it
}

// end returns how many records of the file were read with the batch.
func (b *batch) end() int { return b.from + len(b.records) }

// after returns what is to be saved of the batch after what is known of the file.
func (b *batch) after(prior File, keepText bool) (Batch, error) {
	if prior.Records < b.from {
		return Batch{}, fmt.Errorf("the store has lost records: %d, want at least %d", prior.Records, b.from)
	}
	if b.last && b.end() < prior.Records {
		return Batch{}, lostRecords(b.end(), prior.Records)
	}
	// TR-5: the records up to prior.Records are in the store; they are not saved again.
	unsaved := b.records[min(prior.Records-b.from, len(b.records)):]
	change := Batch{File: b.told(prior), Scans: make([]Scan, 0, len(unsaved))}
	for i := range unsaved {
		record := &unsaved[i]
		change.File.Count(record)
		if record.Damage == nil {
			change.Scans = append(change.Scans, record.Scan)
			continue
		}
		damage := *record.Damage
		if !keepText {
			damage.Kept = ""
		}
		change.Damage = append(change.Damage, damage)
	}
	change.File.Done = prior.Done || b.last
	return change, nil
}

// told adds what the file says of itself.
func (b *batch) told(file File) File {
	if file.ID.IsZero() {
		file.ID, file.Name = b.content.ID, b.content.Name
	}
	if b.content.File != nil {
		told := b.content.File()
		file.Series, file.Announces, file.Announced = told.Series, told.Announces, told.Announced
	}
	return file
}

func (b *batch) progress() Progress {
	progress := Progress{Name: b.content.Name, Records: b.end(), Done: b.last}
	if b.content.Bytes != nil {
		progress.Bytes = b.content.Bytes()
	}
	return progress
}

func lostRecords(read, saved int) error {
	return fmt.Errorf("the file has lost records: %d, want at least the %d that were saved", read, saved)
}
