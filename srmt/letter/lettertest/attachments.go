// Package lettertest proves that a store keeps the promises of letter.Attachments, the port to the
// files that go out with responses.
package lettertest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/srmt/letter"
)

// Files is a store of files, as the kit sees it.
type Files struct {
	letter.Attachments
	// Put puts a file into the store in whatever way the host program does, and returns the
	// reference under which it is kept.
	Put func(ctx context.Context, name cris.Personal[string], mediaType string, content []byte) (ref string, err error)
}

// TestAttachments checks every promise of letter.Attachments. NewFiles is called once per promise
// and gives an empty store.
func TestAttachments(t *testing.T, newFiles func(t *testing.T) Files) {
	t.Helper()
	contract.Run(t, clauses(), newFiles)
}

func clauses() []contract.Clause[Files] {
	return []contract.Clause[Files]{
		{Name: "Stat/Whole", Promise: "a file that was put comes back with its reference, name, media type, size and the SHA-256 digest of its bytes", Check: whole},
		{Name: "Stat/Unknown", Promise: "a reference under which nothing is on file gives ErrNotFound, whatever it looks like", Check: unknown},
		{Name: "Stat/Letters", Promise: "a reference that differs in the case of its letters, or by a blank, is another", Check: letters},
		{Name: "Stat/Silent", Promise: "no error repeats a reference", Check: silent},
		{Name: "Stat/Cancelled", Promise: "under a canceled context a read gives the error of the context", Check: canceled},
	}
}

// file is one that the kit puts into the store.
type file struct {
	name, mediaType string
	content         []byte
}

func (f file) put(ctx context.Context, s Files) (want letter.Attachment, err error) {
	digest := sha256.Sum256(f.content)
	want = letter.Attachment{
		Name: cris.NewPersonal(f.name), MediaType: f.mediaType, Size: int64(len(f.content)), SHA256: hex.EncodeToString(digest[:]),
	}
	want.Ref, err = s.Put(ctx, want.Name, want.MediaType, f.content)
	return want, err
}

func someFiles() []file {
	return []file{
		{"Decisión de María.pdf", "application/pdf", []byte("%PDF-1.4\r\n\x00\xff")},
		{"scan.JPEG", "image/jpeg", []byte{0xff, 0xd8, 0xff}},
		{"call.txt", "text/plain", []byte(strings.Repeat("She called again.\r\n", 5000))},
	}
}

func whole(ctx context.Context, s Files) error {
	var put []letter.Attachment
	for _, f := range someFiles() {
		want, err := f.put(ctx, s)
		if err != nil {
			return err
		}
		put = append(put, want)
	}
	for _, want := range put {
		got, err := s.Stat(ctx, want.Ref)
		if err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("a file of %d bytes came back as %+v, want %+v (names may differ too)", want.Size, got, want)
		}
		if flaws := letter.DecideAttachments([]letter.Attachment{got}, letter.Policy{}); len(flaws) > 0 {
			return fmt.Errorf("it may not go out: %v", flaws)
		}
	}
	return nil
}

// strange are references that no store gives.
func strange() []string {
	return []string{"", " ", "none", "../../none", "/none", "a\x00b", "\xff\xfe", strings.Repeat("none", 10_000), "'; DROP TABLE files; --", "%00"}
}

func unknown(ctx context.Context, s Files) error {
	ask := func() error {
		for _, ref := range strange() {
			if got, err := s.Stat(ctx, ref); !errors.Is(err, cris.ErrNotFound) || got != (letter.Attachment{}) {
				return errors.Join(errors.New("a reference under which nothing is on file did not give ErrNotFound and nothing else"), err)
			}
		}
		return nil
	}
	if err := ask(); err != nil {
		return err
	}
	if _, err := someFiles()[0].put(ctx, s); err != nil {
		return err
	}
	return ask()
}

func letters(ctx context.Context, s Files) error {
	want, err := someFiles()[0].put(ctx, s)
	if err != nil {
		return err
	}
	for _, other := range []string{strings.ToUpper(want.Ref), strings.ToLower(want.Ref), want.Ref + " ", " " + want.Ref} {
		if other == want.Ref {
			continue
		}
		if _, err := s.Stat(ctx, other); !errors.Is(err, cris.ErrNotFound) {
			return errors.Join(errors.New("another reference did not give ErrNotFound"), err)
		}
	}
	return nil
}

func silent(ctx context.Context, s Files) error {
	for _, ref := range []string{"none-of-ours", "none/of/ours"} {
		if _, err := s.Stat(ctx, ref); err == nil || strings.Contains(err.Error(), ref) {
			return errors.New("there is no error, or it repeats the reference")
		}
	}
	return nil
}

func canceled(ctx context.Context, s Files) error {
	want, err := someFiles()[0].put(ctx, s)
	if err != nil {
		return err
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	for _, ref := range []string{want.Ref, "none"} {
		if _, err := s.Stat(ended, ref); !errors.Is(err, context.Canceled) {
			return errors.Join(errors.New("a read under a canceled context did not give its error"), err)
		}
	}
	return nil
}
