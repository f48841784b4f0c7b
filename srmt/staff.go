package srmt

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/text"
)

// StaffID identifies a member of staff. IDs that differ only in case are different.
type StaffID string

// Staff is a member of staff. The zero Staff is nobody and may do nothing (PV-3). One who has left
// stays on file with posts that have ended, or without any.
type Staff struct {
	ID        StaffID
	Posts     []Post          // what the member does, and where; in any order
	Absences  []cris.Period   // the days on which the member gets no requests; in any order
	Languages []cris.Language // in which the member answers, besides English
	// Whether the member answers customers who need an accommodation for a disability.
	Accommodations bool
}

// Post is a role at an office, on the days on which a member of staff holds it, in the zone of the
// agency. A member may hold several, at one office and at others.
type Post struct {
	Role   Role
	Office casestatus.OfficeCode // whose requests the member sees
	Held   cris.Period
}

// NewStaff returns a member of staff who holds one post, without a first or last day.
func NewStaff(id StaffID, role Role, office casestatus.OfficeCode) Staff {
	return Staff{ID: id, Posts: []Post{{Role: role, Office: office}}}
}

// Equal reports whether both say the same, in the same order.
func (s *Staff) Equal(other Staff) bool {
	return s.ID == other.ID && s.Accommodations == other.Accommodations && slices.Equal(s.Posts, other.Posts) &&
		slices.Equal(s.Absences, other.Absences) && slices.Equal(s.Languages, other.Languages)
}

// Clone returns a copy that shares nothing with s.
func (s *Staff) Clone() Staff {
	copied := *s
	copied.Posts, copied.Absences, copied.Languages = slices.Clone(s.Posts), slices.Clone(s.Absences), slices.Clone(s.Languages)
	return copied
}

// Has reports whether the member has this role at the office on the day. Nobody has a role at no
// office, where a request that does not exist would be.
func (s *Staff) Has(role Role, office casestatus.OfficeCode, on cris.Date) bool {
	if s.ID == "" || office == "" {
		return false
	}
	for i := range s.Posts {
		if post := &s.Posts[i]; post.Role == role && post.Office == office && post.Held.Has(on) {
			return true
		}
	}
	return false
}

// worksAt reports whether s is an officer or a supervisor of the office on the day.
func (s *Staff) worksAt(office casestatus.OfficeCode, on cris.Date) bool {
	return s.Has(IIO, office, on) || s.Has(SIIO, office, on)
}

// supervises reports whether s distributes the requests of the office on the day.
func (s *Staff) supervises(office casestatus.OfficeCode, on cris.Date) bool {
	return s.Has(SIIO, office, on)
}

// holds reports whether the request is assigned to s, who is still at its office on the day.
func (s *Staff) holds(r *ServiceRequest, on cris.Date) bool {
	return s.ID == r.Officer && s.worksAt(r.Office, on)
}

// isAbsent reports whether s gets no requests on the day.
func (s *Staff) isAbsent(on cris.Date) bool {
	return slices.ContainsFunc(s.Absences, func(away cris.Period) bool { return away.Has(on) })
}

// speaks reports whether s answers in the language. Everybody does in English.
func (s *Staff) speaks(l cris.Language) bool {
	return l == "" || l == cris.English || slices.Contains(s.Languages, l)
}

// problemOfStaff says why an entry cannot be right; "" if it can.
func (s *Service) problemOfStaff(member Staff) string {
	if !text.IsVisible(string(member.ID)) || !text.IsStorable(string(member.ID)) {
		return "no identifier"
	}
	for _, post := range member.Posts {
		_, known := s.offices.Office(post.Office)
		atCallCenter := post.Office == s.policy.CallCenter
		switch {
		case !post.Role.known():
			return "the role is not known"
		case post.Role == CSR && !atCallCenter, post.Role == IIO && atCallCenter:
			return "representatives and their supervisors work at the call center, and nobody else does"
		case !known && !atCallCenter && post.Office != s.policy.FallbackQueue:
			return "the office is not known"
		case post.Held.IsEmpty():
			return "a post ends before it begins"
		}
	}
	if slices.ContainsFunc(member.Absences, cris.Period.IsEmpty) {
		return "an absence ends before it begins"
	}
	for _, language := range member.Languages {
		if language != cris.English && language != cris.Spanish {
			return "the language is not known"
		}
	}
	return ""
}

// staff looks a member of staff up: the zero Staff if there is none, to which nothing is
// open (PV-3).
func (s *Service) staff(ctx context.Context, id StaffID) (Staff, error) {
	if id = onFileAs(id); id == "" {
		return Staff{}, nil
	}
	found, err := s.store.Staff(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return Staff{}, nil
	}
	if err != nil {
		return Staff{}, fmt.Errorf("srmt: read staff: %w", err)
	}
	return found, nil
}

// onFileAs returns the ID as stores have it, "" if nobody can be on file under it.
func onFileAs(id StaffID) StaffID {
	if !text.IsStorable(string(id)) {
		return ""
	}
	return id
}

// IsRepresentative reports whether the member of staff is a representative of the call center on
// the day (GW-1, PV-3). The error is that of the store.
func (s *Service) IsRepresentative(ctx context.Context, id StaffID, on cris.Date) (bool, error) {
	member, err := s.staff(ctx, id)
	return member.Has(CSR, s.policy.CallCenter, on), err
}
