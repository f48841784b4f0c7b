package access

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

// ErrConflict means that the store gave up because others wrote, or that another step has the ID.
var ErrConflict = cris.ErrConflict

// StepKind is what happened to a record.
type StepKind string

// The kinds of steps.
const (
	StepAmended      StepKind = "amended"
	StepRefused      StepKind = "refused"
	StepUpheld       StepKind = "upheld"
	StepDisagreement StepKind = "disagreement" // a statement of disagreement was put on file
)

// StepKinds lists the kinds of steps. The caller may keep and change the slice.
func StepKinds() []StepKind {
	return []StepKind{StepAmended, StepRefused, StepUpheld, StepDisagreement}
}

// Message returns what happened, in words.
func (k StepKind) Message() cris.Message { return message("step_kind", k) }

// Step is one entry of the trail of a record: what was amended, refused or disputed, when, by
// whom and why (PV-5). It holds no value of the record and no number of the transaction: the handle
// alone leads from the record to it. It never changes.
type Step struct {
	ID        string // its own
	Handle    selfcheck.Handle
	At        time.Time // UTC, to the microsecond
	By        string    // the ID of the official
	Kind      StepKind
	Classes   []disclosure.Class // in the order of disclosure.Classes
	Finding   Finding            // "" for a statement of disagreement
	KeptUntil cris.Date
}

// Equal reports whether two steps say the same.
func (s Step) Equal(other Step) bool {
	return s.ID == other.ID && s.Handle == other.Handle && s.At.Equal(other.At) && s.By == other.By && s.Kind == other.Kind &&
		slices.Equal(s.Classes, other.Classes) && s.Finding == other.Finding && s.KeptUntil == other.KeptUntil
}

// Key returns the place of the step in a list.
func (s Step) Key() Key { return Key{s.At, s.ID} }

// Key is the place of a step in a list: the earliest comes first, and within one instant the
// lower ID in byte order.
type Key struct {
	At time.Time
	ID string
}

// Compare returns -1, 0 or +1 as k comes before other, is the same, or comes after it. The
// zero Key comes first.
func (k Key) Compare(other Key) int {
	return cmp.Or(k.At.Compare(other.At), cmp.Compare(k.ID, other.ID))
}

// Page is a part of a list of steps. The zero Page is the whole list, and a Limit of zero or
// less is no limit.
type Page = cris.Page[Key]

// Trails is the port to the trails of records (PV-5). It is safe for concurrent use. Callers may
// keep and change what they get.
type Trails interface {
	// Record saves a step. Saving the same step again (Step.Equal) changes nothing and is not an
	// error, so that a call whose answer was lost may be repeated. Another step with an ID that
	// is on file fails with an error that matches ErrConflict, as does a store that gives up;
	// nothing is saved then.
	Record(ctx context.Context, step Step) error
	// List yields the steps with the handle, in the order of their Key. It holds no lock and no
	// connection while it yields. Each range over it starts from the beginning. An error,
	// including that of the context, is yielded once and ends the sequence.
	List(ctx context.Context, handle selfcheck.Handle, page Page) iter.Seq2[Step, error]
}

// Disputed returns the classes of data about which there is a statement of disagreement: those
// whose last step is one. The steps are those of the record, in any order.
func Disputed(trail []Step) []disclosure.Class { return lastSteps(trail, StepDisagreement) }

// lastSteps returns the classes whose last step is of the kind, in the order of
// disclosure.Classes.
func lastSteps(trail []Step, kind StepKind) (classes []disclosure.Class) {
	trail = slices.Clone(trail)
	slices.SortFunc(trail, func(a, b Step) int { return a.Key().Compare(b.Key()) })
	last := map[disclosure.Class]StepKind{}
	for _, step := range trail {
		for _, class := range step.Classes {
			last[class] = step.Kind
		}
	}
	for _, class := range disclosure.Classes() {
		if last[class] == kind {
			classes = append(classes, class)
		}
	}
	return classes
}
