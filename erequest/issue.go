package erequest

import "github.com/seed28e20331/cris"

// Issue is what a customer reports (ER-1).
type Issue string

// The issues that a customer may report. An ASC appointment notice is a notice.
const (
	OutsideProcessingTime Issue = "outside_processing_time"
	NoticeNotReceived     Issue = "notice_not_received"
	DocumentNotReceived   Issue = "document_not_received"
	CardNotReceived       Issue = "card_not_received"
	TypographicalError    Issue = "typographical_error"
	BeneficiaryChange     Issue = "beneficiary_change"
	// AppointmentAccommodation is later practice: no request about it is taken unless
	// Policy.Online names it.
	AppointmentAccommodation Issue = "appointment_accommodation"
)

// Issues lists the issues that a customer may report.
func Issues() []Issue {
	return []Issue{
		OutsideProcessingTime, NoticeNotReceived, DocumentNotReceived,
		CardNotReceived, TypographicalError, BeneficiaryChange, AppointmentAccommodation,
	}
}

// Message returns what the issue is called.
func (i Issue) Message() cris.Message { return cris.Message{Code: "erequest.issue." + cris.Code(i)} }

// Channel is the way in which a request came in. One request type serves them all
// (ER-13, SR-1).
type Channel string

// The channels.
const (
	Online      Channel = "online"
	Telephone   Channel = "telephone" // the 800 number
	Letter      Channel = "letter"
	LocalOffice Channel = "local_office"
)

// Channels lists the channels.
func Channels() []Channel { return []Channel{Online, Telephone, Letter, LocalOffice} }

// Message returns what the channel is called.
func (c Channel) Message() cris.Message {
	return cris.Message{Code: "erequest.channel." + cris.Code(c)}
}
