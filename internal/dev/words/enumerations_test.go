package words_test

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/everify"
	"github.com/seed28e20331/cris/adapters/ridp"
	"github.com/seed28e20331/cris/adapters/seal"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/alphabet"
	"github.com/seed28e20331/cris/selfcheck/attempt"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/srmt/letter"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

// enumeration is a list of values that a package exports.
type enumeration struct {
	Name   string // such as "srmt.Role"
	Values []string
	Codes  []cris.Code // of what customers are told about the values; nil if they are not told of them
	Whole  bool        // a decision tells customers of the value, and the value by itself does not
}

// told is an enumeration that customers can be told about.
func told[T interface {
	~string
	Message() cris.Message
}](values []T) enumeration {
	e := untold(values)
	for _, value := range values {
		e.Codes = append(e.Codes, value.Message().Code)
	}
	return e
}

// decided is the outcome of a decision that tells customers more than the outcome.
func decided[T ~string](values []T) enumeration {
	e := untold(values)
	e.Whole = true
	for _, value := range e.Values {
		e.Codes = append(e.Codes, codeOf(e.Name, value))
	}
	return e
}

// untold is an enumeration for programs alone.
func untold[T ~string](values []T) enumeration {
	of := reflect.TypeFor[T]()
	e := enumeration{Name: of.PkgPath()[strings.LastIndexByte(of.PkgPath(), '/')+1:] + "." + of.Name()}
	for _, value := range values {
		e.Values = append(e.Values, string(value))
	}
	return e
}

// enumerations are the lists of all packages. A type with constants that is in none of them
// is found by the test below.
func enumerations() []enumeration {
	return []enumeration{
		untold(sqlstore.Dialects()),
		told(casestatus.EligibilityOutcomes()), told(casestatus.StatusOutcomes()), told(casestatus.Documents()), told(casestatus.OfficeKinds()),
		untold(casestatus.Bases()), untold(casestatus.Readings()), untold(casestatus.Units()), untold(casestatus.CaseAspects()), untold(casestatus.TitleClasses()),
		told(erequest.Issues()), told(erequest.Channels()), told(erequest.Fields()), told(erequest.Elements()),
		told(erequest.Documents()), told(erequest.Agreements()), told(erequest.OtherWays()), told(erequest.MailStandings()), decided(erequest.RequestStages()), untold(erequest.Milestones()), told(erequest.AllMeans()), told(erequest.Appearances()), told(erequest.Recipients()),
		untold(erequest.WaitScopes()), decided(erequest.WaitOutcomes()), decided(erequest.ScreeningOutcomes()), decided(erequest.FilingOutcomes()),
		told(addresschange.Fields()), told(addresschange.CaseOutcomes()), decided(addresschange.Outcomes()),
		told(selfcheck.ProofingOutcomes()), told(selfcheck.ApplicantOutcomes()), told(selfcheck.FailureReasons()), told(selfcheck.QueryOutcomes()),
		told(selfcheck.Results()), told(selfcheck.Choices()), told(selfcheck.ResolutionOutcomes()), told(selfcheck.ClosureReasons()),
		told(selfcheck.Instructions()), told(selfcheck.Notices()), told(selfcheck.OtherWays()), told(slices.Concat(selfcheck.Fields(), selfcheck.IdentityFields())), told(selfcheck.CitizenshipStatuses()),
		told(unique(slices.Concat(selfcheck.ListA(), selfcheck.ListB(), selfcheck.ListC()))), untold(selfcheck.Stages()), untold(selfcheck.Moves()), untold(selfcheck.Steps()), untold(selfcheck.Duties()), untold(selfcheck.KeyKinds()), untold(selfcheck.IdPOutcomes()),
		decided(attempt.Outcomes()),
		untold(seal.States()),
		untold(alphabet.Forms()), untold(alphabet.Parts()),
		told(disclosure.Uses()), told(disclosure.Classes()), told(disclosure.RecipientKinds()), told(disclosure.Purposes()),
		told(disclosure.Conditions()), told(disclosure.Outcomes()),
		told(access.Kinds()), told(access.SignatureForms()), told(access.Outcomes()), told(access.Findings()),
		told(access.AmendmentOutcomes()), told(access.StepKinds()), told(access.DisagreementOutcomes()),
		told(srmt.Statuses()), told(srmt.RoutingOutcomes()), told(srmt.StepKinds()), told(srmt.Directions()),
		told(srmt.IntakeOutcomes()), told(srmt.ImportOutcomes()), told(srmt.Roles()), told(srmt.Parties()), told(srmt.AllOpened()), told(srmt.Outcomes()), told(srmt.Bulks()), told(srmt.TransferReasons()),
		told(gateway.EndKinds()), told(gateway.StepKinds()), told(gateway.Outcomes()), untold(gateway.LawCodes()),
		told(letter.Findings()), told(letter.Outcomes()),
		told(tracking.Classes()), told(tracking.AlertKinds()), untold(tracking.Formats()), untold(tracking.Causes()), untold(extract.Kinds()),
		untold(ridp.Kinds()), untold(ridp.Levels()), untold(everify.Kinds()),
	}
}

