package gateway

import "github.com/seed28e20331/cris"

// Rules lists the rule that this package decides. It decides how requests come in by telephone
// (SR-1) too, which package srmt lists. The caller may keep and change the slice.
func Rules() []cris.Rule {
	return []cris.Rule{
		{
			ID: "GW-1", Document: cris.PIA, Section: "Introduction",
			Text: "A call center representative is shown the scripts that match the question, and may open a service request from the call.",
		},
	}
}
