package trackingtest

import (
	"context"
	"iter"
	"testing"

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
		broken("Quarantine/Cancelled", "never looks at the context", func(good tracking.Quarantine) leaky {
			return leaky{keep: func(ctx context.Context, file tracking.FileID, records []tracking.DamagedRecord) error {
				return good.Keep(context.WithoutCancel(ctx), file, records)
			}}
		}),
	})
}
