// Package erequest takes service requests from customers: what USCIS calls
// e-Request. It decides whether a customer may place a request about a case, when
// a new one may be placed, and what the confirmation says.
//
// # The way of a request
//
//  1. The customer names an [Issue] and enters the five elements of [Screening]
//     (ER-2). [DecideScreening] compares them with the case on file (ER-3) and, for
//     an inquiry about processing time, with the posted processing time (ER-4).
//  2. Only a passed screening says what else is asked for (ER-5).
//  3. [DecideWait] looks at the earlier requests of the case: wait until a date,
//     file anew, or repeat one that was not answered in time (ER-9 to ER-11).
//  4. An accepted [Request] gets a [ConfirmationNumber] and the date by which the
//     agency intends to respond (ER-8). It is saved together with the event
//     [EventAccepted], from which srmt takes it on (ER-12).
//
// The rules are pure functions. [Service] runs them over a [Store] and over the
// ports of casestatus, and repeats the screening when the request is submitted:
// what a browser remembers of an earlier screening proves nothing.
//
// Sources: [cris.PIA], "e-Request Enhancement" and "Customer Interface", with
// footnotes 2 to 7. Rules lists each rule with its section.
package erequest
