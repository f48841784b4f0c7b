package srmt

import (
	"context"

	"github.com/seed28e20331/cris/casestatus"
)

// StaffID identifies a member of staff.
type StaffID string

// Role is what a member of staff may do.
type Role string

// The roles.
const (
	IIO  Role = "IIO"  // Immigration Information Officer: works on assigned requests
	SIIO Role = "SIIO" // Supervisory Immigration Information Officer: distributes the requests of an office
)

// Staff is a member of staff. The zero Staff is nobody and may do nothing (PV-3).
type Staff struct {
	ID     StaffID
	Role   Role
	Office casestatus.OfficeCode // the one office whose requests the member of staff sees
}

// Directory is the port to the staff.
type Directory interface {
	// Staff returns the member of staff, or an error that matches ErrNotFound.
	Staff(ctx context.Context, id StaffID) (Staff, error)
}

// worksAt reports whether s is an officer or a supervisor of the office. Nobody
// works at no office, where a request that does not exist would be.
func (s Staff) worksAt(office casestatus.OfficeCode) bool {
	return s.ID != "" && office != "" && s.Office == office && (s.Role == IIO || s.Role == SIIO)
}

// supervises reports whether s distributes the requests of the office.
func (s Staff) supervises(office casestatus.OfficeCode) bool {
	return s.worksAt(office) && s.Role == SIIO
}

// holds reports whether the request is assigned to s, who is still at its office.
func (s Staff) holds(r ServiceRequest) bool {
	return s.worksAt(r.Office) && s.ID == r.Officer
}
