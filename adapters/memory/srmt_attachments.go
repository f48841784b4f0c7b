package memory

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/srmt/letter"
)

// Attachments is the port to the files that go out with responses: a letter.Attachments. It keeps
// what the files are, and not the files.
type Attachments struct{ db *DB }

// Attachments returns the port to the files that go out with responses.
func (db *DB) Attachments() *Attachments { return &Attachments{db} }

// Put puts a file on record and returns the reference to it, unlike any other. Its error is that
// of the context, or one for text that is not UTF-8 or has a NUL in it.
func (s *Attachments) Put(ctx context.Context, name cris.Personal[string], mediaType string, content []byte) (ref string, err error) {
	digest := sha256.Sum256(content)
	err = s.db.locked(ctx, func() error {
		if err := mayHold(ctx, name, mediaType); err != nil {
			return err
		}
		held := &s.db.serviceRequests
		ref = fmt.Sprintf("attachment-%d", len(held.attachments)+1)
		if held.attachments == nil {
			held.attachments = map[string]letter.Attachment{}
		}
		held.attachments[ref] = letter.Attachment{
			Ref: ref, Name: name, MediaType: mediaType, Size: int64(len(content)), SHA256: hex.EncodeToString(digest[:]),
		}
		return nil
	})
	return ref, err
}

// Stat implements letter.Attachments: it returns what is on record under the reference. It returns
// an error that matches cris.ErrNotFound if nothing is, or that of the context.
func (s *Attachments) Stat(ctx context.Context, ref string) (attachment letter.Attachment, err error) {
	err = s.db.locked(ctx, func() error {
		var known bool
		if attachment, known = s.db.serviceRequests.attachments[ref]; !known {
			return notFound("attachment")
		}
		return nil
	})
	return attachment, err
}
