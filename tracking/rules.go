package tracking

import "github.com/seed28e20331/cris"

// Rules lists the rules of secure mail tracking.
func Rules() []cris.Rule {
	const caseStatus = "Case Status Service Online (CSSO) Update"
	const stored = "The System and the Information Collected and Stored within the System, CSSO Update"
	return []cris.Rule{
		{
			ID: "TR-1", Document: cris.PIA, Section: stored,
			Text: "Scan events come in USPS Extract Files, fetched each day from a USPS server.",
		},
		{
			ID: "TR-2", Document: cris.PIA, Section: stored,
			Text: "Of each event the tracking number, the event code, the date and time and the place are kept, and nothing else of its record.",
		},
		{
			ID: "TR-3", Document: cris.PIA, Section: stored,
			Text: "The code says what happened: picked up by USPS, processed at a USPS facility, delivered to addressee, returned to sender, and more; an unknown code is kept and shown as unknown.",
		},
		{
			ID: "TR-4", Document: cris.PIA, Section: caseStatus, Decided: true,
			Text: "The latest delivery status depends on which events there are, and not on when or how often they arrived.",
		},
		{
			ID: "TR-5", Document: cris.PIA, Section: stored, Decided: true,
			Text: "Reading a file again changes nothing, even where an earlier reading broke off.",
		},
		{
			ID: "TR-6", Document: cris.PIA, Section: stored, Decided: true,
			Text: "A damaged record is set aside with file, line and cause, and the good ones are kept; totals that disagree with the content are reported.",
		},
		{
			ID: "TR-7", Document: cris.PIA, Section: caseStatus,
			Text: "A delivery away from the address on file, and a return to sender, are raised for attention.",
		},
	}
}
