package access

import "github.com/seed28e20331/cris"

// StepRecords are steps of the trails of amendments.
const StepRecords cris.Code = "access.record.step"

// RecordClasses lists the classes of records of the package (PV-4, PV-5). A step is kept through
// its KeptUntil if that is later. The caller may keep and change the slice.
//
// PV-4: the documents do not say how long a trail is kept: as long as an account of disclosures,
// which it stands beside.
func RecordClasses() []cris.RecordClass {
	return []cris.RecordClass{
		{
			Code: StepRecords, Name: cris.Phrase{English: "trails of amendments", Spanish: "historial de enmiendas"},
			Period: cris.RetentionPeriod{Years: 5}, Trigger: cris.TriggerRecorded, Authority: "5 U.S.C. 552a(c)(2)", Decided: true,
		},
	}
}
