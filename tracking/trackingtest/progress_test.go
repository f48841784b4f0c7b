package trackingtest

import (
	"context"
	"errors"

	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

func progressZoo() []contract.Broken[tracking.Store] {
	return []contract.Broken[tracking.Store]{
		broken("Progress/RoundTrip", "forgets the end of the file", onBatch(func(_ tracking.Progress, batch *tracking.Batch) { batch.Progress.Done = false })),
		broken("Progress/RoundTrip", "forgets that totals disagree", onBatch(func(_ tracking.Progress, batch *tracking.Batch) { batch.Progress.Disagrees = false })),
		broken("Progress/RoundTrip", "forgets the series", onBatch(func(_ tracking.Progress, batch *tracking.Batch) { batch.Progress.Series = tracking.Series{} })),
		broken("Progress/RoundTrip", "forgets the name", onBatch(func(_ tracking.Progress, batch *tracking.Batch) { batch.Progress.Name = "" })),
		broken("Progress/Unknown", "gives an empty progress", func(good tracking.Store) flawed {
			return flawed{progress: func(ctx context.Context, file tracking.FileID) (tracking.Progress, error) {
				progress, _ := good.Progress(ctx, file)
				return progress, nil
			}}
		}),
		broken("Progress/Replaced", "keeps the first name and total", onBatch(func(prior tracking.Progress, batch *tracking.Batch) {
			if prior.Name != "" {
				batch.Progress.Name, batch.Progress.Announced = prior.Name, prior.Announced
			}
		})),
		broken("Progress/Unknown", "notes a file before it decides", func(good tracking.Store) flawed {
			return flawed{update: func(ctx context.Context, file tracking.FileID, decide decideFunc) error {
				if _, err := good.Progress(ctx, file); errors.Is(err, tracking.ErrNotFound) {
					if err := save(ctx, good, file, tracking.Batch{}); err != nil {
						return err
					}
				}
				return good.Update(ctx, file, decide)
			}}
		}),
		broken("Progress/Cancelled", "reads under a cancelled context", func(good tracking.Store) flawed {
			return flawed{progress: func(ctx context.Context, file tracking.FileID) (tracking.Progress, error) {
				return good.Progress(context.WithoutCancel(ctx), file)
			}}
		}),
	}
}
