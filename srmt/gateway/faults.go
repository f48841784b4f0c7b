package gateway

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/text"
)

// ScriptError says everything that is wrong with a draft.
type ScriptError struct {
	Script  ScriptID
	Edition cris.Date
	Faults  []Fault // those of the whole script first, then those of each node; at least one
}

// Fault is one thing that is wrong with a draft, and where.
type Fault struct {
	Node    NodeID // "" for the script as a whole
	Problem string // in plain words
}

func (e *ScriptError) Error() string {
	problems := make([]string, len(e.Faults))
	for i, fault := range e.Faults {
		problems[i] = fault.Problem
		if fault.Node != "" {
			problems[i] = fmt.Sprintf("node %q: %s", fault.Node, fault.Problem)
		}
	}
	return fmt.Sprintf("gateway: script %q of %s: %s", e.Script, e.Edition, strings.Join(problems, "; "))
}

// faultList gathers the faults of one place.
type faultList struct {
	node   NodeID
	faults []Fault
}

// unless adds a fault if the condition is not kept.
func (l *faultList) unless(kept bool, problem string, args ...any) {
	if !kept {
		l.faults = append(l.faults, Fault{l.node, fmt.Sprintf(problem, args...)})
	}
}

// said adds what is wrong with a text, which has to be there in both languages.
func (l *faultList) said(what string, words cris.Phrase) {
	l.saidIn("English", what, words.English)
	l.saidIn("Spanish", what, words.Spanish)
}

func (l *faultList) saidIn(language, what, words string) {
	isThere := strings.TrimSpace(words) != ""
	l.unless(isThere, "%s: nothing in %s", what, language)
	l.unless(!isThere || text.IsPlain(words), "%s: in %s it is not one line of what can be seen", what, language)
}

// named adds what is wrong with a list of forms.
func (l *faultList) named(forms, exist []casestatus.FormNumber) {
	for i, form := range forms {
		l.unless(slices.Contains(exist, form), "there is no form %q", form)
		l.unless(!slices.Contains(forms[:i], form), "form %q is named twice", form)
	}
}

// faults returns everything that is wrong with the draft (GW-1), given the forms that exist
// beside those that are known here.
func (d Draft) faults(forms []casestatus.FormNumber) []Fault {
	exist := slices.Concat(knownForms(), forms)
	at := d.places()
	_, startExists := at[d.Start]
	whole := faultList{}
	whole.unless(isToken(string(d.ID)), "its ID is not made of small letters, digits, - and _")
	whole.unless(!d.Edition.IsZero(), "it has no edition")
	whole.said("title", d.Title)
	whole.unless(d.Issue == "" || slices.Contains(erequest.Issues(), d.Issue), "there is no issue %q", d.Issue)
	whole.named(d.Forms, exist)
	whole.unless(startExists, "it starts at a node that does not exist, %q", d.Start)

	found := whole.faults
	comesTo := d.reached(at, func(Node) bool { return true })
	unread := d.reached(at, func(n Node) bool { return !n.hasStatement() })
	ends := d.ending(at)
	for i, node := range d.Nodes {
		l := faultList{node: node.ID}
		l.unless(isToken(string(node.ID)), "its ID is not made of small letters, digits, - and _")
		l.unless(at[node.ID] == i, "another node has the same ID")
		l.contents(node, exist)
		l.links(node, at)
		if at[node.ID] == i {
			l.unless(!startExists || comesTo[node.ID], "no way leads here")
			l.unless(len(node.Choices) == 0 || ends[node.ID], "no way from here comes to an end")
			// ER-7: read before anything is asked.
			l.unless(!node.End.asks() || node.hasStatement() || !unread[node.ID], "it can be reached before the Privacy Act Statement is read")
		}
		found = append(found, l.faults...)
	}
	return found
}

