// Package addresschange takes reports of a new address: what USCIS calls Change of
// Address Online, with the fields of Form AR-11. It decides whether a report is complete,
// which of the cases named in it get the new address, and what the customer is told.
//
// # The way of a report
//
//  1. The customer is shown the Privacy Act Statement ([Service.Statement]) and fills
//     in the fields that [Asks] lists. [DecideReport] refuses what is missing or cannot be,
//     all of it at once, and looks at no case until nothing is.
//  2. Each case that is named is screened as for an e-Request, by all five elements
//     (ER-3). A pending case that matches gets the new address. Online, a case that is
//     unknown, does not match or is protected (8 USC 1367) is not changed, and the three
//     read exactly alike. Staff who take a report on another channel find a protected case.
//  3. The accepted report gets a confirmation number and takes effect on the day on
//     which it was received. It is saved with what was decided about each case and with the event
//     [EventReported].
//  4. [Service.Handle] receives the event from the outbox and enters the address in
//     each case that is to be changed, in one Update per case, which keeps the addresses
//     before it. It may receive the event again and enters nothing twice.
//
// A report that comes more days after the move than Policy.DutyDays allows (ten in section 265 of
// the Immigration and Nationality Act) is accepted and marked as late. The immigration court is
// not told, and the customer is told so.
//
// Sources: [cris.PIA], Introduction (CA-1), which package erequest lists among its rules.
package addresschange
