package erequest

import "github.com/seed28e20331/cris"

// ERequestRecords are online requests, each with all that the customer said.
const ERequestRecords cris.Code = "erequest.record.request"

// RecordClasses lists the classes of records of the package (PV-4). A request is open until it is
// answered. The caller may keep and change the slice.
//
// PV-4: the PIA names the schedule, but not its periods.
func RecordClasses() []cris.RecordClass {
	return []cris.RecordClass{
		{
			Code: ERequestRecords, Name: cris.Phrase{English: "online requests", Spanish: "solicitudes en línea"},
			Period: cris.UnstatedPeriod(), Trigger: cris.TriggerEnded, Authority: cris.AuthorityCRIS, Decided: true,
		},
	}
}
