package addresschange

import "github.com/seed28e20331/cris"

// ReportRecords are reports of new addresses, each with the cases that it names.
const ReportRecords cris.Code = "addresschange.record.report"

// RecordClasses lists the classes of records of the package (PV-4). A report is open until its
// address was entered in every case that is to get it. The caller may keep and change the slice.
//
// PV-4: the PIA names the schedule, but not its periods.
func RecordClasses() []cris.RecordClass {
	return []cris.RecordClass{
		{
			Code: ReportRecords, Name: cris.Phrase{English: "reports of new addresses", Spanish: "avisos de cambio de dirección"},
			Period: cris.UnstatedPeriod(), Trigger: cris.TriggerRecorded, Authority: cris.AuthorityCRIS, Decided: true,
		},
	}
}
