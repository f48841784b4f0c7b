package gateway

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// NodeID identifies a node in its script: small letters of English, digits, - and _.
type NodeID string

// ChoiceID identifies a choice at its node, with the letters of a NodeID.
type ChoiceID string

// Node is what is shown at one time. It has either choices or an end.
type Node struct {
	ID      NodeID
	Blocks  []Block                 // in the order in which they are read, at least one
	Law     []Citation              // the law and regulations to look up here
	Forms   []casestatus.FormNumber // the forms to look up here, as the agency prints their numbers
	Choices []Choice                // in the order in which they are shown
	End     End
}

// Block is a paragraph. The code of its text does not matter.
type Block struct {
	Text      cris.Phrase // each language in one line without control characters
	ReadAloud bool        // the call goes on only when it was read to the caller; or else it is for the representative
	Statement bool        // the Privacy Act Statement that is in force is read aloud with it (ER-7)
}

// Choice leads on to another node of the script. The code of its text does not matter.
type Choice struct {
	ID   ChoiceID
	Text cris.Phrase
	To   NodeID
}

// EndKind is what a script ends in.
type EndKind string

// The kinds of end.
const (
	Answered        EndKind = "answered"          // the question is answered, and nothing follows
	OpenRequest     EndKind = "open_request"      // a service request is opened from the call (SR-1)
	ChangeOfAddress EndKind = "change_of_address" // a change of address is reported (CA-1), with a Privacy Act Statement of its own
	TierTwo         EndKind = "tier_two"          // the call is transferred to an officer of the second tier
	Appointment     EndKind = "appointment"       // an appointment is made or changed
)

// EndKinds lists the kinds of end. The caller may keep and change the slice.
func EndKinds() []EndKind {
	return []EndKind{Answered, OpenRequest, ChangeOfAddress, TierTwo, Appointment}
}

// Message returns what the script ends in, in words.
func (k EndKind) Message() cris.Message {
	return cris.Message{Code: "gateway.end_kind." + cris.Code(k)}
}

// End is how a script ends at a node. It is comparable with ==; the zero End is none.
type End struct {
	Kind  EndKind
	Issue erequest.Issue // for OpenRequest: what the request is about; "" otherwise
}

// asks reports whether the end needs something from the caller, which may be asked for only
// after the Privacy Act Statement (ER-7).
func (e End) asks() bool { return e.Kind == OpenRequest || e.Kind == ChangeOfAddress }

// hasStatement reports whether the Privacy Act Statement is read at the node.
func (n Node) hasStatement() bool {
	return slices.ContainsFunc(n.Blocks, func(b Block) bool { return b.Statement })
}

// choice returns the choice with that ID.
func (n Node) choice(id ChoiceID) (Choice, bool) {
	i := slices.IndexFunc(n.Choices, func(c Choice) bool { return c.ID == id })
	if i < 0 {
		return Choice{}, false
	}
	return n.Choices[i], true
}

func (n Node) clone() Node {
	n.Blocks, n.Law = slices.Clone(n.Blocks), slices.Clone(n.Law)
	n.Forms, n.Choices = slices.Clone(n.Forms), slices.Clone(n.Choices)
	return n
}
