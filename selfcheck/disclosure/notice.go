package disclosure

import (
	"slices"
	"time"

	"github.com/seed28e20331/cris"
)

// Notice says who is to be told that a record was corrected or is disputed.
type Notice struct {
	Recipient Recipient
	Classes   []Class   // those of the corrected or disputed classes that they got, in the order of Classes
	Last      time.Time // when they last got any of it, UTC
	Reasons   []cris.Reason
}

// DecideNotices decides who is to be told that these classes of data were corrected or are
// disputed: everybody who got any of them, each once, in the order in which they first did (5
// U.S.C. 552a(c)(4)). Nobody is told of a class of data that they never got, since that would be
// another disclosure. The individual is not among them. The entries are those of the record, in
// any order.
func DecideNotices(entries []Entry, corrected []Class) []Notice {
	entries = slices.Clone(entries)
	slices.SortFunc(entries, func(a, b Entry) int { return a.Key().Compare(b.Key()) })
	var notices []Notice
	for _, entry := range entries {
		got := inOrder(corrected, entry.Classes)
		if len(got) == 0 || entry.Recipient.Kind == TheIndividual {
			continue
		}
		// PV-5: who got it is told of the correction.
		at := slices.IndexFunc(notices, func(n Notice) bool { return n.Recipient == entry.Recipient })
		if at < 0 {
			at = len(notices)
			notices = append(notices, Notice{Recipient: entry.Recipient, Reasons: []cris.Reason{recipientTold}})
		}
		notices[at].Classes = inOrder(Classes(), append(notices[at].Classes, got...))
		notices[at].Last = entry.At
	}
	return notices
}
