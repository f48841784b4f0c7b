package words_test

import (
	"fmt"
	"go/ast"
	"go/constant"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/lookuplimit"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/attempt"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/srmt/letter"
	"github.com/seed28e20331/cris/tracking"
)

func itoa(n int) string { return strconv.Itoa(n) }

// catalog is what a package lists of itself.
type catalog struct {
	Rules   []cris.Rule
	Reasons []cris.Reason
	Phrases []cris.Phrase
	Shared  []cris.RuleID // rules of other packages that its reasons cite, after its own
}

func catalogs() map[string]catalog {
	all := map[string]catalog{
		"casestatus":             {casestatus.Rules(), casestatus.Reasons(), casestatus.Words(), nil},
		"erequest":               {erequest.Rules(), erequest.Reasons(), erequest.Words(), nil},
		"erequest/addresschange": {erequest.Rules(), addresschange.Reasons(), addresschange.Words(), nil},
		"selfcheck":              {selfcheck.Rules(), selfcheck.Reasons(), selfcheck.Words(), []cris.RuleID{"ER-7"}},
		"selfcheck/attempt":      {selfcheck.Rules(), attempt.Reasons(), attempt.Words(), nil},
		"selfcheck/access":       {selfcheck.Rules(), access.Reasons(), access.Words(), nil},
		"selfcheck/disclosure":   {selfcheck.Rules(), disclosure.Reasons(), disclosure.Words(), nil},
		"srmt":                   {srmt.Rules(), srmt.Reasons(), srmt.Words(), nil},
		"srmt/gateway":           {gateway.Rules(), gateway.Reasons(), gateway.Words(), []cris.RuleID{"SR-1", "SR-11"}},
		"srmt/letter":            {srmt.Rules(), letter.Reasons(), letter.Words(), nil},
		"tracking":               {tracking.Rules(), tracking.Reasons(), tracking.Words(), nil},
		"adapters/lookuplimit":   {casestatus.Rules(), lookuplimit.Reasons(), lookuplimit.Words(), nil},
	}
	for name, classes := range map[string][]cris.RecordClass{
		"casestatus": casestatus.RecordClasses(), "erequest": erequest.RecordClasses(), "erequest/addresschange": addresschange.RecordClasses(),
		"selfcheck": selfcheck.RecordClasses(), "selfcheck/access": access.RecordClasses(), "selfcheck/disclosure": disclosure.RecordClasses(),
		"srmt": srmt.RecordClasses(), "srmt/gateway": gateway.RecordClasses(), "tracking": tracking.RecordClasses(),
	} {
		c := all[name]
		for _, class := range classes { // a class has its words in itself
			c.Phrases = append(c.Phrases, cris.Phrase{Code: class.Message().Code, English: class.Name.English, Spanish: class.Name.Spanish})
		}
		all[name] = c
	}
	return all
}

func TestCatalogs_AreTheCallersToChange(t *testing.T) {
	for _, c := range catalogs() {
		c.Rules[0], c.Reasons[0], c.Phrases[0] = cris.Rule{}, cris.Reason{}, cris.Phrase{}
	}
	for name, c := range catalogs() {
		require.NotZero(t, c.Rules[0], name)
		require.NotZero(t, c.Reasons[0], name)
		require.NotZero(t, c.Phrases[0], name)
	}
}

// No reason is built outside reasons.go, and each that is built there is listed.
func TestReasons_AreBuiltInOnePlaceAndListed(t *testing.T) {
	all := map[cris.Code]bool{}
	for _, s := range sources(t) {
		built, problems := reasonsOf(s)
		assert.Empty(t, problems)
		assert.Empty(t, mislisted(s.prefix(), built, catalogs()[s.Name]), "of package %s", s.Name)
		for _, code := range built {
			require.False(t, all[code], "%s is the code of two reasons", code)
			all[code] = true
		}
	}
}

