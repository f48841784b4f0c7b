package srmt

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/internal/text"
)

// Message is one thing that the agency and the customer write or say to each other
// (SR-8). It is comparable with ==; the zero Message says nothing.
type Message struct {
	Direction Direction
	Means     erequest.Means // "" for a response that the representative alone gets
	// How a response goes to the representative; "" where there is none, or none is to get it, and
	// for every other message.
	ToRepresentative erequest.Means
	Text             cris.Personal[string] // the letter, the e-mail, or a note of the call
	Asks             bool                  // whether it asks the customer for something, so that the request waits for an answer
	Attached         Attached              // what goes out with a response; nothing for every other message
}

// maxTextBytes is the longest that a message, a response, a note or an explanation may be. A letter
// of one page takes about 2,000 bytes, and the whole of a long exchange that somebody pastes fits.
// Without a limit, one mistaken paste could fill the store.
const maxTextBytes = 20_000

// isReadable reports whether there is something to see in the text, every store can hold it, and
// it is not longer than any text may be.
func isReadable(message cris.Personal[string]) bool {
	s := message.Reveal()
	return len(s) <= maxTextBytes && text.IsVisible(s) && text.IsStorable(s)
}

func isMeans(m erequest.Means) bool { return slices.Contains(erequest.AllMeans(), m) }

// isResponse reports whether the message may be a response: a text that goes to somebody by known
// means, and asks for nothing.
func (m Message) isResponse() bool {
	return m.Direction == ToCustomer && !m.Text.IsZero() && !m.Asks && m.Attached.isWhole() &&
		isMeansOrNone(m.Means) && isMeansOrNone(m.ToRepresentative) && (m.Means != "" || m.ToRepresentative != "")
}
