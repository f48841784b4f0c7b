package cris

import "slices"

// Place is an office, or where somebody is sent who cannot be served here. A field that does
// not apply is empty.
type Place struct {
	Telephone string   // as it is printed
	TTY       string   // for people who are deaf or hard of hearing
	Address   []string // lines of a mailing address
	Website   string
}

// IsZero reports whether nothing is known of the place.
func (p Place) IsZero() bool {
	return p.Telephone == "" && p.TTY == "" && len(p.Address) == 0 && p.Website == ""
}

// Clone returns a copy that shares nothing with p.
func (p Place) Clone() Place {
	p.Address = slices.Clone(p.Address)
	return p
}
