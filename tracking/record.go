package tracking

// Record is one record of a file as it was read: a scan, or damage.
type Record struct {
	Line   int     // where it stands in the file, from 1; the header is a line
	Scan   Scan    // zero if the record is damaged
	Damage *Damage // nil if it is not
}
