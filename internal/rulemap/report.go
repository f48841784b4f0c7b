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

// writeTable writes the rules as a Markdown table, in the order of the catalogues.
func writeTable(out io.Writer, rules []entry, found findings) error {
	rows := []string{
		"| rule | what it says | decided in | proven by | source |",
		"| --- | --- | --- | --- | --- |",
	}
	for _, rule := range rules {
		rows = append(rows, fmt.Sprintf("| %s | %s | %s | %s | %s |", rule.ID, cell(rule.Text),
			places(found.Decided[rule.ID]), places(found.Proven[rule.ID]), cell(source(rule.Rule))))
	}
	_, err := fmt.Fprintln(out, strings.Join(rows, "\n"))
	return err
}

func places(places []place) string {
	if len(places) == 0 {
		return "-"
	}
	words := make([]string, len(places))
	for i, p := range places {
		words[i] = p.String()
	}
	return strings.Join(words, "<br>")
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

// cell makes text safe inside a Markdown table.
func cell(text string) string { return strings.ReplaceAll(text, "|", "\\|") }

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
			problems = append(problems, fmt.Sprintf("%s is catalogued twice: by %s and by %s", rule.ID, first, rule.Package))
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
				problems = append(problems, fmt.Sprintf("%s %s %s, which no catalogue lists", at, verb, id))
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
