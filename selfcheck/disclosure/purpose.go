package disclosure

import "github.com/seed28e20331/cris"

// Purpose is what a disclosure is for. The accounting keeps this and no text of its own, so
// that nothing personal gets into it.
type Purpose string

// The purposes.
const (
	ToLitigate         Purpose = "litigation"
	ToBeHeard          Purpose = "proceedings" // before a court, or an adjudicative or administrative body
	ToAnswerCongress   Purpose = "congressional_inquiry"
	ToInspectRecords   Purpose = "records_management_inspection"
	ToAudit            Purpose = "audit"
	ToOversee          Purpose = "oversight"
	ToRespondToHarm    Purpose = "response_to_compromise"
	ToPerformFunction  Purpose = "agency_function"
	ToInvestigate      Purpose = "investigation"
	ToProsecute        Purpose = "prosecution"
	ToEnforce          Purpose = "enforcement" // of a law, rule, regulation or order
	ToTellIndividual   Purpose = "own_work_authorization"
	ToAuthenticate     Purpose = "authentication"
	AsIndividualWishes Purpose = "request_of_individual"
)

// Purposes lists the purposes. The caller may keep and change the slice.
func Purposes() []Purpose {
	return []Purpose{
		ToLitigate, ToBeHeard, ToAnswerCongress, ToInspectRecords, ToAudit, ToOversee, ToRespondToHarm, ToPerformFunction,
		ToInvestigate, ToProsecute, ToEnforce, ToTellIndividual, ToAuthenticate, AsIndividualWishes,
	}
}

// Message returns the purpose in words.
func (p Purpose) Message() cris.Message { return message("purpose", p) }
