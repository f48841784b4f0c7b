package gateway

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// Query says which scripts are looked for. What is left at zero narrows nothing, but for On.
type Query struct {
	On       cris.Date             // the day on which the scripts have to be in force
	Form     casestatus.FormNumber // scripts for this form, or for all forms; read with casestatus.ParseFormNumber
	Issue    erequest.Issue        // scripts about this issue
	Words    string                // words of the question, of which the first 32 count
	Language cris.Language         // of the words
}

// Search returns the scripts in force that match the query (GW-1), best match first, and
// otherwise in the order of their IDs. The caller may keep and change the slice.
//
// With words, at least one has to stand in the title or in a block of the script in that
// language, as a word or as the beginning of one; case and accents do not matter. The more of
// them are found, the better; then those in titles and whole words count for more. Of scripts
// that match alike, those that name the form come first.
func (l Library) Search(query Query) []Script {
	form := query.Form
	if parsed, err := casestatus.ParseFormNumber(string(form)); err == nil {
		form = parsed
	}
	wanted := unique(wordsOf(query.Words))
	wanted = wanted[:min(len(wanted), mostWords)]
	language := cris.English
	if query.Language == cris.Spanish {
		language = cris.Spanish
	}
	type match struct {
		script  Script
		found   int // how many of the words
		weight  int // how well
		isNamed int // 1 if the script names the form
	}
	var matches []match
	for _, script := range l.On(query.On) {
		isNamed := slices.Contains(script.draft().Forms, form)
		isForForm := form == "" || isNamed || len(script.draft().Forms) == 0
		if !isForForm || query.Issue != "" && query.Issue != script.Issue() {
			continue
		}
		found, weight := script.made.words[language].weigh(wanted)
		if found == 0 && strings.TrimSpace(query.Words) != "" {
			continue
		}
		m := match{script: script, found: found, weight: weight}
		if isNamed {
			m.isNamed = 1
		}
		matches = append(matches, m)
	}
	slices.SortStableFunc(matches, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.found, a.found), cmp.Compare(b.weight, a.weight), cmp.Compare(b.isNamed, a.isNamed))
	})
	scripts := make([]Script, len(matches))
	for i, m := range matches {
		scripts[i] = m.script
	}
	return scripts
}

// mostWords is how many different words of a query count.
const mostWords = 32

// indexed holds the words of a script in one language, in the order of the alphabet.
type indexed struct{ title, blocks []string }

// index returns the words of the draft in each language.
func (d Draft) index() map[cris.Language]indexed {
	index := map[cris.Language]indexed{}
	for _, language := range []cris.Language{cris.English, cris.Spanish} {
		in := func(p cris.Phrase) string { return language.Pick(p.English, p.Spanish) }
		var blocks []string
		for _, node := range d.Nodes {
			for _, block := range node.Blocks {
				blocks = append(blocks, wordsOf(in(block.Text))...)
			}
		}
		index[language] = indexed{title: sorted(wordsOf(in(d.Title))), blocks: sorted(blocks)}
	}
	return index
}

// weigh returns how many of the words are found, and how well.
func (x indexed) weigh(words []string) (found, weight int) {
	for _, word := range words {
		best := max(4*likeness(x.title, word), likeness(x.blocks, word))
		if best > 0 {
			found++
		}
		weight += best
	}
	return found, weight
}

// likeness returns 2 if the word is among all, 1 if one of them begins with it, and 0 otherwise.
func likeness(all []string, word string) int {
	i, isWhole := slices.BinarySearch(all, word)
	switch {
	case isWhole:
		return 2
	case i < len(all) && strings.HasPrefix(all[i], word):
		return 1
	}
	return 0
}

// wordsOf returns the words of a text without case and accents. Words are letters and digits:
// "I-485" is two.
func wordsOf(s string) []string {
	plain := strings.Map(func(r rune) rune {
		if unicode.IsMark(r) {
			return -1
		}
		return r
	}, norm.NFKD.String(cases.Fold().String(norm.NFKD.String(s))))
	return strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// unique returns the words in their order, each once.
func unique(words []string) []string {
	seen := make(map[string]bool, len(words))
	return slices.DeleteFunc(words, func(word string) bool {
		isAgain := seen[word]
		seen[word] = true
		return isAgain
	})
}

func sorted(words []string) []string {
	slices.Sort(words)
	return slices.Compact(words)
}
