package casestatus

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// Form is a form, or one subtype of it, under which processing times are posted.
type Form struct {
	Number FormNumber
	// Type is the subtype as the publications name it (form_type), "I-485 Family".
	Type FormType
	// Key is the subtype as the agency's site asks for it (form_key), "131A-FAM". Mostly
	// it is the Type. Some tables that people keep name it in place of the Type.
	Key FormType
	// The days of the first and the last of the publications read for this table that
	// list it: 2018-06-09, 2022-02-19, 2024-10-30. Zero where a host program does not say.
	FirstRead, LastRead cris.Date
	From                cris.Date // first day on which it was listed; zero if it always was, or is not known
	Until               cris.Date // last day; zero while it is listed, or if that is not known
}

// ListedOn reports whether the form is listed on that day, as far as From and Until
// tell.
func (f Form) ListedOn(day cris.Date) bool {
	return !day.Before(f.From) && (f.Until.IsZero() || !day.After(f.Until))
}

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

// Forms returns the forms and subtypes that were listed in the publications of
// 2018-06-09, 2022-02-19 and 2024-10-30. On which day one was listed first or last is
// not public, so none has From or Until: a host program that knows appends it (see
// NewFormTable). The caller may keep and change it.
func Forms() []Form {
	in2018, in2022, in2024 := cris.MustParseDate("2018-06-09"), cris.MustParseDate("2022-02-19"), cris.MustParseDate("2024-10-30")
	facts := []struct {
		number            FormNumber
		published, key    FormType
		firstRead, latest cris.Date
	}{
		{"I-102", "142", "142", in2018, in2024},
		{"I-129", "137-BL", "137-BL", in2018, in2022},
		{"I-129", "137-E", "137-E", in2018, in2024},
		{"I-129", "137-E3", "137-E3", in2018, in2024},
		{"I-129", "137-H1B1", "137-H1B1", in2018, in2024},
		{"I-129", "137-H1B2", "137-H1B2", in2018, in2024},
		{"I-129", "137-H1B3", "137-H1B3", in2018, in2024},
		{"I-129", "137-H2A", "137-H2A", in2018, in2024},
		{"I-129", "137-H2B", "137-H2B", in2018, in2024},
		{"I-129", "137-H3", "137-H3", in2018, in2024},
		{"I-129", "137-L", "137-L", in2018, in2024},
		{"I-129", "137-O", "137-O", in2018, in2024},
		{"I-129", "137-P", "137-P", in2018, in2024},
		{"I-129", "137-Q", "137-Q", in2018, in2024},
		{"I-129", "137-R", "137-R", in2018, in2024},
		{"I-129", "137-TN", "137-TN", in2018, in2024},
		{"I-129CW", "129-CW1", "129-CW1", in2022, in2024},
		{"I-129F", "134A-K", "134A-K", in2024, in2024},
		{"I-129F", "134A-K1", "134A-K1", in2018, in2022},
		{"I-129F", "134A-K3", "134A-K3", in2018, in2022},
		{"I-130", "134A-F21", "134A-F21", in2018, in2024},
		{"I-130", "134A-IR", "134A-IR", in2018, in2024},
		{"I-130", "134B-F11", "134B-F11", in2018, in2024},
		{"I-130", "134B-F24", "134B-F24", in2018, in2024},
		{"I-130", "134B-F31", "134B-F31", in2018, in2024},
		{"I-130", "134B-F41", "134B-F41", in2018, in2024},
		{"I-131", "141A-RD", "141A-RD", in2018, in2022},
		{"I-131", "141A-RP", "141A-RP", in2018, in2018},
		{"I-131", "141A-RT", "141A-RT", in2024, in2024},
		{"I-131", "141B-APD", "141B-APD", in2018, in2018},
		{"I-131", "141B-APP", "141B-APP", in2018, in2018},
		{"I-131", "141B-OTH", "141B-OTH", in2018, in2024},
		{"I-140", "136A-E11", "136A-E11", in2018, in2024},
		{"I-140", "136A-E12", "136A-E12", in2018, in2024},
		{"I-140", "136A-E13", "136A-E13", in2018, in2024},
		{"I-140", "136A-E21", "136A-E21", in2018, in2024},
		{"I-140", "136A-E31", "136A-E31", in2018, in2024},
		{"I-140", "136A-EW3", "136A-EW3", in2018, in2024},
		{"I-140", "136A-NIW", "136A-NIW", in2018, in2024},
		{"I-140", "136A-NUR", "136A-NUR", in2018, in2024},
		{"I-212", "144B", "144B", in2018, in2024},
		{"I-360", "135B", "135B", in2018, in2024},
		{"I-360", "135C", "135C", in2018, in2024},
		{"I-360", "135D-RW", "135D-RW", in2018, in2024},
		{"I-360", "135E", "135E", in2024, in2024},
		{"I-407", "407", "407", in2022, in2024},
		{"I-485", "I-485 All Other", "131A-HRIFA", in2018, in2024},
		{"I-485", "I-485 Asylee", "131B", in2018, in2024},
		{"I-485", "I-485 Employment", "131A", in2018, in2024},
		{"I-485", "I-485 Family", "131A-FAM", in2018, in2024},
		{"I-485", "I-485 Refugee", "131C", in2018, in2024},
		{"I-485", "I-485 Tvisa", "131T", in2022, in2024},
		{"I-485", "I-485 Uvisa", "131U", in2022, in2024},
		{"I-526", "133", "133", in2018, in2018},
		{"I-526", "133CN", "133CN", in2022, in2024},
		{"I-526", "133ROW", "133ROW", in2022, in2024},
		{"I-539", "139-T", "139-T", in2018, in2022},
		{"I-539", "139-U", "139-U", in2018, in2022},
		{"I-539", "139A-B", "139A-B", in2024, in2024},
		{"I-539", "139A-FM", "139A-FM", in2018, in2022},
		{"I-539", "139A-FMJ", "139A-FMJ", in2024, in2024},
		{"I-539", "139A-H", "139A-H", in2022, in2024},
		{"I-539", "139A-HL", "139A-HL", in2018, in2018},
		{"I-539", "139A-J", "139A-J", in2018, in2022},
		{"I-539", "139A-L", "139A-L", in2022, in2024},
		{"I-539", "139A-OTH", "139A-OTH", in2018, in2024},
		{"I-539", "139AC-H", "139AC-H", in2024, in2024},
		{"I-539", "139B-B", "139B-B", in2024, in2024},
		{"I-539", "139B-FM", "139B-FM", in2018, in2022},
		{"I-539", "139B-FMJ", "139B-FMJ", in2024, in2024},
		{"I-539", "139B-H", "139B-H", in2022, in2024},
		{"I-539", "139B-HL", "139B-HL", in2018, in2018},
		{"I-539", "139B-J", "139B-J", in2018, in2022},
		{"I-539", "139B-L", "139B-L", in2022, in2024},
		{"I-539", "139B-OTH", "139B-OTH", in2018, in2024},
		{"I-539", "139B-T", "139B-T", in2024, in2024},
		{"I-539", "139B-U", "139B-U", in2024, in2024},
		{"I-539", "139BC-H", "139BC-H", in2024, in2024},
		{"I-539", "139C", "139C", in2024, in2024},
		{"I-600", "134B", "134B", in2018, in2024},
		{"I-600A", "134-A", "134-A", in2018, in2024},
		{"I-601", "144AB", "144AB", in2018, in2024},
		{"I-601A", "144AC", "144AC", in2018, in2024},
		{"I-612", "144A", "144A", in2018, in2024},
		{"I-612", "144D", "144D", in2022, in2024},
		{"I-730", "145", "145", in2018, in2024},
		{"I-751", "148A", "148A", in2018, in2024},
		{"I-765", "147-539C26", "147-539C26", in2022, in2024},
		{"I-765", "147-A18", "147-A18", in2022, in2024},
		{"I-765", "147-A3", "147-A3", in2022, in2024},
		{"I-765", "147-A5", "147-A5", in2018, in2024},
		{"I-765", "147-C10", "147-C10", in2022, in2024},
		{"I-765", "147-C11", "147-C11", in2024, in2024},
		{"I-765", "147-C18", "147-C18", in2022, in2024},
		{"I-765", "147-C26", "147-C26", in2022, in2024},
		{"I-765", "147-C3", "147-C3", in2018, in2024},
		{"I-765", "147-C33", "147-C33", in2018, in2024},
		{"I-765", "147-C8", "147-C8", in2018, in2024},
		{"I-765", "147-C8I", "147-C8I", in2024, in2024},
		{"I-765", "147-C9", "147-C9", in2018, in2024},
		{"I-765", "147-ELSAL", "147-ELSAL", in2018, in2024},
		{"I-765", "147-HAITI", "147-HAITI", in2018, in2024},
		{"I-765", "147-MITCH", "147-MITCH", in2018, in2018},
		{"I-765", "147-OTH", "147-OTH", in2018, in2024},
		{"I-765", "147-V", "147-V", in2018, in2018},
		{"I-765V", "147-V", "147-V", in2022, in2024},
		{"I-800", "800M", "800M", in2022, in2024},
		{"I-800A", "800A", "800A", in2022, in2024},
		{"I-817", "150", "150", in2018, in2024},
		{"I-821", "149-ELSALE", "149-ELSALE", in2018, in2022},
		{"I-821", "149-ELSALL", "149-ELSALL", in2018, in2022},
		{"I-821", "149-HAITII", "149-HAITII", in2018, in2022},
		{"I-821", "149-HAITIR", "149-HAITIR", in2018, in2022},
		{"I-821", "149-MITCHE", "149-MITCHE", in2018, in2022},
		{"I-821", "149-MITCHL", "149-MITCHL", in2018, in2022},
		{"I-821", "821AF_I", "821AF_I", in2024, in2024},
		{"I-821", "821AF_R", "821AF_R", in2024, in2024},
		{"I-821", "821CA_I", "821CA_I", in2024, in2024},
		{"I-821", "821CA_R", "821CA_R", in2024, in2024},
		{"I-821", "821HN_I", "821HN_I", in2024, in2024},
		{"I-821", "821HN_R", "821HN_R", in2024, in2024},
		{"I-821", "821HT_I", "821HT_I", in2024, in2024},
		{"I-821", "821HT_R", "821HT_R", in2024, in2024},
		{"I-821", "821MM_I", "821MM_I", in2024, in2024},
		{"I-821", "821MM_R", "821MM_R", in2024, in2024},
		{"I-821", "821NI_I", "821NI_I", in2024, in2024},
		{"I-821", "821NI_R", "821NI_R", in2024, in2024},
		{"I-821", "821NP_I", "821NP_I", in2024, in2024},
		{"I-821", "821NP_R", "821NP_R", in2024, in2024},
		{"I-821", "821SD_I", "821SD_I", in2024, in2024},
		{"I-821", "821SD_R", "821SD_R", in2024, in2024},
		{"I-821", "821SO_I", "821SO_I", in2024, in2024},
		{"I-821", "821SO_R", "821SO_R", in2024, in2024},
		{"I-821", "821SS_I", "821SS_I", in2024, in2024},
		{"I-821", "821SS_R", "821SS_R", in2024, in2024},
		{"I-821", "821SV_I", "821SV_I", in2024, in2024},
		{"I-821", "821SV_R", "821SV_R", in2024, in2024},
		{"I-821", "821SY_I", "821SY_I", in2024, in2024},
		{"I-821", "821SY_R", "821SY_R", in2024, in2024},
		{"I-821", "821UA_I", "821UA_I", in2024, in2024},
		{"I-821", "821UA_R", "821UA_R", in2024, in2024},
		{"I-821", "821VE_I", "821VE_I", in2024, in2024},
		{"I-821", "821VE_R", "821VE_R", in2024, in2024},
		{"I-821", "821YE_I", "821YE_I", in2024, in2024},
		{"I-821", "821YE_R", "821YE_R", in2024, in2024},
		{"I-821D", "149-CAT", "149-CAT", in2018, in2024},
		{"I-821D", "149-ECA", "149-ECA", in2018, in2024},
		{"I-824", "153", "153", in2018, in2024},
		{"I-829", "148C", "148C", in2018, in2024},
		{"I-90", "I-90 Renewal", "140B", in2018, in2024},
		{"I-90", "I-90 Replacement", "140A", in2018, in2024},
		{"I-914", "914T", "914T", in2018, in2024},
		{"I-918", "918ABFD", "918ABFD", in2024, in2024},
		{"I-918", "918U", "918U", in2018, in2022},
		{"I-924", "924-EB5A", "924-EB5A", in2018, in2018},
		{"I-929", "929", "929", in2022, in2024},
		{"I-956", "956-A", "956-A", in2024, in2024},
		{"I-956F", "956", "956", in2024, in2024},
		{"N-400", "160A", "160A", in2018, in2024},
		{"N-565", "165", "165", in2018, in2024},
		{"N-600", "161", "161", in2018, in2018},
		{"N-600", "161A", "161A", in2022, in2024},
		{"N-600K", "161B", "161B", in2022, in2024},
	}
	all := make([]Form, len(facts))
	for i, fact := range facts {
		all[i] = Form{Number: fact.number, Type: fact.published, Key: fact.key, FirstRead: fact.firstRead, LastRead: fact.latest}
	}
	return all
}
