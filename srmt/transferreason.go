package srmt

import "github.com/seed28e20331/cris"

// TransferReason is why a request is reassigned or redirected (SR-6).
type TransferReason string

// The reasons for which a request may be reassigned or redirected.
const (
	StaffChange              TransferReason = "staff_change"
	OfficeLocationAlignment  TransferReason = "office_location_alignment"
	CustomerWithDisabilities TransferReason = "customer_with_disabilities"
	OfficeBandwidth          TransferReason = "office_bandwidth"
)

// TransferReasons lists the reasons for a reassignment or redirection. The caller may
// keep and change the slice.
func TransferReasons() []TransferReason {
	return []TransferReason{StaffChange, OfficeLocationAlignment, CustomerWithDisabilities, OfficeBandwidth}
}

// Message returns what the reason is called.
func (why TransferReason) Message() cris.Message {
	return cris.Message{Code: "srmt.transfer_reason." + cris.Code(why)}
}

func (why TransferReason) known() bool {
	switch why {
	case StaffChange, OfficeLocationAlignment, CustomerWithDisabilities, OfficeBandwidth:
		return true
	}
	return false
}
