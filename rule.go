package cris

// RuleID identifies a rule, such as "ER-9", wherever it appears: in the list of its package,
// in the reasons of a decision, in the name of the test that proves it.
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
	Decided  bool     // whether the rule, or a part of it, is a choice made where the document is silent; a Policy may change it
}

// Code is the stable name of a reason or of a value of an enumeration. It begins with the
// name of the package and is unique across all packages, such as "erequest.wait_not_over" or
// "tracking.class.delivered". Programs compare, store and send codes; people read the [Words]
// for them. A code that was released never gets another meaning.
type Code string

// Reason is one ground of a decision: a stable code, the rule that applies and, in plain
// English, why it applies. It carries no personal value, so it may be shown, logged and
// stored. Two reasons are the same if their codes are the same; the text may be reworded at
// any time. Each package lists its reasons in a function called Reasons.
type Reason struct {
	Code Code   `json:"code"`
	Rule RuleID `json:"rule"`
	Text string `json:"text"`
}

// String returns the text and the rule, such as "no processing time is posted (CS-7)".
func (r Reason) String() string { return r.Text + " (" + string(r.Rule) + ")" }

// Message returns the message that [Words] say for the reason. Words that have no phrase for
// its code say its text.
func (r Reason) Message() Message { return Message{Code: r.Code, Otherwise: Phrase{English: r.Text}} }

// Rules lists the rules that hold for all packages, which are about privacy and security.
// The caller may keep and change the slice. Each package has a Rules of its own.
func Rules() []Rule {
	return []Rule{
		{
			ID: "PV-1", Document: PIA, Section: "Technical Access and Security; SORN, Safeguards",
			Text: "Personal values do not reach logs, error texts, metrics or URLs.",
		},
		{
			ID: "PV-2", Document: PIA, Section: "Technology; SORN, Safeguards",
			Text: "Data is encrypted in transit, and personal columns at rest; lookup by identifier still works.",
		},
		{
			ID: "PV-3", Document: SORN, Section: "Safeguards",
			Text: "Staff functions are open by role and office, and otherwise closed.",
		},
		{
			ID: "PV-4", Document: PIA, Section: "Retention; SORN, Retention and disposal",
			Text: "Each class of record has a retention period; a purge carries it out and reports what it removed.",
		},
		{
			ID: "PV-5", Document: PIA, Section: "Individual Access, Redress, and Correction; SORN, Notification procedure",
			Text: "All records of one person can be found, exported and corrected, with an audit trail.",
		},
	}
}
