// Package attempt limits how often an individual may try to prove an identity, without keeping
// anything that leads back to the individual (SC-5, SC-8).
//
// The notice sets no limit, and neither does the zero [Policy]. [MyEVerifyPolicy] has the limit
// of the program that followed Self Check: two quizzes at once, then a wait of three days, then
// two more. An attempt counts on its day and on each day of the wait. [Decide] adds up the days
// and says whether one more quiz may be taken, and if not, from which day on.
//
// # How attempts are counted
//
// Each day has a random key and a [Sketch], which holds nothing but counts. [PersonOf] brings the
// name and the date of birth into a form that does not change with spelling. [Person.On] takes
// the HMAC-SHA-256 of that form under the key of the day, and gets from it a [Position]: one
// counter in each of four rows. An attempt adds one to the four counters. The least of the four
// is how often the person has tried, or more if others happen to share all four. That persons
// share counters is what makes it a sketch; [Policy] says how many counters there are.
//
// The Social Security number is not counted. It is optional, so someone who gave it once and left
// it out once would count as two persons. And there are only a billion such numbers: anyone with
// the key of a day could try them all in minutes and read off the numbers of those who failed.
//
// # How to use it
//
// A [Limiter] runs this over a store ([Counters]). Call [Limiter.Take] before the provider is
// asked, so that two windows at once take no more than is allowed. It returns a [Ticket]. Call
// [Limiter.GiveBack] with it when the quiz turns out not to be a failed attempt: the provider was
// down or could not find questions, or the individual passed. An individual who leaves the quiz
// does not come back, and the attempt stays counted. One who is locked out and tries again is not
// counted, so the wait does not get longer.
//
// A quiz ends in another HTTP request than it began. Until then the ticket belongs under a key
// that only the individual's session holds ([Ticket.Encode], [ParseTicket]). Never keep it, or
// anything else of this package, beside a transaction.
//
// # What remains, and what can be learned from it (SC-5)
//
// The store holds, for today and the days of the wait: the key of each day, counters that are not
// zero, and random numbers of tickets that were given back. It holds no name, no date of birth,
// no digest of either, and no transaction. [Limiter.Forget] removes each day when it no longer
// counts, the key first. From then on nothing can be learned from what is left, not even by
// someone who copied the counters and guesses the person.
//
// While the key of a day lives, anyone who can read the database can test a guess: they take the
// name and the date of birth of someone they have in mind, compute the position, and see whether
// the counters are zero. Zero means that the person did not fail. Anything else means that the
// person, somebody with the same family name, first initial and date of birth, or by chance a
// stranger did. With a long list of names and dates of birth they can test everyone on it. They
// cannot read out who failed without such a list. A database also keeps traces of when a row was
// written, and of which rows were written together. For as long as the key lives, such traces can
// show which of the transactions that failed at that moment may be those of a guessed person.
//
// [Options.HostKey] takes this away: the key of a day is then made of the one in the store and of
// one that the host program keeps elsewhere, such as in a key service. Someone who reads only the
// database has half of a key and can test nothing.
//
// Backups, replicas, the log of the database and freed pages keep what was deleted, keys too,
// for as long as they are kept. With HostKey they are as useless as the database itself.
//
// Anyone who enters someone else's name and date of birth can use up that person's quizzes for
// the days of the wait, and learns from a refusal that quizzes were taken before. That is in the
// nature of such a limit; the other ways remain open (SC-14).
//
// [Reasons] lists the reasons that the package gives, and [Words] what people are told.
package attempt
