package tracking

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// Class is what an event, or the latest delivery status, means. Classes have a rank: of
// two scans of one minute, the one with the higher class comes later on the timeline.
type Class string

// The classes, by their rank.
const (
	// NoScan is the status of a piece of which no scan has arrived yet.
	NoScan Class = "no_scan"
	// Unknown: the code is not in the table. It is shown, and decides only where
	// nothing else does (TR-3).
	Unknown Class = "unknown"
	// Informational events do not say where the piece is: delays, alerts, paperwork.
	Informational Class = "informational"
	// PreShipment: announced to the USPS, which does not have the piece.
	PreShipment Class = "pre_shipment"
	// Accepted: picked up by USPS.
	Accepted Class = "accepted"
	// InNetwork: processed at a USPS facility, or under way between two.
	InNetwork Class = "in_network"
	// AtUnit: at the post office from which it is delivered.
	AtUnit Class = "at_unit"
	// OutForDelivery: with the carrier.
	OutForDelivery Class = "out_for_delivery"
	// Attempted: the carrier was at the address and could not deliver.
	Attempted Class = "attempted"
	// HeldForPickup: waits for the addressee at a post office.
	HeldForPickup Class = "held_for_pickup"
	// Forwarded: on its way to another address.
	Forwarded Class = "forwarded"
	// Delivered to addressee, or to someone who takes mail for the addressee.
	Delivered Class = "delivered"
	// Lost: destroyed, seized, or dead mail.
	Lost Class = "lost"
	// ReturnStarted: refused, undeliverable or recalled, and on its way back.
	ReturnStarted Class = "return_started"
	// ReturnCompleted: returned to sender. The sender has it.
	ReturnCompleted Class = "return_completed"
)

// Classes lists the classes by their rank, the lowest first.
func Classes() []Class { return slices.Clone(classes) }

var classes = []Class{
	NoScan, Unknown, Informational, PreShipment, Accepted, InNetwork, AtUnit, OutForDelivery,
	Attempted, HeldForPickup, Forwarded, Delivered, Lost, ReturnStarted, ReturnCompleted,
}

// Compare orders classes by their rank: -1, 0 or +1.
func (c Class) Compare(other Class) int { return meaningOf(c).rank - meaningOf(other).rank }

// Message returns what customers are told about a piece with this status.
func (c Class) Message() cris.Message {
	if !slices.Contains(classes, c) {
		c = Unknown
	}
	return cris.Message{Code: "tracking.class." + cris.Code(c)}
}
