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
// [DecideDelivery] decides the latest delivery status from the set of scans of a piece. It
// makes no difference that scans come late, twice and out of order (TR-4). Events that the
// USPS computed never outrank scans. A number is used again for another piece after six
// months: [Pieces] tells them apart, and the piece that was mailed is the one that counts.
// [DecideAttention] raises deliveries away from the address on file, returns, losses,
// silence, and second deliveries (TR-7).
//
// Times have no zone, because the records have none. Where the place tells the zone,
// [Scan.Moment] gives the instant, and otherwise its bounds.
//
// # Files
//
// Scans arrive in files (TR-1); package extract reads them. A file is a sequence of
// records, and each [Record] is a [Scan], or [Damage] that says where the record is
// damaged and why. An [Ingester] saves the records in a [Store], batch by batch, each
// together with what is then known of the [File]: reading a file again, or going on after
// a crash, changes nothing that was saved (TR-5). Damaged records are set aside, and the
// good ones around them are kept (TR-6). What TR-2 allows to keep of their text can be
// kept until somebody has looked at it: see [Quarantine]. [Updates] tells the case side
// which pieces got new scans since it last asked, and [MissingFilesOf] which files of a
// day have not arrived.
//
// Source: [cris.PIA], "CSSO Update". Rules lists each rule with its section.
package tracking
