package srmt

import (
	"slices"
	"strconv"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/srmt/letter"
)

// Attached is what is attached to a response, in the order in which it was given. It is comparable
// with ==; the zero Attached is nothing. The names of files may name a person, so its text is
// personal.
type Attached struct {
	Text cris.Personal[string] // for stores, which keep it as it is: what NewAttached writes
}

// NewAttached returns the list of attachments in that order.
func NewAttached(attachments ...letter.Attachment) Attached {
	var lines strings.Builder
	for _, a := range attachments {
		for _, field := range []string{a.Ref, a.MediaType, strconv.FormatInt(a.Size, 10), a.SHA256} {
			lines.WriteString(field + "\t")
		}
		lines.WriteString(a.Name.Reveal() + "\n")
	}
	return Attached{cris.NewPersonal(lines.String())}
}

// fieldsOfAttachment are the fields on a line of Attached.
const fieldsOfAttachment = 5

// List returns the attachments. The caller may keep and change the slice. From a text that NewAttached
// did not write it returns what can be read; a history with such a text does not add up.
func (a Attached) List() []letter.Attachment {
	var list []letter.Attachment
	for line := range strings.Lines(a.Text.Reveal()) {
		fields := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", fieldsOfAttachment)
		if len(fields) < fieldsOfAttachment {
			continue
		}
		size, _ := strconv.ParseInt(fields[2], 10, 64)
		list = append(list, letter.Attachment{
			Ref: fields[0], MediaType: fields[1], Size: size, SHA256: fields[3], Name: cris.NewPersonal(fields[4]),
		})
	}
	return list
}

// IsZero reports whether nothing is attached.
func (a Attached) IsZero() bool { return a == Attached{} }

// isWhole reports whether the list reads back as it was written.
func (a Attached) isWhole() bool { return NewAttached(a.List()...) == a }

// attached returns what the rules have against the attachments of a response (SR-7): they may not go
// out together, or one of them is not on file as the response says.
func attached(attachments, onFile []letter.Attachment, policy Policy) refusals {
	if against := letter.DecideAttachments(attachments, policy.Attachments); len(against) > 0 {
		return against
	}
	for _, a := range attachments {
		if !slices.Contains(onFile, a) {
			return refusals{attachmentNotOnFile}
		}
	}
	return nil
}
