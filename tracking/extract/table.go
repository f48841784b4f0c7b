package extract

import (
	"errors"
	"fmt"
	"slices"
)

// table is what the layouts of records and of headers have in common.
type table struct{ fields []Field }

// of returns the field of a kind other than Ignored. Its width is 0 if there is none.
func (t table) of(kind Kind) Field {
	if i := slices.IndexFunc(t.fields, func(f Field) bool { return f.Kind == kind }); i >= 0 {
		return t.fields[i]
	}
	return Field{}
}

// kindRule is what a layout asks of its field of one kind. It has at most one.
type kindRule struct {
	kind  Kind
	width int  // bytes; 0 for any number
	must  bool // be there
}

func newTable(fields []Field, rules []kindRule) (table, error) {
	t := table{slices.Clone(fields)}
	start := 2 // after the first quote
	for i := range t.fields {
		if t.fields[i].Kind == "" {
			t.fields[i].Kind = Ignored
		}
		field := t.fields[i]
		if field.Start != start || field.Width < 1 || field.Width > maxRecord {
			return table{}, fmt.Errorf("extract: field %q: want it to start at byte %d and hold 1 to %d bytes", field.Name, start, maxRecord)
		}
		start += field.Width + len(between)
		if field.Kind == Ignored {
			continue
		}
		if err := field.check(rules); err != nil {
			return table{}, err
		}
		if (table{t.fields[:i]}).of(field.Kind).Width > 0 {
			return table{}, fmt.Errorf("extract: field %q: a second field of the kind %s", field.Name, field.Kind)
		}
	}
	for _, rule := range rules {
		if rule.must && t.of(rule.kind).Width == 0 {
			return table{}, fmt.Errorf("extract: no field of the kind %s", rule.kind)
		}
	}
	if t.Length() > maxRecord {
		return table{}, errors.New("extract: the record is too long")
	}
	return t, nil
}

func (f *Field) check(rules []kindRule) error {
	for _, rule := range rules {
		if rule.kind != f.Kind {
			continue
		}
		if rule.width != 0 && rule.width != f.Width {
			return fmt.Errorf("extract: field %q: want %d bytes for the kind %s", f.Name, rule.width, f.Kind)
		}
		return nil
	}
	return fmt.Errorf("extract: field %q: no such kind in this layout", f.Name)
}

// Fields returns the fields in order. The caller may keep and change the slice.
func (t table) Fields() []Field { return slices.Clone(t.fields) }

// Length returns the bytes of a line of this layout, without the line end; 0 for the zero
// layout.
func (t table) Length() int {
	if len(t.fields) == 0 {
		return 0
	}
	return t.fields[len(t.fields)-1].end() + 1
}