// unique drops what two lists of Form I-9 share.
func unique[T ~string](values []T) []T {
	slices.Sort(values)
	return slices.Compact(values)
}

// foreign are the enumerations whose values are those of an outside format.
var foreign = map[string]string{
	"selfcheck.CitizenshipStatus": "E-Verify",
	"selfcheck.Document":          "E-Verify",
	"ridp.Level":                  "RIDP",
}

// open are the types that have constants and are no enumeration.
var open = map[string]string{
	"casestatus.OfficeCode": "the host program's table says which codes there are",
	"tracking.Doubts":       "a set of tokens, which are what its text is made of",
	"tracking.Source":       "a set of tokens, which are what its text is made of",
}

func TestEnumerations_AreTokensAndListed(t *testing.T) {
	lists := map[string]enumeration{}
	for _, e := range enumerations() {
		require.NotContains(t, lists, e.Name)
		lists[e.Name] = e
	}
	found := map[string]bool{}
	for _, s := range sources(t) {
		for _, e := range enumerationsOf(s) {
			found[e.Name] = true
			if open[e.Name] == "" {
				assert.Empty(t, misenumerated(e, lists))
			}
		}
	}
	for _, name := range slices.Concat(slices.Collect(maps.Keys(lists)), slices.Collect(maps.Keys(foreign)), slices.Collect(maps.Keys(open))) {
		assert.True(t, found[name], "%s has no exported constants any more", name)
	}
}

// declared is a type with exported constants, as it stands in its package.
type declared struct {
	Name       string
	IsText     bool
	HasMessage bool
	Exported   []string // the values of the exported constants
	All        []string // and of all others as well
}

// enumerationsOf returns the types of a package that have exported constants.
func enumerationsOf(s source) []declared {
	byName := map[string]*declared{}
	for ident, object := range s.Info.Defs {
		constantOf, ok := object.(*types.Const)
		if !ok || object.Parent() != s.Types.Scope() {
			continue
		}
		named, ok := types.Unalias(constantOf.Type()).(*types.Named)
		if !ok || named.Obj().Pkg() != s.Types || !named.Obj().Exported() {
			continue
		}
		e := byName[named.Obj().Name()]
		if e == nil {
			basic, _ := named.Underlying().(*types.Basic)
			e = &declared{
				Name:       s.Types.Name() + "." + named.Obj().Name(),
				IsText:     basic != nil && basic.Kind() == types.String,
				HasMessage: types.NewMethodSet(named).Lookup(s.Types, "Message") != nil,
			}
			byName[named.Obj().Name()] = e
		}
		value := constantOf.Val().ExactString()
		if constantOf.Val().Kind() == constant.String {
			value = constant.StringVal(constantOf.Val())
		}
		e.All = append(e.All, value)
		if ast.IsExported(ident.Name) {
			e.Exported = append(e.Exported, value)
		}
	}
	var found []declared
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		if len(byName[name].Exported) > 0 {
			found = append(found, *byName[name])
		}
	}
	return found
}

var tokenForm = regexp.MustCompile(`^` + tokenPattern + `$`)

