package contract

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/internal/text"
)

// letter is what a shelf keeps.
type letter struct {
	ID    string
	Lines []string
	To    string // personal
}

func sameLetter(a, b letter) bool {
	return a.ID == b.ID && a.To == b.To && slices.Equal(a.Lines, b.Lines)
}

// shelf is a store of letters that keeps every promise, except for one flaw.
type shelf struct {
	flaw    string
	letters map[string]letter
	before  map[string]letter // as they were read first
}

var errShelf = errors.New("shelf: not there")

func newShelf(flaw string) *shelf {
	return &shelf{flaw: flaw, letters: map[string]letter{}, before: map[string]letter{}}
}

func (s *shelf) has(flaw string) bool { return s.flaw == flaw }

func (s *shelf) copied(l letter) letter {
	if s.has("keeps no copies") {
		return l
	}
	l.Lines = slices.Clone(l.Lines)
	return l
}

func (s *shelf) key(id string) string {
	switch {
	case s.has("folds identifiers"):
		return strings.ToLower(id)
	case s.has("trims identifiers"):
		return strings.TrimSpace(id)
	case s.has("cuts long identifiers"):
		return id[:min(255, len(id))]
	case s.has("keeps everything in one place"):
		return "the place"
	}
	return id
}

func (s *shelf) put(_ context.Context, l letter) error {
	lines := strings.Join(l.Lines, "\n")
	switch s.flaw {
	case "refuses everything":
		return errShelf
	case "takes every text":
	case "does not look at who it is to":
		if !text.IsStorable(l.ID + lines) {
			return errShelf
		}
	case "replaces what is not UTF-8":
		for i := range l.Lines {
			l.Lines[i] = strings.ToValidUTF8(l.Lines[i], "\ufffd")
		}
	case "drops NULs":
		l.To = strings.ReplaceAll(l.To, "\x00", "")
	default:
		if !text.IsStorable(l.ID + lines + l.To) {
			switch s.flaw {
			case "saves what it refuses":
				s.letters[s.key(l.ID)] = s.copied(l)
			case "says who the letter is to":
				return fmt.Errorf("refused: to %q", l.To)
			case "says what stands beside":
				if text.IsStorable(l.To) {
					return fmt.Errorf("refused: to %q", l.To)
				}
			case "repeats the bytes":
				return errors.New(lines)
			case "asks to try again":
				return fmt.Errorf("refused: %w", cris.ErrConflict)
			case "stays shut after a refusal":
				s.flaw = "refuses everything"
			}
			return errShelf
		}
	}
	switch s.flaw {
	case "trims":
		l.To = strings.TrimSpace(l.To)
	case "loses who it is to":
		l.To = ""
	case "cuts long lines":
		for i := range l.Lines {
			l.Lines[i] = l.Lines[i][:min(255, len(l.Lines[i]))]
		}
	case "sorts what it is given":
		slices.Reverse(l.Lines)
		kept := s.copied(l)
		slices.Reverse(kept.Lines)
		s.letters[s.key(l.ID)] = kept
		return nil
	case "changes what reads alike":
		for id, other := range s.letters {
			if _, held := s.letters[l.ID]; held && strings.TrimSpace(id) == strings.TrimSpace(l.ID) {
				other.Lines = l.Lines
				s.letters[id] = s.copied(other)
			}
		}
	case "keeps what was saved first":
		if _, held := s.letters[l.ID]; held {
			return nil
		}
	}
	s.letters[s.key(l.ID)] = s.copied(l)
	return nil
}

func (s *shelf) get(ctx context.Context, like letter) (letter, error) {
	if ctx.Err() != nil && !s.has("reads under a canceled context") {
		return letter{}, ctx.Err()
	}
	found, held := s.letters[s.key(like.ID)]
	if read, known := s.before[like.ID]; known && s.has("reads what it read first") {
		found = read
	}
	switch {
	case !held && s.has("gives an empty letter"):
		return letter{}, nil
	case !held:
		return letter{}, errShelf
	}
	s.before[like.ID] = found
	return s.copied(found), nil
}

