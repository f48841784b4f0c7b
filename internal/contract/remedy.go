package contract

import "strings"

// Remedy returns what to do about a store that breaks the clause, and "" for a clause that
// remedies lacks.
func Remedy(clause string) string {
	for _, row := range remedies {
		for _, name := range row.clauses {
			if clause == name || strings.HasSuffix(clause, "/"+name) {
				return row.do
			}
		}
	}
	return ""
}

// remedies are what to do about a broken clause, by its name or the end of its name. The first row
// that has it counts.
var remedies = []struct {
	do      string
	clauses []string
}{
	// What an outbox that several relays share promises.
	{
		"Order the events of a subject by a number that grows as they are saved, whatever their scope, and give no more than the limit.",
		[]string{"Relay/Order"},
	},
	{
		"Keep a row for each subject that is held, with its lease and when that ends, and claim no event of a subject that has one.",
		[]string{"Relay/OneHolder"},
	},
	{
		"Take a subject in one statement that fails or waits if somebody else takes it, and read its events under that lock.",
		[]string{"Relay/AtOnce"},
	},
	{
		"Compare the end of a lease with the instant of the claim, and let the next claim take over what has ended.",
		[]string{"Relay/LeaseEnds"},
	},
	{
		"Check in the transaction that settles that the lease still holds the subject; leave alone what it does not, and return cris.ErrLeaseLost.",
		[]string{"Relay/LeaseLost"},
	},
	{
		"Remove the lease when it is settled, and count a try only for an event that is said to have failed.",
		[]string{"Relay/GivenBack"},
	},
	{
		"Keep with the subject the event that failed, its tries and the instant of the next, and claim nothing of that subject before it.",
		[]string{"Relay/Retry"},
	},
	{
		"Take a parked event out of what is pending, keep tries, code and instant beside it, and free its subject.",
		[]string{"Relay/Parked"},
	},
	{
		"Put a released event back where it stood, with its tries forgotten, and remove a dropped one for good, all but its ID.",
		[]string{"Relay/Release", "Relay/Drop"},
	},
	{
		"Count what is not delivered by an index that has nothing else: pending, failed and parked, each separately.",
		[]string{"Relay/Backlog"},
	},
	{
		"Delete only events that were delivered; one that is parked was not.",
		[]string{"Relay/Purge"},
	},
	{
		"Ask ctx.Err() before each statement, and return it.",
		[]string{"Relay/Cancelled"},
	},

	// What a store whose records are purged promises.
	{
		"Read the records of a class from the rows that begin them, by their ID, a page at a time, with the day from which their period counts.",
		[]string{"Records/All", "Records/Page"},
	},
	{
		"Return nothing for a class that RecordClasses does not list.",
		[]string{"Records/OtherClass"},
	},
	{
		"Ask ctx.Err() before the first record and after each, and yield it once.",
		[]string{"Records/Cancelled"},
	},
	{
		"Delete in one transaction what decide returned of the IDs that it was given, with all that belongs to each, and save its events there.",
		[]string{"Remove/Exactly", "Remove/NotAsked", "Remove/EventTaken"},
	},
	{
		"Read the records again inside the transaction, in statements of as many IDs as the database takes, and give decide those that are there.",
		[]string{"Remove/OnFile"},
	},
	{
		"Roll back if decide fails, and return its error as it is.",
		[]string{"Remove/Refused", "Holds/Refused"},
	},
	{
		"Lock one row that stands for all holds before you read them, in Remove and in UpdateHold, until the commit.",
		[]string{"Remove/Holds", "Remove/Alone"},
	},
	{
		"Keep every field of a hold, instants to the microsecond, and replace the row with its ID.",
		[]string{"Holds/Exact"},
	},
	{
		"Save the events of a hold in its transaction, and return an error that matches cris.ErrConflict if an ID is taken.",
		[]string{"Holds/Events"},
	},
	{
		"Ask ctx.Err() before the first read and before the commit, and return it.",
		[]string{"Remove/Cancelled", "Holds/Cancelled"},
	},

	// What keys promise.
	{
		"Keep every key that has wrapped something until it is destroyed on purpose, and copy what you return.",
		[]string{"Wrap/Opens", "Digest/Kept"},
	},
	{
		"Give each key an ID of 1 to 64 characters of a-z, 0-9, - and _.",
		[]string{"Wrap/KeyID"},
	},
	{
		"Use an authenticated cipher with a random nonce, such as AES-256-GCM.",
		[]string{"Wrap/Hides", "Unwrap/Altered"},
	},
	{
		"Refuse a data key that does not have 32 bytes.",
		[]string{"Wrap/Size"},
	},
	{
		"Pass the name of the record to the cipher as additional data, or to the key service as its encryption context.",
		[]string{"Unwrap/Record"},
	},
	{
		"Return an error that matches cris.ErrNoKey before you try to open anything, if there is no key with that ID.",
		[]string{"Unwrap/NoKey"},
	},
	{
		"Use HMAC-SHA-256 under a key that is derived for the column, for example with HKDF, and never rotate that key.",
		[]string{"Digest/Equal", "Digest/Column"},
	},
	{
		"Say no more than cris.ErrNoKey or cris.ErrTampered does: repeat nothing of what was given.",
		[]string{"Errors"},
	},
	{
		"Guard whatever is kept between calls with a lock.",
		[]string{"Concurrent"},
	},

	// What an Update promises.
	{
		"Save what decide returned, commit, and only then return nil; load it again in the next Update.",
		[]string{"Update/Saves", "WholeChange", "Update/Several"},
	},
	{
		"Put the scope into the key of every row, and into the condition of every read and write.",
		[]string{"Update/ScopesApart", "Update/Apart", "KeysApart"},
	},
	{
		"Write nothing before decide has returned nil. If it fails, roll back, unlock, and return its error, wrapped with %w or as it is.",
		[]string{"Update/RefusalSavesNothing", "Batch/Refused", "Updates/WithBatch", "Take/Refused"},
	},
	{
		"Roll back and unlock in a deferred call, and let the panic go on.",
		[]string{"Update/PanicSavesNothing"},
	},
	{
		"Ask ctx.Err() before the first read and again before the commit; if it is set, roll back, unlock and return it.",
		[]string{"Update/CancelledSavesNothing", "Batch/Whole"},
	},
	{
		"Begin the transaction with a write to a row of the scope, which is made if it is not there, and read only then. " +
			"Without locks, keep a version for each scope, compare it when you commit, and return cris.ErrConflict if it has moved on.",
		[]string{"Update/OneAfterAnother", "Update/SeveralWait", "Update/StaffStays", "Take/AtOnce", "Open/AtOnce", "GiveBack/AtOnce"},
	},
	{
		"Hold the lock of the scope until the commit is done. Where you give up instead, return an error that matches cris.ErrConflict, so that the caller tries again.",
		[]string{"Update/NothingLost"},
	},
	{
		"Write all that a change holds in one transaction, in as many statements as the database needs.",
		[]string{"Update/EveryEntry", "Update/Many", "Post/Many", "Mailed/Many"},
	},
	{
		"Insert the events in the transaction of the state, in the order of the slice, under a number that grows; keep every field, and tell no data from empty data.",
		[]string{"Update/EventsWithState"},
	},
	{
		"Write the state and its events in one transaction with one commit, so that nobody sees one without the other.",
		[]string{"Update/OneCommit", "Update/CutAnywhere", "Update/Whole", "Post/Whole"},
	},
	{
		"Compare what the change names with the scope before you write, and return an error if it belongs to another.",
		[]string{
			"OtherCase", "OtherKey", "OtherTransaction", "Update/OtherNumber", "Update/OtherRequest", "Update/BeyondScope", "File/OtherID",
		},
	},
	{
		"Leave what a change does not name as it is: write only what is not nil, and file nothing for an empty change.",
		[]string{"NilLeaves", "EmptyChange", "Update/NilLeaves"},
	},

	// What an outbox promises.
	{
		"Order pending events by the number under which they were saved, and cut the list only if the limit is above zero.",
		[]string{"Outbox/Limit"},
	},
	{
		"Mark the events with exactly these IDs, and do nothing for an ID that is marked or unknown.",
		[]string{"Outbox/MarkDelivered"},
	},
	{
		"Put a unique key over the IDs of all events that are kept, delivered ones too; if one is taken, roll back and return an error that matches cris.ErrConflict.",
		[]string{"Outbox/IDTaken"},
	},
	{
		"Note when each event was delivered. Remove those that were delivered before the instant, with their IDs, and no event that is pending.",
		[]string{"Outbox/Purge"},
	},

	// Identifiers that are taken.
	{
		"Put a unique key over the identifier alone, whatever the scope; if it is taken, roll back and return the error that the port names, without a value in its text.",
		[]string{
			"IDTaken", "ConfirmationTaken", "ReportIDTaken", "Update/AlertTaken", "CaseTaken", "PassTaken", "Record/Taken", "PassOnce", "FailureOnce",
		},
	},
	{
		"Compare a record that is on file under its ID with the new one as the port compares them: return nil if they are the same, and cris.ErrConflict if not.",
		[]string{"Record/Again", "Post/Idempotent"},
	},

	// Values that come back.
	{
		"Write and read every field, zero ones too, with times to the microsecond in UTC. Look at the type again for a field that you left out, or let adapters/document write all of it.",
		[]string{
			"RoundTrip", "BegunRoundTrip", "FailureRoundTrip", "PassRoundTrip", "QueryRoundTrip", "Scans/RoundTrip", "Failures/Values", "Unfinished/Values",
			"Files/Values", "History/Answers", "Due/Values", "Stat/Whole",
		},
	},
	{
		"Replace all that is on file under the key, with everything that belongs to it, in the lists too.",
		[]string{"Replaces", "Update/Replaces", "Candidates/Follow", "Mailed/AsOnFile", "Roster/Moves", "MarkSaved"},
	},
	{
		"Delete what a change sets to zero, and free the numbers that it held; refuse it where something still depends on it.",
		[]string{"BegunRemoved", "PassRemoved", "QueryRemoved", "PassOfQuery", "Candidates/Removed"},
	},
	{
		"Take the identity from the passed proofing on file, and not from what was given.",
		[]string{"IdentityOfThePass"},
	},
	{
		"Number the rows of a scope as they are filed, and order by that number.",
		[]string{"OrderOfFiling", "Posted/SameDay", "Posted/SameDayAgain", "Updates/InOrder"},
	},
	{
		"Give decide exactly what the port says: what is on file, in the order in which it was asked for, and zero values for what is not there.",
		[]string{"Update/Given", "Update/Staff", "Update/Loads", "File/Prior"},
	},
	{
		"Refuse the change with the error that the port names before anything of it is written, or roll it back.",
		[]string{"MarkUnknown", "MilestoneUnknown", "Scans/NoNumber"},
	},
	{
		"Check the steps with the function that the port names (Apply, Extend) before you write them, and return its error.",
		[]string{"Update/DoesNotAddUp", "Update/DoesNotFollow"},
	},
	{
		"Save the state that Apply or Extend returns together with the steps, and give decide and the lists that state.",
		[]string{"Update/Sum", "List/Sum", "List/Summary"},
	},
	{
		"Leave withheld cases out where the case is looked up for those who know no more than its number, and nowhere else.",
		[]string{"Case/Withheld", "StaffHeader/Withheld"},
	},
	{
		"Keep every publication as it was read, choose by the day of reading and then by the order of posting, and compare form, type and office.",
		[]string{"Posted/Before", "Posted/LastRead", "Posted/OrderOfReading", "Posted/Apart"},
	},

	// Scans and the files that they come in.
	{
		"Put a unique key over all columns of a scan, insert with ON CONFLICT DO NOTHING, and count the rows that were really inserted.",
		[]string{"Scans/Once", "Scans/Distinct", "Scans/NewCounted", "Scans/FilesAtOnce", "Updates/KnownScans"},
	},
	{
		"Keep tracking numbers as their text, and read them back with tracking.ParseNumberLenient.",
		[]string{"Scans/AnyNumber", "Updates/AnyNumber", "Updates/NoNumber"},
	},
	{
		"Put a unique key over file and line, and leave the row that is there.",
		[]string{"Damage/Once", "Discard/Gone"},
	},
	{
		"Set the text of all damaged records of that file, and of no other, to none; keep line, field and cause, and count those that had a text.",
		[]string{"Discard/Text", "Discard/Unknown"},
	},
	{
		"Give positions from a row that stays locked until the commit, so that they become visible in their order; keep for each piece the position of its latest change alone.",
		[]string{"Updates/Once", "Updates/NoneMissed", "Updates/OnceWhileWriting"},
	},
	{
		"Return at most as many numbers as the limit, in the order of their positions, and the position of the last one as the cursor; the same cursor if there are none.",
		[]string{"Updates/Pages", "Updates/Limit", "Updates/NoneLeft"},
	},
	{
		"Put a random name of the history into the cursor, make a new one for an empty store, and return tracking.ErrCursor for another name or a position that was not given yet.",
		[]string{"Updates/OtherCursor", "Updates/OtherHistory", "Updates/CursorStays"},
	},

	// Counters of attempts.
	{
		"Insert a day only if there is none of its date, and return what is on file, whole, from the given day on.",
		[]string{"Open/Once", "Open/Since"},
	},
	{
		"Add one to each cell of the position of that day in the transaction that read it; a cell at 255 stays.",
		[]string{"Take/Cells", "Take/OnDay", "Take/Full"},
	},
	{
		"Compare the days of the positions with those on file, in the same transaction, and return cris.ErrConflict if they differ.",
		[]string{"Take/Days"},
	},
	{
		"Insert the number of the ticket under a unique key first, and subtract only if it was new, the day is on file, and no cell is zero or full.",
		[]string{"GiveBack/Once", "GiveBack/NotBelowZero", "GiveBack/Gone"},
	},
	{
		"Remove the keys of all earlier days at once, then their counts and tickets up to the limit, so that later calls remove the rest.",
		[]string{"Forget/Before", "Forget/Batches", "Forget/Tickets"},
	},

	// Records that staff find and count, and accounts of disclosures.
	{
		"Keep the keys of a record (Record.Keys) beside it, rewrite them with every Update, and look them up by an index; find nothing for text that cannot be stored.",
		[]string{"Candidates/EveryKey"},
	},
	{
		"Count in the zone that was given, by its days, from the first instant to before the second.",
		[]string{"CountFailures/Days", "CountFailures/Bounds"},
	},
	{
		"Set the day of every entry with the handle to the later one of the two.",
		[]string{"Retain/Longer", "Retain/NotShorter"},
	},

	// What every list and every read promises.
	{
		"Filter by all that the query sets, in the statement and before the limit.",
		[]string{"List/Restricts", "Failures/Both", "Looks/Both", "Mailed/OfTheNumbers", "Mailed/None", "Staff/Left"},
	},
	{
		"Order by the key of the port, all parts of it, texts by their bytes, and begin a page after the whole key of the last value.",
		[]string{"Order", "List/Pages"},
	},
	{
		"Return an error that matches the port's ErrNotFound, or the empty result where the port says so.",
		[]string{"Unknown", "Scans/None"},
	},
	{
		"Read from what was committed last and not from a cache or a replica, every part of it, by the whole identifier.",
		[]string{"Fresh"},
	},
	{
		"Pass the context on, and return its error, or yield it once and end; change nothing then.",
		[]string{"Cancelled", "ReadCancelled", "CancelledSavesNothing"},
	},
	{
		"Copy slices and maps on their way in and out, and sort nothing that you were given.",
		[]string{"Own", "NoAliasing"},
	},
	{
		"Store text as it is: in a column without a length limit, without trimming, folding or normalizing, empty text as empty and not as NULL.",
		[]string{"Exact"},
	},
	{
		"Check every text with utf8.ValidString and for NUL before you write or search; refuse the whole change with an error of your own that repeats nothing and is no cris.ErrConflict.",
		[]string{"Refused"},
	},
	{
		"Compare identifiers by their bytes and at their full length, in conditions, unique keys and orders: choose a binary collation.",
		[]string{"Letters"},
	},
	{
		"Repeat no reference in an error.",
		[]string{"Stat/Silent"},
	},
	{
		"Yield nothing and no error where there is nothing to list.",
		[]string{"Empty"},
	},
	{
		"Read page after page until one comes back short, in the order of the keys, and yield no value twice.",
		[]string{"All"},
	},
	{
		"Begin after the key, whether it is on file or not: compare with >, not by looking it up.",
		[]string{"After"},
	},
	{
		"Count the limit after the filter; take zero and less for no limit; size no slice and no buffer by it.",
		[]string{"Limit"},
	},
	{
		"Run the query inside the function that the sequence calls, so that every range asks anew, and stop when yield returns false.",
		[]string{"Anew"},
	},
	{
		"Read a page into memory, give back the connection and every lock, and only then yield it.",
		[]string{"WhileItYields"},
	},
	{
		"Ask ctx.Err() before every value that you yield, yield it once, and end.",
		[]string{"CancelledLater"},
	},
}