// reasonsOf returns the codes of the reasons that a package builds, and what is wrong with
// how it does that.
func reasonsOf(s source) (codes []cris.Code, problems []string) {
	for _, file := range s.Files {
		for _, decl := range file.Decls {
			_, inFunction := decl.(*ast.FuncDecl)
			ast.Inspect(decl, func(node ast.Node) bool {
				switch node := node.(type) {
				case *ast.FuncLit:
					inFunction = true
				case *ast.CompositeLit:
					if !isNamed(s.Info.TypeOf(node), "Reason") || len(node.Elts) == 0 {
						return true
					}
					if s.file(node) != "reasons.go" || inFunction {
						problems = append(problems, s.at(node)+" builds a reason: that is done in reasons.go, once, outside of functions")
						return true
					}
					code, ok := wholeReason(s, node)
					if !ok {
						problems = append(problems, s.at(node)+" leaves out code, rule or text of a reason, or does not say them as constants")
					}
					codes = append(codes, code)
				case *ast.AssignStmt:
					for _, left := range node.Lhs {
						if field, ok := left.(*ast.SelectorExpr); ok && isNamed(s.Info.TypeOf(field.X), "Reason") {
							problems = append(problems, s.at(node)+" changes a reason")
						}
					}
				}
				return true
			})
		}
	}
	return codes, problems
}

// wholeReason returns the code of a literal that has code, rule and text as constants.
func wholeReason(s source, literal *ast.CompositeLit) (code cris.Code, ok bool) {
	said := map[string]string{}
	for _, element := range literal.Elts {
		pair, isPair := element.(*ast.KeyValueExpr)
		if !isPair {
			return "", false
		}
		field, isField := pair.Key.(*ast.Ident)
		value := s.Info.Types[pair.Value].Value
		if !isField || value == nil || value.Kind() != constant.String {
			return "", false
		}
		said[field.Name] = constant.StringVal(value)
	}
	return cris.Code(said["Code"]), said["Code"] != "" && said["Rule"] != "" && said["Text"] != ""
}

// tokenPattern is what tokens look like, and the last part of a code.
const tokenPattern = `[a-z][a-z0-9]*(_[a-z0-9]+)*`

// mislisted returns what is wrong with the reasons that a package lists, given the codes of
// those that it builds.
func mislisted(prefix string, built []cris.Code, listed catalog) (problems []string) {
	form := regexp.MustCompile(`^` + regexp.QuoteMeta(prefix) + tokenPattern + `$`)
	order := map[cris.RuleID]int{}
	for _, rule := range slices.Concat(listed.Rules, cris.Rules()) {
		order[rule.ID] = len(order)
	}
	for _, id := range listed.Shared {
		order[id] = len(order)
	}
	seen, last := map[cris.Code]bool{}, 0
	for _, reason := range listed.Reasons {
		if !form.MatchString(string(reason.Code)) {
			problems = append(problems, fmt.Sprintf("%s is no code of the form %sname_of_reason", reason.Code, prefix))
		}
		if seen[reason.Code] {
			problems = append(problems, fmt.Sprintf("%s is listed twice", reason.Code))
		}
		seen[reason.Code] = true
		if !slices.Contains(built, reason.Code) {
			problems = append(problems, fmt.Sprintf("%s is listed and built somewhere else", reason.Code))
		}
		at, known := order[reason.Rule]
		switch {
		case !known:
			problems = append(problems, fmt.Sprintf("%s cites %s, which its package does not list", reason.Code, reason.Rule))
		case at < last:
			problems = append(problems, fmt.Sprintf("%s stands behind reasons of later rules", reason.Code))
		}
		last = max(last, at)
	}
	for i, code := range built {
		if !seen[code] {
			problems = append(problems, fmt.Sprintf("%s is not listed", code))
		}
		if slices.Contains(built[:i], code) {
			problems = append(problems, fmt.Sprintf("%s is the code of two reasons", code))
		}
	}
	return problems
}

