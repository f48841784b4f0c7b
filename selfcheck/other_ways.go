package selfcheck

// InquiryNotice is what the individual is told about the inquiry (SC-19). It comes
// with every [Proofing]; a page shows it before Prove is called, too.
const InquiryNotice = "The identity proofing provider notes this inquiry in your credit file, as the law requires. " +
	"It is an identity check: it does not affect your credit score, and it is not shown to others who ask for your credit report."

// OtherWay is a way to check one's records without Self Check.
type OtherWay struct {
	Code string // for pages that have a text of their own
	Text string // English
}

// OtherWays lists what somebody who cannot be authenticated is told (SC-14). The
// caller may keep and change the list.
func OtherWays() []OtherWay {
	return []OtherWay{
		{"ssa-office", "Visit a field office of the Social Security Administration to check the record of your name, date of birth and work authorization."},
		{"ssa-statement", "Read your yearly Social Security statement and check that your name and earnings are right."},
		{"uscis-call", "Call USCIS to ask about your immigration record."},
		{"foia", "Request your work authorization records under the Freedom of Information Act and the Privacy Act."},
		{"credit-bureaus", "Check with the credit bureaus that what they hold about you is right, and whether a lock or an alert is placed on it."},
		{"credit-report", "Get a free credit report: the questions are made from records like those in it."},
	}
}
