package srmt

import "github.com/seed28e20331/cris"

// The classes of records that are kept of service requests.
const (
	ServiceRequestRecords cris.Code = "srmt.record.service_request" // a service request, with its steps and correspondence
	LookRecords           cris.Code = "srmt.record.look"            // that a member of staff was shown a request
)

// RecordClasses lists the classes of records of the package (PV-4). A service request is open until
// it is closed, and counts from its last step. The caller may keep and change the slice.
//
// PV-4: the PIA names the schedule, but not its periods.
func RecordClasses() []cris.RecordClass {
	return []cris.RecordClass{
		{
			Code: ServiceRequestRecords, Name: cris.Phrase{English: "service requests, with their steps and correspondence", Spanish: "solicitudes de servicio, con sus pasos y correspondencia"},
			Period: cris.UnstatedPeriod(), Trigger: cris.TriggerEnded, Authority: cris.AuthorityCRIS, Decided: true,
		},
		{
			Code: LookRecords, Name: cris.Phrase{English: "who was shown a service request", Spanish: "quién vio una solicitud de servicio"},
			Period: cris.UnstatedPeriod(), Trigger: cris.TriggerRecorded, Authority: cris.AuthorityCRIS, Decided: true,
		},
	}
}
