package casestatus

import "github.com/seed28e20331/cris"

// Rules lists the rules of this package.
func Rules() []cris.Rule {
	const update = "Case Status Service Online (CSSO) Update"
	return []cris.Rule{
		{
			ID: "CS-1", Document: cris.PIA, Section: update + ", fn 6",
			Text: "A receipt number names one application or petition; it is checked and put into one canonical form before anything is looked up.",
		},
		{
			ID: "CS-2", Document: cris.PIA, Section: update,
			Text: "The receipt number alone, without an account, opens the status to a customer or a representative.",
		},
		{
			ID: "CS-3", Document: cris.PIA, Section: update,
			Text: "The status shows the application and, for every mailed document, its tracking number and latest delivery status.",
		},
		{
			ID: "CS-4", Document: cris.PIA, Section: update,
			Text: "Delivery updates flow one way: the mail side sends, the case side receives and displays.",
		},
		{
			ID: "CS-5", Document: cris.PIA, Section: update,
			Text: "The case side asks for the cases with scan events since it last asked; restarts neither lose nor repeat one.",
		},
		{
			ID: "CS-6", Document: cris.PIA, Section: "Reason for the PIA Update, fn 2; e-Request Enhancement, Customer Interface",
			Text: "A case is outside the posted processing time of its form, type and office if it was filed before the inquiry date that applies on the day of asking, and within it if it was filed on or after that date.",
		},
		{
			ID: "CS-7", Decided: true,
			Text: "A case for which no processing time is posted is neither within nor outside: the answer is that none is posted.",
		},
		{
			ID: "CS-8", Document: cris.PIA, Section: update,
			Text: "Permanent Resident Cards, Travel Documents, Employment Authorization Documents and other immigration documents are tracked.",
		},
		{
			ID: "CS-9", Document: cris.PIA, Section: "Technical Access and Security", Decided: true,
			Text: "Entering numbers at random reveals as little as possible: an unknown number and a withheld case get the same answer by the same work, and lookups are limited before they reach the service.",
		},
		{
			ID: "CS-10", Document: cris.PIA, Section: "Introduction; e-Request Enhancement", Decided: true,
			Text: "Status and inquiries are about pending cases: for a case that is decided or closed, the answer to a question about processing time is that it is decided, and no inquiry is accepted. A status that is not known counts as pending.",
		},
	}
}
