package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
)

// promise is what one clause of a kit proves.
type promise struct {
	Kit    string // such as "srmttest.TestStore"
	Clause string // such as "Update/Saves"
	Text   string
	Do     string // what to do about a store that breaks it
}

// collect runs the kits over the reference stores of the module in dir, and returns what
// their clauses say, in the order in which they ran.
func collect(ctx context.Context, dir string) ([]promise, error) {
	cmd := exec.CommandContext(ctx, "go", "test", "-json", "-run", "_KeepsTheContract$", "./adapters/...")
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if failed := (*exec.ExitError)(nil); err != nil && !errors.As(err, &failed) { // a clause that fails says its promise too
		return nil, err
	}
	promises, err := read(bytes.NewReader(out))
	if err != nil || len(promises) == 0 {
		return nil, fmt.Errorf("no clause ran: %w%s", err, stderr.String())
	}
	return promises, nil
}

// read takes the promises out of what go test -json writes.
func read(in io.Reader) (promises []promise, err error) {
	said := map[string]*promise{} // by package and test
	for decoder := json.NewDecoder(in); ; {
		var line struct{ Action, Package, Test, Key, Value string }
		if err := decoder.Decode(&line); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		if line.Action != "attr" {
			continue
		}
		test := line.Package + " " + line.Test
		if said[test] == nil {
			said[test] = &promise{}
		}
		p := said[test]
		switch line.Key {
		case "kit":
			p.Kit = line.Value
		case "clause":
			p.Clause = line.Value
		case "promise":
			p.Text = line.Value
		case "remedy":
			p.Do = line.Value
		}
		if p.Kit != "" && p.Clause != "" && p.Text != "" && line.Key == "remedy" && !slices.Contains(promises, *p) {
			promises = append(promises, *p)
		}
	}
	return promises, nil
}

// table writes the promises as Markdown: first those that several ports make, then those of
// each kit.
func table(promises []promise) string {
	texts := map[string][]promise{}
	for _, p := range promises {
		texts[p.Text] = append(texts[p.Text], p)
	}
	var text strings.Builder
	text.WriteString("### Of several ports\n\n| clauses | promise |\n| --- | --- |\n")
	var shared []string
	for _, p := range promises {
		if len(texts[p.Text]) > 1 && !slices.Contains(shared, p.Text) {
			shared = append(shared, p.Text)
			fmt.Fprintf(&text, "| %s | %s |\n", clauseNames(texts[p.Text]), p.Text)
		}
	}
	slices.SortStableFunc(promises, func(a, b promise) int { return cmp.Compare(a.Kit, b.Kit) })
	kit := ""
	for _, p := range promises {
		if len(texts[p.Text]) > 1 {
			continue
		}
		if p.Kit != kit {
			kit = p.Kit
			fmt.Fprintf(&text, "\n### `%s`\n\n| clause | promise |\n| --- | --- |\n", kit)
		}
		fmt.Fprintf(&text, "| `%s` | %s |\n", p.Clause, p.Text)
	}
	return text.String() + remedies(promises)
}

// remedies writes what to do about the clauses, by what it is.
func remedies(promises []promise) string {
	clauses := map[string][]promise{}
	var order []string
	for _, p := range promises {
		if len(clauses[p.Do]) == 0 {
			order = append(order, p.Do)
		}
		clauses[p.Do] = append(clauses[p.Do], p)
	}
	var text strings.Builder
	text.WriteString("\n### What to do\n\n| if these fail | do this |\n| --- | --- |\n")
	for _, do := range order {
		fmt.Fprintf(&text, "| %s | %s |\n", endsOf(clauses[do]), do)
	}
	return text.String()
}

// endsOf names clauses, each once: those of several kits by the end of their names.
func endsOf(promises []promise) string {
	ends := map[string][]string{}
	for _, p := range promises {
		end := path.Base(p.Clause)
		if !slices.Contains(ends[end], p.Clause) {
			ends[end] = append(ends[end], p.Clause)
		}
	}
	var names []string
	for end, clauses := range ends {
		if len(clauses) > 2 {
			clauses = []string{"…/" + end}
		}
		for _, clause := range clauses {
			names = append(names, "`"+clause+"`")
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// clauseNames names the clauses of one promise, each once.
func clauseNames(promises []promise) string {
	var names []string
	for _, p := range promises {
		names = append(names, "`"+p.Clause+"`")
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if last := path.Base(promises[0].Clause); len(names) > 4 {
		return fmt.Sprintf("`…/%s of %d lists or reads", last+"`", len(names))
	}
	return strings.Join(names, ", ")
}

// The part of the page that is written by this program stands between these lines.
const (
	begin = "<!-- written by go run ./internal/dev/docs -->\n"
	end   = "<!-- until here -->\n"
)

// splice puts the table between the two lines of the page.
func splice(page, table string) (string, error) {
	before, rest, ok := strings.Cut(page, begin)
	_, after, ended := strings.Cut(rest, end)
	if !ok || !ended {
		return "", errors.New("the page lacks the lines between which the table belongs")
	}
	return before + begin + "\n" + table + "\n" + end + after, nil
}
