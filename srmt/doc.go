// Package srmt routes, assigns and answers service requests: what USCIS calls the Service
// Request Management Tool. It decides to which office a request goes, who may assign,
// reassign, redirect and respond to it, and when it is overdue.
//
// # The way of a request
//
//  1. Customers file online, or staff take the request for them: representatives ([CSR]) by
//     telephone, the officers of an office by letter and at its window. [Desk] is where they do
//     that, and [Policy].Channels says who may take what (SR-1).
//  2. A request that erequest has accepted is received, whatever the channel on
//     which it came in (SR-1). [Route] directs it to the office where the case is in
//     process (SR-2), to one that a rule names if the case names none, or to the fallback queue
//     (SR-12).
//  3. A supervisor ([SIIO]) of the office sees the unassigned requests and assigns
//     each to an officer ([IIO]): [DecideAssignment] (SR-3), or distributes them by the load of
//     the officers: [DecideDistribution]. The open requests are listed and counted, such as
//     those due within a week: [Service.Count] (SR-9). Customers who need an accommodation for a
//     disability come first.
//  4. The officer researches the issue and responds by letter, e-mail or telephone:
//     [DecideResponse]. That closes the request (SR-4, SR-7). A response says what the research
//     has shown, as a letter.Finding. Its text is the officer's own, or the letter that [Compose]
//     makes from a template and [Service.Preview] shows beforehand. Where the policy asks for it, a
//     supervisor reviews the response before it is sent: [DecideProposal], [DecideApproval],
//     [DecideSendBack]. What was sent stays, and a correction follows it: [DecideCorrection].
//     Notes among staff keep what is found along the way: [DecideNote]. Messages before and
//     after the response are kept with the request, which shows since when an answer from the
//     customer has been awaited: [DecideCorrespondence] (SR-8).
//  5. Until then a supervisor may hand it to a colleague or to another office, for
//     one of four reasons: [DecideReassignment], [DecideRedirection] (SR-5, SR-6).
//     Neither moves the day on which the response is due (SR-9, SR-9a). When an office
//     closes, its open requests move on by themselves: [DecideRealignment]; when an officer
//     leaves, the requests that the officer held wait for a supervisor again: [DecideReturn].
//
// [Lifecycle] is the table of what may happen to a request, in which status and by whom: the
// rules decide by it, and docs/lifecycle.md shows it.
//
// # Steps, not rows
//
// A member of staff gives a command, such as an [Assignment]. Once its author is known it is an
// [Act], a rule makes a [Decision] of it, and what is allowed becomes a [Step].
//
// Nothing is overwritten: a request is its history of [Step] values, each with who, when
// and why, and a [ServiceRequest] is what [Replay] adds them up to (SR-10). Its
// Version is the number of steps. Every [Act] names the version that its author
// saw; if someone else has acted since, the act is [Overtaken] and its author looks
// again (SR-11). An act that is repeated because its result was lost is
// [AlreadyDone] and counts once.
//
// The rules are pure functions. [Service] runs them over a [Store], the requests of erequest
// and the cases of casestatus. The store keeps the staff too, and an act is decided on the
// request and the staff as both are when it is saved: whoever has moved to another office, or
// has left, can neither get nor assign a request at the old one. A member of staff holds posts,
// each a role at an office on certain days ([Staff]).
//
// # Requests of another system
//
// An [Importer] brings in the requests of another system: each as a [Legacy], with its own times and
// authors, provided that its history adds up like any other ([DecideImport], SR-1, SR-10). Its first
// step says where it comes from ([Provenance]), and its ID follows from that
// ([LegacyID.RequestID]), so that importing it again changes nothing. No event is published for what
// happened elsewhere. The [ImportReport] tells what came in, and what did not and why. From then on
// the request is like any other.
//
// # Who learns what
//
// Anyone who is not on file as staff is refused before a request is looked at (PV-3). A member
// of staff who is not entitled, by role and office or as the officer who holds the request,
// gets one reason and nothing else: the same whatever the state of the request, whatever
// version was named, and even if there is no such request. So nobody finds out by trying what
// is on file at another office. [Service.History] gives [ErrDenied] in the same way.
//
// A representative takes requests but sees none: [Desk.Status] tells how far one is and where, which
// is on record as every [Look] is, and the lists, histories and files are closed to representatives.
//
// # What others are told
//
// Each step but a message, a note and a review leaves an event in the outbox: [RequestReceived],
// [RequestAssigned], [RequestReassigned], [RequestReturned], [RequestRedirected], [ResponseSent].
// A [Service] is a cris.EventHandler for the event with which erequest tells of an accepted request, and
// erequest's for the response.
//
// Sources: [cris.PIA], "USCIS Personnel Interface" with footnotes 8 and 9, and
// "Customer Interface" for the 30 days. [Rules] lists each rule with its section.
package srmt
