package srmt

import (
	"context"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// StaffID identifies a member of staff.
type StaffID string

// Role is what a member of staff may do.
type Role string

// The roles.
const (
	IIO  Role = "iio"  // Immigration Information Officer: works on assigned requests
	SIIO Role = "siio" // Supervisory Immigration Information Officer: distributes the requests of an office
)

// Roles lists the roles.
func Roles() []Role { return []Role{IIO, SIIO} }

// Message returns what the role is called.
func (r Role) Message() cris.Message { return cris.Message{Code: "srmt.role." + cris.Code(r)} }

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

// SharedDirectory is an optional interface of a Directory that is kept together with a
// Store: an officer who moves, and a supervisor who is dismissed, while an act is decided
// make a difference to it then. A Service uses it where it can. Without it, the staff is
// read right before the Update.
type SharedDirectory interface {
	Directory
	// SharesStore reports whether the directory is kept together with that store.
	SharesStore(store Store) bool
	// UpdateWithStaff is Store.Update, and gives decide the members of staff with those IDs,
	// in their order, the zero Staff for one that is not known or for "". They stay as they
	// are until the change is saved or given up.
	UpdateWithStaff(ctx context.Context, id string, staff []StaffID, decide func(history []Step, staff []Staff) (Change, error)) error
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
