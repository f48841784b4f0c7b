package srmttest

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/srmt"
)

// onMember lets a store spoil every member of staff that it saves.
func onMember(spoil func(member *srmt.Staff)) func(srmt.Store) flawed {
	return onSave(func(_ srmt.Prior, change *srmt.Change) {
		change.Staff = slices.Clone(change.Staff)
		for i := range change.Staff {
			change.Staff[i] = change.Staff[i].Clone()
			spoil(&change.Staff[i])
		}
	})
}

// onRead lets a store spoil the members of staff that it returns.
func onRead(spoil func(member *srmt.Staff)) func(srmt.Store) flawed {
	return func(good srmt.Store) flawed {
		return flawed{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
			found, err := good.Staff(ctx, id)
			spoil(&found)
			return found, err
		}}
	}
}

// onRoster lets a store have another roster.
func onRoster(spoil func(ctx context.Context, good srmt.Store, office casestatus.OfficeCode, page srmt.RosterPage) staffSeq) func(srmt.Store) flawed {
	return func(good srmt.Store) flawed {
		return flawed{roster: func(ctx context.Context, office casestatus.OfficeCode, page srmt.RosterPage) staffSeq {
			return spoil(ctx, good, office, page)
		}}
	}
}

func (z *zoo) addStaff() {
	z.add("Staff/Fresh", "makes everyone an officer", onRead(func(member *srmt.Staff) {
		for i := range member.Posts {
			member.Posts[i].Role = srmt.IIO
		}
	}))
	z.add("Staff/Fresh", "forgets the days of posts", onMember(func(member *srmt.Staff) {
		for i := range member.Posts {
			member.Posts[i].Held = cris.Period{}
		}
	}))
	z.add("Staff/Fresh", "forgets absences", onMember(func(member *srmt.Staff) { member.Absences = nil }))
	z.add("Staff/Fresh", "forgets languages", onMember(func(member *srmt.Staff) { member.Languages = nil }))
	z.add("Staff/Fresh", "forgets who answers customers with disabilities", onMember(func(member *srmt.Staff) { member.Accommodations = false }))
	z.add("Staff/Fresh", "keeps the first entry", onSave(func(prior srmt.Prior, change *srmt.Change) {
		change.Staff = slices.DeleteFunc(slices.Clone(change.Staff), func(member srmt.Staff) bool {
			return slices.ContainsFunc(prior.Staff, func(known srmt.Staff) bool { return known.ID == member.ID })
		})
	}))
	z.add("Staff/Fresh", "gives decide a member as it was entered first", func(good srmt.Store) flawed {
		var mu sync.Mutex
		first := map[srmt.StaffID]srmt.Staff{}
		return onPrior(func(_ srmt.Store, prior *srmt.Prior) {
			mu.Lock()
			defer mu.Unlock()
			for i, member := range prior.Staff {
				if _, known := first[member.ID]; !known && member.ID != "" {
					first[member.ID] = member.Clone()
				}
				kept := first[member.ID]
				prior.Staff[i] = kept.Clone()
			}
		})(good)
	})
	z.add("Staff/Own", "hands out its own lists", func(good srmt.Store) flawed {
		var mu sync.Mutex
		cache := map[srmt.StaffID]srmt.Staff{}
		return flawed{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
			mu.Lock()
			defer mu.Unlock()
			found, err := good.Staff(ctx, id)
			if known, ok := cache[id]; ok && len(known.Posts) == len(found.Posts) {
				return known, err
			}
			cache[id] = found
			return found, err
		}}
	})
	z.add("Staff/Refused", "drops NULs of offices", onMember(func(member *srmt.Staff) {
		for i := range member.Posts {
			member.Posts[i].Office = casestatus.OfficeCode(strings.ReplaceAll(string(member.Posts[i].Office), "\x00", ""))
		}
	}))
	z.add("Staff/Refused", "replaces what is not UTF-8 in roles", onMember(func(member *srmt.Staff) {
		for i := range member.Posts {
			member.Posts[i].Role = srmt.Role(strings.ToValidUTF8(string(member.Posts[i].Role), "\ufffd"))
		}
	}))
	z.add("Staff/Unknown", "gives the zero Staff", func(good srmt.Store) flawed {
		return flawed{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
			found, err := good.Staff(ctx, id)
			if errors.Is(err, srmt.ErrNotFound) {
				return srmt.Staff{}, nil
			}
			return found, err
		}}
	})
	z.add("Staff/Letters", "folds the letters of identifiers", func(good srmt.Store) flawed {
		return flawed{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
			return good.Staff(ctx, srmt.StaffID(strings.ToLower(string(id))))
		}}
	})
	z.add("Staff/Cancelled", "takes no notice of the context", func(good srmt.Store) flawed {
		return flawed{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
			return good.Staff(context.WithoutCancel(ctx), id)
		}}
	})
	z.add("Staff/Exact", "writes offices in capitals", onMember(func(member *srmt.Staff) {
		for i := range member.Posts {
			member.Posts[i].Office = casestatus.OfficeCode(strings.ToUpper(string(member.Posts[i].Office)))
		}
	}))
	z.add("Staff/Update/OneAfterAnother", "is overwritten by the last who writes", func(good srmt.Store) flawed {
		return waitingFor(good, func(srmt.Scope) []string { return nil })
	})
	z.add("Staff/Left", "forgets who has no post", onReadError(func(member srmt.Staff) error {
		if len(member.Posts) == 0 {
			return srmt.ErrNotFound
		}
		return nil
	}))
	z.add("Roster/Moves", "has who was there once", func(good srmt.Store) flawed {
		var mu sync.Mutex
		was := map[casestatus.OfficeCode]map[srmt.StaffID]bool{}
		return flawed{
			update: func(ctx context.Context, scope srmt.Scope, decide decideFunc) error {
				return good.Update(ctx, scope, func(prior srmt.Prior) (srmt.Change, error) {
					change, err := decide(prior)
					mu.Lock()
					defer mu.Unlock()
					for _, member := range change.Staff {
						for _, post := range member.Posts {
							if was[post.Office] == nil {
								was[post.Office] = map[srmt.StaffID]bool{}
							}
							was[post.Office][member.ID] = true
						}
					}
					return change, err
				})
			},
			roster: func(ctx context.Context, office casestatus.OfficeCode, page srmt.RosterPage) staffSeq {
				return func(yield func(srmt.Staff, error) bool) {
					for member, err := range good.Roster(ctx, "", page) {
						mu.Lock()
						isThere := office == "" || was[office][member.ID]
						mu.Unlock()
						if (isThere || err != nil) && !yield(member, err) {
							return
						}
					}
				}
			},
		}
	})
	z.add("Roster/Moves", "has a member once for each post", onRoster(func(ctx context.Context, good srmt.Store, office casestatus.OfficeCode, page srmt.RosterPage) staffSeq {
		return func(yield func(srmt.Staff, error) bool) {
			for member, err := range good.Roster(ctx, office, page) {
				times := 0
				for _, post := range member.Posts {
					if post.Office == office {
						times++
					}
				}
				for range max(1, times) {
					if !yield(member, err) {
						return
					}
				}
			}
		}
	}))
	z.add("Roster/Limit", "applies the limit before it looks at the office", onRoster(func(ctx context.Context, good srmt.Store, office casestatus.OfficeCode, page srmt.RosterPage) staffSeq {
		return func(yield func(srmt.Staff, error) bool) {
			for member, err := range good.Roster(ctx, "", page) {
				isThere := slices.ContainsFunc(member.Posts, func(post srmt.Post) bool { return post.Office == office })
				if (office == "" || isThere || err != nil) && !yield(member, err) {
					return
				}
			}
		}
	}))
	z.add("Roster/All", "is in reverse", onRoster(func(ctx context.Context, good srmt.Store, office casestatus.OfficeCode, page srmt.RosterPage) staffSeq {
		return func(yield func(srmt.Staff, error) bool) {
			var all []srmt.Staff
			for member, err := range good.Roster(ctx, office, page) {
				if err != nil {
					yield(member, err)
					return
				}
				all = append(all, member)
			}
			slices.SortFunc(all, func(a, b srmt.Staff) int { return cmp.Compare(b.ID, a.ID) })
			for _, member := range all {
				if !yield(member, nil) {
					return
				}
			}
		}
	}))
}

// onReadError lets a store return an error for some members of staff.
func onReadError(of func(member srmt.Staff) error) func(srmt.Store) flawed {
	return func(good srmt.Store) flawed {
		return flawed{staff: func(ctx context.Context, id srmt.StaffID) (srmt.Staff, error) {
			found, err := good.Staff(ctx, id)
			if err == nil {
				err = of(found)
			}
			if err != nil {
				return srmt.Staff{}, err
			}
			return found, nil
		}}
	}
}
