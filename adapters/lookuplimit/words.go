package lookuplimit

import "github.com/seed28e20331/cris"

// Words lists what this package says to people, in English and Spanish. The caller may keep
// and change the slice.
func Words() []cris.Phrase {
	return []cris.Phrase{{
		Code:    "lookuplimit.too_often",
		English: "You have looked up too many receipt numbers in a short time. Please wait a moment and try again.",
		Spanish: "Ha consultado demasiados números de recibo en poco tiempo. Espere un momento e inténtelo de nuevo.",
	}}
}
