package erequest

import "github.com/seed28e20331/cris"

// Message returns what customers are told of the screening and, where they have to wait,
// until when.
func (s Screened) Message() cris.Message {
	switch s.Outcome {
	case AdvisedToWait:
		return cris.Message{Code: "erequest.screening_outcome.advised_to_wait", Args: []any{s.WaitEnds}}
	case TooEarly:
		return cris.Message{Code: "erequest.screening_outcome.too_early", Args: []any{s.Mail.Standing.Message(), s.Mail.From}}
	case NotOutside:
		return s.Eligibility.Message()
	default:
		return cris.Message{Code: "erequest.screening_outcome." + cris.Code(s.Outcome)}
	}
}

// Message returns what customers are told of their submission: the confirmation notice
// (ER-8), or what to do next.
func (f Filing) Message() cris.Message {
	if confirmation, ok := f.Confirmation(); ok {
		return confirmation.Message()
	}
	switch f.Outcome {
	case Advised:
		return cris.Message{Code: "erequest.filing_outcome.advised_to_wait", Args: []any{f.WaitEnds}}
	case ScreenedOut:
		return f.Screening.Message()
	default:
		return cris.Message{Code: "erequest.filing_outcome." + cris.Code(f.Outcome)}
	}
}

// Message returns what customers are told of the wait.
func (w Wait) Message() cris.Message {
	if w.Outcome == MustWait {
		return cris.Message{Code: "erequest.wait_outcome.must_wait", Args: []any{w.Ends}}
	}
	return cris.Message{Code: "erequest.wait_outcome." + cris.Code(w.Outcome)}
}
