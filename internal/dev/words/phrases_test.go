package words_test

import (
	"fmt"
	"go/ast"
	"go/constant"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// Everything that customers can be told has words in both languages, and there are no
// words for anything else.
func TestPhrases_SayEverythingAndNothingElse(t *testing.T) {
	codes := map[string]map[cris.Code]bool{} // by the prefix of the package
	for _, s := range sources(t) {
		codes[s.prefix()] = codesIn(s)
	}
	for name, c := range catalogs() {
		for _, reason := range c.Reasons {
			codes[path.Base(name)+"."][reason.Code] = true
		}
	}
	for _, e := range enumerations() {
		for _, code := range e.Codes {
			pkg, _, _ := strings.Cut(e.Name, ".")
			codes[pkg+"."][code] = true
		}
	}
	for name, c := range catalogs() {
		name = path.Base(name)
		for _, phrase := range c.Phrases {
			if isLabel(phrase) || isTitle(phrase) {
				codes[name+"."][phrase.Code] = true
			}
		}
		assert.Empty(t, misworded(codes[name+"."], c.Phrases))
		delete(codes, name+".")
	}
	for prefix, left := range codes {
		assert.Empty(t, left, "the package of the prefix %s has no words", prefix)
	}
}

// isLabel reports whether the phrase is for the pages of host programs, which alone know
// its code.
func isLabel(phrase cris.Phrase) bool {
	_, label, _ := strings.Cut(string(phrase.Code), ".")
	return strings.HasPrefix(label, "label.")
}

// isTitle reports whether the phrase is for a title of the agency, of which its code is made.
func isTitle(phrase cris.Phrase) bool {
	return strings.HasPrefix(string(phrase.Code), "casestatus.title.") &&
		casestatus.StatusEntry{Title: phrase.English}.Message().Code == phrase.Code
}

// codesIn returns the whole codes that stand in a package outside its words: what ends with
// a dot is only the beginning of one, and what has another prefix is another package's.
func codesIn(s source) map[cris.Code]bool {
	found := map[cris.Code]bool{}
	for _, file := range s.Files {
		if s.file(file) == "words.go" {
			continue
		}
		ast.Inspect(file, func(node ast.Node) bool {
			expression, ok := node.(ast.Expr)
			if !ok {
				return true
			}
			value := s.Info.Types[expression]
			if value.Value == nil || value.Value.Kind() != constant.String || !isNamed(value.Type, "Code") {
				return true
			}
			code := constant.StringVal(value.Value)
			if strings.HasPrefix(code, s.prefix()) && !strings.HasSuffix(code, ".") {
				found[cris.Code(code)] = true
			}
			return true
		})
	}
	return found
}

// misworded returns what is wrong with the phrases for these codes.
func misworded(codes map[cris.Code]bool, phrases []cris.Phrase) (problems []string) {
	said := map[cris.Code]bool{}
	for _, phrase := range phrases {
		if said[phrase.Code] {
			problems = append(problems, fmt.Sprintf("%s has two phrases", phrase.Code))
		}
		said[phrase.Code] = true
		if !codes[phrase.Code] {
			problems = append(problems, fmt.Sprintf("%s has a phrase, and nothing has this code", phrase.Code))
		}
		for language, text := range map[string]string{"English": phrase.English, "Spanish": phrase.Spanish} {
			if text == "" || strings.TrimSpace(text) != text || strings.Contains(text, "  ") {
				problems = append(problems, fmt.Sprintf("%s is empty in %s, or has stray spaces", phrase.Code, language))
			}
		}
		if english, spanish := places(phrase.English), places(phrase.Spanish); !maps.Equal(english, spanish) {
			problems = append(problems, fmt.Sprintf("%s leaves other places open in Spanish than in English", phrase.Code))
		}
		if strings.Count(phrase.Spanish, "?") != strings.Count(phrase.Spanish, "¿") || strings.Count(phrase.Spanish, "!") != strings.Count(phrase.Spanish, "¡") {
			problems = append(problems, fmt.Sprintf("%s asks or exclaims in Spanish without the sign in front", phrase.Code))
		}
	}
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		if !said[code] {
			problems = append(problems, fmt.Sprintf("%s has no words", code))
		}
	}
	return problems
}

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?[-+# 0]*\d*(?:\.\d+)?(.)`)

// places returns the places that a phrase leaves open, by the number of the argument.
func places(text string) map[int]string {
	open, next := map[int]string{}, 1
	for _, match := range verb.FindAllStringSubmatch(text, -1) {
		if match[2] == "%" {
			continue
		}
		if match[1] != "" {
			next, _ = strconv.Atoi(match[1])
		}
		open[next] = match[2]
		next++
	}
	return open
}

func TestMisworded_FindsPlantedFlaws(t *testing.T) {
	codes := map[cris.Code]bool{"x.a": true, "x.b": true}
	a := cris.Phrase{Code: "x.a", English: "Wait until %s for %d.", Spanish: "¿Espere %[2]d hasta el %[1]s?"}
	b := cris.Phrase{Code: "x.b", English: "b", Spanish: "b"}
	require.Empty(t, misworded(codes, []cris.Phrase{a, b}))
	for problem, phrases := range map[string][]cris.Phrase{
		"x.b has no words":                                          {a},
		"x.b has two phrases":                                       {a, b, b},
		"x.c has a phrase, and nothing has this code":               {a, b, {Code: "x.c", English: "c", Spanish: "c"}},
		"x.a is empty in Spanish, or has stray spaces":              {{Code: "x.a", English: "a"}, b},
		"x.a is empty in English, or has stray spaces":              {{Code: "x.a", English: "a ", Spanish: "a"}, b},
		"x.a leaves other places open in Spanish than in English":   {{Code: "x.a", English: "a %s", Spanish: "a"}, b},
		"x.a asks or exclaims in Spanish without the sign in front": {{Code: "x.a", English: "a?", Spanish: "a?"}, b},
	} {
		require.Equal(t, []string{problem}, misworded(codes, phrases))
	}
	require.Equal(t, map[int]string{1: "s", 2: "d"}, places("%s and %d, %[1]s, 100%%"))
	require.Equal(t, map[int]string{1: "s", 2: "s"}, places("%[2]s and %[1]s"))
}

func TestCodesIn_FindsWhatIsSaid(t *testing.T) {
	s := planted(t, "message.go", `const waiting = cris.Code("x.waiting")
		func m(kind string) cris.Message { if kind == "x.no_code" { return cris.Message{Code: waiting} }; return cris.Message{Code: "x.kind." + cris.Code(kind)} }
		var other = cris.Message{Code: "y.other"}
		var said = []cris.Message{{Code: "x.said"}}`)
	require.Equal(t, map[cris.Code]bool{"x.waiting": true, "x.said": true}, codesIn(s))
}
