package integration_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	htmltemplate "html/template"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template"
	"unique"

	"github.com/davecgh/go-spew/spew"
	"github.com/kr/pretty"
	"github.com/sanity-io/litter"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/alphabet"
	"github.com/seed28e20331/cris/selfcheck/attempt"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/srmt/letter"
)

// PV-1: no printer shows a personal value, neither one that calls the methods of what it prints
// nor one that walks through it by reflection, unexported fields and pointers included.

const (
	plantedText   = "Zyxwvut"
	plantedToken  = "TESTTESTTESTZYXWVUT234567A"
	plantedLetter = 'ꙮ'
)

// plantedForms are what must not be printed: each planted value as it stands in memory, as it is
// revealed, and as bytes.
var plantedForms = []string{
	plantedText, plantedToken, string(plantedLetter), fmt.Sprintf("%x", plantedText), strings.Trim(fmt.Sprintf("%d", []byte(plantedText)), "[]"),
	strings.Trim(strings.ReplaceAll(fmt.Sprintf("%#v", []byte(plantedText)), "[]byte", ""), "{}"),
	"987654321", "98765432", strconv.FormatInt(987654321, 16), "912736458", "912-73-6458", strconv.FormatInt(912736458, 16), "1987-06-05",
}

// plantedShort are the day as a number of days, a ZIP code as it is held and as it is written, and
// a letter as its number. The address of a pointer may have them in it by chance: they count as
// words of their own.
var plantedShort = []string{"725527", "b1217", "98765", "98766", "181cd", "181ce", "42606", "a66e"}

func leaked(text string) (found []string) {
	text = strings.ToLower(text)
	for _, form := range plantedForms {
		if strings.Contains(text, strings.ToLower(form)) {
			found = append(found, form)
		}
	}
	for _, form := range plantedShort {
		if strings.Contains(text, form) && regexp.MustCompile(`\b(0x)?`+form+`\b`).MatchString(text) {
			found = append(found, form)
		}
	}
	return found
}

// plantedValues are one personal value of each type that has no exported fields.
func plantedValues(t *testing.T) map[reflect.Type]reflect.Value {
	t.Helper()
	name, err := cris.NewPersonName(cris.NameParts{Family: plantedText, Given: plantedText, Middle: plantedText, Maiden: plantedText})
	require.NoError(t, err)
	address, err := cris.NewAddress(cris.AddressParts{
		Street: plantedText, Unit: plantedText, City: plantedText, State: "NY", ZIP: cris.MustParseZIP("98765"),
	})
	require.NoError(t, err)
	ssn, err := selfcheck.ParseSandboxSSN("912-73-6458")
	require.NoError(t, err)
	passport, err := selfcheck.ParseForeignPassportNumber(plantedText + "9")
	require.NoError(t, err)
	arrival, err := selfcheck.ParseI94Number("98765432109")
	require.NoError(t, err)
	document, err := selfcheck.ParseDocumentNumber(plantedText + "9")
	require.NoError(t, err)
	visa, err := selfcheck.ParseVisaNumber("98765432")
	require.NoError(t, err)
	student, err := selfcheck.ParseSEVISNumber("N0987654321")
	require.NoError(t, err)
	token, err := selfcheck.ParseToken(plantedToken)
	require.NoError(t, err)
	key := cris.NewPersonal([attempt.KeySize]byte([]byte(strings.Repeat(plantedText, attempt.KeySize))))
	day := cris.NewPersonal(cris.MustParseDate("1987-06-05"))
	identity := selfcheck.PassedProofing{
		Transaction: plantedText, IdPTransaction: "IDP-1", At: selfchecktest.Start(), Statement: "edition", Name: name, BirthDate: day, SSN: ssn,
	}.Identity()
	require.False(t, identity.IsZero())
	values := map[reflect.Type]reflect.Value{}
	for _, value := range []any{
		name, address, cris.MustParseANumber("987654321"), ssn, passport, arrival, document, visa, student, token, day, identity,
		attempt.PersonOf(name, day), attempt.NewTicket(attempt.TicketParts{At: attempt.Position{Day: cris.MustParseDate("1987-06-05")}}),
		access.Text(plantedText), cris.NewPersonal(plantedLetter), key,
		cris.NewPersonal(plantedText), cris.NewPersonal[uint32](987654321), cris.NewPersonal(cris.MustParseZIP("98765")),
		cris.NewPersonal(selfcheck.CountryCode(plantedText)), cris.NewPersonal(selfcheck.StateCode(plantedText)),
		cris.NewPersonal(casestatus.MustParseReceiptNumber("IOE0987654321")),
		cris.NewPersonal(name.Reveal()), cris.NewPersonal(address.Reveal()),
	} {
		values[reflect.TypeOf(value)] = reflect.ValueOf(value)
	}
	return values
}

