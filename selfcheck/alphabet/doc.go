// Package alphabet writes names and addresses in the letters of other systems.
//
// E-Verify and the identity proofing providers take the letters A to Z and a few punctuation
// marks, in fields of limited length. The original of a name is kept as it was given (SC-7): what
// another system is sent is a projection of it, made where it is sent ([ForEVerify],
// [ForProvider], [AddressForProvider]) and never kept in place of it.
//
// There are two ways to write a letter that is not one of A to Z. ICAO Doc 9303 writes Ü as
// UE in passports; others leave the accent out. A projection is in one [Form] or the other,
// and the caller, who knows the other system, chooses.
//
// What cannot be written, and what a field is too short for, comes back as [Losses], which
// are data and personal (PV-1). No function of this package fails.
//
// A name is looked up by its keys ([KeysOf]), one in each form. [Spellings] has all readings
// of each letter, by which package selfcheck compares the name that a provider reports with
// the one that it was sent.
//
// All of it rests on one table of letters, whose source is ICAO Doc 9303, Part 3, Section 6.
package alphabet
