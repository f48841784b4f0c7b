package trackingtest

import (
	"context"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

type filesFunc func(ctx context.Context, after tracking.FileID) iter.Seq2[tracking.FileProgress, error]

// misfiled is a good store with another Files.
type misfiled struct {
	listing
	files filesFunc
}

func (m misfiled) Files(ctx context.Context, after tracking.FileID) iter.Seq2[tracking.FileProgress, error] {
	return m.files(ctx, after)
}

func TestKit_RefusesBrokenFiles(t *testing.T) {
	broken := func(clause, flaw string, breakIt func(good listing) filesFunc) contract.Broken[listing] {
		return contract.Broken[listing]{Clause: clause, Flaw: flaw, New: func(*testing.T) listing {
			good := memory.New().Scans()
			return misfiled{good, breakIt(good)}
		}}
	}
	// onEach breaks, or leaves out, each file that comes.
	onEach := func(change func(file *tracking.FileProgress) (keep bool)) func(listing) filesFunc {
		return func(good listing) filesFunc {
			return func(ctx context.Context, after tracking.FileID) iter.Seq2[tracking.FileProgress, error] {
				return func(yield func(tracking.FileProgress, error) bool) {
					for file, err := range good.Files(ctx, after) {
						if change(&file) && !yield(file, err) {
							return
						}
					}
				}
			}
		}
	}
	contract.Refuses(t, fileClauses(), []contract.Broken[listing]{
		broken("Files/Again", "goes on where it was left", func(good listing) filesFunc {
			return func(ctx context.Context, after tracking.FileID) iter.Seq2[tracking.FileProgress, error] {
				return goingOn(good.Files(ctx, after))
			}
		}),
		broken("Files/Listed", "lists only files that are done", onEach(func(file *tracking.FileProgress) bool { return file.Done })),
		broken("Files/Listed", "forgets the series", onEach(func(file *tracking.FileProgress) bool { file.Series = tracking.Series{}; return true })),
		broken("Files/Listed", "lists in the order of names", func(good listing) filesFunc {
			return func(ctx context.Context, after tracking.FileID) iter.Seq2[tracking.FileProgress, error] {
				return func(yield func(tracking.FileProgress, error) bool) {
					var all []tracking.FileProgress
					for file, err := range good.Files(ctx, after) {
						if err != nil {
							yield(file, err)
							return
						}
						all = append(all, file)
					}
					slices.SortFunc(all, func(a, b tracking.FileProgress) int { return strings.Compare(a.Name, b.Name) })
					for _, file := range all {
						if !yield(file, nil) {
							return
						}
					}
				}
			}
		}),
		broken("Files/AfterID", "begins at the start", func(good listing) filesFunc {
			return func(ctx context.Context, _ tracking.FileID) iter.Seq2[tracking.FileProgress, error] {
				return good.Files(ctx, tracking.FileID{})
			}
		}),
		broken("Files/AfterID", "ends with the first page", func(good listing) filesFunc {
			return func(ctx context.Context, after tracking.FileID) iter.Seq2[tracking.FileProgress, error] {
				return func(yield func(tracking.FileProgress, error) bool) {
					given := 0
					for file, err := range good.Files(ctx, after) {
						if given++; given > 500 || !yield(file, err) {
							return
						}
					}
				}
			}
		}),
		broken("Files/AfterID", "goes on only after a file that is there", func(good listing) filesFunc {
			return func(ctx context.Context, after tracking.FileID) iter.Seq2[tracking.FileProgress, error] {
				if _, err := good.Progress(ctx, after); err != nil && !after.IsZero() {
					return func(func(tracking.FileProgress, error) bool) {}
				}
				return good.Files(ctx, after)
			}
		}),
		broken("Files/Reentrant", "lists once at a time", func(good listing) filesFunc {
			var mu sync.Mutex
			return func(ctx context.Context, after tracking.FileID) iter.Seq2[tracking.FileProgress, error] {
				return func(yield func(tracking.FileProgress, error) bool) {
					if !mu.TryLock() {
						yield(tracking.FileProgress{}, cris.ErrConflict)
						return
					}
					defer mu.Unlock()
					good.Files(ctx, after)(yield)
				}
			}
		}),
		broken("Files/Cancelled", "reads under a cancelled context", func(good listing) filesFunc {
			return func(ctx context.Context, after tracking.FileID) iter.Seq2[tracking.FileProgress, error] {
				return good.Files(context.WithoutCancel(ctx), after)
			}
		}),
	})
}
