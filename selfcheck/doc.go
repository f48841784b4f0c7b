// Package selfcheck decides E-Verify Self Check: an individual finds out, before
// any employer asks, whether the records of the government confirm that he or she
// may work. It takes two steps (SC-1).
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
//     the Social Security number, never the address. Its Lock is the
//     [LockedIdentity], which nobody can alter (SC-6, SC-7).
//
// Step two is the E-Verify query. The individual enters what the Form I-9 process
// asks for ([I9], [AskedFor]); [DecideQuery] adds it to the locked identity. The
// case that [EVerify] opens has one of three results ([Result]), and a mismatch
// has a [Resolution], if the individual wants one.
//
// # Opened cases are closed
//
// A case that was opened at E-Verify must be closed, whatever becomes of the
// session. [Service] writes down that a query is under way before it submits it,
// and the case number before anything else; confirmed and declined cases it closes
// at once. Store.OpenCases lists the rest, and Service.Close closes one.
//
// If the process dies between submitting and writing down, the record says that a
// query was submitted and names no case. The query is not made again, since that
// could open a second case; OpenCases lists the transaction without a case number,
// to be looked up at E-Verify by staff, and the individual starts over with a new
// proofing.
//
// # Rules and sources
//
// [Rules] lists SC-1 to SC-19. Their source is the System of Records Notice
// [cris.SORN]. The formats of the numbers are those that E-Verify and the
// agency's verification service accept.
package selfcheck
