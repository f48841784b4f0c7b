package extract

// Field is one field of a layout.
type Field struct {
	Name     string
	Start    int // the first byte between the quotes, from 1
	Width    int // bytes between the quotes
	Kind     Kind
	Inferred bool // not published where it could be checked
}

// in returns the bytes of the field in a record.
func (f *Field) in(line []byte) []byte { return line[f.Start-1 : f.end()] }

// end returns the byte after the field, from 0; the closing quote stands there.
func (f *Field) end() int { return f.Start - 1 + f.Width }
