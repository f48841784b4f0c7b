package contract

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed28e20331/cris"
)

// Read is a port that reads what is filed under an identifier, seen through the little that
// its clauses need. V is what it reads, with its identifier.
type Read[V any] struct {
	// New returns the n-th value, from 1: each has an identifier of its own, and something in
	// every field.
	New func(n int) V
	// Next returns the value as a later change leaves it, under the same identifier: answered,
	// closed, with one step more. The n-th change differs from all others. A port whose
	// values do not change has none.
	Next func(v V, n int) V
	// Put saves the value by one Update, or by what the port has in its place.
	Put func(ctx context.Context, v V) error
	// Get reads what is filed under the identifier of v.
	Get func(ctx context.Context, v V) (V, error)
	// Given returns what an Update gives decide under the identifier of v, and changes
	// nothing. It is called for what is on file. A port that gives nothing of the kind has none.
	Given func(ctx context.Context, v V) (V, error)
	// Equal reports whether two values are the same in all that they hold.
	Equal func(a, b V) bool
	// Spoil changes, in place, all that can be reached from the value: what stands behind its
	// slices, maps and pointers. Values without any have none.
	Spoil func(v V)
	// Missing is the error of an identifier under which nothing is filed: cris.ErrNotFound.
	// Nil if the port returns the zero value of V instead, as Equal sees it.
	Missing error
	// WithID returns the value under another identifier. A port whose identifiers are not free
	// text has none.
	WithID func(v V, id string) V
	// Texts are the fields that hold free text.
	Texts []Text[V]
	// Personal is what stands in the personal fields of every New: no error may repeat it.
	Personal []string
}

// Text is a field of a value that holds free text.
type Text[V any] struct {
	Name string
	// With returns the value with this text in the field.
	With func(v V, text string) V
	// Personal: the text must not come back in an error.
	Personal bool
	// Coded: it holds codes or numbers alone, and Exact leaves it out.
	Coded bool
}

// ReadClauses are the promises of every port that reads by identifier (docs/porting.md). The
// name of the port begins those of the clauses. They see a store S through view.
func ReadClauses[S, V any](name string, view func(S) Read[V]) []Clause[S] {
	clause := func(clause, promise string, check func(context.Context, Read[V]) error) Clause[S] {
		return Clause[S]{name + "/" + clause, promise, func(ctx context.Context, store S) error { return check(ctx, view(store)) }}
	}
	return []Clause[S]{
		clause("Unknown", "what is not on file gives ErrNotFound, or nothing where the port says so", readsUnknown[V]),
		clause("Fresh", "a read, and the next Update, gives what the last Update saved, whole, and that of no other identifier", readsFresh[V]),
		clause("Cancelled", "under a canceled context a read gives the error of the context", readsCancelled[V]),
		clause("Own", "what is saved and what is read is the caller's: changing it changes nothing in the store", readsOwn[V]),
		clause("Exact", "text comes back as it was saved, blanks, letters, accents and all", readsExact[V]),
		clause("Refused", "text that is not UTF-8, or has a NUL in it, is refused with its whole change, and no error repeats a personal value", readsRefused[V]),
		clause("Letters", "identifiers that differ in one byte are two, however long they are, and what changes one leaves the other", readsLetters[V]),
	}
}

func (r Read[V]) want(ctx context.Context, want V, when string) error {
	if err := r.wantFrom(ctx, r.Get, want, "what is read "+when); err != nil {
		return err
	}
	if r.Given == nil {
		return nil
	}
	return r.wantFrom(ctx, r.Given, want, "what decide is given "+when)
}

func (r Read[V]) wantFrom(ctx context.Context, get func(context.Context, V) (V, error), want V, what string) error {
	got, err := get(ctx, want)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if !r.Equal(got, want) {
		return fmt.Errorf("%s differs from what was saved: %s", what, Difference(got, want))
	}
	return nil
}

