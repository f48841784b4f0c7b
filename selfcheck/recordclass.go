package selfcheck

import "github.com/seed28e20331/cris"

// The classes of records that are kept of Self Check. The ID of a record is its transaction.
const (
	QueryRecords   cris.Code = "selfcheck.record.query"   // a query with its response, its passed proofing and what it is found by
	PassRecords    cris.Code = "selfcheck.record.pass"    // a passed proofing without a query
	FailureRecords cris.Code = "selfcheck.record.failure" // a failed proofing
)

// RecordClasses lists the classes of records of the package (SC-17, PV-4). A query is open until
// its case is closed. A passed proofing is open while it has a query, and is removed together with
// it; [Service.Sweep] ends one that nobody uses long before its period. The caller may keep and
// change the slice.
//
// SC-17: query and response are kept for one year. The notice does not say how long a failure is
// kept, nor a pass without a query: as long as a query.
func RecordClasses() []cris.RecordClass {
	return []cris.RecordClass{
		{
			Code: PassRecords, Name: cris.Phrase{English: "passed proofings without a query", Spanish: "verificaciones aprobadas sin consulta"},
			Period: cris.RetentionPeriod{Years: 1}, Trigger: cris.TriggerRecorded, Authority: cris.AuthoritySelfCheck, Decided: true,
		},
		{
			Code: QueryRecords, Name: cris.Phrase{English: "queries of Self Check and their responses", Spanish: "consultas de Self Check y sus respuestas"},
			Period: cris.RetentionPeriod{Years: 1}, Trigger: cris.TriggerRecorded, Authority: cris.AuthoritySelfCheck,
		},
		{
			Code: FailureRecords, Name: cris.Phrase{English: "failed proofings", Spanish: "verificaciones fallidas"},
			Period: cris.RetentionPeriod{Years: 1}, Trigger: cris.TriggerRecorded, Authority: cris.AuthoritySelfCheck, Decided: true,
		},
	}
}