// personalTypes are the exported types with a personal value in them; a test compares the list
// with the source.
var personalTypes = []reflect.Type{
	reflect.TypeFor[cris.ANumber](), reflect.TypeFor[cris.Address](), reflect.TypeFor[cris.PersonName](),

	reflect.TypeFor[casestatus.AddressEntry](), reflect.TypeFor[casestatus.Case](), reflect.TypeFor[casestatus.CaseAlert](),
	reflect.TypeFor[casestatus.CaseChange](), reflect.TypeFor[casestatus.CaseMailing](), reflect.TypeFor[casestatus.Header](),

	reflect.TypeFor[erequest.Change](), reflect.TypeFor[erequest.Contact](), reflect.TypeFor[erequest.Correction](),
	reflect.TypeFor[erequest.Corrections](), reflect.TypeFor[erequest.Details](), reflect.TypeFor[erequest.Facts](),
	reflect.TypeFor[erequest.Filing](), reflect.TypeFor[erequest.Representative](), reflect.TypeFor[erequest.Request](),
	reflect.TypeFor[erequest.Screening](), reflect.TypeFor[erequest.Submission](),

	reflect.TypeFor[addresschange.CaseRecord](), reflect.TypeFor[addresschange.Change](), reflect.TypeFor[addresschange.Decision](),
	reflect.TypeFor[addresschange.Filing](), reflect.TypeFor[addresschange.Move](), reflect.TypeFor[addresschange.Record](),
	reflect.TypeFor[addresschange.Report](), reflect.TypeFor[addresschange.Signature](),

	reflect.TypeFor[selfcheck.Applicant](), reflect.TypeFor[selfcheck.ApplicantDecision](), reflect.TypeFor[selfcheck.Beginning](),
	reflect.TypeFor[selfcheck.Change](), reflect.TypeFor[selfcheck.ConfirmationDecision](), reflect.TypeFor[selfcheck.DocumentNumber](),
	reflect.TypeFor[selfcheck.I9](), reflect.TypeFor[selfcheck.I94Number](), reflect.TypeFor[selfcheck.Key](),
	reflect.TypeFor[selfcheck.LockedIdentity](), reflect.TypeFor[selfcheck.MismatchForm](), reflect.TypeFor[selfcheck.PassedProofing](),
	reflect.TypeFor[selfcheck.PassportNumber](), reflect.TypeFor[selfcheck.Progress](), reflect.TypeFor[selfcheck.Proofing](),
	reflect.TypeFor[selfcheck.ProofingFacts](), reflect.TypeFor[selfcheck.Query](), reflect.TypeFor[selfcheck.QueryDecision](),
	reflect.TypeFor[selfcheck.QueryRecord](), reflect.TypeFor[selfcheck.Quiz](), reflect.TypeFor[selfcheck.QuizValue](),
	reflect.TypeFor[selfcheck.Record](), reflect.TypeFor[selfcheck.Report](), reflect.TypeFor[selfcheck.Resolution](),
	reflect.TypeFor[selfcheck.SEVISNumber](), reflect.TypeFor[selfcheck.SSN](), reflect.TypeFor[selfcheck.Token](),
	reflect.TypeFor[selfcheck.VisaNumber](),

	reflect.TypeFor[access.AmendmentDecision](), reflect.TypeFor[access.AmendmentFacts](), reflect.TypeFor[access.DisagreementFacts](),
	reflect.TypeFor[access.Document](), reflect.TypeFor[access.Field](), reflect.TypeFor[access.Labeled](),
	reflect.TypeFor[access.Request](), reflect.TypeFor[access.Section](), reflect.TypeFor[access.Value](),

	reflect.TypeFor[alphabet.Address](), reflect.TypeFor[alphabet.CutOff](), reflect.TypeFor[alphabet.Keys](),
	reflect.TypeFor[alphabet.Losses](), reflect.TypeFor[alphabet.Name](), reflect.TypeFor[alphabet.Unmapped](),

	reflect.TypeFor[attempt.Day](), reflect.TypeFor[attempt.Person](), reflect.TypeFor[attempt.Ticket](),

	reflect.TypeFor[letter.Attachment](),
	reflect.TypeFor[srmt.Act](), reflect.TypeFor[srmt.Attached](), reflect.TypeFor[srmt.Change](), reflect.TypeFor[srmt.Correspondence](),
	reflect.TypeFor[srmt.Decision](), reflect.TypeFor[srmt.Distributed](), reflect.TypeFor[srmt.File](), reflect.TypeFor[srmt.ImportDecision](),
	reflect.TypeFor[srmt.Legacy](), reflect.TypeFor[srmt.LegacyOnFile](), reflect.TypeFor[srmt.Message](), reflect.TypeFor[srmt.Note](),
	reflect.TypeFor[srmt.OnFile](), reflect.TypeFor[srmt.Redirection](), reflect.TypeFor[srmt.Response](), reflect.TypeFor[srmt.SendBack](),
	reflect.TypeFor[srmt.Step](),

	reflect.TypeFor[gateway.Call](), reflect.TypeFor[gateway.Change](), reflect.TypeFor[gateway.Decision](), reflect.TypeFor[gateway.Opened](),
	reflect.TypeFor[gateway.Opening](), reflect.TypeFor[gateway.Result](), reflect.TypeFor[gateway.Said](), reflect.TypeFor[gateway.Step](),
}

