package letter_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/srmt/letter"
)

const digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

// attached is the n-th of some files that may go out. The edits change it before it is returned.
func attached(n int, edits ...func(*letter.Attachment)) letter.Attachment {
	a := letter.Attachment{
		Ref: fmt.Sprintf("files/%d", n), Name: cris.NewPersonal(fmt.Sprintf("notice %d.pdf", n)), MediaType: "application/pdf", Size: 1000, SHA256: digest,
	}
	for _, edit := range edits {
		edit(&a)
	}
	return a
}

func named(name string) func(*letter.Attachment) {
	return func(a *letter.Attachment) { a.Name = cris.NewPersonal(name) }
}

func typed(mediaType, name string) func(*letter.Attachment) {
	return func(a *letter.Attachment) { a.MediaType, a.Name = mediaType, cris.NewPersonal(name) }
}

func TestSR7_WhatMayGoOut(t *testing.T) {
	for _, edit := range []func(*letter.Attachment){
		named("a.pdf"), named("Decisión de María.PDF"), named("..a..pdf"[2:]), named(strings.Repeat("a", 196) + ".pdf"), named("通知.pdf"),
		typed("image/png", "scan.png"), typed("image/jpeg", "scan.jpg"), typed("image/jpeg", "scan.jpeg"), typed("text/plain", "call.txt"),
		func(a *letter.Attachment) { a.Size = 10 << 20 },
		func(a *letter.Attachment) { a.Ref = strings.Repeat("~", 200) },
	} {
		require.Empty(t, letter.DecideAttachments([]letter.Attachment{attached(1, edit)}, letter.Policy{}))
	}
	require.Empty(t, letter.DecideAttachments(nil, letter.Policy{}))
}

func TestSR7_WhatMayNotGoOut(t *testing.T) {
	const name, extension = "attachment_name_unfit", "attachment_extension_unfit"
	for _, test := range []struct {
		edit func(*letter.Attachment)
		want []string
	}{
		{func(a *letter.Attachment) { a.Ref = "" }, []string{"attachment_ref_malformed"}},
		{func(a *letter.Attachment) { a.Ref = "a b" }, []string{"attachment_ref_malformed"}},
		{func(a *letter.Attachment) { a.Ref = "é" }, []string{"attachment_ref_malformed"}},
		{func(a *letter.Attachment) { a.Ref = strings.Repeat("a", 201) }, []string{"attachment_ref_malformed"}},
		{named(""), []string{name, extension}},
		{named("../../etc/passwd.pdf"), []string{name}},
		{named(`C:\a.pdf`), []string{name}},
		{named("a:b.pdf"), []string{name}},
		{named(".pdf"), []string{name}},
		{named("a\r\nb.pdf"), []string{name}},
		{named("a\x00.pdf"), []string{name}},
		{named("a\u202efdp.exe.pdf"), []string{name}},
		{named("a\u2066b.pdf"), []string{name}},
		{named("a\u200b.pdf"), []string{name}},
		{named("a\u2028b.pdf"), []string{name}},
		{named("\xff.pdf"), []string{name}},
		{named(" a.pdf"), []string{name}},
		{named(strings.Repeat("a", 197) + ".pdf"), []string{name}},
		{named("a"), []string{extension}},
		{named("a.pdf.exe"), []string{extension}},
		{named("a.pdf."), []string{extension}},
		{typed("image/png", "a.jpg"), []string{extension}},
		{typed("text/html", "a.html"), []string{"attachment_type_not_admitted"}},
		{typed("Application/PDF", "a.pdf"), []string{"attachment_type_not_admitted"}},
		{typed("application/pdf; charset=binary", "a.pdf"), []string{"attachment_type_not_admitted"}},
		{typed("", "a.pdf"), []string{"attachment_type_not_admitted"}},
		{func(a *letter.Attachment) { a.Size = 0 }, []string{"attachment_empty"}},
		{func(a *letter.Attachment) { a.Size = -1 }, []string{"attachment_empty"}},
		{func(a *letter.Attachment) { a.Size = 10<<20 + 1 }, []string{"attachment_too_large"}},
		{func(a *letter.Attachment) { a.Size = math.MaxInt64 }, []string{"attachments_too_large", "attachment_too_large"}},
		{func(a *letter.Attachment) { a.SHA256 = "" }, []string{"attachment_digest_malformed"}},
		{func(a *letter.Attachment) { a.SHA256 = strings.ToUpper(digest) }, []string{"attachment_digest_malformed"}},
		{func(a *letter.Attachment) { a.SHA256 = digest + "0" }, []string{"attachment_digest_malformed"}},
		{func(a *letter.Attachment) { a.SHA256 = "g" + digest[1:] }, []string{"attachment_digest_malformed"}},
	} {
		broken := attached(1, test.edit)
		require.Equal(t, test.want, codes(letter.DecideAttachments([]letter.Attachment{broken}, letter.Policy{})), "%+v", broken)
		require.Subset(t, codes(letter.DecideAttachments([]letter.Attachment{attached(2), broken, attached(3)}, letter.Policy{})), test.want)
	}
}