func (r Read[V]) wantMissing(ctx context.Context, v V) error {
	got, err := r.Get(ctx, v)
	if r.Missing != nil {
		if !errors.Is(err, r.Missing) {
			return fmt.Errorf("what is not on file gave: %w; want an error that matches %q", orNil(err), r.Missing.Error())
		}
		return nil
	}
	var nothing V
	if err != nil || !r.Equal(got, nothing) {
		return fmt.Errorf("what is not on file gave %+v, want the zero value, and the error: %w", got, orNil(err))
	}
	return nil
}

func readsUnknown[V any](ctx context.Context, r Read[V]) error {
	if err := r.wantMissing(ctx, r.New(1)); err != nil {
		return err
	}
	if err := r.Put(ctx, r.New(2)); err != nil {
		return err
	}
	return r.wantMissing(ctx, r.New(1))
}

func readsFresh[V any](ctx context.Context, r Read[V]) error {
	first, second := r.New(1), r.New(2)
	for _, v := range []V{first, second} {
		if err := r.Put(ctx, v); err != nil {
			return err
		}
		if err := r.want(ctx, v, "after it was saved"); err != nil {
			return err
		}
	}
	if r.Next == nil {
		return r.want(ctx, first, "after another was saved")
	}
	for n := range 3 {
		first = r.Next(first, n+1)
		if err := r.Put(ctx, first); err != nil {
			return fmt.Errorf("change %d: %w", n+1, err)
		}
		if err := errors.Join(r.want(ctx, first, "after a change"), r.want(ctx, second, "after another changed")); err != nil {
			return err
		}
	}
	return nil
}

