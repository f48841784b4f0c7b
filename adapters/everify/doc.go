// Package everify talks with E-Verify over its web services (REST, version 31): a [Client]
// implements the port selfcheck.EVerify.
//
// A query becomes a case. Its fields are those of Form I-9 in E-Verify's spelling, and its
// employer's case ID is the transaction, by which the case is found again if its number was lost.
// [Codes] lists E-Verify's codes and what becomes of each.
//
// # What is repeated
//
// Requests that change nothing are repeated, with growing pauses, while E-Verify is busy or
// cannot be reached. A request that changes something is sent once: if its answer is lost,
// E-Verify is asked where the case is, and an Open looks for a case of its transaction. So no
// case is opened twice, and none is submitted twice, however many answers are lost. Only a
// request whose token was no longer good is sent again, with a new one.
//
// Goroutines of one process that open a case for the same transaction take turns. Processes do
// not: selfcheck.Service lets only one of them at a time talk with E-Verify about a transaction.
//
// # What is kept of an answer
//
// Only what this package itself has names for is kept: the case number, the codes on its lists,
// the names of fields, and the employer's case ID. No other part of an answer reaches an [Error].
// A code that is not known goes to Config.Unknown, as a personal value, since it could be
// anything. An answer of more than 1 MiB is refused.
//
// # What is not known for certain
//
// The interface is not public. The formats used here are those of two public clients, and where
// they are silent, E-Verify is asked: which fields a case needs, which are to be confirmed, and
// where the case is after each step. A status that is not known is selfcheck.StageUnsupported,
// and the case is closed. Package everifytest stands in for E-Verify in tests.
package everify
