package tracking

import "iter"

// Content is one file of scans on its way into a store. Only ID and Records must be there.
type Content struct {
	ID   FileID
	Name string // for reports; bytes that are not text are replaced
	// Records yields the records of the file, in order. An error ends it: the file cannot be
	// read any further. Every range begins anew and yields the same records.
	Records iter.Seq2[Record, error]
	// File tells what the latest range has read of the file. An Ingester takes the series and
	// the announced number of records from it, which must be known with the first record. Nil
	// if the file says nothing about itself.
	File func() File
	// Bytes tells how much of the file the latest range has read; nil if nobody knows.
	Bytes func() int64
}