func TestPV1_ReflectionPrintersShowNoPersonalValue(t *testing.T) {
	leaves := plantedValues(t)
	types := slices.Clone(personalTypes)
	for leaf := range leaves {
		if !slices.Contains(types, leaf) {
			types = append(types, leaf)
		}
	}
	for _, typ := range types {
		t.Run(typ.String(), func(t *testing.T) {
			p := planter{leaves: leaves}
			value := p.plant(t, typ, nil)
			if p.planted == 0 { // it stands in an unexported field
				require.Contains(t, []string{"srmt.Act"}, typ.String(), "nothing was planted")
			}
			requireNothingPrinted(t, value.Interface(), reflect.Zero(typ).Interface())
			pointer := reflect.New(typ)
			pointer.Elem().Set(value)
			requireNothingPrinted(t, pointer.Interface(), reflect.New(typ).Interface())
			hidden := struct {
				inside any
				more   []any
			}{value.Interface(), []any{pointer.Interface()}}
			requireNothingPrinted(t, hidden, struct{ inside any }{})
			if typ.Comparable() {
				requireNothingPrinted(t, map[any]any{value.Interface(): 1}, map[any]any{})
			}
		})
	}
}

// The memory of a fake and of a store is as personal as what was put there.
func TestPV1_ReflectionPrintersShowNothingOfAStoreInMemory(t *testing.T) {
	leaves := plantedValues(t)
	applicant := selfchecktest.NewApplicant()
	applicant.Name = leaves[reflect.TypeFor[cris.PersonName]()].Interface().(cris.PersonName)                        //nolint:errcheck // it is one
	applicant.Residence = leaves[reflect.TypeFor[cris.Address]()].Interface().(cris.Address)                         //nolint:errcheck // it is one
	applicant.BirthDate = leaves[reflect.TypeFor[cris.Personal[cris.Date]]()].Interface().(cris.Personal[cris.Date]) //nolint:errcheck // it is one
	applicant.SSN = leaves[reflect.TypeFor[selfcheck.SSN]()].Interface().(selfcheck.SSN)                             //nolint:errcheck // it is one
	const id = selfcheck.TransactionID("0123456789abcdef0123456789abcdef")
	db, idp := memory.New(), selfchecktest.NewFakeIdP()
	require.NoError(t, db.SelfChecks().Update(t.Context(), id, func(selfcheck.Record) (selfcheck.Change, error) {
		return selfcheck.Change{Pass: &selfcheck.PassedProofing{
			Transaction: id, IdPTransaction: "IDP-1", At: selfchecktest.Start(), Statement: "edition",
			Name: applicant.Name, BirthDate: applicant.BirthDate, SSN: applicant.SSN,
		}}, nil
	}))
	record, err := db.SelfChecks().Record(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, applicant.Name, record.Pass.Name)
	_, err = idp.Begin(t.Context(), selfcheck.Beginning{Reference: "check-1", Applicant: applicant})
	require.NoError(t, err)
	requireNothingPrinted(t, db, memory.New())
	requireNothingPrinted(t, idp, selfchecktest.NewFakeIdP())
}

