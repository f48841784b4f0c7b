package gateway

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/seed28e20331/cris"
)

// Library is a set of scripts with their editions (GW-1). It is made by [NewLibrary], never
// changes, and is safe for concurrent use. The zero Library holds no script.
type Library struct {
	scripts []Script // by ID, the latest edition first
}

// NewLibrary returns the library of the scripts, which may be in any order. The error names all
// editions that are there twice, and says if one is the zero Script.
func NewLibrary(scripts ...Script) (Library, error) {
	all := slices.Clone(scripts)
	slices.SortStableFunc(all, func(a, b Script) int {
		return cmp.Or(cmp.Compare(a.ID(), b.ID()), b.Edition().Compare(a.Edition()))
	})
	var problems []error
	for i, script := range all {
		switch {
		case script.IsZero():
			problems = append(problems, errors.New("gateway: library: a script was not made by NewScript"))
		case i > 0 && all[i-1].ID() == script.ID() && all[i-1].Edition() == script.Edition():
			problems = append(problems, fmt.Errorf("gateway: library: script %q has two editions of %s", script.ID(), script.Edition()))
		}
	}
	if len(problems) > 0 {
		return Library{}, errors.Join(problems...)
	}
	return Library{all}, nil
}

// On returns the scripts that are in force on the day, in the order of their IDs: of each the
// edition that came into force last. The caller may keep and change the slice.
func (l Library) On(day cris.Date) []Script {
	var inForce []Script
	for _, script := range l.scripts {
		isLater := len(inForce) > 0 && inForce[len(inForce)-1].ID() == script.ID()
		if !isLater && !script.Edition().After(day) {
			inForce = append(inForce, script)
		}
	}
	return inForce
}

// Script returns the edition of the script that is in force on the day. The error matches
// cris.ErrNotFound if there is none.
func (l Library) Script(id ScriptID, day cris.Date) (Script, error) {
	return l.first(func(s Script) bool { return s.ID() == id && !s.Edition().After(day) })
}

// Edition returns one edition of the script, whether it is in force or not. The error matches
// cris.ErrNotFound if there is none.
func (l Library) Edition(id ScriptID, edition cris.Date) (Script, error) {
	return l.first(func(s Script) bool { return s.ID() == id && s.Edition() == edition })
}

func (l Library) first(suits func(Script) bool) (Script, error) {
	i := slices.IndexFunc(l.scripts, suits)
	if i < 0 {
		return Script{}, fmt.Errorf("gateway: script: %w", cris.ErrNotFound)
	}
	return l.scripts[i], nil
}
