// Package cris is the vocabulary that the packages of this module share: the
// civil [Date] that deadlines are counted in, the personal values that never
// print ([Personal], [PersonName], [ANumber], [Address]), the [ZIP] code, the
// cited [Rule] and [Reason] that every decision carries, and the [Event] that
// leaves a store through its [Outbox].
//
// The decisions themselves live one folder down:
//
//   - casestatus: receipt numbers, posted processing times, the status page
//   - tracking: USPS scan events and the latest delivery status
//   - erequest: online service requests, screening, the 30-day rule
//   - srmt: routing, assignment and answering of service requests
//   - selfcheck: identity proofing and the E-Verify query
//
// # How a decision reads
//
// A rule is a pure function: facts in, decision out, the present moment a
// parameter. Its decision names the outcome, its reasons (each a [Reason]) with the identifiers
// of the rules that led to it and, where the answer changes by itself, the date
// on which it does. No rule opens a connection, reads a clock or writes a log; a
// service over the rules takes its ports and its clock from the caller.
//
// # Days and instants
//
// Rules that count days count calendar days between civil dates in the
// agency's time zone ([AgencyZone] unless a policy says otherwise), never blocks
// of 24 hours. Instants are UTC, truncated to the microsecond.
//
// # Sources
//
// Two public documents define the rules: [PIA] and [SORN]. A rule marked as
// decided is a choice made where both are silent.
package cris
