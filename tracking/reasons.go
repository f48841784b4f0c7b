package tracking

import "github.com/seed28e20331/cris"

// The reasons of this package. Each is built here and nowhere else; docs and words go by
// their codes.
var (
	unknownCode        = cris.Reason{Code: "tracking.unknown_code", Rule: "TR-3", Text: "the code is unknown: the scan is shown and nothing is concluded from it"}
	unknownShown       = cris.Reason{Code: "tracking.unknown_shown", Rule: "TR-3", Text: "the timeline holds events with unknown codes"}
	unknownDecides     = cris.Reason{Code: "tracking.unknown_decides", Rule: "TR-3", Text: "no scan has a known code"}
	noScanYet          = cris.Reason{Code: "tracking.no_scan_yet", Rule: "TR-4", Text: "no scan has arrived yet"}
	latestStands       = cris.Reason{Code: "tracking.latest_stands", Rule: "TR-4", Text: "the latest of the scans that count most decides, in whatever order they arrived"}
	numberReused       = cris.Reason{Code: "tracking.number_reused", Rule: "TR-4", Text: "the number belonged to another piece before: its scans do not count"}
	numberGivenOn      = cris.Reason{Code: "tracking.number_given_on", Rule: "TR-4", Text: "the number now belongs to another piece: its scans do not count"}
	orderUnsure        = cris.Reason{Code: "tracking.order_unsure", Rule: "TR-4", Text: "another scan that counts as much may be the later one: the minute, the time zone or the clock leaves it open"}
	mayBeTheLater      = cris.Reason{Code: "tracking.may_be_the_later", Rule: "TR-4", Text: "this scan may be the later one: the minute, the time zone or the clock leaves it open"}
	afterReturn        = cris.Reason{Code: "tracking.after_return", Rule: "TR-4", Text: "a return had begun before the delivery: the text of the scan may not have said that it went to the sender"}
	sameDelivery       = cris.Reason{Code: "tracking.same_delivery", Rule: "TR-4", Text: "the same delivery, scanned again"}
	repeated           = cris.Reason{Code: "tracking.repeated", Rule: "TR-4", Text: "repeats the status of a later scan"}
	overruled          = cris.Reason{Code: "tracking.overruled", Rule: "TR-4", Text: "a later scan ended the journey in another way"}
	returnStands       = cris.Reason{Code: "tracking.return_stands", Rule: "TR-4", Text: "the piece was returned to its sender, which nothing undoes"}
	journeyOver        = cris.Reason{Code: "tracking.journey_over", Rule: "TR-4", Text: "the journey had ended: a late scan on the way does not undo it"}
	notScanned         = cris.Reason{Code: "tracking.not_scanned", Rule: "TR-4", Text: "computed by the USPS: nobody scanned the piece"}
	announcedLate      = cris.Reason{Code: "tracking.announced_late", Rule: "TR-4", Text: "announces a piece that the USPS already has"}
	saysNothing        = cris.Reason{Code: "tracking.says_nothing", Rule: "TR-4", Text: "does not say where the piece is"}
	reachedAddress     = cris.Reason{Code: "tracking.reached_address", Rule: "TR-7", Text: "the delivery was scanned at the address on file"}
	noAddressOnFile    = cris.Reason{Code: "tracking.no_address_on_file", Rule: "TR-7", Text: "no address is on file, so a delivery cannot be confirmed"}
	noPlaceNamed       = cris.Reason{Code: "tracking.no_place_named", Rule: "TR-7", Text: "the delivery scan names no place, so it cannot be confirmed"}
	codeDisputed       = cris.Reason{Code: "tracking.code_disputed", Rule: "TR-7", Text: "it is not certain that the code of the scan means a delivery, so it cannot be confirmed"}
	notSurelyLast      = cris.Reason{Code: "tracking.not_surely_last", Rule: "TR-7", Text: "another scan may be later than the delivery, so it cannot be confirmed"}
	seenAfterwards     = cris.Reason{Code: "tracking.seen_afterwards", Rule: "TR-7", Text: "the piece was scanned again after the delivery, so it cannot be confirmed"}
	beforeMailing      = cris.Reason{Code: "tracking.before_mailing", Rule: "TR-7", Text: "the delivery was scanned before the day of mailing on file, so it cannot be confirmed"}
	longBeforeMailing  = cris.Reason{Code: "tracking.long_before_mailing", Rule: "TR-7", Text: "the piece was scanned long before the day of mailing on file, so the delivery cannot be confirmed"}
	maybeAnothers      = cris.Reason{Code: "tracking.maybe_anothers", Rule: "TR-7", Text: "the piece is so old that the number may have been reused before the delivery, so it cannot be confirmed"}
	deliveredElsewhere = cris.Reason{Code: "tracking.delivered_elsewhere", Rule: "TR-7", Text: "a delivery was scanned away from the address on file"}
	returnStarted      = cris.Reason{Code: "tracking.return_started", Rule: "TR-7", Text: "the piece is being returned to its sender"}
	returnCompleted    = cris.Reason{Code: "tracking.return_completed", Rule: "TR-7", Text: "the piece was returned to its sender"}
	lostOrDestroyed    = cris.Reason{Code: "tracking.lost_or_destroyed", Rule: "TR-7", Text: "the piece was lost or destroyed"}
	goneQuiet          = cris.Reason{Code: "tracking.gone_quiet", Rule: "TR-7", Text: "the piece has gone longer without a scan than the policy allows"}
	deliveredTwice     = cris.Reason{Code: "tracking.delivered_twice", Rule: "TR-7", Text: "two deliveries of one piece were scanned"}
	readdressed        = cris.Reason{Code: "tracking.readdressed", Rule: "TR-7", Text: "the piece is under way to an address that has been replaced since it was mailed"}
)

// Reasons lists every reason that a decision of this package can give, in the order of the
// rules. The caller may keep and change the slice.
func Reasons() []cris.Reason {
	return []cris.Reason{
		unknownCode, unknownShown, unknownDecides, noScanYet, latestStands, numberReused, numberGivenOn,
		orderUnsure, mayBeTheLater, afterReturn, sameDelivery, repeated, overruled, returnStands,
		journeyOver, notScanned, announcedLate, saysNothing, reachedAddress, noAddressOnFile, noPlaceNamed,
		codeDisputed, notSurelyLast, seenAfterwards, beforeMailing, longBeforeMailing, maybeAnothers,
		deliveredElsewhere, returnStarted, returnCompleted, lostOrDestroyed, goneQuiet, deliveredTwice, readdressed,
	}
}
