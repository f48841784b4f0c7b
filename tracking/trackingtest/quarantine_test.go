package trackingtest

import (
	"context"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

func TestKit_AcceptsTheReferenceQuarantine(t *testing.T) {
	TestQuarantine(t, func(*testing.T) tracking.Quarantine { return memory.New().Quarantine() })
}

// leaky is a good quarantine of which one method is replaced.
type leaky struct {
	tracking.Quarantine
	keep    func(ctx context.Context, file tracking.FileID, records []tracking.DamagedRecord) error
	kept    func(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.DamagedRecord, error]
	discard func(ctx context.Context, file tracking.FileID) (int, error)
}

func (l leaky) Keep(ctx context.Context, file tracking.FileID, records []tracking.DamagedRecord) error {
	if l.keep != nil {
		return l.keep(ctx, file, records)
	}
	return l.Quarantine.Keep(ctx, file, records)
}

func (l leaky) Kept(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.DamagedRecord, error] {
	if l.kept != nil {
		return l.kept(ctx, file, afterLine)
	}
	return l.Quarantine.Kept(ctx, file, afterLine)
}

func (l leaky) Discard(ctx context.Context, file tracking.FileID) (int, error) {
	if l.discard != nil {
		return l.discard(ctx, file)
	}
	return l.Quarantine.Discard(ctx, file)
}

func TestKit_RefusesBrokenQuarantines(t *testing.T) {
	broken := func(clause, flaw string, breakIt func(good tracking.Quarantine) leaky) contract.Broken[tracking.Quarantine] {
		return contract.Broken[tracking.Quarantine]{Clause: clause, Flaw: flaw, New: func(*testing.T) tracking.Quarantine {
			good := memory.New().Quarantine()
			flawed := breakIt(good)
			flawed.Quarantine = good
			return flawed
		}}
	}
	contract.Refuses(t, quarantineClauses(), []contract.Broken[tracking.Quarantine]{
		broken("Quarantine/Again", "goes on where it was left", func(good tracking.Quarantine) leaky {
			return leaky{kept: func(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.DamagedRecord, error] {
				return goingOn(good.Kept(ctx, file, afterLine))
			}}
		}),
		broken("Quarantine/RoundTrip", "trims what it keeps", func(good tracking.Quarantine) leaky {
			return leaky{keep: func(ctx context.Context, file tracking.FileID, records []tracking.DamagedRecord) error {
				for i := range records {
					records[i].Kept = records[i].Kept[:4]
				}
				return good.Keep(ctx, file, records)
			}}
		}),
		broken("Quarantine/RoundTrip", "has one place for all files", func(good tracking.Quarantine) leaky {
			return leaky{
				keep: func(ctx context.Context, _ tracking.FileID, records []tracking.DamagedRecord) error {
					return good.Keep(ctx, FileID(1), records)
				},
				kept: func(ctx context.Context, _ tracking.FileID, afterLine int) iter.Seq2[tracking.DamagedRecord, error] {
					return good.Kept(ctx, FileID(1), afterLine)
				},
			}
		}),
		broken("Quarantine/Once", "keeps the latest", func(good tracking.Quarantine) leaky {
			return leaky{keep: func(ctx context.Context, file tracking.FileID, records []tracking.DamagedRecord) error {
				if _, err := good.Discard(ctx, file); err != nil {
					return err
				}
				return good.Keep(ctx, file, records)
			}}
		}),
		broken("Quarantine/AfterLine", "begins at the start", func(good tracking.Quarantine) leaky {
			return leaky{kept: func(ctx context.Context, file tracking.FileID, _ int) iter.Seq2[tracking.DamagedRecord, error] {
				return good.Kept(ctx, file, 0)
			}}
		}),
		broken("Quarantine/Discard", "keeps everything", func(tracking.Quarantine) leaky {
			return leaky{discard: func(context.Context, tracking.FileID) (int, error) { return 3, nil }}
		}),
		broken("Quarantine/AsTheyAre", "takes a zero byte for the end", func(good tracking.Quarantine) leaky {
			return leaky{keep: func(ctx context.Context, file tracking.FileID, records []tracking.DamagedRecord) error {
				records = slices.Clone(records)
				for i := range records {
					records[i].Kept, _, _ = strings.Cut(records[i].Kept, "\x00")
				}
				return good.Keep(ctx, file, records)
			}}
		}),
		broken("Quarantine/AsTheyAre", "keeps what comes before a record that it refuses", func(good tracking.Quarantine) leaky {
			return leaky{keep: func(ctx context.Context, file tracking.FileID, records []tracking.DamagedRecord) error {
				for i, record := range records {
					if !utf8.ValidString(record.Kept) {
						return errRefused
					}
					if err := good.Keep(ctx, file, records[i:i+1]); err != nil {
						return err
					}
				}
				return nil
			}}
		}),
		broken("Quarantine/Whole", "keeps record by record", func(good tracking.Quarantine) leaky {
			return leaky{keep: func(ctx context.Context, file tracking.FileID, records []tracking.DamagedRecord) error {
				for i := range records {
					if err := good.Keep(ctx, file, records[i:i+1]); err != nil {
						return err
					}
				}
				return nil
			}}
		}),
		broken("Quarantine/NoAliasing", "sorts the records it is given", func(good tracking.Quarantine) leaky {
			return leaky{keep: func(ctx context.Context, file tracking.FileID, records []tracking.DamagedRecord) error {
				slices.SortFunc(records, func(a, b tracking.DamagedRecord) int { return a.Line - b.Line })
				return good.Keep(ctx, file, records)
			}}
		}),
		broken("Quarantine/NoAliasing", "keeps the slice it is given", func(good tracking.Quarantine) leaky {
			var given []tracking.DamagedRecord
			return leaky{
				keep: func(_ context.Context, _ tracking.FileID, records []tracking.DamagedRecord) error {
					given = records
					return nil
				},
				kept: func(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.DamagedRecord, error] {
					if err := good.Keep(ctx, file, given); err != nil {
						return func(yield func(tracking.DamagedRecord, error) bool) { yield(tracking.DamagedRecord{}, err) }
					}
					return good.Kept(ctx, file, afterLine)
				},
			}
		}),
		broken("Quarantine/Reentrant", "stays locked while it yields", func(good tracking.Quarantine) leaky {
			var mu sync.Mutex
			return leaky{
				keep: func(ctx context.Context, file tracking.FileID, records []tracking.DamagedRecord) error {
					if !mu.TryLock() {
						return cris.ErrConflict
					}
					defer mu.Unlock()
					return good.Keep(ctx, file, records)
				},
				kept: func(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.DamagedRecord, error] {
					return func(yield func(tracking.DamagedRecord, error) bool) {
						mu.Lock()
						defer mu.Unlock()
						good.Kept(ctx, file, afterLine)(yield)
					}
				},
			}
		}),
		broken("Quarantine/Reentrant", "reads one file at a time", func(good tracking.Quarantine) leaky {
			var mu sync.Mutex
			return leaky{kept: func(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.DamagedRecord, error] {
				return func(yield func(tracking.DamagedRecord, error) bool) {
					if !mu.TryLock() {
						yield(tracking.DamagedRecord{}, cris.ErrConflict)
						return
					}
					defer mu.Unlock()
					good.Kept(ctx, file, afterLine)(yield)
				}
			}}
		}),
		broken("Quarantine/Cancelled", "keeps under a cancelled context", func(good tracking.Quarantine) leaky {
			return leaky{keep: func(ctx context.Context, file tracking.FileID, records []tracking.DamagedRecord) error {
				return good.Keep(context.WithoutCancel(ctx), file, records)
			}}
		}),
		broken("Quarantine/Cancelled", "reads under a cancelled context", func(good tracking.Quarantine) leaky {
			return leaky{kept: func(ctx context.Context, file tracking.FileID, afterLine int) iter.Seq2[tracking.DamagedRecord, error] {
				return good.Kept(context.WithoutCancel(ctx), file, afterLine)
			}}
		}),
		broken("Quarantine/Cancelled", "discards under a cancelled context", func(good tracking.Quarantine) leaky {
			return leaky{discard: func(ctx context.Context, file tracking.FileID) (int, error) {
				return good.Discard(context.WithoutCancel(ctx), file)
			}}
		}),
	})
}
