// Package casestatus answers what a customer or a representative asks first about
// an application or petition: where it stands, where its documents are in the
// mail, and whether it is taking longer than the posted processing time. It is the
// part that USCIS calls Case Status Service Online (CSSO).
//
// # Vocabulary
//
//   - A [ReceiptNumber] identifies one application or petition (CS-1). It alone,
//     without an account, is what someone enters to see a [Status] (CS-2).
//   - A [Case] is what the agency's file says: form, date filed, the [Office] where
//     it is in process, the history of its status and what was mailed.
//   - A [ProcessingTime] is one published estimate for a form, its subtype and an
//     office (CS-6). Estimates are replaced without notice, so each is kept with the
//     day on which it was read, and a decision names the one it used.
//   - The inquiry date ("receipt date for a case inquiry") is the date before which
//     a case must have been filed to be outside the posted time. It moves on with
//     the calendar: it is the day of asking less [ProcessingTime.Days], which are
//     fixed until the next publication.
//
// # What it decides
//
// [DecideEligibility] says whether a case is within or outside the posted time on a
// given day, by which figures, and on which day the answer changes by itself. A
// case for which nothing is posted is neither (CS-7). [PostedTable] decides a whole
// docket the same way.
//
// [Service] reads the facts through the ports [Cases], [ProcessingTimes] and [Scans],
// and composes the status page: for each mailed document the latest delivery status
// (CS-3, CS-8), and for an unknown number the same answer as for a case whose existence
// is protected (CS-9). [Words] has what people read, in English and Spanish. How often
// someone may ask is limited at the edge, by package adapters/lookuplimit.
//
// [DeliverySync] asks the mail side for what is new since it last asked, and files it
// through [Deliveries]: nothing is missed and nothing repeated (CS-5). Nothing here
// writes to tracking (CS-4). What a person should look at, such as a card that came back, is
// raised once, with its case; a [Watch] lists it, and raises what no scan tells of (TR-7).
//
// Forms, offices and prefixes are data: see [Forms], [Offices] and the tables made from
// them, which a host program amends.
//
// # Example
//
//	decision := casestatus.DecideEligibility(onFile, posted, today, casestatus.DefaultPolicy())
//	switch decision.Outcome {
//	case casestatus.Outside:
//		// an inquiry may be made
//	case casestatus.Within:
//		// it may be made from decision.OutsideFrom on, if nothing new is published
//	}
//
// Sources: [cris.PIA], "CSSO Update" and footnotes 2 and 6. [Rules] lists each rule
// with its section.
package casestatus
