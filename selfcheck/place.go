package selfcheck

import (
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
)

// Contact returns what is known about the place, with labels in the language, for a page or a
// letter.
func Contact(place cris.Place, language cris.Language) []cris.LabeledValue {
	say := sayIn(language)
	values := []cris.LabeledValue{
		{Label: say("selfcheck.label.telephone"), Value: place.Telephone},
		{Label: say("selfcheck.label.tty"), Value: place.TTY},
		{Label: say("selfcheck.label.address"), Value: strings.Join(place.Address, ", ")},
		{Label: say("selfcheck.label.website"), Value: place.Website},
	}
	return slices.DeleteFunc(values, func(v cris.LabeledValue) bool { return v.Value == "" })
}

// Places are where the other ways lead.
type Places map[OtherWay]cris.Place

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
func defaultContactOffice() cris.Place {
	return cris.Place{Telephone: "1-888-897-7781", TTY: "1-877-875-6028"}
}

// clone returns a copy that shares nothing with p.
func (p Places) clone() Places {
	if p == nil {
		return nil
	}
	places := make(Places, len(p))
	for way, place := range p {
		places[way] = place.Clone()
	}
	return places
}

// Place returns where the way leads, or the zero Place if the policy does not say. The caller may
// keep and change its lines.
func (p Policy) Place(way OtherWay) cris.Place { return p.withDefaults().Places[way].Clone() }
