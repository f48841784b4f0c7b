package tracking

import "github.com/seed28e20331/cris"

// The classes of records that are kept of mail.
const (
	ScanRecords cris.Code = "tracking.record.scan" // the scans of a piece of mail; the ID is the tracking number
	FileRecords cris.Code = "tracking.record.file" // what became of a file, with its damaged records
)

// RecordClasses lists the classes of records of the package (PV-4). The scans of a piece count from
// the latest; a file counts from its latest scan, else from the day in its name, else from when it
// was received. A file that was not read to its end is open. The caller may keep and change the
// slice.
//
// PV-4: the PIA names the schedule, but not its periods.
func RecordClasses() []cris.RecordClass {
	return []cris.RecordClass{
		{
			Code: ScanRecords, Name: cris.Phrase{English: "scans of mail", Spanish: "escaneos del correo"},
			Period: cris.UnstatedPeriod(), Trigger: cris.TriggerLatest, Authority: cris.AuthorityCRIS, Decided: true,
		},
		{
			Code: FileRecords, Name: cris.Phrase{English: "files of scans, with their damaged records", Spanish: "archivos de escaneos, con sus registros dañados"},
			Period: cris.UnstatedPeriod(), Trigger: cris.TriggerLatest, Authority: cris.AuthorityCRIS, Decided: true,
		},
	}
}
