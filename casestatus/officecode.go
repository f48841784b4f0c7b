package casestatus

import (
	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// OfficeCode is the code of an office as processing times name it ("NBC", "SSC").
// It is not a receipt prefix: Texas is SRC on receipt numbers and SSC here.
type OfficeCode string

// ParseOfficeCode reads the code of an office: three letters, which become capitals.
// Separators are dropped. Whether there is such an office is for a table to say. Its error
// is a *cris.ParseError.
func ParseOfficeCode(s string) (OfficeCode, error) {
	var code []byte
	for i := 0; i < len(s); {
		c := s[i]
		if size := text.Separator(s, i); size > 0 {
			i += size
			continue
		}
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		if c < 'A' || c > 'Z' || len(code) == 3 {
			return "", &cris.ParseError{What: "office code", At: i, Problem: "want three letters"}
		}
		code = append(code, c)
		i++
	}
	if len(code) < 3 {
		return "", &cris.ParseError{What: "office code", At: len(s), Problem: "want three letters"}
	}
	return OfficeCode(code), nil
}