// planter makes values with personal values in all exported fields.
type planter struct {
	leaves  map[reflect.Type]reflect.Value
	planted int
}

func (p *planter) plant(t *testing.T, typ reflect.Type, within []reflect.Type) reflect.Value {
	t.Helper()
	value := reflect.New(typ).Elem()
	if leaf, found := p.leaves[typ]; found {
		p.planted++
		return leaf
	}
	require.False(t, strings.HasPrefix(typ.Name(), "Personal["), "nothing to plant in %s", typ)
	if slices.Contains(within, typ) {
		return value // it holds itself
	}
	within = append(slices.Clone(within), typ)
	switch typ.Kind() {
	case reflect.Struct:
		for i := range typ.NumField() {
			if typ.Field(i).IsExported() {
				value.Field(i).Set(p.plant(t, typ.Field(i).Type, within))
			}
		}
	case reflect.Pointer:
		value.Set(reflect.New(typ.Elem()))
		value.Elem().Set(p.plant(t, typ.Elem(), within))
	case reflect.Slice:
		value.Set(reflect.Append(value, p.plant(t, typ.Elem(), within)))
	case reflect.Array:
		for i := range typ.Len() {
			value.Index(i).Set(p.plant(t, typ.Elem(), within))
		}
	case reflect.Map:
		value.Set(reflect.MakeMap(typ))
		value.SetMapIndex(p.plant(t, typ.Key(), within), p.plant(t, typ.Elem(), within))
	default:
	}
	return value
}

func requireNothingPrinted(t *testing.T, value, other any) {
	t.Helper()
	for how, text := range printed(value, other) {
		require.Empty(t, leaked(text), "%s of %T", how, value)
	}
}

