package main

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// decision is a rule with the conditions that it looks at, each with all of its values.
type decision struct {
	title      string
	conditions []condition
	decide     func(given []string) string // by the value of each condition
}

type condition struct {
	name   string
	values []string
}

// decisionRow is what is decided where each condition has one of the values.
type decisionRow struct {
	given   [][]string
	decided string
}

// rows evaluates every combination of values, each of which is in one row, and every row has
// one. No two rows could be one.
func (d decision) rows() []decisionRow { return joined(d.conditions, d.rowsUnder(nil)) }

// joined makes one row of any two that are decided alike and differ in one condition alone, until
// there are no such rows. The new row has the combinations of both and no others.
func joined(conditions []condition, rows []decisionRow) []decisionRow {
	for i := range rows {
		for j := i + 1; j < len(rows); j++ {
			at, ok := differAt(rows[i], rows[j])
			if !ok {
				continue
			}
			isEither := func(value string) bool {
				return slices.Contains(rows[i].given[at], value) || slices.Contains(rows[j].given[at], value)
			}
			both := decisionRow{slices.Clone(rows[i].given), rows[i].decided}
			both.given[at] = slices.DeleteFunc(slices.Clone(conditions[at].values), func(value string) bool { return !isEither(value) })
			return joined(conditions, slices.Concat(rows[:i], []decisionRow{both}, rows[i+1:j], rows[j+1:]))
		}
	}
	return rows
}

// differAt returns the only condition in which two rows differ that are decided alike, and
// whether there is one.
func differAt(a, b decisionRow) (at int, ok bool) {
	for i := range a.given {
		if slices.Equal(a.given[i], b.given[i]) {
			continue
		}
		if ok {
			return 0, false
		}
		at, ok = i, true
	}
	return at, ok && a.decided == b.decided
}

// rowsUnder returns the rows of the combinations that begin with the values. Values for which
// everything else goes the same way share their rows.
func (d decision) rowsUnder(given []string) []decisionRow {
	if len(given) == len(d.conditions) {
		return []decisionRow{{decided: d.decide(given)}}
	}
	type branch struct {
		values []string
		rows   []decisionRow
	}
	var branches []branch
	for _, value := range d.conditions[len(given)].values {
		rows := d.rowsUnder(append(slices.Clone(given), value))
		i := slices.IndexFunc(branches, func(b branch) bool { return reflect.DeepEqual(b.rows, rows) })
		if i < 0 {
			branches = append(branches, branch{rows: rows})
			i = len(branches) - 1
		}
		branches[i].values = append(branches[i].values, value)
	}
	var all []decisionRow
	for _, b := range branches {
		for _, row := range b.rows {
			all = append(all, decisionRow{append([][]string{b.values}, row.given...), row.decided})
		}
	}
	return all
}

// combinations are all combinations of values.
func (d decision) combinations() [][]string {
	all := [][]string{nil}
	for _, c := range d.conditions {
		var longer [][]string
		for _, given := range all {
			for _, value := range c.values {
				longer = append(longer, append(slices.Clone(given), value))
			}
		}
		all = longer
	}
	return all
}

// markdown writes the rule as a table.
func (d decision) markdown() string {
	var text strings.Builder
	fmt.Fprintf(&text, "\n### %s\n\n|", d.title)
	for _, c := range d.conditions {
		fmt.Fprintf(&text, " %s |", c.name)
	}
	text.WriteString(" decided |\n|" + strings.Repeat(" --- |", 1+len(d.conditions)) + "\n")
	for _, row := range d.rows() {
		text.WriteString("|")
		for i, values := range row.given {
			given := strings.Join(values, ", ")
			if len(values) == len(d.conditions[i].values) {
				given = ""
			}
			fmt.Fprintf(&text, " %s |", given)
		}
		fmt.Fprintf(&text, " %s |\n", row.decided)
	}
	return text.String()
}

// decisionTables writes the rules of e-Request as tables.
func decisionTables() string {
	var text strings.Builder
	for _, d := range decisions() {
		text.WriteString(d.markdown())
	}
	return text.String()
}
