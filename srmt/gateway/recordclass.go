package gateway

import "github.com/seed28e20331/cris"

// CallRecords are calls, each with its steps and what the caller said.
const CallRecords cris.Code = "gateway.record.call"

// RecordClasses lists the classes of records of the package (PV-4). The caller may keep and change
// the slice.
//
// PV-4: the PIA names the schedule, but not its periods.
func RecordClasses() []cris.RecordClass {
	return []cris.RecordClass{
		{
			Code: CallRecords, Name: cris.Phrase{English: "calls to the call center", Spanish: "llamadas al centro de llamadas"},
			Period: cris.UnstatedPeriod(), Trigger: cris.TriggerRecorded, Authority: cris.AuthorityCRIS, Decided: true,
		},
	}
}
