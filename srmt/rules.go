package srmt

import "github.com/seed28e20331/cris"

// Rules lists the rules that this package decides. That of call scripts, GW-1, is in package
// gateway.
func Rules() []cris.Rule {
	const (
		introduction = "Introduction"
		personnel    = "e-Request Enhancement, USCIS Personnel Interface"
		customer     = "e-Request Enhancement, Customer Interface"
	)
	return []cris.Rule{
		{
			ID: "SR-1", Document: cris.PIA, Section: personnel + ", fn 8",
			Text: "Requests come in through the 800 number, by letter, online and at local offices, and each is followed from its start to its completion.",
		},
		{
			ID: "SR-2", Document: cris.PIA, Section: introduction + "; " + personnel,
			Text: "A request is directed to the Service Center, Field Office or Asylum Office where the case is in process.",
		},
		{
			ID: "SR-3", Document: cris.PIA, Section: personnel,
			Text: "A supervisor sees the unassigned requests of the office and assigns them to its officers.",
		},
		{
			ID: "SR-4", Document: cris.PIA, Section: personnel,
			Text: "An officer works on the requests assigned to that officer, and on no others.",
		},
		{
			ID: "SR-5", Document: cris.PIA, Section: personnel,
			Text: "A supervisor may reassign a request to another officer or supervisor, or redirect it to another Field Office or Service Center.",
		},
		{
			ID: "SR-6", Document: cris.PIA, Section: personnel + ", fn 9",
			Text: "Reassigning and redirecting need one of four reasons: staff change, office location alignment, customer with disabilities, office bandwidth.",
		},
		{
			ID: "SR-7", Document: cris.PIA, Section: personnel,
			Text: "A request is resolved by a letter, an e-mail or a telephone call to whoever reported the issue, and the resolution is recorded.",
		},
		{
			ID: "SR-8", Document: cris.PIA, Section: personnel,
			Text: "What the agency and the customer write or say to each other is kept with the request.",
		},
		{
			ID: "SR-9", Document: cris.PIA, Section: customer,
			Text: "The response is due 30 days after filing, and the overdue requests of an office can be listed.",
		},
		{
			ID: "SR-9a", Decided: true,
			Text: "Due by the end of the filing date plus 30 days, overdue from the next day on; a transfer does not change the date.",
		},
		{
			ID: "SR-10", Decided: true,
			Text: "Nothing is overwritten: every step is kept with who, when and why, and the current state follows from the steps.",
		},
		{
			ID: "SR-11", Decided: true,
			Text: "When two members of staff act on one request at the same moment, one act counts and the other author is told.",
		},
		{
			ID: "SR-12", Decided: true,
			Text: "A request that cannot be routed goes to a named fallback queue and is seen there.",
		},
	}
}
