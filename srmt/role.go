package srmt

import (
	"slices"

	"github.com/seed28e20331/cris"
)

// Role is what a member of staff may do at an office. The zero Role may do nothing (PV-3).
type Role string

// The roles.
const (
	IIO  Role = "iio"  // Immigration Information Officer: works on assigned requests
	SIIO Role = "siio" // Supervisory Immigration Information Officer: distributes the requests of an office, or supervises the call center
	CSR  Role = "csr"  // Customer Service Representative at the call center: takes requests but sees none
)

// Roles lists the roles. The caller may keep and change the slice.
func Roles() []Role { return []Role{IIO, SIIO, CSR} }

// Message returns what the role is called.
func (r Role) Message() cris.Message { return cris.Message{Code: "srmt.role." + cris.Code(r)} }

func (r Role) known() bool { return slices.Contains(Roles(), r) }
