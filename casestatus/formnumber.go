package casestatus

import (
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// FormNumber is the number of a form as the agency prints it: "I-485", "N-400".
type FormNumber string

// FormType is the subtype of a form under which processing times are posted, such
// as "147-C8" for one category of Form I-765; "" where a form has only one.
type FormType string

// ParseFormNumber reads the number of a form as people write it and returns it as the
// agency prints it: "i485", "Form I-485", "Form No. I-485" and "I 485" are I-485. Separators are dropped and
// letters become capitals. A number is one to four letters, one to four digits and at most
// two letters after them, as in N-600K. Whether there is such a form is for a table to
// say. Its error is a *cris.ParseError.
func ParseFormNumber(s string) (FormNumber, error) {
	const what = "form number"
	var letters, digits, suffix []byte
	for i := text.Label(s, "USCIS", "FORM"); i < len(s); {
		c := s[i]
		if size := text.Separator(s, i); size > 0 {
			i += size
			continue
		}
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		switch isLetter := 'A' <= c && c <= 'Z'; {
		case isLetter && len(digits) == 0:
			letters = append(letters, c)
		case isLetter:
			suffix = append(suffix, c)
		case '0' <= c && c <= '9' && len(suffix) == 0 && len(letters) > 0:
			digits = append(digits, c)
		default:
			return "", &cris.ParseError{What: what, At: i, Problem: "want letters and then digits, as in I-485"}
		}
		i++
	}
	zeros := strings.Trim(string(digits), "0") == ""
	if len(letters) < 1 || len(letters) > 4 || len(digits) > 4 || zeros || len(suffix) > 2 {
		return "", &cris.ParseError{What: what, At: -1, Problem: "want letters and then digits, as in I-485"}
	}
	return FormNumber(string(letters) + "-" + string(digits) + string(suffix)), nil
}
