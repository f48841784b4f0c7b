// Package tracking follows secure documents through the mail: it decides what the scan
// events of the US Postal Service say about one mail piece.
//
// # Vocabulary
//
// A mail piece has a tracking [Number]. Each [Scan] of it has an event [Code], the
// [LocalTime] that a clock showed there, and a [Place]: that is all that is kept of the
// record it came in (TR-2). A code has a [Class], such as picked up by USPS, processed
// at a USPS facility, delivered to addressee, returned to sender; a code that nobody
// has published is kept and is of class [Unknown] (TR-3).
//
// [Latest] decides the latest delivery status from the set of scans of a piece. Scans
// come late, twice and out of order, and make no difference by it (TR-4). Events that the
// USPS computed never outrank scans. A number is used again for another piece after six
// months: [Pieces] tells them apart, and [LatestOf] takes the one that was mailed.
// [DecideAttention] raises deliveries away from the address on file, returns, losses,
// silence, and second deliveries (TR-7).
//
// Times have no zone, because the records have none. Where the place tells the zone,
// [Scan.Moment] gives the instant, and otherwise its bounds.
//
// # Files
//
// Scans arrive in files (TR-1); package extract reads them. An [Ingester] saves a file
// in a [Store], batch by batch, each together with the [Progress] it makes: reading a
// file again, or going on after a crash, changes nothing that was saved (TR-5). A
// damaged record becomes a [SetAside], and the good ones around it are kept (TR-6); what
// may be kept of it goes to a [Quarantine]. [Updates] tells the case side which pieces got
// new scans since it last asked, and [MissingFilesOf] which [Files] of a day have not arrived.
//
// Source: [cris.PIA], "CSSO Update". Rules lists each rule with its section.
package tracking
