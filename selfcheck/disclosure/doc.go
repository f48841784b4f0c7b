// Package disclosure decides which records of E-Verify Self Check may leave the department,
// and keeps the account of those that did (SC-18).
//
// [DecideDisclosure] takes a routine use of the notice, A to I ([Use]), and the facts: who is to
// get what, for which purpose, and what the official attests. [TermsOf] has, as data, what each
// use requires and allows: the kinds of recipients, the purposes, the conditions, and the classes
// of data that may go. A disclosure that does not stay within them is refused, and everything
// that is wrong is named at once. A disclosure that the individual asked for or agreed to in
// writing is not a routine use, but the law permits it (5 U.S.C. 552a(b)), and it has terms too.
//
// # The accounting
//
// [Service.Record] decides, and enters an allowed disclosure in the accounting ([Accountings])
// before it returns the permission: no entry, no disclosure (5 U.S.C. 552a(c)). An [Entry] says
// when, under which use, for which purpose, to whom, on what authority and by whom which classes
// of data were disclosed. It holds no personal value of the individual and no transaction. What
// leads from a record to its entries is a random [Handle] and nothing else; it is kept in the
// record.
//
// An entry is kept for five years, or for the life of the record if that is longer. The record
// itself is gone after one year (SC-17), and its handle with it. [cris.Retention] removes entries
// that need not be kept any longer (PV-4).
//
// # Corrections
//
// Those who got a part of a record are told when that part is corrected or disputed
// ([DecideNotices]). What an individual disputes goes out with the statement of
// disagreement (5 U.S.C. 552a(c)(4), (d)(4)).
//
// # Rules and sources
//
// SC-18 is a rule of package selfcheck. Its source is the System of Records Notice
// [cris.SORN], Routine uses. The notice leaves the accounting to the Privacy Act.
package disclosure
