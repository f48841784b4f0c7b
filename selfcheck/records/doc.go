// Package records is where staff find, count and purge the records of E-Verify Self Check.
//
//   - [Service.Statistics] counts how many individuals could not use the identity proofing provider, by day and reason
//     (SC-15). A failed proofing leads to nobody; a count that is small could, so it is not told ([DecideStatistics]).
//   - [Service.Failures], [Service.Queries] and [Service.OfPerson] find records by what the notice names (SC-16).
//   - [Service.Purge] removes what was kept for a year (SC-17).
//
// Each needs a duty of the official who asks ([selfcheck.Official]), and is refused without it
// (PV-3). What is disclosed outside the department is decided and accounted for in package
// disclosure, and what individuals may ask for, in package access.
package records
