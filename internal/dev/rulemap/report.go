package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
)

// writeRules writes the rules in the order of the catalogues: what each says, and
// under it where it comes from, the sentences that lead to it, where it is decided and what
// proves it.
func writeRules(out io.Writer, documents []document, rules []entry, found findings) error {
	var text strings.Builder
	for _, rule := range rules {
		fmt.Fprintf(&text, "%-6s %s\n", rule.ID, rule.Text)
		fmt.Fprintf(&text, "       from     %s\n", source(rule.Rule))
		if names := sentencesOf(documents, rule.ID); len(names) > 0 {
			fmt.Fprintf(&text, "       sentence %s\n", strings.Join(names, ", "))
		}
		writePlaces(&text, "decided", found.Decided[rule.ID])
		writePlaces(&text, "proven", found.Proven[rule.ID])
	}
	_, err := io.WriteString(out, text.String())
	return err
}

func writePlaces(text *strings.Builder, verb string, places []place) {
	if len(places) == 0 {
		fmt.Fprintf(text, "       %-8s nowhere yet\n", verb)
	}
	for _, p := range places {
		fmt.Fprintf(text, "       %-8s %s\n", verb, p)
	}
}

func source(rule cris.Rule) string {
	var parts []string
	for _, part := range []string{string(rule.Document), rule.Section} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if rule.Decided {
		parts = append(parts, "decided")
	}
	return strings.Join(parts, "; ")
}

// writeUntested lists the rules that no test is named for.
func writeUntested(out io.Writer, rules []entry, found findings) error {
	count := 0
	for _, rule := range rules {
		if len(found.Proven[rule.ID]) > 0 {
			continue
		}
		count++
		if _, err := fmt.Fprintf(out, "untested: %s (%s) %s\n", rule.ID, rule.Package, rule.Text); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(out, "untested: %d of %d rules\n", count, len(rules))
	return err
}

// disagreements returns what is wrong between catalogues, code and tests, in plain
// words. Something like AR-11, the name of a form, begins as no rule does and is
// not taken for one.
func disagreements(rules []entry, found findings) (problems []string) {
	known, families := map[cris.RuleID]string{}, map[string]bool{}
	for _, rule := range rules {
		if first, twice := known[rule.ID]; twice {
			problems = append(problems, fmt.Sprintf("%s is listed twice: by %s and by %s", rule.ID, first, rule.Package))
		}
		known[rule.ID] = rule.Package
		families[family(rule.ID)] = true
	}
	unknown := func(verb string, named map[cris.RuleID][]place) {
		for _, id := range slices.SortedFunc(maps.Keys(named), byNumber) {
			if _, ok := known[id]; ok || !families[family(id)] {
				continue
			}
			for _, at := range named[id] {
				problems = append(problems, fmt.Sprintf("%s %s %s, which no package lists", at, verb, id))
			}
		}
	}
	unknown("cites", found.Decided)
	unknown("is named for", found.Proven)
	return problems
}

// family returns the letters of a rule: ER of ER-9.
func family(id cris.RuleID) string {
	letters, _, _ := strings.Cut(string(id), "-")
	return letters
}

// byNumber orders ER-9 before ER-10, and ER-10 before ER-10a.
func byNumber(a, b cris.RuleID) int {
	return cmp.Or(cmp.Compare(family(a), family(b)), cmp.Compare(len(digits(a)), len(digits(b))), cmp.Compare(a, b))
}

func digits(id cris.RuleID) string {
	return strings.TrimRight(strings.TrimPrefix(string(id), family(id)+"-"), "abcdefghijklmnopqrstuvwxyz")
}
