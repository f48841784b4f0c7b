// Package selfcheck decides E-Verify Self Check: individuals find out, before an employer asks,
// whether the government's records confirm that they may work. It takes two steps (SC-1).
//
// Before anything is asked, the individual is shown a Privacy Act Statement
// ([Service.Statement]). The edition that was shown is an argument of step one and stays on
// record with a pass, so step two does not ask for it again (ER-7, a rule of the other document).
//
// One use of Self Check has a [Token], a bearer secret that the program makes before it asks for
// anything and keeps in the individual's session. Stores and events know that use by its
// [TransactionID], which is derived from the token and does not lead back to it. The provider
// knows it by another derived value, the [Reference].
//
// Step one is identity proofing. A third party, the identity proofing provider ([IdP]), gets the
// [Applicant] and asks two to four questions that only this person can answer. The quiz is
// between the provider and the individual, who goes to the provider's page to take it and then
// comes back: no question and no answer passes through this package. So the proofing has two
// parts, [Service.Begin] and [Service.Conclude]. Between them, what the individual entered is
// kept sealed with the token, which is not on record, so that someone who reads the store cannot
// open it ([BegunProofing]). What comes back is a [Report]; [DecideProofing] turns it into a
// [Proofing].
//
//   - A failed proofing leaves a [Failure]: transaction numbers, reason, date and
//     time, error code, and nothing that leads back to the individual (SC-5).
//   - A passed one leaves a [PassedProofing]: name, date of birth and, if given,
//     the Social Security number, never the address. Its Identity is the
//     [LockedIdentity], which nobody can alter (SC-6, SC-7).
//
// Step two is the E-Verify query. The individual enters what the Form I-9 process asks for ([I9],
// [FieldsFor]); [DecideQuery] adds it to the locked identity. What follows is a conversation with
// [EVerify]: a case is opened, put on record, submitted, perhaps confirmed ([Service.Confirm]: a
// chance to correct a typing error before a mismatch is reported), perhaps waited for
// ([Service.Look]), and closed. It ends in one of three results, or in both mismatches at once
// ([Result]), and a mismatch has a [Resolution] if the individual wants one.
//
// # Whatever is lost
//
// Every method may be called again with the same token, because an answer was lost, a page was
// closed or a process died. The answer is then the one on record, or the conversation continues
// where it stopped. [DecideMove] says what comes next, whoever asks. While one process talks with
// E-Verify about a case, others do not: it claims the query, for a minute at most.
//
// A case that was opened at E-Verify must be closed, whatever becomes of the session.
// [Service.Sweep] finishes what individuals and processes left behind: quizzes that nobody
// concluded, passes that nobody used, and open cases. It finds a case again by asking E-Verify
// for the transaction. Where E-Verify cannot be asked, staff settles which case it is
// ([Service.SettleFound], [Service.SettleNotOpened]) and can undo that until something follows
// from it ([Service.Unsettle]). The member of staff who does this is an argument ([Official]).
//
// # What is not enforced here
//
// AccessEnded (SC-8) ends the transaction: it has no passed proofing, so no query follows. It
// does not keep the individual from beginning another one: to recognize someone who comes back,
// the package would have to keep something about the person, and nothing of that kind may be kept
// after a failed proofing (SC-5). The provider, which sees the attempts, keeps refusing; the
// program ends the session and does not offer another try.
//
// A program can limit how many quizzes one person may take within some days (Options.Attempts,
// package attempt). The counts lead to no transaction and are removed after those days. Nothing
// here limits how often the package is called.
//
// # Rules and sources
//
// [Rules] lists SC-1 to SC-19. Their source is the System of Records Notice
// [cris.SORN]. The formats of the numbers are those that E-Verify and the
// agency's verification service accept.
package selfcheck
