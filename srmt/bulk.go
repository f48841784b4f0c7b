package srmt

import (
	"context"
	"slices"

	"github.com/seed28e20331/cris"
)

// Bulk says whether several acts stand or fall together.
type Bulk string

// The ways to act on several requests.
const (
	Together Bulk = "together" // all of them or none, in one Update
	Each     Bulk = "each"     // each on its own, one after another
)

// Bulks lists the ways to act on several requests. The caller may keep and change the slice.
func Bulks() []Bulk { return []Bulk{Together, Each} }

// Message returns the way to act on several requests, in words.
func (b Bulk) Message() cris.Message { return cris.Message{Code: "srmt.bulk." + cris.Code(b)} }

// AssignMany carries assignments out, and returns the decision on each of them, in their order
// (SR-3). With [Each] it does what [Service.Assign] does, one after another; the first error ends
// it, and the decisions up to it are returned. With [Together], or any other value, all are
// carried out or none: if one is not allowed, the others are refused too, and their reasons say so.
// The cap includes the assignments earlier in the list. Given again, each is [AlreadyDone]. The
// errors are those of Assign.
func (s *Service) AssignMany(ctx context.Context, assignments []Assignment, bulk Bulk) ([]Decision, error) {
	return s.many(ctx, commandsOf(assignments, s.assign), bulk)
}

// ReassignMany carries reassignments out, and returns the decision on each of them (SR-5, SR-6).
// What bulk means, and the errors, are as with AssignMany.
func (s *Service) ReassignMany(ctx context.Context, reassignments []Reassignment, bulk Bulk) ([]Decision, error) {
	return s.many(ctx, commandsOf(reassignments, s.reassign), bulk)
}

// RedirectMany carries redirections out, and returns the decision on each of them (SR-5, SR-6).
// What bulk means, and the errors, are as with AssignMany.
func (s *Service) RedirectMany(ctx context.Context, redirections []Redirection, bulk Bulk) ([]Decision, error) {
	return s.many(ctx, commandsOf(redirections, s.redirect), bulk)
}

func commandsOf[T any](acts []T, commandOf func(T) command) []command {
	commands := make([]command, len(acts))
	for i, act := range acts {
		commands[i] = commandOf(act)
	}
	return commands
}

func (s *Service) many(ctx context.Context, commands []command, bulk Bulk) ([]Decision, error) {
	if bulk != Each {
		return s.together(ctx, commands)
	}
	var decisions []Decision
	for one := range slices.Chunk(commands, 1) {
		decided, err := s.together(ctx, one)
		if err != nil {
			return decisions, err
		}
		decisions = append(decisions, decided...)
	}
	return decisions, nil
}
