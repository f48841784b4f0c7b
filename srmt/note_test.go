package srmt_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// SR-7: what research shows is kept with the request, by whoever holds it and by the supervisors
// of its office, also once it is closed.
func TestSR7_NotesAreKeptWithTheRequest(t *testing.T) {
	for n, author := range map[int]srmt.Staff{1: supervisor, 2: officer, 3: supervisor, 7: farOfficer, 8: farSupervisor} {
		state := stateAfter(t, n)
		decision := srmt.DecideNote(state, by(author, state), letter)
		require.Equal(t, srmt.Decision{
			Outcome: srmt.Allowed, Reasons: reasons("note_kept"),
			Step: srmt.Step{Seq: n + 1, Kind: srmt.StepNoted, At: srmttest.Start(), By: author.ID, Message: srmt.Message{Text: letter}},
		}, decision)
		after := requireFollows(t, decision, n)
		after.Version--
		require.Equal(t, state, after, "nothing else changes")
	}
}

func TestSR7_ANoteHasAText(t *testing.T) {
	state := stateAfter(t, 2)
	for _, text := range []string{"", " \r\n\t", "caf\xe9", "a\x00b"} {
		requireRefused(t, srmt.DecideNote(state, by(officer, state), cris.NewPersonal(text)), "SR-7")
	}
	requireRefused(t, srmt.DecideNote(state, by(otherOfficer, state), letter), "SR-4")
	requireRefused(t, srmt.DecideNote(state, by(nobody, state), letter), "PV-3")
}

// SR-7, SR-8: a note among staff is no message: it is not among what agency and customer wrote, and
// leaves no event.
func TestSR8_NotesAreNoMessages(t *testing.T) {
	d := newDesk(t)
	id := d.FileAndReceive("NSC")
	d.MustAssign(id, 1, supervisor.ID, officer.ID)
	before, err := d.db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	decision, err := d.Note(t.Context(), srmt.Note{RequestID: id, By: officer.ID, Seen: 2, Text: letter})
	allowed(t, decision, err)
	after, err := d.db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	require.Equal(t, before, after)
	decision, err = d.Note(t.Context(), srmt.Note{RequestID: id, By: officer.ID, Seen: 2, Text: letter})
	require.NoError(t, err)
	require.Equal(t, srmt.AlreadyDone, decision.Outcome)
	d.MustRespond(id, 3, officer.ID)
	history, err := d.History(t.Context(), officer.ID, id)
	require.NoError(t, err)
	require.Equal(t, history[2:3], srmt.Notes(history))
	require.Equal(t, history[3:], srmt.Messages(history))
	require.Equal(t, letter, srmt.Notes(history)[0].Message.Text)
}
