// Command rulemap shows how the rules of the two documents, the code and the tests
// hang together. Run it at the root of the repository:
//
//	go run ./internal/dev/rulemap              every rule: text, source, sentences, code, tests
//	go run ./internal/dev/rulemap ER-9 PIA-40  only the rules and sentences named
//	go run ./internal/dev/rulemap -sentences   every sentence of both documents: the rules that it leads to, or why none
//	go run ./internal/dev/rulemap -untested    the rules that no test is named for
//	go run ./internal/dev/rulemap -check       fails if sentences, code, tests and rules disagree
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
	check := flag.Bool("check", false, "fail if a test or a comment names a rule that no package has, or two rules share an identifier")
	sentences := flag.Bool("sentences", false, "list the sentences of both documents with the rules that they lead to")
	untested := flag.Bool("untested", false, "list the rules that no test is named for")
	flag.Parse()
	err := show(flag.Args(), *sentences, *check, *untested)
	if err != nil {
		fmt.Fprintln(os.Stderr, "rulemap:", err)
		os.Exit(1)
	}
}

// show lists what the arguments name: sentences, rules, or all rules where they name nothing.
func show(args []string, sentences, check, untested bool) error {
	if sentences {
		return writeSentences(os.Stdout, documents())
	}
	some, ids := sentencesNamed(documents(), args)
	if err := writeSentences(os.Stdout, some); err != nil || len(args) > 0 && len(ids) == 0 {
		return err
	}
	rules, err := named(catalogues(), ids)
	if err != nil {
		return err
	}
	return run(os.Stdout, os.DirFS("."), documents(), rules, check, untested)
}

func run(out io.Writer, tree fs.FS, documents []document, rules []entry, check, untested bool) error {
	found, err := scan(tree)
	if err != nil {
		return err
	}
	if !check && !untested {
		return writeRules(out, documents, rules, found)
	}
	if untested {
		if err := writeUntested(out, rules, found); err != nil {
			return err
		}
	}
	if !check {
		return nil
	}
	problems := append(disagreements(rules, found), misjudged(documents, rules)...)
	for _, problem := range problems {
		if _, err := fmt.Fprintln(out, problem); err != nil {
			return err
		}
	}
	if len(problems) > 0 {
		return fmt.Errorf("sentences, rules, code and tests disagree in %d places", len(problems))
	}
	_, err = fmt.Fprintf(out, "rules: %d catalogued; every rule that a sentence, code or a test names is among them\n", len(rules))
	return err
}
