// Package ridp is an identity proofing provider for package selfcheck: it speaks the JSON of
// the Remote Identity Proofing service (RIDP) of the Centers for Medicare & Medicaid Services,
// and serves the page on which the individual answers the questions.
//
// The service takes two requests. The first has the applicant (SC-2), and is answered with
// three to five questions or a final decision. The second has the answers, and is answered
// with the final decision. Between the two is the individual:
//
//	the program                      the quiz page (Provider.Handler)       the service
//	selfcheck.Service.Begin ──────────────── the applicant ───────────────▶ questions
//	a form with the sealed quiz ──▶ the questions, as a form
//	                                the answers ──────────────────────────▶ a final decision
//	its return page ◀────────────── a button with the sealed report
//	selfcheck.Service.Conclude
//
// # Nothing is kept
//
// Questions and answers never reach package selfcheck, and no process keeps them (SC-5). What the
// page needs, and how the quiz ended, travel with the individual's browser, sealed with
// AES-256-GCM under Config.Keys. The seal binds each of them to its purpose and to the
// selfcheck.Reference of the proofing, and expires. So any process that has the keys can serve
// the page, and no particular process has to survive.
//
// # How a quiz ends
//
//   - With a final decision: a pass, wrong answers, and the others that the service knows.
//   - The individual presses the button to leave: selfcheck.IdPAbandoned.
//   - No decision comes back, since the service is out of order or cannot be reached:
//     selfcheck.IdPSystemError. The answers are not sent again.
//   - The service refuses the answers, since it has some already: there is no report. The
//     quiz stays open until selfcheck.Policy.QuizLife ends it.
//   - Nothing comes back, or no report of this proofing: the same ([Provider.Conclude]).
//
// # Numbers of questions
//
// How many questions the service asks depends on Config.Level and on the provider's
// contract. It can ask five, and the notice allows four (SC-3): with selfcheck.DefaultPolicy
// a quiz of five is a system error, however it ends.
//
// # On the way back
//
// The button sends the report with POST. A cookie of the program with SameSite=Lax is sent
// along only if Config.PageURL and Config.ReturnURL are of one site.
package ridp
