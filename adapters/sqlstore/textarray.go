package sqlstore

import "encoding"

// textArray builds the text of an array of PostgreSQL, {"one","two"}. Its zero value is an
// empty array.
type textArray struct{ text []byte }

// append adds the text form of a value, which holds neither quote nor backslash and does
// not fail.
func (a *textArray) append(value encoding.TextAppender) {
	a.text = append(a.text, ',', '"')
	a.text, _ = value.AppendText(a.text)
	a.text = append(a.text, '"')
}

// appendString adds any string without a zero byte, which PostgreSQL cannot hold.
func (a *textArray) appendString(value string) {
	a.text = append(a.text, ',', '"')
	for i := range len(value) {
		if value[i] == '"' || value[i] == '\\' {
			a.text = append(a.text, '\\')
		}
		a.text = append(a.text, value[i])
	}
	a.text = append(a.text, '"')
}

func (a *textArray) String() string {
	if len(a.text) == 0 {
		return "{}"
	}
	return "{" + string(a.text[1:]) + "}" // without the first comma
}