// given is what the next Update is given.
func (s *shelf) given(_ context.Context, like letter) (letter, error) {
	found := s.letters[s.key(like.ID)]
	if s.has("gives decide its own slices") {
		return found, nil
	}
	if s.has("gives decide half") {
		found.Lines = found.Lines[:1]
	}
	return s.copied(found), nil
}

// read lets the clauses see the shelf.
func (s *shelf) read() Read[letter] {
	return Read[letter]{
		New: func(n int) letter {
			return letter{fmt.Sprintf("letter-%d", n), []string{"Dear", "Yours"}, "Ana María"}
		},
		Next: func(l letter, n int) letter {
			l.Lines = append(slices.Clone(l.Lines), fmt.Sprint("PS ", n))
			return l
		},
		Put: s.put, Get: s.get, Given: s.given, Equal: sameLetter,
		Spoil:   func(l letter) { l.Lines[0] = "changed" },
		Missing: errShelf,
		WithID:  func(l letter, id string) letter { l.ID = id; return l },
		Texts: []Text[letter]{
			{Name: "line", With: func(l letter, text string) letter { l.Lines = []string{"Dear", text}; return l }},
			{Name: "addressee", Personal: true, With: func(l letter, text string) letter { l.To = text; return l }},
		},
		Personal: []string{"Ana María"},
	}
}

func shelfClauses() []Clause[*shelf] { return ReadClauses("Letter", (*shelf).read) }

func TestReadClauses_PassACorrectStore(t *testing.T) {
	Run(t, shelfClauses(), func(*testing.T) *shelf { return newShelf("") })
}

// A port may have values of which nothing else is known, and give nothing for what is not
// on file.
func TestReadClauses_PassASmallPort(t *testing.T) {
	Run(t, ReadClauses("Letter", func(s *shelf) Read[letter] {
		whole := s.read()
		return Read[letter]{
			New: whole.New, Put: s.put, Equal: sameLetter,
			Get: func(ctx context.Context, like letter) (letter, error) {
				found, err := s.get(ctx, like)
				if errors.Is(err, errShelf) {
					err = nil
				}
				return found, err
			},
		}
	}), func(*testing.T) *shelf { return newShelf("") })
}

func TestReadClauses_RefuseEveryFlaw(t *testing.T) {
	var zoo []Broken[*shelf]
	for clause, flaws := range map[string][]string{
		"Letter/Unknown": {"gives an empty letter", "keeps everything in one place", "refuses everything"},
		"Letter/Fresh": {
			"reads what it read first", "keeps what was saved first", "loses who it is to", "keeps everything in one place",
			"gives decide half", "refuses everything",
		},
		"Letter/Cancelled": {"reads under a canceled context"},
		"Letter/Own":       {"keeps no copies", "sorts what it is given", "gives decide its own slices"},
		"Letter/Exact":     {"trims", "cuts long lines"},
		"Letter/Refused": {
			"takes every text", "does not look at who it is to", "replaces what is not UTF-8", "drops NULs", "saves what it refuses",
			"says who the letter is to", "says what stands beside", "repeats the bytes", "asks to try again", "stays shut after a refusal",
		},
		"Letter/Letters": {"folds identifiers", "trims identifiers", "cuts long identifiers", "changes what reads alike", "keeps everything in one place"},
	} {
		for _, flaw := range flaws {
			zoo = append(zoo, Broken[*shelf]{clause, flaw, func(*testing.T) *shelf { return newShelf(flaw) }})
		}
	}
	require.Empty(t, unproven(shelfClauses(), zoo))
	for _, broken := range zoo {
		t.Run(broken.Clause+"/"+broken.Flaw, func(t *testing.T) {
			require.NoError(t, refuses(t.Context(), shelfClauses(), broken.Clause, broken.New(t)))
		})
	}
}