func readsCancelled[V any](ctx context.Context, r Read[V]) error {
	v := r.New(1)
	if err := r.Put(ctx, v); err != nil {
		return err
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	for _, v := range []V{v, r.New(2)} { // on file, and not
		if _, err := r.Get(cancelled, v); !errors.Is(err, context.Canceled) {
			return fmt.Errorf("a read gave: %w; want the error of the context", orNil(err))
		}
	}
	return r.want(ctx, v, "afterwards")
}

func readsOwn[V any](ctx context.Context, r Read[V]) error {
	given := r.New(1)
	if err := r.Put(ctx, given); err != nil {
		return err
	}
	if !r.Equal(given, r.New(1)) {
		return errors.New("the store changed what it was given")
	}
	if r.Spoil == nil {
		return r.want(ctx, r.New(1), "afterwards")
	}
	r.Spoil(given)
	if err := r.want(ctx, r.New(1), "after what was given was changed"); err != nil {
		return err
	}
	for _, get := range []func(context.Context, V) (V, error){r.Get, r.Given} {
		if get == nil {
			continue
		}
		read, err := get(ctx, r.New(1))
		if err != nil {
			return err
		}
		r.Spoil(read)
		if err := r.want(ctx, r.New(1), "after what was read was changed"); err != nil {
			return err
		}
	}
	return nil
}

// exactTexts are held by every store as they are: what some trim, fold, normalize, cut or
// take for something else.
var exactTexts = []string{
	" leading", "trailing ", "\ttabs\t", "two  blanks", "Letters of BOTH cases", "line\nbreak\r\n", `"quotes" 'single' \ % _`,
	"e\u0301 apart", "\u00e9 together", "\u0130\u0131 dotless", "\U0001f4ec beyond the plane", "NULL", "0", "01", "1.0", "2013-08-15",
	"'); DROP TABLE outbox; --", "? $1 :name", strings.Repeat("long ", 1000),
}

func readsExact[V any](ctx context.Context, r Read[V]) error {
	n := 0
	for _, field := range r.Texts {
		if field.Coded {
			continue
		}
		for _, text := range exactTexts {
			n++
			v := field.With(r.New(n), text)
			if err := r.Put(ctx, v); err != nil {
				return fmt.Errorf("%s %.30q: %w", field.Name, text, err)
			}
			got, err := r.Get(ctx, v)
			if err != nil {
				return fmt.Errorf("read %s %.30q: %w", field.Name, text, err)
			}
			if !r.Equal(got, field.With(r.New(n), text)) {
				return fmt.Errorf("%s %.30q did not come back as it was saved: %s", field.Name, text, Difference(got, field.With(r.New(n), text)))
			}
		}
	}
	return nil
}

// marker stands in every text that a store may refuse.
const marker = "Xyzzyva"

// refusedTexts are held by no store: some databases cannot, some alter them, and some say so
// in errors that repeat them. What one store refuses no other takes.
var refusedTexts = []string{
	marker + "\x00", "\x00" + marker, marker + "\xff", "\xc3" + marker, marker + "\xed\xa0\x80", "\xef\xbf" + marker,
}

func readsRefused[V any](ctx context.Context, r Read[V]) error {
	fields := r.Texts
	if r.WithID != nil {
		fields = append([]Text[V]{{Name: "identifier", With: r.WithID}}, fields...)
	}
	n := 0
	for _, field := range fields {
		for _, text := range refusedTexts {
			n++
			v := field.With(r.New(n), text)
			if err := r.wantRefused(field, r.Put(ctx, v)); err != nil {
				return fmt.Errorf("the %s %q: %w", field.Name, text, err)
			}
			if err := r.wantMissing(ctx, v); err != nil {
				return fmt.Errorf("after the %s %q was refused: %w", field.Name, text, err)
			}
		}
	}
	return r.wantUsable(ctx, n+1)
}

// wantRefused checks the error of a Put whose field holds one of the refused texts.
func (r Read[V]) wantRefused(field Text[V], err error) error {
	switch {
	case err == nil:
		return errors.New("was taken")
	case errors.Is(err, cris.ErrConflict):
		return fmt.Errorf("was refused as if another try could mend it: %w", err)
	case field.Personal && strings.Contains(err.Error(), marker):
		return errors.New("is repeated by the error")
	case !utf8.ValidString(err.Error()) || strings.ContainsRune(err.Error(), 0):
		return errors.New("has its bytes repeated by the error")
	case slices.ContainsFunc(r.Personal, func(personal string) bool { return strings.Contains(err.Error(), personal) }):
		return errors.New("gave an error that repeats a personal value beside it")
	}
	return nil
}

// wantUsable checks that a value can be saved and read after others were refused.
func (r Read[V]) wantUsable(ctx context.Context, n int) error {
	if err := r.Put(ctx, r.New(n)); err != nil {
		return fmt.Errorf("after a refusal: %w", err)
	}
	return r.want(ctx, r.New(n), "after a refusal")
}

func readsLetters[V any](ctx context.Context, r Read[V]) error {
	if r.WithID == nil {
		return nil
	}
	long := strings.Repeat("a", 300)
	ids := []string{"a-1", "A-1", "a-1 ", " a-1", "a-01", "\u00e9-1", "e\u0301-1", "a_1", long + "1", long + "2"}
	saved := make([]V, len(ids))
	for i, id := range ids {
		v := r.WithID(r.New(i+1), id)
		saved[i] = v
		if err := r.wantMissing(ctx, v); err != nil {
			return fmt.Errorf("before %q was saved: %w", id, err)
		}
		if err := r.Put(ctx, v); err != nil {
			return fmt.Errorf("save %q: %w", id, err)
		}
	}
	if r.Next != nil { // half of them change, and the others stay
		for i := 0; i < len(ids); i += 2 {
			saved[i] = r.Next(saved[i], i+1)
			if err := r.Put(ctx, saved[i]); err != nil {
				return fmt.Errorf("change %q: %w", ids[i], err)
			}
		}
	}
	for i, id := range ids {
		if err := r.want(ctx, saved[i], fmt.Sprintf("under %.10q", id)); err != nil {
			return err
		}
	}
	return nil
}
