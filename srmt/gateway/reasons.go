package gateway

import "github.com/seed28e20331/cris"

// The reasons of this package. Each is built here and nowhere else; words and programs go by
// their codes.
var (
	callStarted           = cris.Reason{Code: "gateway.call_started", Rule: "GW-1", Text: "the call is started with the script that is in force"}
	representativeMissing = cris.Reason{Code: "gateway.representative_missing", Rule: "GW-1", Text: "the call names no representative"}
	scriptNotInForce      = cris.Reason{Code: "gateway.script_not_in_force", Rule: "GW-1", Text: "no script with this ID is in force on that day"}
	statementNotNamed     = cris.Reason{Code: "gateway.statement_not_named", Rule: "GW-1", Text: "the script has the Privacy Act Statement read aloud, and its edition is not named"}
	callNotStarted        = cris.Reason{Code: "gateway.call_not_started", Rule: "GW-1", Text: "the call has not started"}
	callEnded             = cris.Reason{Code: "gateway.call_ended", Rule: "GW-1", Text: "the call has ended, and nothing follows"}
	nodeShown             = cris.Reason{Code: "gateway.node_shown", Rule: "GW-1", Text: "the node comes next and is shown"}
	nodeNotNext           = cris.Reason{Code: "gateway.node_not_next", Rule: "GW-1", Text: "the node does not come next"}
	nodeNotShown          = cris.Reason{Code: "gateway.node_not_shown", Rule: "GW-1", Text: "no node is shown: show the next one first"}
	blockRead             = cris.Reason{Code: "gateway.block_read", Rule: "GW-1", Text: "the block was read to the caller"}
	blockNotToRead        = cris.Reason{Code: "gateway.block_not_to_read", Rule: "GW-1", Text: "the node that is shown has no such block to read aloud"}
	blockOutOfTurn        = cris.Reason{Code: "gateway.block_out_of_turn", Rule: "GW-1", Text: "another block has to be read aloud before this one"}
	choiceTaken           = cris.Reason{Code: "gateway.choice_taken", Rule: "GW-1", Text: "the call goes on with the choice"}
	choiceNotHere         = cris.Reason{Code: "gateway.choice_not_here", Rule: "GW-1", Text: "the node that is shown has no such choice"}
	saidKept              = cris.Reason{Code: "gateway.said_kept", Rule: "GW-1", Text: "what the caller said is kept for the request that may be opened"}
	nothingSaid           = cris.Reason{Code: "gateway.nothing_said", Rule: "GW-1", Text: "nothing that the caller said is given"}
	statementUnread       = cris.Reason{Code: "gateway.statement_unread", Rule: "GW-1", Text: "the Privacy Act Statement has to be read aloud before anything is asked"}
	endReached            = cris.Reason{Code: "gateway.end_reached", Rule: "GW-1", Text: "the script has come to its end"}
	noEndHere             = cris.Reason{Code: "gateway.no_end_here", Rule: "GW-1", Text: "the script does not end at the node that is shown"}
	blocksUnread          = cris.Reason{Code: "gateway.blocks_unread", Rule: "GW-1", Text: "a block of the node that is shown has to be read aloud first"}
	brokenOff             = cris.Reason{Code: "gateway.call_broken_off", Rule: "GW-1", Text: "the call ended before the script did"}

	requestSubmitted    = cris.Reason{Code: "gateway.request_submitted", Rule: "SR-1", Text: "what the caller said is handed to e-Request"}
	requestReturned     = cris.Reason{Code: "gateway.request_returned", Rule: "SR-1", Text: "e-Request did not accept what the caller said: it may be corrected and handed over again"}
	requestOpened       = cris.Reason{Code: "gateway.request_opened", Rule: "SR-1", Text: "a service request is opened from the call, with what was already said"}
	callGoesOn          = cris.Reason{Code: "gateway.call_goes_on", Rule: "SR-1", Text: "the call goes on, and a request is opened at its end"}
	opensNoRequest      = cris.Reason{Code: "gateway.opens_no_request", Rule: "SR-1", Text: "the call did not end in opening a request"}
	requestOpenedBefore = cris.Reason{Code: "gateway.request_opened_before", Rule: "SR-1", Text: "a service request was already opened from the call"}
	requestAwaited      = cris.Reason{Code: "gateway.request_awaited", Rule: "SR-1", Text: "what the caller said was handed to e-Request, and the answer is not known yet: open the request again"}
	requestNotAwaited   = cris.Reason{Code: "gateway.request_not_awaited", Rule: "SR-1", Text: "no answer from e-Request is awaited"}
	answerMissing       = cris.Reason{Code: "gateway.answer_missing", Rule: "SR-1", Text: "the answer from e-Request is missing"}

	callWentOn = cris.Reason{Code: "gateway.call_went_on", Rule: "SR-11", Text: "the call has gone on in the meantime: look at it again"}
	doneBefore = cris.Reason{Code: "gateway.done_before", Rule: "SR-11", Text: "the same act is on file and counts once"}
)

// Reasons lists every reason that a decision of this package can give, in the order of the
// rules. The caller may keep and change the slice.
func Reasons() []cris.Reason {
	return []cris.Reason{
		callStarted, representativeMissing, scriptNotInForce, statementNotNamed, callNotStarted, callEnded,
		nodeShown, nodeNotNext, nodeNotShown,
		blockRead, blockNotToRead, blockOutOfTurn,
		choiceTaken, choiceNotHere,
		saidKept, nothingSaid, statementUnread,
		endReached, noEndHere, blocksUnread, brokenOff,
		requestSubmitted, requestReturned, requestOpened, callGoesOn, opensNoRequest, requestOpenedBefore,
		requestAwaited, requestNotAwaited, answerMissing,
		callWentOn, doneBefore,
	}
}
