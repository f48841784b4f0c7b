// Package document writes the records of this library to bytes and reads them back whole. It is for
// stores that keep documents: files, key-value stores, document databases.
//
// encoding/json redacts personal values, so it is no way to keep a record. [Reveal] writes all of
// it, personal values included, as JSON that people can read, and [Restore] reads it back:
//
//	kept, err := document.Reveal(request)
//	request, err := document.Restore[erequest.Request](kept)
//
// What Reveal returns must be encrypted by whoever keeps it. [Seal] does so with the keys that seal
// everything else ([cris.Keys]), and [Open] reads what Seal wrote. [Rewrap] moves a document to the
// wrapping key that is in force, without opening it. The data key of a document stands in front of
// it, wrapped: whoever deletes the document deletes its key with it.
//
// # What is kept
//
// Every type that a port of this library takes or returns can be kept, and so can types of a host
// program that are made of such types, texts, whole numbers, booleans, times, slices, maps with
// text keys, pointers, and structs whose fields are exported. What comes back equals what was
// given: nil and empty slices are told apart, and so are a nil and an empty map. Times come back in
// UTC, to the microsecond. A type that has a text form of its own, such as cris.Date, is written in
// it.
//
// A type that cannot be kept whole is refused at its first use, whatever the value: one with a
// function, a channel, an interface or a floating-point number in it, or one that contains itself.
// So is a text that is not UTF-8 or has a NUL in it, which every store must refuse.
//
// # The form
//
// A document is a JSON object: the version of the form, the type of the record, and its value.
// Fields go by the names that they have in Go, and those that are zero are left out. A field that
// is added to a record is zero in the documents of earlier versions. A document with a field that
// the program does not know is refused, since saving it again would lose the field. The order of
// fields and the spaces between them do not matter, so a database may keep documents in a form of
// its own.
//
// An error is an [*Error], which says where in the record it happened and what to do, and repeats
// nothing of its content.
package document
