package processingtimes

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// readPlain reads a body that has the form in which it is published, as encoding/json
// would, and reports whether it has. The text is valid JSON. A site is mostly text that
// nobody keeps, which a cursor passes at once.
func readPlain(text []byte, body *envelope[row]) bool {
	c := cursor{text: text}
	c.object(func(name []byte) {
		switch string(name) {
		case "form":
			c.string(&body.Form)
		case "office":
			c.string(&body.Office)
		case "data":
			c.data(&body.Data)
		case "body":
			c.object(func(name []byte) {
				if string(name) == "data" {
					c.data(&body.Body.Data)
				} else {
					c.skip()
				}
			})
		default:
			c.skip()
		}
	})
	return !c.odd
}

func (c *cursor) data(d *data[row]) {
	times := &d.ProcessingTime
	c.object(func(name []byte) {
		if string(name) != "processing_time" {
			c.skip()
			return
		}
		c.object(func(name []byte) {
			switch string(name) {
			case "form_name":
				c.string(&times.FormName)
			case "office_code":
				c.string(&times.OfficeCode)
			case "form_note_en":
				c.string(&times.FormNoteEN)
			case "form_note_es":
				c.string(&times.FormNoteES)
			case "subtypes":
				c.odd = c.odd || times.Subtypes != nil
				c.array(func() {
					times.Subtypes = append(times.Subtypes, row{})
					c.row(&times.Subtypes[len(times.Subtypes)-1])
				})
			default:
				c.skip()
			}
		})
	})
}

func (c *cursor) row(r *row) {
	c.object(func(name []byte) {
		switch string(name) {
		case "form_type":
			c.string(&r.FormType)
		case "publication_date":
			c.string(&r.PublicationDate)
		case "service_request_date":
			c.string(&r.ServiceRequestDate)
		case "subtype_note_en":
			c.string(&r.NoteEN)
		case "subtype_note_es":
			c.string(&r.NoteES)
		case "range":
			c.odd = c.odd || r.Range != nil
			c.array(func() {
				if r.Range == nil {
					r.Range = make([]bound, 0, 2)
				}
				r.Range = append(r.Range, bound{})
				c.bound(&r.Range[len(r.Range)-1])
			})
		default:
			c.skip()
		}
	})
}

func (c *cursor) bound(b *bound) {
	c.object(func(name []byte) {
		switch string(name) {
		case "unit":
			c.string(&b.Unit)
		case "value":
			c.figure(&b.Value)
		default:
			c.skip()
		}
	})
}

// cursor passes through text that is valid JSON, so it checks no syntax.
type cursor struct {
	text []byte
	at   int
	odd  bool // there is something that encoding/json has to look at; nothing read counts
}

// next passes blanks and what stands between values, and returns the byte after them.
func (c *cursor) next() byte {
	for {
		switch b := c.text[c.at]; b {
		case ' ', '\t', '\r', '\n', ',', ':':
			c.at++
		default:
			return b
		}
	}
}

// object calls field with the name of each field, to pass its value. Null is an object
// without fields.
func (c *cursor) object(field func(name []byte)) {
	if c.next() != '{' {
		c.null()
		return
	}
	c.at++
	for !c.odd && c.next() != '}' {
		field(c.name())
	}
	c.at++
}

// array calls element at each element, to pass it. Null is an array without elements.
func (c *cursor) array(element func()) {
	if c.next() != '[' {
		c.null()
		return
	}
	c.at++
	for !c.odd && c.next() != ']' {
		element()
	}
	c.at++
}

// null passes null. Anything else has another type than it should.
func (c *cursor) null() {
	if c.text[c.at] != 'n' {
		c.odd = true
		return
	}
	c.at += len("null")
}

// name passes the name of a field. One in other letters than the published ones is odd:
// encoding/json takes Form_Type for form_type.
func (c *cursor) name() []byte {
	name := c.quoted()
	for _, b := range name {
		c.odd = c.odd || (b < 'a' || b > 'z') && b != '_'
	}
	return name
}

// quoted passes a string and returns what stands between its quotation marks.
func (c *cursor) quoted() []byte {
	begin := c.at + 1
	for c.at = begin; c.text[c.at] != '"'; c.at++ {
		if c.text[c.at] == '\\' {
			c.at++
		}
	}
	c.at++
	return c.text[begin : c.at-1]
}

// string reads a string. Null leaves it as it is.
func (c *cursor) string(into *string) {
	if c.next() != '"' {
		c.null()
		return
	}
	begin := c.at
	text := c.quoted()
	if bytes.IndexByte(text, '\\') < 0 && utf8.Valid(text) {
		*into = string(text)
		return
	}
	c.odd = json.Unmarshal(c.text[begin:c.at], into) != nil
}

// figure reads a number, a string or null.
func (c *cursor) figure(into *any) {
	switch b := c.next(); {
	case b == '"':
		var text string
		c.string(&text)
		*into = text
	case b == '-' || b >= '0' && b <= '9':
		*into = json.Number(c.word())
	default:
		*into = nil
		c.null()
	}
}

// skip passes a value.
func (c *cursor) skip() {
	for depth := 0; ; {
		switch c.next() {
		case '"':
			c.quoted()
		case '{', '[':
			depth++
			c.at++
		case '}', ']':
			depth--
			c.at++
		default:
			c.word()
		}
		if depth == 0 {
			return
		}
	}
}

// word passes a number, true, false or null, and returns it.
func (c *cursor) word() []byte {
	begin := c.at
	for {
		switch c.text[c.at] {
		case ' ', '\t', '\r', '\n', ',', ']', '}':
			return c.text[begin:c.at]
		}
		c.at++
	}
}
