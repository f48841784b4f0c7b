package gateway

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// ScriptID identifies a script, whatever its edition, with the letters of a NodeID.
type ScriptID string

// Draft is all that a script says, before it is checked. It can be read from JSON with
// encoding/json.
type Draft struct {
	ID      ScriptID
	Edition cris.Date               // the first day on which it is in force
	Title   cris.Phrase             // its code does not matter
	Issue   erequest.Issue          // what the question is about; "" if it is no issue that can be reported
	Forms   []casestatus.FormNumber // the forms it is for, as the agency prints their numbers; none: all
	Start   NodeID
	Nodes   []Node
}

// Script is what a representative is shown, node by node, to answer one question (GW-1). It is
// made by [NewScript], never changes, and is safe for concurrent use. The zero Script is none.
// Two are equal with == if one is a copy of the other.
type Script struct{ made *made }

// made is a draft without faults, and what is looked up in it.
type made struct {
	Draft
	at    map[NodeID]int // where each node stands
	words map[cris.Language]indexed
}

// NewScript returns the script of the draft (GW-1). The error is a *ScriptError with every fault
// of the draft. Forms that exist are those of casestatus.Forms, the forms AR-11, EOIR-33, G-28
// and I-797, and those named here.
func NewScript(draft Draft, forms ...casestatus.FormNumber) (Script, error) {
	draft = draft.clone()
	if faults := draft.faults(forms); len(faults) > 0 {
		return Script{}, &ScriptError{Script: draft.ID, Edition: draft.Edition, Faults: faults}
	}
	return Script{&made{Draft: draft, at: draft.places(), words: draft.index()}}, nil
}

func (d Draft) clone() Draft {
	d.Forms, d.Nodes = slices.Clone(d.Forms), slices.Clone(d.Nodes)
	for i := range d.Nodes {
		d.Nodes[i] = d.Nodes[i].clone()
	}
	return d
}

// places returns where the first node of each ID stands.
func (d Draft) places() map[NodeID]int {
	at := make(map[NodeID]int, len(d.Nodes))
	for i, node := range slices.Backward(d.Nodes) {
		at[node.ID] = i
	}
	return at
}

// draft returns what the script says, which nobody may change.
func (s Script) draft() Draft {
	if s.made == nil {
		return Draft{}
	}
	return s.made.Draft
}

// IsZero reports whether the script is none.
func (s Script) IsZero() bool { return s.made == nil }

// ID returns the identifier, which all editions share.
func (s Script) ID() ScriptID { return s.draft().ID }

// Edition returns the first day on which the script is in force.
func (s Script) Edition() cris.Date { return s.draft().Edition }

// Title returns what the script is called.
func (s Script) Title() cris.Phrase { return s.draft().Title }

// Issue returns the issue that the question is about; "" if it is about none.
func (s Script) Issue() erequest.Issue { return s.draft().Issue }

// Forms returns the forms that the script is for; none for all. The caller may keep and change
// the slice.
func (s Script) Forms() []casestatus.FormNumber { return slices.Clone(s.draft().Forms) }

// Start returns the ID of the node that is shown first.
func (s Script) Start() NodeID { return s.draft().Start }

// Nodes returns the nodes in the order of the draft. The caller may keep and change them.
func (s Script) Nodes() []Node { return s.draft().clone().Nodes }

// Node returns the node with that ID, if there is one. The caller may keep and change it.
func (s Script) Node(id NodeID) (Node, bool) {
	node, ok := s.node(id)
	return node.clone(), ok
}

// node is Node without a copy.
func (s Script) node(id NodeID) (Node, bool) {
	if s.made == nil {
		return Node{}, false
	}
	i, ok := s.made.at[id]
	if !ok {
		return Node{}, false
	}
	return s.made.Nodes[i], true
}

// hasStatement reports whether the Privacy Act Statement is read anywhere in the script.
func (s Script) hasStatement() bool { return slices.ContainsFunc(s.draft().Nodes, Node.hasStatement) }
