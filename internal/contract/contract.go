// Package contract runs the clauses that a port promises against a store, and
// runs broken stores against the clauses.
package contract

import (
	"context"
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

// patience bounds one clause: a store that blocks for ever fails it.
const patience = 30 * time.Second

// Run checks every clause against a fresh store.
func Run[S any](t *testing.T, clauses []Clause[S], fresh func(t *testing.T) S) {
	t.Helper()
	for _, clause := range clauses {
		t.Run(clause.Name, func(t *testing.T) {
			if err := check(t, clause, fresh(t)); err != nil {
				t.Errorf("promise: %s\n\tbroken: %v", clause.Promise, err)
			}
		})
	}
}

// Broken is a store that breaks the named clause on purpose.
type Broken[S any] struct {
	Clause string // the clause that must refuse it
	Flaw   string // what is wrong with it
	New    func(t *testing.T) S
}

// Refuses checks that each broken store fails its clause, and that no clause is
// without a broken store: a clause that nothing fails proves nothing.
func Refuses[S any](t *testing.T, clauses []Clause[S], zoo []Broken[S]) {
	t.Helper()
	refused := map[string]bool{}
	for _, broken := range zoo {
		t.Run(broken.Clause+"/"+broken.Flaw, func(t *testing.T) {
			for _, clause := range clauses {
				if clause.Name != broken.Clause {
					continue
				}
				refused[clause.Name] = true
				if err := check(t, clause, broken.New(t)); err == nil {
					t.Errorf("a store with the flaw %q keeps the promise: %s", broken.Flaw, clause.Promise)
				}
				return
			}
			t.Errorf("no clause is called %s", broken.Clause)
		})
	}
	for _, clause := range clauses {
		if !refused[clause.Name] {
			t.Errorf("no broken store fails the clause %s", clause.Name)
		}
	}
}

func check[S any](t *testing.T, clause Clause[S], store S) error {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	return clause.Check(ctx, store)
}
