// Package access decides on the requests that individuals make about their own records of
// E-Verify Self Check: to be told whether there are any, to get them, and to have them amended
// (PV-5).
//
// # Requests
//
// [DecideRequest] says whether a request is complete: full name, current address, date and place
// of birth, and a signature that was notarized or made under penalty of perjury (28 U.S.C. 1746).
// A request about another living person needs that person's consent, signed in the same way. If
// information that would only help the search is missing, the request is not incomplete, but the
// requester is told that it may be denied without that information. Requests are records of
// another system, and this package keeps none.
//
// # Access
//
// [Document] is the form in which all records of one person are handed over: sections of labeled
// values, as text, JSON or HTML, in English or Spanish. [FromRecord] makes the document of a
// record with the accounting of its disclosures. Handing it over is a disclosure at the
// individual's written request ([disclosure.WrittenConsent]).
//
// # Amendment
//
// [DecideAmendment] decides whether a record is amended, from what the official found. An
// amendment names the values to put into the record; a refusal names the reason and the way of
// appeal. Either leaves a [Step] of the trail, which says what changed, when, by whom and why,
// and holds no value: the earlier values stay sealed with the record. [Service.Amend] keeps the
// step before it tells the caller to change the record.
//
// An individual whose appeal was refused may file a statement of disagreement
// ([DecideDisagreement]). It goes out with every later disclosure of what is disputed
// ([Disputed]). Those who received what was corrected or is disputed are told
// ([disclosure.DecideNotices]).
//
// # Rules and sources
//
// PV-5 is a rule of package cris. Its source for Self Check is the System of Records Notice
// [cris.SORN], Notification procedure, with 5 U.S.C. 552a(d) and 6 CFR part 5.
package access
