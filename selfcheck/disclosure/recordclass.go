package disclosure

import "github.com/seed28e20331/cris"

// EntryRecords are accounts of disclosures.
const EntryRecords cris.Code = "disclosure.record.entry"

// RecordClasses lists the classes of records of the package (SC-18, PV-4). An entry is kept through
// its KeptUntil if that is later. The caller may keep and change the slice.
//
// PV-4: an accounting is kept for five years or the life of the record, whichever is longer.
func RecordClasses() []cris.RecordClass {
	return []cris.RecordClass{
		{
			Code: EntryRecords, Name: cris.Phrase{English: "accounts of disclosures", Spanish: "registros de divulgaciones"},
			Period: cris.RetentionPeriod{Years: 5}, Trigger: cris.TriggerRecorded, Authority: "5 U.S.C. 552a(c)(2)",
		},
	}
}
