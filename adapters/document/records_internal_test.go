package document

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
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

// ports are the interfaces behind which something is kept.
var ports = []reflect.Type{
	reflect.TypeFor[cris.Keys](), reflect.TypeFor[cris.Outbox](), reflect.TypeFor[cris.Purger](), reflect.TypeFor[cris.RetentionStore](), reflect.TypeFor[cris.SharedOutbox](),
	reflect.TypeFor[access.Trails](), reflect.TypeFor[addresschange.Store](), reflect.TypeFor[attempt.Counters](),
	reflect.TypeFor[casestatus.Cases](), reflect.TypeFor[casestatus.Deliveries](), reflect.TypeFor[casestatus.Mailings](),
	reflect.TypeFor[casestatus.ProcessingTimes](), reflect.TypeFor[casestatus.Scans](), reflect.TypeFor[disclosure.Accountings](),
	reflect.TypeFor[erequest.Store](), reflect.TypeFor[gateway.Calls](), reflect.TypeFor[letter.Attachments](), reflect.TypeFor[selfcheck.Archive](),
	reflect.TypeFor[selfcheck.Store](), reflect.TypeFor[srmt.Looks](), reflect.TypeFor[srmt.Store](), reflect.TypeFor[tracking.Quarantine](),
	reflect.TypeFor[tracking.Store](), reflect.TypeFor[tracking.Updates](),
}

// others are the interfaces behind which nothing is kept.
var others = []string{
	"cris.EventHandler",       // a service that acts on events
	"selfcheck.EVerify",       // the agency's own system
	"selfcheck.IdP",           // the provider's
	"addresschange.Cases",     // what a service reads and writes of casestatus.Cases
	"casestatus.Mail",         // a tracking.Updates with casestatus.Scans
	"erequest.Cases",          // a part of casestatus.Cases
	"erequest.CaseStatus",     // a service of casestatus
	"gateway.Representatives", // a part of srmt.Store
	"gateway.Requests",        // a service of erequest
	"records.Store",           // a part of selfcheck.Store with selfcheck.Archive
	"srmt.Requests",           // a part of erequest.Store
	"srmt.Submissions",        // a service of erequest
}

// Whoever adds a port adds it to the list above, so that its records are looked at.
func TestPorts_AreAllListed(t *testing.T) {
	listed := slices.Clone(others)
	for _, port := range ports {
		listed = append(listed, port.String())
	}
	slices.Sort(listed)
	declared := interfacesIn(t, os.DirFS(filepath.Join("..", "..")))
	require.Equal(t, declared, listed, "is it a port?")
}

// interfacesIn returns the exported interfaces of the packages of rules.
func interfacesIn(t *testing.T, tree fs.FS) (names []string) {
	t.Helper()
	require.NoError(t, fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		isNoRule := entry != nil && entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") && name != "." || strings.HasSuffix(name, "test") ||
			slices.Contains([]string{"adapters", "bin", "docs", "examples", "internal"}, name))
		switch {
		case err != nil:
			return err
		case isNoRule:
			return fs.SkipDir
		case path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		source, err := fs.ReadFile(tree, name)
		require.NoError(t, err)
		file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			if declared, is := n.(*ast.TypeSpec); is && declared.Name.IsExported() {
				if _, is := declared.Type.(*ast.InterfaceType); is {
					names = append(names, file.Name.Name+"."+declared.Name.Name)
				}
			}
			return true
		})
		return nil
	}))
	slices.Sort(names)
	return names
}

// records returns every type that the ports take or return.
func records() (all []reflect.Type) {
	add := func(t reflect.Type) {
		if !slices.Contains(all, t) {
			all = append(all, t)
		}
	}
	for _, port := range ports {
		for method := range port.Methods() {
			recordsOf(method.Type, add)
		}
	}
	return all
}

// recordsOf adds the types that a function takes or returns, and those of the functions among them,
// such as lists and decide.
func recordsOf(t reflect.Type, add func(reflect.Type)) {
	switch {
	case t.Kind() == reflect.Func:
		for in := range t.Ins() {
			recordsOf(in, add)
		}
		for out := range t.Outs() {
			recordsOf(out, add)
		}
	case t == reflect.TypeFor[context.Context](), t == reflect.TypeFor[error](), t == reflect.TypeFor[*time.Location]():
	default:
		add(t)
	}
}

func TestRecords_AreFoundInEverySignature(t *testing.T) {
	found := records()
	for _, record := range []reflect.Type{
		reflect.TypeFor[casestatus.CaseChange](),                                 // what decide returns
		reflect.TypeFor[casestatus.Filed](),                                      // what it is given
		reflect.TypeFor[erequest.DueRequest](),                                   // what a list yields
		reflect.TypeFor[erequest.Request](), reflect.TypeFor[[]erequest.Entry](), // results
		reflect.TypeFor[srmt.Look](), reflect.TypeFor[[]tracking.Number](), // parameters
	} {
		require.Contains(t, found, record)
	}
}

func TestReveal_KeepsEveryRecordOfEveryPort(t *testing.T) {
	for _, record := range records() {
		_, fault := formOf(record)
		require.Nil(t, fault, "%s: %v", record, fault.in(record.String()))
	}
}
