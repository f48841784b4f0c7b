// Package processingtimes reads and writes processing times in the JSON in which
// the agency publishes them: one body per form and office, with a row per subtype of
// the form. [ReadTable] reads the tables of them that people collected.
//
//	for posted, err := range processingtimes.Read(file, readOn) {
//		if exception, ok := errors.AsType[*processingtimes.Exception](err); ok {
//			report(exception) // one row is set aside, or lacks a bound; reading goes on
//			continue
//		}
//		if err != nil {
//			return err // the rest of the input cannot be read
//		}
//		...
//	}
//
// # What the published rows are like
//
// The first bound of a range is the one after which an inquiry may be made; it is not
// always the larger. Numbers are whole or have a fraction, units differ within one
// range and come in the singular and the plural. Where a figure is withheld, an empty
// string stands in its place: such a row is a value (see
// casestatus.ProcessingTime.Suppressed), and so is a date without a range. Notes are
// kept as they are in both languages, which disagree; nothing is read out of them, since
// what they grant is in the published date already.
//
// No row is passed over in silence: the rows of an input are its values and those of its
// exceptions that are not Kept. A row whose range is wrong is kept without it if it has a
// figure that decides. Of several rows of one form, type and office, each is a value and
// the last counts, as in casestatus.NewPostedTable and in a store; the exception beside it
// says so.
package processingtimes