func TestSR7_WhatGoesOutTogetherHasLimits(t *testing.T) {
	var all []letter.Attachment
	for n := range 11 {
		all = append(all, attached(n))
	}
	require.Empty(t, letter.DecideAttachments(all[:10], letter.Policy{}))
	require.Equal(t, []string{"too_many_attachments"}, codes(letter.DecideAttachments(all, letter.Policy{})))

	of := func(n int, size int64) letter.Attachment {
		return attached(n, func(a *letter.Attachment) { a.Size = size })
	}
	require.Empty(t, letter.DecideAttachments([]letter.Attachment{of(1, 10<<20), of(2, 10<<20), of(3, 5<<20)}, letter.Policy{}))
	require.Equal(t, []string{"attachments_too_large"},
		codes(letter.DecideAttachments([]letter.Attachment{of(1, 10<<20), of(2, 10<<20), of(3, 5<<20+1)}, letter.Policy{})))
	require.Equal(t, []string{"attachments_too_large", "attachment_too_large"},
		codes(letter.DecideAttachments([]letter.Attachment{of(1, math.MaxInt64), of(2, math.MaxInt64)}, letter.Policy{})), "the sum does not overflow")
	require.Equal(t, []string{"attachments_too_large", "attachment_empty", "attachment_too_large"},
		codes(letter.DecideAttachments([]letter.Attachment{of(1, math.MinInt64), of(2, 26<<20)}, letter.Policy{})), "less than nothing makes no room")

	sameName := attached(2, named("NOTICE 1.PDF"))
	require.Equal(t, []string{"attached_twice"}, codes(letter.DecideAttachments([]letter.Attachment{attached(1), sameName}, letter.Policy{})))
	sameRef := attached(2, func(a *letter.Attachment) { a.Ref = "files/1" })
	require.Equal(t, []string{"attached_twice"}, codes(letter.DecideAttachments([]letter.Attachment{attached(1), sameRef}, letter.Policy{})))
}

func TestPolicy_AFieldLeftAtZeroMeansItsDefault(t *testing.T) {
	require.Equal(t, letter.Policy{MediaTypes: letter.MediaTypes(), Most: 10, MostBytes: 10 << 20, MostInAll: 25 << 20}, letter.DefaultPolicy())
	one := []letter.Attachment{attached(1)}
	for _, test := range []struct {
		policy letter.Policy
		want   []string
	}{
		{letter.Policy{Most: -1}, []string{"too_many_attachments"}},
		{letter.Policy{Most: 1}, nil},
		{letter.Policy{MostBytes: 999}, []string{"attachment_too_large"}},
		{letter.Policy{MostInAll: 999}, []string{"attachments_too_large"}},
		{letter.Policy{MediaTypes: []letter.MediaType{}}, []string{"attachment_type_not_admitted"}},
		{letter.Policy{MediaTypes: []letter.MediaType{{"application/pdf", []string{"xpdf"}}}}, []string{"attachment_extension_unfit"}},
	} {
		require.Equal(t, test.want, codes(letter.DecideAttachments(one, test.policy)))
	}
	require.Empty(t, letter.DecideAttachments(nil, letter.Policy{Most: -1}))
	letter.MediaTypes()[0].Extensions[0] = "exe"
	require.Equal(t, []string{"pdf"}, letter.MediaTypes()[0].Extensions)
}

func TestAttachment_DoesNotPrintItsName(t *testing.T) {
	require.NotContains(t, fmt.Sprintf("%+v %#v", attached(1), attached(1)), "notice")
}
