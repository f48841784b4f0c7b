package main

import (
	"fmt"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/srmt"
)

// lifecycle writes the life of a service request as Markdown: a diagram and a table, from the
// transitions by which rules decide.
func lifecycle() string {
	words := cris.NewWords(srmt.Words()...)
	say := func(m cris.Message) string { return words.Say(cris.English, m) }
	var diagram, table strings.Builder
	diagram.WriteString("```mermaid\nstateDiagram-v2\n")
	table.WriteString("| status before | act | by | status after | rule |\n| --- | --- | --- | --- | --- |\n")
	for _, row := range srmt.Lifecycle() {
		from, before := "[*]", "(none)"
		if row.From != "" {
			from, before = string(row.From), fmt.Sprintf("`%s`: %s", row.From, say(row.From.Message()))
		}
		fmt.Fprintf(&diagram, "    %s --> %s: %s\n", from, row.To, row.Act)
		by := make([]string, len(row.By))
		for i, party := range row.By {
			by[i] = fmt.Sprintf("`%s`: %s", party, say(party.Message()))
		}
		fmt.Fprintf(&table, "| %s | `%s`: %s | %s | `%s`: %s | %s |\n",
			before, row.Act, say(row.Act.Message()), strings.Join(by, "; "), row.To, say(row.To.Message()), row.Rule)
	}
	diagram.WriteString("```\n\n")
	return diagram.String() + table.String()
}
