package letter

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// Attachment refers to a file that goes out with a response, and says what it is. The file itself
// is kept by the host program. It is comparable with ==.
type Attachment struct {
	Ref       string                // names the file to the host program: up to 200 printable ASCII characters without spaces, nothing personal
	Name      cris.Personal[string] // what the file is called to whoever gets it: a line of at most 200 bytes that may name a person
	MediaType string                // such as application/pdf, in lower case and without parameters
	Size      int64                 // bytes
	SHA256    string                // of its bytes: 64 hexadecimal digits in lower case
}

// Attachments is the port to the files that may go out, which the host program keeps in a file
// store or in the document management of the agency. This library reads no file: it asks what one
// is, so that nobody has to trust what a caller says about a file. Package lettertest proves an
// implementation.
type Attachments interface {
	// Stat returns what is on file under the reference, as of now, with the size and the digest
	// of its bytes. References are compared byte by byte. The error matches cris.ErrNotFound if
	// nothing is on file, whatever the reference looks like, and is the context's own error if the
	// context ended. No error repeats the reference or the name.
	Stat(ctx context.Context, ref string) (Attachment, error)
}

// MediaType is a kind of file that may go out, with the extensions that its names may have.
type MediaType struct {
	Name       string   // such as image/jpeg, in lower case
	Extensions []string // such as jpg and jpeg: in lower case, without the dot
}

// MediaTypes lists the kinds of file that may go out by default: PDF, PNG, JPEG and plain text.
// The caller may keep and change the slice.
func MediaTypes() []MediaType {
	return []MediaType{
		{"application/pdf", []string{"pdf"}},
		{"image/png", []string{"png"}},
		{"image/jpeg", []string{"jpg", "jpeg"}},
		{"text/plain", []string{"txt"}},
	}
}

// Policy holds what an integrator may change about attachments. A field that is left at zero
// means its default. A number below zero admits nothing, and neither does an empty MediaTypes that is
// not nil.
type Policy struct {
	MediaTypes []MediaType // which may go out: MediaTypes
	Most       int         // how many may go out with one response: 10
	MostBytes  int64       // the largest that one may be: 10 MiB
	MostInAll  int64       // the largest that those of one response may be together: 25 MiB
}

// DefaultPolicy is the zero Policy with its defaults in place. The caller may keep and change it.
func DefaultPolicy() Policy { return Policy{}.withDefaults() }

func (p Policy) withDefaults() Policy {
	const mebibyte = 1 << 20
	if p.MediaTypes == nil {
		p.MediaTypes = MediaTypes()
	}
	p.Most = cmp.Or(p.Most, 10)
	p.MostBytes = cmp.Or(p.MostBytes, 10*mebibyte)
	p.MostInAll = cmp.Or(p.MostInAll, 25*mebibyte)
	return p
}

// The longest that a reference and the name of a file may be, in bytes.
const (
	mostRefBytes  = 200
	mostNameBytes = 200
)

// DecideAttachments returns every reason why these attachments may not go out with one response,
// each once, and none if they may (SR-7). To learn what is wrong with one of them, call it with that
// one alone.
func DecideAttachments(attached []Attachment, policy Policy) []cris.Reason {
	policy = policy.withDefaults()
	var each refusals
	for _, a := range attached {
		each = append(each, a.flaws(policy)...)
	}
	var against refusals
	against.unless(len(attached) <= max(0, policy.Most), tooManyAttachments)
	against.unless(!isTooLargeInAll(attached, policy.MostInAll), attachmentsTooLarge)
	against.unless(!hasTwins(attached), attachedTwice)
	for _, reason := range attachmentReasons() {
		if slices.Contains(each, reason) {
			against = append(against, reason)
		}
	}
	return against
}

// isTooLargeInAll reports whether the sizes add up to more than that. It does not add further
// than it has to: the sum of what somebody made up might overflow.
func isTooLargeInAll(attached []Attachment, most int64) bool {
	left := most
	for _, a := range attached {
		if a.Size > left {
			return true
		}
		left -= max(0, a.Size)
	}
	return false
}

// hasTwins reports whether two have one reference, or names that some systems take for one.
func hasTwins(attached []Attachment) bool {
	for i, a := range attached {
		isTwin := func(b Attachment) bool {
			return a.Ref == b.Ref || strings.EqualFold(a.Name.Reveal(), b.Name.Reveal())
		}
		if slices.ContainsFunc(attached[:i], isTwin) {
			return true
		}
	}
	return false
}

// flaws returns what is wrong with one attachment (SR-7).
func (a Attachment) flaws(policy Policy) (against refusals) {
	name := a.Name.Reveal()
	kind := slices.IndexFunc(policy.MediaTypes, func(m MediaType) bool { return m.Name == a.MediaType })
	against.unless(isRef(a.Ref), attachmentRefMalformed)
	against.unless(isFileName(name), attachmentNameUnfit)
	against.unless(kind >= 0, attachmentTypeNotAdmitted)
	against.unless(kind < 0 || slices.Contains(policy.MediaTypes[kind].Extensions, extension(name)), attachmentExtensionUnfit)
	against.unless(a.Size > 0, attachmentEmpty)
	against.unless(a.Size <= policy.MostBytes, attachmentTooLarge)
	against.unless(isSHA256(a.SHA256), attachmentDigestMalformed)
	return against
}

func isRef(ref string) bool {
	isOther := func(r rune) bool { return r <= ' ' || r > '~' }
	return ref != "" && len(ref) <= mostRefBytes && !strings.ContainsFunc(ref, isOther)
}

// isFileName reports whether the name is one that every system can keep and nobody is deceived
// by: what can be seen, on one line, without a path, a drive, a stream or a hidden file.
func isFileName(name string) bool {
	tidy, _, problem := text.Tidy(name, len(name))
	return name != "" && len(name) <= mostNameBytes && problem == "" && tidy == name &&
		!strings.ContainsAny(name, `/\:*?"<>|`) && !strings.HasPrefix(name, ".")
}

// extension returns what follows the last dot of the name, in lower case.
func extension(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
}

const sha256Digits = 64

func isSHA256(digest string) bool {
	isOther := func(r rune) bool { return (r < '0' || r > '9') && (r < 'a' || r > 'f') }
	return len(digest) == sha256Digits && !strings.ContainsFunc(digest, isOther)
}
