// Package selfcheck decides E-Verify Self Check: an individual finds out, before
// any employer asks, whether the records of the government confirm that he or she
// may work. It takes two steps (SC-1).
//
// Before anything is asked, the individual is shown a Privacy Act Statement
// ([Service.Statement]). The edition that was shown begins step one and stays on record with
// a pass, so step two does not ask for it again (ER-7, a rule of the other document).
//
// Step one is identity proofing. A third party, the identity proofing provider
// ([IdP]), gets the [Applicant] and asks two to four questions that only this
// person can answer. The quiz is between the provider and the individual: no
// question and no answer passes through this package. What comes back is a
// [Report]; [DecideProofing] turns it into a [Proofing].
//
//   - A failed proofing leaves a [Failure]: transaction numbers, reason, date and
//     time, error code, and nothing that leads back to the individual (SC-5).
//   - A passed one leaves a [PassedProofing]: name, date of birth and, if given,
//     the Social Security number, never the address. Its Identity is the
//     [LockedIdentity], which nobody can alter (SC-6, SC-7).
//
// Step two is the E-Verify query. The individual enters what the Form I-9 process
// asks for ([I9], [FieldsFor]); [DecideQuery] adds it to the locked identity. The
// case that [EVerify] opens has one of three results ([Result]), and a mismatch
// has a [Resolution], if the individual wants one.
//
// # Opened cases are closed
//
// A case that was opened at E-Verify must be closed, whatever becomes of the
// session. [Service] writes down that a query is under way before it submits it,
// and the case number before anything else. It closes confirmed and declined cases
// at once. Store.OpenCases lists the rest, and Service.CloseCase closes one.
//
// If the process dies between submitting and writing down, the record says that a
// query was submitted and names no case. The query is not made again, since that
// could open a second case. OpenCases lists the transaction without a case number,
// and staff looks it up at E-Verify. Service.SettleOpened takes the number of the case
// and closes it. Service.SettleNotOpened says that no case was opened; then the
// individual may make the query again. Until then the query is [QueryUnanswered], and
// the individual may start over with a new proofing. Who counts as staff is for the
// program to check.
//
// # Lost answers
//
// Query, Resolve, CloseCase and the two settlements may be repeated. The same query again
// gets the answer that is on record; a transaction takes no other ([DecideRepeatedQuery]).
// If the answer to Prove is lost, so is the transaction, and the proofing begins anew.
//
// # What is not enforced here
//
// AccessEnded (SC-8) ends the transaction: it has no passed proofing, so no query
// follows. It does not keep the individual from beginning another one: to recognize
// someone who comes back, the package would have to keep something about the person,
// and nothing may be kept after a failed proofing (SC-5). The provider, which sees the
// attempts, goes on refusing; the program ends the session and does not offer another try.
//
// Nor does the package count attempts, or limit how often anyone may call it.
//
// # Rules and sources
//
// [Rules] lists SC-1 to SC-19. Their source is the System of Records Notice
// [cris.SORN]. The formats of the numbers are those that E-Verify and the
// agency's verification service accept.
package selfcheck
