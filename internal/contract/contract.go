// Package contract runs the clauses that a port promises against a store, and
// runs broken stores against the clauses.
package contract

import (
	"context"
	"errors"
	"fmt"
	"path"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"
)

// Clause is one promise of a port. Check gets a fresh store and returns how the
// promise was broken.
type Clause[S any] struct {
	Name    string
	Promise string
	Check   func(ctx context.Context, store S) error
}

// patience bounds one clause: a store that blocks forever fails it.
const patience = 30 * time.Second

// Run checks every clause against a fresh store. Each says in the attributes of its test
// which kit it belongs to, what it promises, and what to do about a store that breaks it; the
// tables in docs/porting.md are made of them.
func Run[S any](t *testing.T, clauses []Clause[S], fresh func(t *testing.T) S) {
	t.Helper()
	kit := kitThatRuns()
	for _, clause := range clauses {
		t.Run(clause.Name, func(t *testing.T) {
			t.Attr("kit", kit)
			t.Attr("clause", clause.Name)
			t.Attr("promise", clause.Promise)
			t.Attr("remedy", Remedy(clause.Name))
			if err := check(t.Context(), clause, fresh(t)); err != nil {
				t.Error(clause.failure(err))
			}
		})
	}
}

// failure is what an integrator reads of a store that breaks the clause.
func (c Clause[S]) failure(broken error) string {
	return fmt.Sprintf("promise: %s\n\tbroken: %v\n\tto do: %s", c.Promise, broken, Remedy(c.Name))
}

// kitThatRuns names the exported function of a kit that called, such as "srmttest.TestStore".
func kitThatRuns() string {
	callers := make([]uintptr, 16)
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers)])
	for {
		frame, more := frames.Next()
		name := path.Base(frame.Function)
		if pkg, function, _ := strings.Cut(name, "."); strings.HasSuffix(pkg, "test") && strings.HasPrefix(function, "Test") {
			return name
		}
		if !more {
			return ""
		}
	}
}

// Broken is a store that breaks the named clause on purpose.
type Broken[S any] struct {
	Clause string // the clause that must refuse it
	Flaw   string // what is wrong with it
	New    func(t *testing.T) S
}

// Refuses checks that each broken store fails its clause, and that no clause is
// without a broken store: a clause that nothing fails proves nothing. Nor does a
// store that crashes, or that keeps no promise at all.
func Refuses[S any](t *testing.T, clauses []Clause[S], zoo []Broken[S]) {
	t.Helper()
	for _, broken := range zoo {
		t.Run(broken.Clause+"/"+broken.Flaw, func(t *testing.T) {
			if err := refuses(t.Context(), clauses, broken.Clause, broken.New(t)); err != nil {
				t.Errorf("a store with the flaw %q: %v", broken.Flaw, err)
			}
			if !keepsAnother(t.Context(), clauses, broken.Clause, func() S { return broken.New(t) }) {
				t.Errorf("a store with the flaw %q breaks every promise", broken.Flaw)
			}
		})
	}
	for _, name := range unproven(clauses, zoo) {
		t.Errorf("no broken store fails the clause %s", name)
	}
}

// RefusesOwn is Refuses for a kit that takes shared clauses beside its own. The shared ones
// are proven where they are written: of them those are looked at that a store of the zoo
// breaks, which proves that they see the port of this kit.
func RefusesOwn[S any](t *testing.T, own, shared []Clause[S], zoo []Broken[S]) {
	t.Helper()
	seen := slices.DeleteFunc(slices.Clone(shared), func(clause Clause[S]) bool {
		return !slices.ContainsFunc(zoo, func(broken Broken[S]) bool { return broken.Clause == clause.Name })
	})
	Refuses(t, slices.Concat(own, seen), zoo)
}

// Without leaves out the named clauses, which say nothing about a port.
func Without[S any](clauses []Clause[S], names ...string) []Clause[S] {
	return slices.DeleteFunc(clauses, func(clause Clause[S]) bool { return slices.Contains(names, clause.Name) })
}

// refuses returns nil if the named clause finds the store broken.
func refuses[S any](ctx context.Context, clauses []Clause[S], name string, store S) error {
	for _, clause := range clauses {
		if clause.Name != name {
			continue
		}
		err := check(ctx, clause, store)
		if err == nil {
			return fmt.Errorf("keeps the promise: %s", clause.Promise)
		}
		if _, crashed := errors.AsType[*crash](err); crashed {
			return fmt.Errorf("crashes: %w", err)
		}
		return nil
	}
	return fmt.Errorf("no clause is called %s", name)
}

// keepsAnother reports whether stores like this keep a promise beside the named one.
func keepsAnother[S any](ctx context.Context, clauses []Clause[S], name string, fresh func() S) bool {
	return slices.ContainsFunc(clauses, func(clause Clause[S]) bool {
		return clause.Name != name && check(ctx, clause, fresh()) == nil
	})
}

// unproven names the clauses that no store of the zoo breaks.
func unproven[S any](clauses []Clause[S], zoo []Broken[S]) []string {
	proven := map[string]bool{}
	for _, broken := range zoo {
		proven[broken.Clause] = true
	}
	var names []string
	for _, clause := range clauses {
		if !proven[clause.Name] {
			names = append(names, clause.Name)
		}
	}
	return names
}

func check[S any](ctx context.Context, clause Clause[S], store S) error {
	return finishes(ctx, patience, func(ctx context.Context) error { return clause.Check(ctx, store) })
}

// crash is the error of a step that panicked or stopped its goroutine.
type crash struct{ text string }

func (c *crash) Error() string { return c.text }

// finishes runs step under a context that ends after limit. A step that panics,
// stops its goroutine, or still blocks a second after that returns an error like
// any other; one that blocks is left behind.
func finishes(ctx context.Context, limit time.Duration, step func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	done := make(chan error, 1)
	go func() {
		var err error = &crash{"stopped the goroutine of its caller"}
		defer func() {
			if value := recover(); value != nil {
				err = &crash{fmt.Sprintf("panic: %v\n%s", value, debug.Stack())}
			}
			done <- err
		}()
		err = step(ctx)
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		return err
	case <-time.After(time.Second):
		return fmt.Errorf("still blocked %v after its context ended", time.Second)
	}
}
