// Command rulemap shows how the rules of the two documents, the code and the tests
// hang together. Run it at the root of the repository:
//
//	go run ./internal/dev/rulemap            every rule: text, source, code, tests
//	go run ./internal/dev/rulemap ER-9       only the rules named
//	go run ./internal/dev/rulemap -untested  the rules that no test is named for
//	go run ./internal/dev/rulemap -check     fails if code, tests and catalogues disagree
//
// A rule is decided where a comment cites it (// ER-9: ...) or its identifier
// stands as a string literal, outside the catalogues and package comments. It is
// proven by the tests and fuzz tests that begin with it (TestER9_...).
package main

import (
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
)

func main() {
	check := flag.Bool("check", false, "fail if a test or a comment names a rule that no catalogue has, or two rules share an identifier")
	untested := flag.Bool("untested", false, "list the rules that no test is named for")
	flag.Parse()
	rules, err := named(catalogues(), flag.Args())
	if err == nil {
		err = run(os.Stdout, os.DirFS("."), rules, *check, *untested)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "rulemap:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, tree fs.FS, rules []entry, check, untested bool) error {
	found, err := scan(tree)
	if err != nil {
		return err
	}
	if !check && !untested {
		return writeRules(out, rules, found)
	}
	if untested {
		if err := writeUntested(out, rules, found); err != nil {
			return err
		}
	}
	if !check {
		return nil
	}
	problems := disagreements(rules, found)
	for _, problem := range problems {
		if _, err := fmt.Fprintln(out, problem); err != nil {
			return err
		}
	}
	if len(problems) > 0 {
		return fmt.Errorf("catalogues, code and tests disagree in %d places", len(problems))
	}
	_, err = fmt.Fprintf(out, "rules: %d catalogued; every rule that code or a test names is among them\n", len(rules))
	return err
}
