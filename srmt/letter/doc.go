// Package letter composes the letters that answer service requests, from checked texts, and checks
// what is attached to a response (SR-7).
//
// An officer who has researched an issue gives what was found as a [Finding], not in free text.
// [FindingsFor] lists the findings that suit an issue. For each issue and each of its findings
// there is a [Template], a text in English and Spanish with an edition and the days on which it is
// in force, in a [Library]. [DefaultLibrary] has one for each in the library's own words. A host
// program brings the ones that its agency has approved.
//
// [Compose] decides: the facts of a request and the finding go in, and the letter comes out with
// the name of its edition, or every reason why there is none. A letter that contradicts the facts
// is refused: it does not say that a case is within the processing time when it is outside. A
// preview is a call of the same function, since it saves nothing.
//
// Letters have no salutation, and hold no personal value: no name, no address and no words of the
// officer. The same letter may go to the customer and to a representative, and may be shown,
// printed and kept without further care. Its numbers still identify the case and the request.
//
// What is attached to a response is kept by the host program. An [Attachment] refers to it and
// says what it is, and [DecideAttachments] decides, under the [Policy], whether it may go out.
//
// Sources: [cris.PIA], "e-Request Enhancement, USCIS Personnel Interface": the officer resolves
// the request with a response letter, an e-mail or a telephone call (SR-7). The rule is listed by
// package srmt. What the letters say is the library's own.
package letter
