package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/seed28e20331/cris"
)

// document is one of the two sources, judged sentence by sentence. The numbers are those of
// the numbered copies of the sources, and are stable.
type document struct {
	Name      string // as in PIA-36
	Sentences []sentence
}

// sentence says for one sentence of a document which rules it leads to, or in a word why
// it leads to none.
type sentence struct {
	Number  int
	Verdict verdict
}

// verdict holds either rules or the reason why there are none.
type verdict struct {
	Rules []cris.RuleID
	Why   string
}

func leadsTo(rules ...cris.RuleID) verdict { return verdict{Rules: rules} }

func none(why string) verdict { return verdict{Why: why} }

// Why a sentence leads to no rule.
const (
	aboutTheAgency   = "about the agency"
	aboutTheDocument = "about the document"
	aboutTheProvider = "about the provider's own data"
	address          = "an address"
	fragment         = "a fragment; its neighbor has the rules"
	heading          = "a heading"
	history          = "history"
	hostProgram      = "left to the host program"
	howToComment     = "how to comment"
	law              = "about the law"
	otherDocument    = "points to another document"
	otherSystem      = "about another system"
	purpose          = "a purpose, not a duty"
	saidBefore       = "said before"
	signature        = "a signature"
	unchanged        = "says that something is unchanged"
)

func documents() []document { return []document{{"PIA", piaSentences}, {"SORN", sornSentences}} }

// sentencesOf returns the names of the sentences that lead to a rule, such as PIA-36.
func sentencesOf(documents []document, rule cris.RuleID) (names []string) {
	for _, doc := range documents {
		for _, s := range doc.Sentences {
			if slices.Contains(s.Verdict.Rules, rule) {
				names = append(names, doc.nameOf(s))
			}
		}
	}
	return names
}

func (d document) nameOf(s sentence) string { return d.Name + "-" + strconv.Itoa(s.Number) }

// sentencesNamed returns the documents with only those sentences that ids names, and the
// ids that name none.
func sentencesNamed(documents []document, ids []string) (some []document, others []string) {
	others = slices.Clone(ids)
	for _, doc := range documents {
		picked := document{Name: doc.Name}
		for _, s := range doc.Sentences {
			if i := slices.Index(others, doc.nameOf(s)); i >= 0 {
				picked.Sentences = append(picked.Sentences, s)
				others = slices.Delete(others, i, i+1)
			}
		}
		some = append(some, picked)
	}
	return some, others
}

// writeSentences writes a line for every sentence: its number and the rules that it leads
// to, or why there are none.
func writeSentences(out io.Writer, documents []document) error {
	var text strings.Builder
	for _, doc := range documents {
		for _, s := range doc.Sentences {
			fmt.Fprintf(&text, "%-9s %s\n", doc.nameOf(s), s.Verdict)
		}
	}
	_, err := io.WriteString(out, text.String())
	return err
}

func (v verdict) String() string {
	if v.Why != "" {
		return "(" + v.Why + ")"
	}
	ids := make([]string, len(v.Rules))
	for i, id := range v.Rules {
		ids[i] = string(id)
	}
	return strings.Join(ids, ", ")
}

// misjudged returns what is wrong with the verdicts, in plain words: a sentence that has
// none, or has both rules and a reason why there are none; a rule that no catalogue lists;
// and a rule that neither a sentence nor a decision leads to.
func misjudged(documents []document, rules []entry) (problems []string) {
	led := map[cris.RuleID]bool{}
	for _, rule := range rules {
		led[rule.ID] = rule.Decided
	}
	for _, doc := range documents {
		for i, s := range doc.Sentences {
			name := doc.nameOf(s)
			if s.Number != i+1 {
				return append(problems, fmt.Sprintf("%s stands where %s-%d belongs", name, doc.Name, i+1))
			}
			if (len(s.Verdict.Rules) == 0) == (s.Verdict.Why == "") {
				problems = append(problems, name+" needs either rules or a reason why there are none")
			}
			for _, id := range s.Verdict.Rules {
				if _, known := led[id]; !known {
					problems = append(problems, name+" leads to "+string(id)+", which no package lists")
					continue
				}
				led[id] = true
			}
		}
	}
	for _, rule := range rules {
		if !led[rule.ID] {
			problems = append(problems, fmt.Sprintf("no sentence leads to %s, and no decision either", rule.ID))
		}
	}
	return problems
}