// contents adds what is wrong with what the node shows.
func (l *faultList) contents(node Node, exist []casestatus.FormNumber) {
	l.unless(len(node.Blocks) > 0, "it has no blocks")
	for i, block := range node.Blocks {
		l.said(fmt.Sprintf("block %d", i+1), block.Text)
		l.unless(!block.Statement || block.ReadAloud, "block %d: the Privacy Act Statement has to be read aloud", i+1)
	}
	for i, citation := range node.Law {
		l.unless(citation.isWhole(), "citation %d is not one of law or regulation", i+1)
	}
	l.named(node.Forms, exist)
}

// links adds what is wrong with where the node leads.
func (l *faultList) links(node Node, at map[NodeID]int) {
	l.unless(len(node.Choices) > 0 || node.End != (End{}), "it has neither choices nor an end")
	l.unless(len(node.Choices) == 0 || node.End == (End{}), "it has both choices and an end")
	for i, choice := range node.Choices {
		what := fmt.Sprintf("choice %q", choice.ID)
		isAgain := slices.ContainsFunc(node.Choices[:i], func(c Choice) bool { return c.ID == choice.ID })
		l.unless(isToken(string(choice.ID)), "%s: its ID is not made of small letters, digits, - and _", what)
		l.unless(!isAgain, "%s: another choice has the same ID", what)
		l.said(what, choice.Text)
		_, exists := at[choice.To]
		l.unless(exists, "%s: it leads to a node that does not exist, %q", what, choice.To)
	}
	if node.End == (End{}) {
		return
	}
	l.unless(slices.Contains(EndKinds(), node.End.Kind), "it ends in nothing that is known, %q", node.End.Kind)
	if node.End.Kind == OpenRequest {
		l.unless(slices.Contains(erequest.Issues(), node.End.Issue), "it opens a request about an issue that does not exist, %q", node.End.Issue)
	} else {
		l.unless(node.End.Issue == "", "it names an issue and opens no request")
	}
}

// reached returns the nodes to which ways lead from the start. A way goes on only through nodes
// that let it.
func (d Draft) reached(at map[NodeID]int, goesOn func(Node) bool) map[NodeID]bool {
	reached := map[NodeID]bool{}
	for next := []NodeID{d.Start}; len(next) > 0; {
		id := next[len(next)-1]
		next = next[:len(next)-1]
		i, exists := at[id]
		if !exists || reached[id] {
			continue
		}
		reached[id] = true
		if goesOn(d.Nodes[i]) {
			for _, choice := range d.Nodes[i].Choices {
				next = append(next, choice.To)
			}
		}
	}
	return reached
}

// ending returns the nodes from which a way comes to an end.
func (d Draft) ending(at map[NodeID]int) map[NodeID]bool {
	before := map[NodeID][]NodeID{}
	var next []NodeID
	for i, node := range d.Nodes {
		if at[node.ID] != i {
			continue
		}
		if node.End != (End{}) {
			next = append(next, node.ID)
		}
		for _, choice := range node.Choices {
			before[choice.To] = append(before[choice.To], node.ID)
		}
	}
	ending := map[NodeID]bool{}
	for len(next) > 0 {
		id := next[len(next)-1]
		next = next[:len(next)-1]
		if !ending[id] {
			ending[id] = true
			next = append(next, before[id]...)
		}
	}
	return ending
}

// knownForms are the forms that exist: those of which processing times are posted, and some of
// which none are.
func knownForms() []casestatus.FormNumber {
	known := []casestatus.FormNumber{"AR-11", "EOIR-33", "G-28", "I-797"}
	for _, form := range casestatus.Forms() {
		known = append(known, form.Number)
	}
	return known
}

// mostTokenBytes is the longest that an identifier may be.
const mostTokenBytes = 100

func isToken(s string) bool {
	return s != "" && len(s) <= mostTokenBytes && !strings.ContainsFunc(s, func(r rune) bool { return !isTokenRune(r) })
}

func isTokenRune(r rune) bool {
	return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-' || r == '_'
}
