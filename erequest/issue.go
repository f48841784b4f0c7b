package erequest

// Issue is what a customer reports (ER-1).
type Issue string

// The issues that a customer may report. An ASC appointment notice is a notice.
const (
	OutsideProcessingTime Issue = "outside normal processing time"
	NoticeNotReceived     Issue = "notice not received"
	DocumentNotReceived   Issue = "document not received"
	CardNotReceived       Issue = "card not received"
	TypographicalError    Issue = "typographical error"
	BeneficiaryChange     Issue = "change of beneficiary information"
)

// Issues lists the issues that a customer may report.
func Issues() []Issue {
	return []Issue{
		OutsideProcessingTime, NoticeNotReceived, DocumentNotReceived,
		CardNotReceived, TypographicalError, BeneficiaryChange,
	}
}

// Channel is the way on which a request came in. One request type serves them all
// (ER-13, SR-1).
type Channel string

// The channels.
const (
	Online      Channel = "online"
	Telephone   Channel = "telephone" // the 800 number
	Letter      Channel = "letter"
	LocalOffice Channel = "local office"
)

// Channels lists the channels.
func Channels() []Channel { return []Channel{Online, Telephone, Letter, LocalOffice} }
