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
}

// isReadable reports whether there is something to see in the text, and every store can
// hold it.
func isReadable(message cris.Personal[string]) bool {
	s := message.Reveal()
	return text.IsVisible(s) && text.IsStorable(s)
}

func isMeans(m erequest.Means) bool { return slices.Contains(erequest.AllMeans(), m) }

// isSent reports whether the message, which is a response, goes to anybody by known means.
func (m Message) isSent() bool {
	return isMeansOrNone(m.Means) && isMeansOrNone(m.ToRepresentative) && (m.Means != "" || m.ToRepresentative != "")
}