// misenumerated returns what is wrong with an enumeration, given the lists of values.
func misenumerated(e declared, lists map[string]enumeration) (problems []string) {
	if !e.IsText {
		return []string{e.Name + " has numbers for values: they say nothing in JSON, SQL and events"}
	}
	list, ok := lists[e.Name]
	if !ok {
		return []string{e.Name + " has no list of its values"}
	}
	for _, value := range e.Exported {
		if !slices.Contains(list.Values, value) {
			problems = append(problems, fmt.Sprintf("%s does not list %q", e.Name, value))
		}
	}
	for i, value := range list.Values {
		switch {
		case !slices.Contains(e.All, value):
			problems = append(problems, fmt.Sprintf("%s lists %q, which is none of its constants", e.Name, value))
		case slices.Contains(list.Values[:i], value):
			problems = append(problems, fmt.Sprintf("%s lists %q twice", e.Name, value))
		case foreign[e.Name] == "" && !tokenForm.MatchString(value):
			problems = append(problems, fmt.Sprintf("%s has the value %q, which is no token", e.Name, value))
		}
	}
	if e.HasMessage != (list.Codes != nil && !list.Whole) {
		return append(problems, e.Name+" has a message and its list does not say so, or the other way round")
	}
	for i, code := range list.Codes {
		if want := codeOf(e.Name, list.Values[i]); code != want {
			problems = append(problems, fmt.Sprintf("%s: the message of %q has the code %s, want %s", e.Name, list.Values[i], code, want))
		}
	}
	return problems
}

// codeOf returns the code of a value: srmt.step_kind.received for "received" of srmt.StepKind.
func codeOf(name, value string) cris.Code {
	var code strings.Builder
	pkg, typeName, _ := strings.Cut(name, ".")
	for i, r := range typeName {
		if i > 0 && unicode.IsUpper(r) {
			code.WriteByte('_')
		}
		code.WriteRune(unicode.ToLower(r))
	}
	return cris.Code(pkg + "." + code.String() + "." + strings.ToLower(value))
}

func TestMisenumerated_FindsPlantedFlaws(t *testing.T) {
	good := enumerationsOf(planted(t, "x.go", `type StepKind string
		const ( Received StepKind = "received"; Assigned StepKind = "assigned_to"; hidden StepKind = "hidden" )
		func (k StepKind) Message() cris.Message { return cris.Message{} }
		type free string
		const Free free = "Free"
		type Name string
		const Untyped = "x"`))
	require.Len(t, good, 1)
	step := good[0]
	slices.Sort(step.Exported)
	require.Equal(t, "x.StepKind", step.Name)
	require.Equal(t, []string{"assigned_to", "received"}, step.Exported)
	require.True(t, step.IsText)
	require.True(t, step.HasMessage)
	list := func(codes []cris.Code, values ...string) map[string]enumeration {
		return map[string]enumeration{"x.StepKind": {Name: "x.StepKind", Values: values, Codes: codes}}
	}
	codes := []cris.Code{"x.step_kind.received", "x.step_kind.assigned_to"}
	require.Empty(t, misenumerated(step, list(codes, "received", "assigned_to")))
	require.Equal(t, []string{"x.StepKind has no list of its values"}, misenumerated(step, nil))
	require.Equal(t, []string{`x.StepKind does not list "assigned_to"`}, misenumerated(step, list(codes[:1], "received")))
	require.Equal(t, []string{`x.StepKind lists "other", which is none of its constants`},
		misenumerated(step, list(append(slices.Clone(codes), "x.step_kind.other"), "received", "assigned_to", "other")))
	require.Equal(t, []string{`x.StepKind lists "received" twice`},
		misenumerated(step, list(append(slices.Clone(codes), codes[0]), "received", "assigned_to", "received")))
	require.Equal(t, []string{"x.StepKind has a message and its list does not say so, or the other way round"},
		misenumerated(step, list(nil, "received", "assigned_to")))
	require.Equal(t, []string{`x.StepKind: the message of "received" has the code x.received, want x.step_kind.received`},
		misenumerated(step, list([]cris.Code{"x.received", codes[1]}, "received", "assigned_to")))

	for _, value := range []string{"Received", "to be received", "received-by", "_received", "1", "", "réçu"} {
		e := declared{Name: "x.StepKind", IsText: true, Exported: []string{value}, All: []string{value}}
		require.Equal(t, []string{fmt.Sprintf("x.StepKind has the value %q, which is no token", value)}, misenumerated(e, list(nil, value)))
	}
	numbers := enumerationsOf(planted(t, "x.go", `type Kind uint8
		const ( A Kind = iota; B )`))
	require.Equal(t, []string{"x.Kind has numbers for values: they say nothing in JSON, SQL and events"}, misenumerated(numbers[0], nil))
}