// printed returns value as every printer shows it, and how it differs from other: a small value in
// every mode, since a printer treats a large one as what it is made of.
func printed(value, other any) map[string]string {
	texts := map[string]string{}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		texts["fmt "+verb] = fmt.Sprintf(verb, value)
	}
	isSmall := value == nil || slices.Contains([]reflect.Kind{reflect.Struct, reflect.Slice}, reflect.TypeOf(value).Kind()) && reflect.TypeOf(value).Size() <= 64
	texts["kr/pretty"] = pretty.Sprint(value)
	texts["kr/pretty formatter"] = fmt.Sprintf("%v %# v %#v", pretty.Formatter(value), pretty.Formatter(value), pretty.Formatter(value))
	texts["kr/pretty diff"] = strings.Join(pretty.Diff(value, other), "\n") + strings.Join(pretty.Diff(other, value), "\n")
	texts["litter"] = litter.Sdump(value)
	for _, bits := range modes(4, isSmall) {
		set := func(bit int) bool { return bits&(1<<bit) != 0 }
		texts["litter "+strconv.FormatInt(int64(bits), 2)] = litter.Options{
			Compact: set(0), HidePrivateFields: set(1), DisablePointerReplacement: set(2), HideZeroValues: set(3),
		}.Sdump(value)
	}
	for _, bits := range modes(5, isSmall) {
		set := func(bit int) bool { return bits&(1<<bit) != 0 }
		config := spew.ConfigState{
			Indent: " ", DisableMethods: set(0), DisablePointerMethods: set(1), ContinueOnMethod: set(2), SpewKeys: set(3),
			DisablePointerAddresses: set(4),
		}
		texts["spew "+strconv.FormatInt(int64(bits), 2)] = config.Sdump(value) + config.Sprintf("%v %+v %#v %#+v", value, value, value, value)
	}
	failing := &recorder{}
	assert.Equal(failing, other, value)
	assert.Equal(failing, value, other)
	assert.EqualValues(failing, other, value)
	assert.Exactly(failing, other, value)
	assert.Same(failing, other, value)
	assert.Nil(failing, value)
	assert.Empty(failing, value)
	assert.Zero(failing, value)
	same := value
	assert.NotEqual(failing, same, value)
	assert.Contains(failing, []any{other}, value)
	assert.ElementsMatch(failing, []any{other}, []any{value})
	assert.Subset(failing, []any{other}, []any{value})
	assert.IsType(failing, 1, value)
	assert.Len(failing, value, 17)
	assert.Fail(failing, "failed", "message %v %+v", value, value)
	texts["testify"] = failing.text.String()
	var walk strings.Builder
	walkAll(reflect.ValueOf(value), &walk, 0)
	texts["reflect"] = walk.String()
	texts["text/template"] = encoded(func(w io.Writer) error { return textTemplate.Execute(w, value) })
	texts["html/template"] = encoded(func(w io.Writer) error { return htmlTemplate.Execute(w, value) })
	texts["gob"] = encoded(func(w io.Writer) error { return gob.NewEncoder(w).Encode(value) })
	texts["json"] = encoded(func(w io.Writer) error { return json.NewEncoder(w).Encode(value) })
	texts["xml"] = encoded(func(w io.Writer) error { return xml.NewEncoder(w).Encode(value) })
	return texts
}

// modes returns the ways to set so many options: all of them, or each option alone, none and all.
func modes(options int, all bool) (modes []int) {
	for bits := range 1 << options {
		if all || bits&(bits-1) == 0 || bits == 1<<options-1 { // a power of two sets one
			modes = append(modes, bits)
		}
	}
	return modes
}

var (
	textTemplate = template.Must(template.New("").Parse(`{{.}} {{printf "%#v %+v" . .}} {{html .}} {{js .}} {{print .}}`))
	htmlTemplate = htmltemplate.Must(htmltemplate.New("").Parse(`<a title="{{.}}" href="/?q={{.}}">{{.}}</a><script>let a = {{.}}</script>`))
)

// encoded returns what an encoder wrote, and what it said if it failed.
func encoded(encode func(io.Writer) error) string {
	var out bytes.Buffer
	if err := encode(&out); err != nil {
		fmt.Fprintf(&out, "%v %+v %#v", err, err, err)
	}
	return out.String()
}

// walkAll writes every text and number that reflection finds, whatever the depth.
func walkAll(v reflect.Value, out *strings.Builder, depth int) {
	if depth > 40 {
		return
	}
	switch v.Kind() {
	case reflect.String:
		fmt.Fprintln(out, v.String())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		fmt.Fprintln(out, v.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		fmt.Fprintln(out, v.Uint())
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			walkAll(v.Elem(), out, depth+1)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			walkAll(v.Index(i), out, depth+1)
		}
	case reflect.Map:
		for entry := v.MapRange(); entry.Next(); {
			walkAll(entry.Key(), out, depth+1)
			walkAll(entry.Value(), out, depth+1)
		}
	case reflect.Struct:
		for _, field := range v.Fields() {
			walkAll(field, out, depth+1)
		}
	default:
	}
}

