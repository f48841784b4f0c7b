// Package cris is the vocabulary that the packages of this module share: the
// civil [Date] in which deadlines are counted; the personal values that never
// print ([Personal], [PersonName], [ANumber], [Address]); the [ZIP] code; the
// [Rule] that is cited and the [Reason] that every decision carries; the [Words]
// that say a [Message] to customers in their [Language]; and the [Event] that
// leaves a store through its [Outbox] and reaches its handlers through a [Mux].
//
// The decisions themselves live one folder down:
//
//   - casestatus: receipt numbers, posted processing times, the status page
//   - tracking: USPS scan events and the latest delivery status
//   - erequest: online service requests, screening, the 30-day rule
//   - srmt: routing and assigning service requests, and responding to them
//   - selfcheck: identity proofing, the E-Verify query and the conversation that
//     follows; below it attempt limits, alphabets, statistics, disclosures and access
//
// # How a decision reads
//
// A rule is a pure function: facts go in, a decision comes out, and the present
// moment is a parameter. The decision names its outcome and its reasons. Each
// [Reason] has a code to branch by and the identifier of the rule that it rests on.
// Where the answer changes by itself, the decision says on which date. No rule
// opens a connection, reads a clock or writes a log. A service over the rules
// takes its ports and its clock from the caller.
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
// decided is a choice that was made where both are silent.
package cris
