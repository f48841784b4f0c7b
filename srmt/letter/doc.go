// Package letter composes the letters with which service requests are answered, from checked
// texts, and checks what is attached to a response (SR-7).
//
// An officer who has researched an issue says what was found, as a [Finding], and not in free
// text. [FindingsFor] lists the findings that suit an issue. For each issue and each of its
// findings there is a [Template], a text in English and Spanish with an edition and the days on
// which it is in force, in a [Library]. [DefaultLibrary] has one for each in the library's own
// words. A host program brings those that its agency approved.
//
// [Compose] decides: the facts of a request and the finding go in, and the letter comes out with
// the name of its edition, or every reason why there is none. A letter that contradicts the facts
// is refused: it does not say that a case is within the processing time when it is outside. A
// preview is the same function, since nothing is saved.
//
// Letters have no salutation, and hold no personal value: no name, no address and no words of the
// officer. The same letter may go to the customer and to a representative, and may be shown,
// printed and kept without more. Its numbers name the case and the request all the same.
//
// What is attached to a response is kept by the host program. An [Attachment] refers to it and
// says what it is, and [DecideAttachments] decides by the [Policy] whether it may go out.
//
// Sources: [cris.PIA], "e-Request Enhancement, USCIS Personnel Interface": the officer resolves
// the request with a response letter, an e-mail or a telephone call (SR-7). The rule is listed by
// package srmt. What the letters say is the library's own.
package letter
