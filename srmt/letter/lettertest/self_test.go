package lettertest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/srmt/letter"
)

func goodFiles() Files {
	held := memory.New().Attachments()
	return Files{held, held.Put}
}

func TestAttachmentsKit_AcceptsMemory(t *testing.T) {
	TestAttachments(t, func(*testing.T) Files { return goodFiles() })
}

// stat is a port with one flaw.
type stat func(ctx context.Context, ref string) (letter.Attachment, error)

func (s stat) Stat(ctx context.Context, ref string) (letter.Attachment, error) { return s(ctx, ref) }

func TestAttachmentsKit_RefusesBrokenStores(t *testing.T) {
	var zoo []contract.Broken[Files]
	add := func(clause, flaw string, spoil func(good Files) stat) {
		zoo = append(zoo, contract.Broken[Files]{Clause: clause, Flaw: flaw, New: func(*testing.T) Files {
			good := goodFiles()
			return Files{spoil(good), good.Put}
		}})
	}
	// edited lets a store change what it gives.
	edited := func(edit func(a *letter.Attachment)) func(good Files) stat {
		return func(good Files) stat {
			return func(ctx context.Context, ref string) (letter.Attachment, error) {
				a, err := good.Stat(ctx, ref)
				if err == nil {
					edit(&a)
				}
				return a, err
			}
		}
	}
	// respelled lets a store change the reference before it looks.
	respelled := func(spell func(ref string) string) func(good Files) stat {
		return func(good Files) stat {
			return func(ctx context.Context, ref string) (letter.Attachment, error) { return good.Stat(ctx, spell(ref)) }
		}
	}
	add("Stat/Whole", "has digests in capitals", edited(func(a *letter.Attachment) { a.SHA256 = strings.ToUpper(a.SHA256) }))
	add("Stat/Whole", "has names without accents", edited(func(a *letter.Attachment) {
		a.Name = cris.NewPersonal(strings.ReplaceAll(a.Name.Reveal(), "é", "e"))
		a.Name = cris.NewPersonal(strings.ReplaceAll(a.Name.Reveal(), "ó", "o"))
	}))
	add("Stat/Whole", "counts kilobytes", edited(func(a *letter.Attachment) { a.Size /= 1000 }))
	add("Stat/Whole", "forgets the media type", edited(func(a *letter.Attachment) { a.MediaType = "application/octet-stream" }))
	add("Stat/Whole", "does not say of which file it tells", edited(func(a *letter.Attachment) { a.Ref = "" }))
	add("Stat/Unknown", "has an error of its own for what no reference looks like", func(good Files) stat {
		return func(ctx context.Context, ref string) (letter.Attachment, error) {
			if strings.ContainsRune(ref, 0) {
				return letter.Attachment{}, errors.New("malformed reference")
			}
			return good.Stat(ctx, ref)
		}
	})
	add("Stat/Unknown", "has an empty file for what it does not know", func(good Files) stat {
		return func(ctx context.Context, ref string) (letter.Attachment, error) {
			a, err := good.Stat(ctx, ref)
			if errors.Is(err, cris.ErrNotFound) {
				return letter.Attachment{}, nil
			}
			return a, err
		}
	})
	add("Stat/Letters", "folds letters", respelled(strings.ToLower))
	add("Stat/Letters", "trims blanks", respelled(strings.TrimSpace))
	add("Stat/Silent", "says what it did not find", func(good Files) stat {
		return func(ctx context.Context, ref string) (letter.Attachment, error) {
			a, err := good.Stat(ctx, ref)
			if err != nil {
				err = fmt.Errorf("stat %s: %w", ref, err)
			}
			return a, err
		}
	})
	add("Stat/Cancelled", "does not look at the context", func(good Files) stat {
		return func(ctx context.Context, ref string) (letter.Attachment, error) {
			return good.Stat(context.WithoutCancel(ctx), ref)
		}
	})
	contract.Refuses(t, clauses(), zoo)
}
