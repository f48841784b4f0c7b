package selfcheck

import (
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
)

// Place is where an other way leads, or an office. A field that does not apply is empty.
type Place struct {
	Telephone string   // as it is printed
	TTY       string   // for people who are deaf or hard of hearing
	Address   []string // lines of a mailing address
	Website   string
}

// Values returns what is known of the place with labels in the language, for a page or a letter.
func (p Place) Values(language cris.Language) []cris.LabeledValue {
	say := sayIn(language)
	values := []cris.LabeledValue{
		{Label: say("selfcheck.label.telephone"), Value: p.Telephone},
		{Label: say("selfcheck.label.tty"), Value: p.TTY},
		{Label: say("selfcheck.label.address"), Value: strings.Join(p.Address, ", ")},
		{Label: say("selfcheck.label.website"), Value: p.Website},
	}
	return slices.DeleteFunc(values, func(v cris.LabeledValue) bool { return v.Value == "" })
}

func (p Place) isZero() bool {
	return p.Telephone == "" && p.TTY == "" && len(p.Address) == 0 && p.Website == ""
}

// clone returns a copy that shares nothing with p.
func (p Place) clone() Place {
	p.Address = slices.Clone(p.Address)
	return p
}

// Places are where the other ways lead.
type Places map[OtherWay]Place

// DefaultPlaces returns the places that the agencies publish. The caller may keep and change the
// map.
func DefaultPlaces() Places {
	return Places{
		VisitSSA:         {Telephone: "1-800-772-1213", TTY: "1-800-325-0778", Website: "https://www.ssa.gov/locator"},
		ReadSSAStatement: {Website: "https://www.ssa.gov/myaccount"},
		CallUSCIS:        {Telephone: "1-800-375-5283", TTY: "1-800-767-1833"},
		RequestRecords: {
			Address: []string{"National Records Center (NRC)", "FOIA/PA Office", "P.O. Box 648010", "Lee's Summit, MO 64064-8010"},
			Website: "https://www.dhs.gov/foia",
		},
		GetFreeCreditReport: {Telephone: "1-877-322-8228", Website: "https://www.annualcreditreport.com"},
	}
}

// defaultContactOffice is the E-Verify Customer Contact Office, at its number for employees.
func defaultContactOffice() Place { return Place{Telephone: "1-888-897-7781", TTY: "1-877-875-6028"} }

// clone returns a copy that shares nothing with p.
func (p Places) clone() Places {
	if p == nil {
		return nil
	}
	places := make(Places, len(p))
	for way, place := range p {
		places[way] = place.clone()
	}
	return places
}

// Place returns where the way leads, or the zero Place if the policy does not say. The caller may
// keep and change its lines.
func (p Policy) Place(way OtherWay) Place { return p.withDefaults().Places[way].clone() }
