package ridp

import (
	"crypto/sha256"
	"sync"
	"time"

	"github.com/seed28e20331/cris/selfcheck"
)

// answered remembers for a while what came of answers, so that a second click or a step back gets
// the answer to the first, and nobody answers twice. It is a convenience within one process:
// answers that it does not know of are refused by the service.
//
// It holds hashes, and reports that are sealed. The zero answered is empty.
type answered struct {
	mu    sync.Mutex
	ended map[[sha256.Size]byte]*ending
}

// ending is what came of one quiz.
type ending struct {
	done   chan struct{} // closed when page is set
	page   page
	status int
	until  time.Time
}

// maxEndings is how many quizzes are remembered at most.
const maxEndings = 4096

// once calls answer for the first request with this quiz, and gives every request what answer
// returned. It forgets that at until. If there are too many quizzes to remember, it calls answer
// for each request.
func (a *answered) once(reference selfcheck.Reference, quiz sealedQuiz, now time.Time, answer func() (page, int)) (page, int) {
	key := sha256.Sum256([]byte(string(reference) + "\x00" + quiz.Session + "\x00" + quiz.Reference))
	a.mu.Lock()
	known := a.ended[key]
	if known == nil {
		for key, other := range a.ended {
			if now.After(other.until) {
				delete(a.ended, key)
			}
		}
		if len(a.ended) >= maxEndings {
			a.mu.Unlock()
			return answer()
		}
		if a.ended == nil {
			a.ended = map[[sha256.Size]byte]*ending{}
		}
		mine := &ending{done: make(chan struct{}), until: time.UnixMicro(quiz.Until)}
		a.ended[key] = mine
		a.mu.Unlock()
		defer close(mine.done)
		mine.page, mine.status = answer()
		return mine.page, mine.status
	}
	a.mu.Unlock()
	<-known.done
	return known.page, known.status
}
