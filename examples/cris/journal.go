package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/tracking"
)

// journal prints what was decided, as text or as JSON lines.
type journal struct {
	out   io.Writer
	json  bool
	now   func() time.Time
	title string
	cited map[cris.RuleID]bool
}

func newJournal(out io.Writer, opts options) *journal {
	if opts.quiet {
		out = io.Discard
	}
	return &journal{out: out, json: opts.json, cited: map[cris.RuleID]bool{}}
}

// act opens the next part of the story.
func (j *journal) act(title string) {
	j.title = title
	if !j.json {
		fmt.Fprintf(j.out, "\n== %s ==\n", title)
	}
}

// facts are what a decision rests on or leads to, by name. They come in pairs.
type facts []any

// entry is a line of the journal.
type entry struct {
	At      string            `json:"at"` // simulated, in the agency's zone
	Act     string            `json:"act"`
	What    string            `json:"what,omitempty"`
	Outcome string            `json:"outcome,omitempty"`
	Facts   map[string]string `json:"facts,omitempty"`
	Reasons []cris.Reason     `json:"reasons,omitempty"`
	Text    string            `json:"text,omitempty"` // a letter or form, in a line of its own
}

// tell prints one decision: what was asked, the outcome, the facts, the reasons.
func (j *journal) tell(what string, outcome any, known facts, reasons []cris.Reason) {
	line := entry{At: j.at(), Act: j.title, What: what, Outcome: fmt.Sprint(outcome), Reasons: reasons}
	var inOrder []string
	for pair := range slices.Chunk(known, 2) {
		name, value := fmt.Sprint(pair[0]), fmt.Sprint(pair[1])
		if line.Facts == nil {
			line.Facts = map[string]string{}
		}
		line.Facts[name] = value
		inOrder = append(inOrder, name+" "+value)
	}
	if j.json {
		j.jsonLine(line)
		return
	}
	fmt.Fprintf(j.out, "%s  %s\n    -> %s", line.At, what, line.Outcome)
	if len(inOrder) > 0 {
		fmt.Fprintf(j.out, ": %s", strings.Join(inOrder, "; "))
	}
	fmt.Fprintln(j.out)
	for _, reason := range reasons {
		fmt.Fprintf(j.out, "       because %s\n", reason)
	}
}

// cite prints the rules that what was told last shows. Text says each in full once.
func (j *journal) cite(ids ...cris.RuleID) {
	for _, rule := range rules() {
		if !slices.Contains(ids, rule.ID) {
			continue
		}
		said := rule.Text
		if j.cited[rule.ID] && !j.json {
			said = "as above"
		}
		j.cited[rule.ID] = true
		j.show(string(rule.ID) + ": " + said)
	}
}

// rules are those of all packages.
func rules() []cris.Rule {
	return slices.Concat(casestatus.Rules(), tracking.Rules(), erequest.Rules(), srmt.Rules(), gateway.Rules(), selfcheck.Rules())
}

// show prints the text of a letter or form that belongs to the last decision.
func (j *journal) show(text string) {
	if j.json {
		j.jsonLine(entry{At: j.at(), Act: j.title, Text: text})
		return
	}
	for line := range strings.Lines(strings.TrimSuffix(text, "\n") + "\n") {
		fmt.Fprintf(j.out, "       | %s", line)
	}
}

func (j *journal) at() string { return j.now().In(cris.AgencyZone()).Format("2006-01-02 15:04") }

func (j *journal) jsonLine(line entry) {
	text, err := json.Marshal(line)
	if err != nil {
		panic(err) // strings and maps of strings always marshal
	}
	fmt.Fprintf(j.out, "%s\n", text)
}
