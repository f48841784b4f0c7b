// Package everify speaks with E-Verify over its web services (REST, version 31): a [Client] is
// the port selfcheck.EVerify.
//
// A query becomes a case. Its fields are those of Form I-9 in E-Verify's spelling, and its
// employer's case ID is the transaction, by which the case is found again whoever lost sight of
// it. [Codes] lists E-Verify's codes and what becomes of each.
//
// # What is repeated
//
// Questions are repeated, with growing pauses, while E-Verify is busy or cannot be reached. A
// request that changes something is sent once: when its answer is lost, the case is asked where
// it is, and an Open looks for a case of its transaction. So no case is opened twice, and none
// is submitted twice, however many answers are lost. Only a request for which the token was not
// good any more is sent again, with a new one.
//
// Goroutines of one process that open a case for the same transaction take turns. Processes do
// not: selfcheck.Service lets one of them at a time speak about a transaction.
//
// # What is kept of an answer
//
// What this package names itself: the case number, the codes on its lists, the names of fields,
// and the employer's case ID. No other part of an answer reaches an [Error]. A code that is not
// known goes to Config.Unknown, as a personal value: nobody knows what it is. Answers are read
// up to 1 MiB.
//
// # What is not known for certain
//
// The interface is not public. Its forms are those of two public clients, and where they are
// silent, E-Verify is asked: which fields a case needs, which are to be confirmed, and where
// the case is after each step. A status that is not known is selfcheck.StageUnsupported, and
// the case is closed. Package everifytest stands in for E-Verify in tests.
package everify
