// Package gateway is for the representatives of a call center: what they are shown and read
// aloud while they answer a question, and the service request that is opened from the call.
//
// # Scripts
//
// A [Script] is a tree of nodes. Each [Node] has blocks of text in English and Spanish, some of
// which have to be read aloud, links to law and forms, and then either choices, which lead on to
// other nodes, or an [End]. A script is checked when [NewScript] makes it, all faults at once: no
// dead link, no unreachable node, no way that never ends, and no way to a request on which the
// Privacy Act Statement is not read (ER-7). After that it never changes: other words are another
// edition, which is in force from its first day on.
//
// A [Library] holds scripts with their editions. [Library.Search] finds those that match a
// question by form, issue and words. [DefaultLibrary] has a script for each issue that may be
// reported (ER-1), and one for changes of address. A host program brings the ones that its counsel
// has approved.
//
// # The way of a call
//
//  1. [DecideStart] starts a call with the script that is in force: by whom, and in which language.
//  2. [DecideShown] shows a node. [DecideRead] says that a block was read aloud, in the order in
//     which they stand. [DecideChoice] goes on, once all of them were.
//  3. [DecideSaid] keeps what the caller said, once the Privacy Act Statement was read.
//  4. [DecideEnd] ends the call where the script ends, and [DecideBreakOff] wherever it breaks off.
//  5. If the script ended in opening a request, [Call.Submission] is what goes to erequest, by
//     telephone, with what was said already (SR-1). [DecideSubmitted] keeps that it goes out,
//     [DecideOpened] that it was accepted, and [DecideReturned] that it was not and may be corrected.
//
// A call is its history of [Step] values, like a service request of srmt (SR-10), and a [Call]
// is what [Replay] adds them up to. Each decision is a pure function, allowed or refused with
// reasons.
//
// # Calls on file
//
// A [Service] runs the decisions over [Calls], the port that keeps the steps, for those who are on
// duty as [Representatives] (PV-3). Each act names the version of the call that its author saw, so
// that it counts once however often it is given (SR-11). [Service.Open] opens the request of a call
// and keeps its ID with the call: once, even if the process ends in between.
//
// Sources: [cris.PIA], Introduction (GW-1). [Rules] lists the rule with its section.
package gateway