func TestReasonsOf_FindsPlantedFlaws(t *testing.T) {
	const good = `var a = cris.Reason{Code: "x.a", Rule: "XR-1", Text: "text"}
		type row struct { one, none cris.Reason }
		var rows = []row{{one: cris.Reason{Code: "x.b", Rule: "XR-1", Text: "text"}}}
		var elided = []cris.Reason{{Code: "x.c", Rule: "XR-1", Text: "text"}, a}
		func f() cris.Reason { if len(rows) > 1 { return cris.Reason{} }; return a }`
	codes, problems := reasonsOf(planted(t, "reasons.go", good))
	require.Empty(t, problems)
	require.Equal(t, []cris.Code{"x.a", "x.b", "x.c"}, codes)

	for text, problem := range map[string]string{
		`func f() cris.Reason { return cris.Reason{Code: "x.a", Rule: "XR-1", Text: "text"} }`:             "x/reasons.go:7 builds a reason: that is done in reasons.go, once, outside of functions",
		`var f = func() []cris.Reason { return []cris.Reason{{Code: "x.a", Rule: "XR-1", Text: "text"}} }`: "x/reasons.go:7 builds a reason: that is done in reasons.go, once, outside of functions",
		`var a = cris.Reason{Code: "x.a", Rule: "XR-1"}`:                                                   "x/reasons.go:7 leaves out code, rule or text of a reason, or does not say them as constants",
		`var a = cris.Reason{"x.a", "XR-1", "text"}`:                                                       "x/reasons.go:7 leaves out code, rule or text of a reason, or does not say them as constants",
		`var b = "b"; var a = cris.Reason{Code: "x.a", Rule: "XR-1", Text: "a" + b}`:                       "x/reasons.go:7 leaves out code, rule or text of a reason, or does not say them as constants",
		`func f(r cris.Reason) cris.Reason { r.Text = "other"; return r }`:                                 "x/reasons.go:7 changes a reason",
	} {
		_, problems := reasonsOf(planted(t, "reasons.go", text))
		require.Equal(t, []string{problem}, problems)
	}
	_, problems = reasonsOf(planted(t, "other.go", `var a = cris.Reason{Code: "x.a", Rule: "XR-1", Text: "text"}`))
	require.Len(t, problems, 1)
}

func TestMislisted_FindsPlantedFlaws(t *testing.T) {
	reason := func(code cris.Code, rule cris.RuleID) cris.Reason {
		return cris.Reason{Code: code, Rule: rule, Text: "text"}
	}
	rules := []cris.Rule{{ID: "XR-1"}, {ID: "XR-2"}}
	built := []cris.Code{"x.a", "x.b_2"}
	require.Empty(t, mislisted("x.", built, catalog{rules, []cris.Reason{reason("x.a", "XR-1"), reason("x.b_2", "XR-2")}, nil, nil}))
	require.Empty(t, mislisted("x.", built, catalog{rules, []cris.Reason{reason("x.a", "XR-2"), reason("x.b_2", "YR-7")}, nil, []cris.RuleID{"YR-7"}}))
	for problem, reasons := range map[string][]cris.Reason{
		"x.b_2 is not listed":                               {reason("x.a", "XR-1")},
		"x.a is listed twice":                               {reason("x.a", "XR-1"), reason("x.a", "XR-1"), reason("x.b_2", "XR-2")},
		"x.c is listed and built somewhere else":            {reason("x.a", "XR-1"), reason("x.b_2", "XR-2"), reason("x.c", "XR-2")},
		"x.b_2 cites XR-3, which its package does not list": {reason("x.a", "XR-1"), reason("x.b_2", "XR-3")},
		"x.a stands behind reasons of later rules":          {reason("x.b_2", "XR-2"), reason("x.a", "XR-1")},
	} {
		require.Equal(t, []string{problem}, mislisted("x.", built, catalog{rules, reasons, nil, nil}))
	}
	for _, code := range []cris.Code{"y.a", "a", "x.", "x.A", "x.a-b", "x.a_", "x.a.b", "x.2"} {
		require.Equal(t, []string{string(code) + " is no code of the form x.name_of_reason"},
			mislisted("x.", []cris.Code{code}, catalog{rules, []cris.Reason{reason(code, "XR-1")}, nil, nil}))
	}
	require.Equal(t, []string{"x.a is the code of two reasons"},
		mislisted("x.", []cris.Code{"x.a", "x.a"}, catalog{rules, []cris.Reason{reason("x.a", "XR-1")}, nil, nil}))
}
