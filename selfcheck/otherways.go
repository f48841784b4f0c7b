package selfcheck

import "github.com/seed28e20331/cris"

// OtherWay is a way to check one's records without Self Check (SC-14).
type OtherWay string

// The other ways.
const (
	VisitSSA            OtherWay = "ssa_office"
	ReadSSAStatement    OtherWay = "ssa_statement"
	CallUSCIS           OtherWay = "uscis_call"
	RequestRecords      OtherWay = "records_request" // under the Freedom of Information Act and the Privacy Act
	CheckCreditBureaus  OtherWay = "credit_bureaus"
	GetFreeCreditReport OtherWay = "credit_report"
)

// OtherWays lists what somebody who cannot be authenticated is told, in order (SC-14).
// The caller may keep and change the list.
func OtherWays() []OtherWay {
	return []OtherWay{VisitSSA, ReadSSAStatement, CallUSCIS, RequestRecords, CheckCreditBureaus, GetFreeCreditReport}
}

// InquiryNotice is what the individual is told about the provider's inquiry (SC-19). It
// comes with every [Proofing] for which the provider was asked; a page shows it before
// [Service.Prove] is called, too.
func InquiryNotice() cris.Message { return cris.Message{Code: "selfcheck.inquiry_notice"} }
