package casestatus

import "github.com/seed28e20331/cris"

// The classes of records that are kept of cases.
const (
	CaseRecords           cris.Code = "casestatus.record.case"            // a case with its history, mailings and addresses; its ID is the receipt number
	PieceRecords          cris.Code = "casestatus.record.piece"           // a piece of mail with its scans and alerts; its ID is the tracking number
	ProcessingTimeRecords cris.Code = "casestatus.record.processing_time" // a publication of a processing time
)

// RecordClasses lists the classes of records of the package (PV-4). A case is open while it is
// pending, or while a request or a report of a new address that is kept names it. A piece of mail
// is open while a case that is kept names it. A publication is open while no later one replaces it.
// The caller may keep and change the slice.
//
// PV-4: the PIA names the schedule, but not its periods.
func RecordClasses() []cris.RecordClass {
	return []cris.RecordClass{
		{
			Code: PieceRecords, Name: cris.Phrase{English: "mail of cases, with scans and alerts", Spanish: "correo de los casos, con escaneos y alertas"},
			Period: cris.UnstatedPeriod(), Trigger: cris.TriggerLatest, Authority: cris.AuthorityCRIS, Decided: true,
		},
		{
			Code: CaseRecords, Name: cris.Phrase{English: "cases, with their history, mailings and addresses", Spanish: "casos, con su historial, envíos y direcciones"},
			Period: cris.UnstatedPeriod(), Trigger: cris.TriggerLatest, Authority: cris.AuthorityCRIS, Decided: true,
		},
		{
			Code: ProcessingTimeRecords, Name: cris.Phrase{English: "posted processing times", Spanish: "tiempos de procesamiento publicados"},
			Period: cris.UnstatedPeriod(), Trigger: cris.TriggerReplaced, Authority: cris.AuthorityCRIS, Decided: true,
		},
	}
}