// recorder is a test that fails and keeps what was said about it.
type recorder struct{ text strings.Builder }

func (r *recorder) Errorf(format string, args ...any) { fmt.Fprintf(&r.text, format+"\n", args...) }

// What was behind two handles was printed by what walks: the search sees it.
func TestPrinters_ShowWhatReflectionFinds(t *testing.T) {
	type behindHandles struct {
		value unique.Handle[unique.Handle[string]]
	}
	value := behindHandles{unique.Make(unique.Make(plantedText))}
	shown := printed(value, behindHandles{unique.Make(unique.Make("other"))})
	for _, how := range []string{"kr/pretty", "kr/pretty formatter", "litter 0", "spew 0", "spew 1", "testify", "reflect"} {
		require.NotEmpty(t, leaked(shown[how]), how)
	}
	type open struct{ Text string }
	for how, text := range printed(open{plantedText}, open{}) {
		require.NotEmpty(t, leaked(text), how)
	}
	for _, hidden := range []any{uint32(987654321), cris.MustParseDate("1987-06-05"), cris.MustParseZIP("98765"), []byte(plantedText)} {
		require.NotEmpty(t, leaked(printed(hidden, nil)["spew 1"]), hidden)
	}
}

// The list above has every exported type of every package that holds a personal value.
func TestPersonalTypes_AreAllListed(t *testing.T) {
	var listed []string
	for _, typ := range personalTypes {
		listed = append(listed, strings.TrimPrefix(typ.PkgPath(), rootModule)+"."+typ.Name())
	}
	slices.Sort(listed)
	require.Equal(t, personalTypesInSource(t), listed)
}

const rootModule = "github.com/seed28e20331/cris"

func personalTypesInSource(t *testing.T) (names []string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-export", "-deps", "-json=ImportPath,Export", ".", "./casestatus/...", "./erequest/...",
		"./selfcheck/...", "./srmt/...", "./tracking/...")
	cmd.Dir = filepath.Join("..", "..", "..")
	out, err := cmd.Output()
	require.NoError(t, err)
	exports := map[string]string{}
	var ours []string
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct{ ImportPath, Export string }
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		exports[p.ImportPath] = p.Export
		isKit := strings.HasSuffix(p.ImportPath, "test")
		if strings.HasPrefix(p.ImportPath, rootModule) && !strings.Contains(p.ImportPath, "/internal/") && !isKit {
			ours = append(ours, p.ImportPath)
		}
	}
	imports := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	for _, path := range ours {
		pkg, err := imports.Import(path)
		require.NoError(t, err)
		for _, name := range pkg.Scope().Names() {
			object, isType := pkg.Scope().Lookup(name).(*types.TypeName)
			if !isType || !object.Exported() || object.IsAlias() {
				continue
			}
			if named, is := object.Type().(*types.Named); is && named.TypeParams().Len() == 0 && holdsPersonal(named, map[types.Type]bool{}) {
				names = append(names, strings.TrimPrefix(path, rootModule)+"."+name)
			}
		}
	}
	slices.Sort(names)
	require.NotEmpty(t, names)
	return names
}

func holdsPersonal(t types.Type, seen map[types.Type]bool) bool {
	t = types.Unalias(t)
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t := t.(type) {
	case *types.Named:
		return t.Obj().Name() == "Personal" && t.Obj().Pkg().Path() == rootModule || holdsPersonal(t.Underlying(), seen)
	case *types.Pointer:
		return holdsPersonal(t.Elem(), seen)
	case *types.Slice:
		return holdsPersonal(t.Elem(), seen)
	case *types.Array:
		return holdsPersonal(t.Elem(), seen)
	case *types.Map:
		return holdsPersonal(t.Key(), seen) || holdsPersonal(t.Elem(), seen)
	case *types.Struct:
		for field := range t.Fields() {
			if holdsPersonal(field.Type(), seen) {
				return true
			}
		}
	}
	return false
}
