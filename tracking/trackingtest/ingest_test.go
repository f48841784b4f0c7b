package trackingtest

import (
	"context"
	"errors"
	"iter"
	"strings"
	"sync"
	"testing"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

func TestKit_RefusesBrokenIngests(t *testing.T) {
	into := func(clause, flaw string, breakIt func(good tracking.Store) flawed) contract.Broken[intake] {
		return contract.Broken[intake]{Clause: clause, Flaw: flaw, New: func(t *testing.T) intake {
			return newIntake(func() tracking.Store { return broken(clause, flaw, breakIt).New(t) })
		}}
	}
	zoo := []contract.Broken[intake]{
		into("Twice", "does not tell that a file is done", func(good tracking.Store) flawed {
			return flawed{file: func(ctx context.Context, id tracking.FileID) (tracking.File, error) {
				file, err := good.File(ctx, id)
				file.Done = false
				return file, err
			}}
		}),
		into("HalfThenWhole", "counts what is new to the file", func(good tracking.Store) flawed {
			counted := map[tracking.FileID]map[tracking.Scan]bool{}
			return flawed{
				update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
					if counted[file] == nil {
						counted[file] = map[tracking.Scan]bool{}
					}
					return good.Update(ctx, file, func(prior tracking.File) (tracking.Batch, error) {
						batch, err := decide(prior)
						for _, scan := range batch.Scans {
							counted[file][scan] = true
						}
						return batch, err
					})
				},
				file: func(ctx context.Context, id tracking.FileID) (tracking.File, error) {
					file, err := good.File(ctx, id)
					file.New = len(counted[id])
					return file, err
				},
			}
		}),
		into("TwoWorkers", "reads, decides and writes in steps", func(good tracking.Store) flawed {
			meeting := newMeeting()
			return flawed{update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
				prior, err := good.File(ctx, file)
				if err != nil && !errors.Is(err, tracking.ErrNotFound) {
					return err
				}
				batch, err := decide(prior)
				if err != nil {
					return err
				}
				meeting.join()
				return save(ctx, good, file, batch)
			}}
		}),
	}
	for _, clause := range ingestClauses() {
		if !strings.HasPrefix(clause.Name, "Interrupted") {
			continue
		}
		if strings.HasSuffix(clause.Name, "/SameFile") {
			zoo = append(zoo, contract.Broken[intake]{Clause: clause.Name, Flaw: "reads a file that goes on where it was left", New: func(*testing.T) intake { return readingOn() }})
			continue
		}
		zoo = append(zoo, into(clause.Name, "forgets how far a file was read, unless to its end", forgetful))
	}
	contract.Refuses(t, ingestClauses(), zoo)
}

// forgetful is a store that knows of a file only until it is asked for it, as
// one that keeps it in memory and is started again.
func forgetful(good tracking.Store) flawed {
	var mu sync.Mutex
	forgotten := map[tracking.FileID]bool{}
	return flawed{
		file: func(ctx context.Context, id tracking.FileID) (tracking.File, error) {
			file, err := good.File(ctx, id)
			if err != nil || file.Done {
				return file, err
			}
			mu.Lock()
			defer mu.Unlock()
			forgotten[id] = true
			return tracking.File{}, tracking.ErrNotFound
		},
		update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
			return good.Update(ctx, file, func(prior tracking.File) (tracking.Batch, error) {
				mu.Lock()
				defer mu.Unlock()
				if forgotten[file] {
					prior = tracking.File{}
				}
				delete(forgotten, file)
				return decide(prior)
			})
		},
	}
}

// readingOn is a good store and a reader whose files can be read once: they go on where
// they were left.
func readingOn() intake {
	in := newIntake(func() tracking.Store { return memory.New().Scans() })
	open := in.open
	in.open = func(text []byte) (tracking.Content, error) {
		content, err := open(text)
		if err != nil {
			return tracking.Content{}, err
		}
		next, _ := iter.Pull2(content.Records)
		content.Records = func(yield func(tracking.Record, error) bool) {
			for {
				record, err, more := next()
				if !more || !yield(record, err) {
					return
				}
			}
		}
		return content, nil
	}
	return in
}
