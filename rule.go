package cris

// RuleID identifies a rule wherever it appears: in the catalogue of its package,
// in the reasons of a decision, in the name of the test that proves it ("ER-9").
type RuleID string

// Document names the public document that a rule comes from.
type Document string

// The two documents that define the systems.
const (
	// PIA is the Privacy Impact Assessment Update for the Customer Relationship
	// Interface System, August 15, 2013.
	PIA Document = "DHS/USCIS/PIA-019(b)"
	// SORN is the System of Records Notice for E-Verify Self Check, February 16, 2011.
	SORN Document = "DHS/USCIS-013, 76 FR 9034"
)

// Rule is one rule of the two documents, as a package's Rules function lists it.
type Rule struct {
	ID       RuleID
	Text     string   // the rule in plain words
	Document Document // "" where no document speaks
	Section  string   // where in the document
	Decided  bool     // the rule, or a part of it, is a choice made where the document is silent; a policy value can change it
}

// Code is the stable name of a reason or of a value of an enumeration, across all packages:
// the package and what it is called there, in lower case, such as
// "erequest.wait_not_over" or "tracking.class.delivered". Programs compare, store and send
// codes; people read the [Words] for them. A code that was released is never given another
// meaning.
type Code string

// Reason is one ground of a decision: a stable code, the rule that applies and, in plain
// English, why. It carries no personal value, so it may be shown, logged and stored. Two
// reasons are the same if their codes are; the text may be reworded at any time. Each
// package lists its own in a function Reasons.
type Reason struct {
	Code Code   `json:"code"`
	Rule RuleID `json:"rule"`
	Text string `json:"text"`
}

// String returns the text followed by the rule: "no processing time is posted (CS-7)".
func (r Reason) String() string { return r.Text + " (" + string(r.Rule) + ")" }

// Message returns what [Words] say to customers for the reason, and its text where they
// have nothing.
func (r Reason) Message() Message { return Message{Code: r.Code, Otherwise: Phrase{English: r.Text}} }

// Rules lists the rules that hold across all packages: privacy and security.
func Rules() []Rule {
	return []Rule{
		{
			ID: "PV-1", Document: PIA, Section: "Technical Access and Security; SORN, Safeguards",
			Text: "Personal values do not reach logs, error texts, metrics or URLs.",
		},
		{
			ID: "PV-2", Document: PIA, Section: "Technology; SORN, Safeguards",
			Text: "Data is encrypted in transit, and personal columns at rest; look-up by identifier still works.",
		},
		{
			ID: "PV-3", Document: SORN, Section: "Safeguards",
			Text: "Staff functions are open by role and office, and closed otherwise.",
		},
		{
			ID: "PV-4", Document: PIA, Section: "Retention; SORN, Retention and disposal",
			Text: "Each class of record has a retention period; a purge carries it out and reports what it removed.",
		},
		{
			ID: "PV-5", Document: PIA, Section: "Individual Access, Redress, and Correction; SORN, Notification procedure",
			Text: "All records of one person can be found, exported and corrected with a trail.",
		},
	}
}
