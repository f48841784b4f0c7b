package selfcheck

import "slices"

// HasNoExpirationDate reports whether E-Verify is to be told that the document of list B has no
// expiration date: the individual may leave the date out, and did. It is false for a document of
// list A: E-Verify refuses such a statement about a Form I-551, and asks for the date of the
// others.
func (q *Query) HasNoExpirationDate() bool {
	return slices.Contains(ListB(), q.ListB) && q.ListA == "" && q.ExpirationDate.IsZero()
}
