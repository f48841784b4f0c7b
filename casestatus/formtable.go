package casestatus

import "slices"

// FormTable finds forms by number and subtype. It does not change and is safe for
// concurrent use; the zero table knows no form.
type FormTable struct {
	byType map[formSubtype]Form       // by Type and by Key
	keys   map[formSubtype][]FormType // by Type: the keys that stand for it, in order
}

type formSubtype struct {
	number  FormNumber
	subtype FormType
}

// NewFormTable returns a table of the given forms. Of several with one number and type,
// or key, the last counts, so that a host program can amend the known ones:
//
//	NewFormTable(append(casestatus.Forms(), listed)...)
func NewFormTable(forms ...Form) FormTable {
	byType := make(map[formSubtype]Form, len(forms))
	for _, form := range forms {
		if form.Key != "" {
			byType[formSubtype{form.Number, form.Key}] = form
		}
	}
	for _, form := range forms { // a type is told apart from a key of the same name
		byType[formSubtype{form.Number, form.Type}] = form
	}
	keys := map[formSubtype][]FormType{}
	for name, form := range byType {
		if published := (formSubtype{form.Number, form.Type}); name != published {
			keys[published] = append(keys[published], name.subtype)
		}
	}
	for _, names := range keys {
		slices.Sort(names)
	}
	return FormTable{byType, keys}
}

// names returns every name under which the times of a subtype may be posted, the published
// one first.
func (t FormTable) names(number FormNumber, subtype FormType) []FormType {
	published := t.Published(number, subtype)
	return append([]FormType{published}, t.keys[formSubtype{number, published}]...)
}

// Form returns the form with that number and subtype, the latter as Type or as Key.
func (t FormTable) Form(number FormNumber, subtype FormType) (Form, bool) {
	form, ok := t.byType[formSubtype{number, subtype}]
	return form, ok
}

// Published returns the subtype as the publications name it, whether Type or Key is
// given. What the table does not know comes back as it is.
func (t FormTable) Published(number FormNumber, subtype FormType) FormType {
	if form, ok := t.Form(number, subtype); ok {
		return form.Type
	}
	return subtype
}
