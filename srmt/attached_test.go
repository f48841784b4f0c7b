package srmt_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	letters "github.com/seed28e20331/cris/srmt/letter"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

func FuzzSR8_AttachmentsReadBackAsTheyWereWritten(f *testing.F) {
	f.Add("file-1", "Recibo de Ana María.pdf", "application/pdf", int64(4711), "0f")
	f.Add("", "", "", int64(-1), "")
	f.Add("a b", "tab\tin a name", "x/y", int64(0), "\u2028")
	f.Add("a\tb", "line\nbreak", "\n", int64(1), "\t")
	f.Fuzz(func(t *testing.T, ref, name, mediaType string, size int64, digest string) {
		one := letters.Attachment{Ref: ref, Name: cris.NewPersonal(name), MediaType: mediaType, Size: size, SHA256: digest}
		other := letters.Attachment{Ref: "file-2", Name: cris.NewPersonal("map.png"), MediaType: "image/png", Size: 1, SHA256: "a7"}
		list := []letters.Attachment{one, other}
		against := letters.DecideAttachments([]letters.Attachment{one}, letters.Policy{})
		if len(against) == 0 {
			require.Equal(t, list, srmt.NewAttached(list...).List(), "what may go out reads back")
		}
		// Whatever a store gives can be read and written again.
		read := srmt.Attached{Text: cris.NewPersonal(name)}.List()
		require.Equal(t, read, srmt.NewAttached(read...).List())
	})
}

func TestSR8_NothingAttachedIsTheZeroAttached(t *testing.T) {
	require.Zero(t, srmt.NewAttached())
	require.True(t, srmt.Attached{}.IsZero())
	require.Empty(t, srmt.Attached{}.List())
	named := srmt.NewAttached(letters.Attachment{Ref: "file-1", Name: cris.NewPersonal("Ana.pdf")})
	require.False(t, named.IsZero())
	require.NotContains(t, fmt.Sprintf("%v %+v %#v", named, srmt.Message{Attached: named}, srmt.Step{Message: srmt.Message{Attached: named}}), "Ana", "PV-1")
}

// filesDown cannot be asked.
type filesDown struct{}

func (filesDown) Stat(context.Context, string) (letters.Attachment, error) {
	return letters.Attachment{}, errDown
}

// SR-7, SR-8: what goes out with a response is on file as the response says, and is kept with it.
func TestSR7_AnAttachmentIsOnFileAsTheResponseSays(t *testing.T) {
	d := newDesk(t)
	files := d.db.Attachments()
	on := d.on(d.Store)
	on.Attachments = files
	without := d.Service
	d.Service = srmt.NewService(on, &srmt.Options{Now: d.Clock.Now})
	id := d.FileAndReceive("NSC")
	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	ref, err := files.Put(t.Context(), cris.NewPersonal("Ana.pdf"), "application/pdf", []byte("%PDF-1.7"))
	require.NoError(t, err)
	attachment, err := files.Stat(t.Context(), ref)
	require.NoError(t, err)
	response := srmt.Response{
		RequestID: id, By: officer.ID, Seen: 2, Means: erequest.ByLetter, Finding: found, Text: letter,
		Attachments: []letters.Attachment{attachment},
	}
	for name, spoil := range map[string]func(*letters.Attachment){
		"another reference":  func(a *letters.Attachment) { a.Ref = "file-404" },
		"another size":       func(a *letters.Attachment) { a.Size++ },
		"another digest":     func(a *letters.Attachment) { a.SHA256 = a.SHA256[32:] + a.SHA256[:32] },
		"another name":       func(a *letters.Attachment) { a.Name = cris.NewPersonal("Eva.pdf") },
		"another media type": func(a *letters.Attachment) { a.MediaType, a.Name = "text/plain", cris.NewPersonal("Ana.txt") },
	} {
		other := response
		other.Attachments = []letters.Attachment{attachment}
		spoil(&other.Attachments[0])
		decision, err := d.Respond(t.Context(), other)
		require.NoError(t, err)
		require.Equal(t, reasons("attachment_not_on_file"), decision.Reasons, name)
	}
	twice := response
	twice.Attachments = []letters.Attachment{attachment, attachment}
	decision, err := d.Respond(t.Context(), twice)
	require.NoError(t, err)
	require.Equal(t, cris.Code("letter.attached_twice"), decision.Reasons[0].Code)
	require.Len(t, decision.Reasons, 1)

	decision, err = without.Respond(t.Context(), response)
	require.NoError(t, err)
	require.Equal(t, reasons("attachment_not_on_file"), decision.Reasons, "without the port nothing is attached")
	on.Attachments = filesDown{}
	decision, err = srmt.NewService(on, &srmt.Options{Now: d.Clock.Now}).Respond(t.Context(), response)
	require.EqualError(t, err, "srmt: act on request: look at attachment: down")
	require.Zero(t, decision)

	decision, err = d.Propose(t.Context(), response)
	allowed(t, decision, err)
	decision, err = d.Approve(t.Context(), srmt.Approval{RequestID: id, By: supervisor.ID, Seen: 3})
	allowed(t, decision, err)
	history, err := d.Store.History(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, response.Attachments, history[3].Message.Attached.List())
}

// SR-7: the policy says what may be attached, and keeps what it was.
func TestSR7_ThePolicySaysWhatMayBeAttached(t *testing.T) {
	state := stateAfter(t, 2)
	attachment := srmttest.NewReviewedHistory("r1")[8].Message.Attached.List()[0]
	response := srmt.Response{Means: erequest.ByLetter, Finding: mailedAgain, Text: letter, Attachments: []letters.Attachment{attachment}}
	file := onFile
	file.Attachments = response.Attachments
	require.Equal(t, srmt.Allowed, srmt.DecideResponse(state, by(officer, state), file, response, srmt.Policy{}).Outcome)
	decision := srmt.DecideResponse(state, by(officer, state), file, response, srmt.Policy{Attachments: letters.Policy{MostBytes: 1000}})
	require.Equal(t, cris.Code("letter.attachment_too_large"), decision.Reasons[0].Code)

	message := srmttest.NewMessage(srmt.ToCustomer, erequest.ByLetter)
	message.Attached = srmt.NewAttached(attachment)
	require.Equal(t, reasons("message_with_attachments"), srmt.DecideCorrespondence(state, by(officer, state), message).Reasons)
}
