package erequest

import "github.com/seed28e20331/cris"

// Rules lists the rules that this package decides, and CA-1, change of address,
// which belongs to it.
func Rules() []cris.Rule {
	const (
		enhancement = "e-Request Enhancement, fn 4"
		customer    = "e-Request Enhancement, Customer Interface"
		information = "The System and the Information Collected and Stored within the System"
	)
	return []cris.Rule{
		{
			ID: "ER-1", Document: cris.PIA, Section: enhancement,
			Text: "A customer may report a case outside normal processing time, a notice, document or card not received, a typographical error, or a change of beneficiary information.",
		},
		{
			ID: "ER-2", Document: cris.PIA, Section: customer,
			Text: "Screening asks for five things: receipt number, form number, form type, date filed, mailing ZIP code.",
		},
		{
			ID: "ER-3", Document: cris.PIA, Section: customer, Decided: true,
			Text: "The five must match the case on file; a mismatch is refused without saying which of them was wrong.",
		},
		{
			ID: "ER-4", Document: cris.PIA, Section: customer,
			Text: "An inquiry about processing time is accepted only for a case outside the posted processing time.",
		},
		{
			ID: "ER-5", Document: cris.PIA, Section: customer,
			Text: "Nothing further is asked until screening has passed.",
		},
		{
			ID: "ER-5a", Decided: true,
			Text: "A customer who has to wait is told so at the screening, with the day on which the wait ends, before anything personal is asked.",
		},
		{
			ID: "ER-6", Document: cris.PIA, Section: information,
			Text: "Form and issue determine what is asked, which is the minimum; what is not asked for is refused.",
		},
		{
			ID: "ER-7", Document: cris.PIA, Section: "Notice",
			Text: "A Privacy Act Statement is shown before anything is collected, and the submission records that it was.",
		},
		{
			ID: "ER-8", Document: cris.PIA, Section: customer,
			Text: "Acceptance returns a confirmation number and the date by which the agency intends to respond, 30 days after filing.",
		},
		{
			ID: "ER-9", Document: cris.PIA, Section: customer,
			Text: "A customer who has placed an online request is advised to wait 30 days and told when the wait ends; two submissions at one instant leave one request.",
		},
		{
			ID: "ER-10", Document: cris.PIA, Section: customer + ", fn 7",
			Text: "A request not answered by its deadline may be resubmitted; the new one, about the same issue, names the one it repeats.",
		},
		{
			ID: "ER-10a", Decided: true,
			Text: "Filed on day D: wait until D+29, a new inquiry from D+30, a repetition of an unanswered request from D+31. An early answer does not shorten the wait.",
		},
		{
			ID: "ER-11", Decided: true,
			Text: "The wait looks at earlier online requests of the same case, whatever their issue, unless the policy narrows it.",
		},
		{
			ID: "ER-12", Document: cris.PIA, Section: "USCIS Personnel Interface",
			Text: "An accepted request is never lost and reaches SRMT once, even if SRMT is down at that moment.",
		},
		{
			ID: "ER-13", Document: cris.PIA, Section: information,
			Text: "Every channel captures the same request.",
		},
		{
			ID: "ER-14", Document: cris.PIA, Section: information,
			Text: "A representative may submit a request and be answered on a customer's behalf.",
		},
		{
			ID: "CA-1", Document: cris.PIA, Section: "Introduction, Customer Interface",
			Text: "A customer reports a new address electronically, and it is entered in the pending cases that the customer names.",
		},
	}
}
