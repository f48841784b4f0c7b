package trackingtest

import (
	"context"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

type filesFunc = func(ctx context.Context, page cris.Page[tracking.FileID]) iter.Seq2[tracking.File, error]

// onFile breaks the file that is saved.
func onFile(change func(prior tracking.File, file *tracking.File)) func(tracking.Store) flawed {
	return onBatch(func(prior tracking.File, batch *tracking.Batch) { change(prior, &batch.File) })
}

// listing breaks how files are listed.
func listing(breakIt func(good tracking.Store) filesFunc) func(tracking.Store) flawed {
	return func(good tracking.Store) flawed { return flawed{files: breakIt(good)} }
}

func fileZoo() []contract.Broken[tracking.Store] {
	return []contract.Broken[tracking.Store]{
		broken("File/Fresh", "forgets the end of the file", onFile(func(_ tracking.File, file *tracking.File) { file.Done = false })),
		broken("File/Fresh", "forgets that it announces records", onFile(func(_ tracking.File, file *tracking.File) { file.Announces = false })),
		broken("File/Fresh", "forgets the day of the series", onFile(func(_ tracking.File, file *tracking.File) { file.Series.Day = cris.Date{} })),
		broken("File/Fresh", "keeps the first scan for the last", onFile(func(_ tracking.File, file *tracking.File) { file.Last = file.First })),
		broken("File/Fresh", "keeps the first name", onFile(func(prior tracking.File, file *tracking.File) {
			if prior.Name != "" {
				file.Name = prior.Name
			}
		})),
		broken("File/Unknown", "gives an empty file", func(good tracking.Store) flawed {
			return flawed{file: func(ctx context.Context, id tracking.FileID) (tracking.File, error) {
				file, _ := good.File(ctx, id)
				return file, ctx.Err()
			}}
		}),
		broken("File/Refused", "replaces what is not text", onFile(func(_ tracking.File, file *tracking.File) { file.Name = strings.ToValidUTF8(file.Name, "?") })),
		broken("File/Cancelled", "reads under a canceled context", func(good tracking.Store) flawed {
			return flawed{file: func(ctx context.Context, id tracking.FileID) (tracking.File, error) {
				return good.File(context.WithoutCancel(ctx), id)
			}}
		}),
		broken("File/Prior", "hands out the ID of a file of which nothing is known", func(good tracking.Store) flawed {
			return flawed{update: func(ctx context.Context, id tracking.FileID, decide decideFunc) error {
				return good.Update(ctx, id, func(prior tracking.File) (tracking.Batch, error) {
					prior.ID = id
					return decide(prior)
				})
			}}
		}),
		broken("File/Prior", "remembers how far, and not what else", func(good tracking.Store) flawed {
			return flawed{update: func(ctx context.Context, id tracking.FileID, decide decideFunc) error {
				return good.Update(ctx, id, func(prior tracking.File) (tracking.Batch, error) {
					return decide(tracking.File{ID: prior.ID, Records: prior.Records})
				})
			}}
		}),
		broken("File/OtherID", "saves whatever file it is given", func(good tracking.Store) flawed {
			return flawed{update: func(ctx context.Context, id tracking.FileID, decide decideFunc) error {
				return good.Update(ctx, id, func(prior tracking.File) (tracking.Batch, error) {
					batch, err := decide(prior)
					batch.File.ID = id
					return batch, err
				})
			}}
		}),
		broken("File/OtherID", "wants the ID said twice", func(good tracking.Store) flawed {
			return flawed{update: func(ctx context.Context, id tracking.FileID, decide decideFunc) error {
				return good.Update(ctx, id, func(prior tracking.File) (tracking.Batch, error) {
					batch, err := decide(prior)
					if err == nil && batch.File.ID != id {
						err = errRefused
					}
					return batch, err
				})
			}}
		}),
		broken("Files/Values", "lists only files that are done", listing(func(good tracking.Store) filesFunc {
			return func(ctx context.Context, page cris.Page[tracking.FileID]) iter.Seq2[tracking.File, error] {
				return onlyThose(good.Files(ctx, page), func(file tracking.File) bool { return file.Done })
			}
		})),
		broken("Files/Values", "lists without the series", listing(func(good tracking.Store) filesFunc {
			return func(ctx context.Context, page cris.Page[tracking.FileID]) iter.Seq2[tracking.File, error] {
				return func(yield func(tracking.File, error) bool) {
					for file, err := range good.Files(ctx, page) {
						file.Series = tracking.Series{}
						if !yield(file, err) {
							return
						}
					}
				}
			}
		})),
		broken("Files/All", "lists in the order of names", listing(func(good tracking.Store) filesFunc {
			return func(ctx context.Context, page cris.Page[tracking.FileID]) iter.Seq2[tracking.File, error] {
				return func(yield func(tracking.File, error) bool) {
					files, err := all(good.Files(ctx, page))
					if err != nil {
						yield(tracking.File{}, err)
						return
					}
					slices.SortFunc(files, func(a, b tracking.File) int { return strings.Compare(a.ID.String()[7:], b.ID.String()[7:]) })
					for _, file := range files {
						if !yield(file, nil) {
							return
						}
					}
				}
			}
		})),
		broken("Files/After", "goes on only after a file that is there", listing(func(good tracking.Store) filesFunc {
			return func(ctx context.Context, page cris.Page[tracking.FileID]) iter.Seq2[tracking.File, error] {
				if _, err := good.File(ctx, page.After); err != nil && !page.After.IsZero() {
					return func(func(tracking.File, error) bool) {}
				}
				return good.Files(ctx, page)
			}
		})),
		broken("Files/WhileItYields", "lists once at a time", listing(func(good tracking.Store) filesFunc {
			var mu sync.Mutex
			return func(ctx context.Context, page cris.Page[tracking.FileID]) iter.Seq2[tracking.File, error] {
				return func(yield func(tracking.File, error) bool) {
					if !mu.TryLock() {
						yield(tracking.File{}, cris.ErrConflict)
						return
					}
					defer mu.Unlock()
					good.Files(ctx, page)(yield)
				}
			}
		})),
	}
}

// onlyThose leaves out what a list should yield.
func onlyThose[V any](list iter.Seq2[V, error], keep func(V) bool) iter.Seq2[V, error] {
	return func(yield func(V, error) bool) {
		for value, err := range list {
			if err == nil && !keep(value) {
				continue
			}
			if !yield(value, err) {
				return
			}
		}
	}
}
