// Package records is where staff find and count the records of E-Verify Self Check.
//
//   - [Service.Statistics] counts how many individuals could not use the identity proofing
//     provider, by day and reason (SC-15). A failed proofing leads to nobody, but a small count
//     could, so small counts are withheld ([DecideStatistics]).
//   - [Service.Failures], [Service.Queries] and [Service.OfPerson] find records by the keys that
//     the notice names (SC-16).
//
// What has been kept for a year is purged with all other records ([cris.Retention], SC-17).
//
// Each requires that the official who asks have a duty ([selfcheck.Official]), and is refused
// otherwise (PV-3). Package disclosure decides on and accounts for disclosures outside the
// department; package access decides what individuals may ask for.
package records
