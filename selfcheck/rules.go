package selfcheck

import "github.com/seed28e20331/cris"

// Rules lists the rules of E-Verify Self Check.
func Rules() []cris.Rule {
	const (
		process    = "E-Verify Self Check Process Details"
		categories = "Categories of records in the system"
	)
	return []cris.Rule{
		{
			ID: "SC-1", Document: cris.SORN, Section: process,
			Text: "First a third party proves the identity, then E-Verify is queried. Without a passed proofing there is no query.",
		},
		{
			ID: "SC-2", Document: cris.SORN, Section: categories + "; Routine use I",
			Text: "The identity proofing provider gets the name with middle initial and maiden name, the date of birth, the address of residence and, if the individual gives it, the Social Security number. It gets nothing else.",
		},
		{
			ID: "SC-3", Document: cris.SORN, Section: process,
			Text: "The provider asks two to four questions. If it cannot find two, the individual is not authenticated, because questions could not be generated.",
		},
		{
			ID: "SC-4", Document: cris.SORN, Section: process + "; Retrievability",
			Text: "A proofing fails because questions could not be generated, because they were answered incorrectly or because of a system error. A fraud alert on the credit file prevents authentication.",
		},
		{
			ID: "SC-5", Document: cris.SORN, Section: process + "; Storage",
			Text: "A failed proofing leaves the transaction number, the reason, the date and time and an error code. Questions and answers are neither seen nor kept, and what is left does not lead to the individual.",
		},
		{
			ID: "SC-6", Document: cris.SORN, Section: process,
			Text: "A passed proofing passes on that it was passed, the name, the date of birth and the Social Security number if given. It does not pass on the address of residence.",
		},
		{
			ID: "SC-7", Document: cris.SORN, Section: process,
			Text: "What is carried over from the proofing cannot be altered before the query.",
		},
		{
			ID: "SC-8", Document: cris.SORN, Section: process + "; Routine use I",
			Text: "Many attempts point to fraud. The provider may say so, and the individual's access ends.",
		},
		{
			ID: "SC-9", Document: cris.SORN, Section: process + "; " + categories,
			Text: "The query asks for what the Form I-9 process asks for, by citizenship status and chosen document: A-Number, passport number, I-94 number, card number, expiration date, and the Social Security number if it is not known yet.",
		},
		{
			ID: "SC-10", Document: cris.SORN, Section: "Background",
			Text: "A query ends in work authorization confirmed, possible mismatch with SSA or possible mismatch with Immigration Information.",
		},
		{
			ID: "SC-11", Document: cris.SORN, Section: process,
			Text: "An individual with a mismatch is asked whether to resolve it, and does not have to. If the individual declines, the E-Verify case is closed.",
		},
		{
			ID: "SC-12", Document: cris.SORN, Section: process,
			Text: "For an SSA mismatch there is a form with first and last name, date and time of the query, the E-Verify case number and detailed instructions.",
		},
		{
			ID: "SC-13", Document: cris.SORN, Section: process,
			Text: "For an immigration mismatch the individual calls the E-Verify Customer Contact Office, from the instant 72 hours after the query on, and is told what to do if that does not help.",
		},
		{
			ID: "SC-14", Document: cris.SORN, Section: process,
			Text: "An individual who cannot be authenticated is told of every other way of the notice to check the records, those that fit the reason first.",
		},
		{
			ID: "SC-15", Document: cris.SORN, Section: process,
			Text: "The individuals who could not use identity proofing are counted, by reason and day.",
		},
		{
			ID: "SC-16", Document: cris.SORN, Section: "Retrievability",
			Text: "Proofings are found by both transaction numbers, time, failure and reason; queries by name, A-Number, I-94 number, receipt number, passport number and Social Security number.",
		},
		{
			ID: "SC-17", Document: cris.SORN, Section: "Retention and disposal",
			Text: "The query and its response are kept for one year.",
		},
		{
			ID: "SC-18", Document: cris.SORN, Section: "Routine uses",
			Text: "A disclosure outside the department needs a named routine use, stays within it and is recorded.",
		},
		{
			ID: "SC-19", Document: cris.SORN, Section: process,
			Text: "The provider's inquiry is noted as an identity check, which does not affect a credit score, and the individual is told so, and of the rights under the Fair Credit Reporting Act.",
		},
	}
}
