package addresschange

import "github.com/seed28e20331/cris"

// Message returns what customers are told of their report: the confirmation notice, or what to
// do next.
func (f Filing) Message() cris.Message {
	if confirmation, ok := f.Confirmation(); ok {
		return confirmation.Message()
	}
	return cris.Message{Code: "addresschange.outcome." + cris.Code(f.Outcome)}
}

// Message returns the words of the confirmation notice. They say what holds for everybody: that
// the immigration court is not told.
func (c Confirmation) Message() cris.Message {
	args := []any{c.Number.String(), c.Effective}
	if c.Late {
		return cris.Message{Code: "addresschange.confirmation_late", Args: append(args, c.DueBy)}
	}
	return cris.Message{Code: "addresschange.confirmation", Args: args}
}

// Duty returns what customers are told of the duty to report a new address, with the days
// that the policy allows.
func (p Policy) Duty() cris.Message {
	days := p.withDefaults().DutyDays
	if days == 1 {
		return cris.Message{Code: "addresschange.label.duty_of_one_day"}
	}
	return cris.Message{Code: "addresschange.label.duty", Args: []any{days}}
}

// Message returns what customers are told of a case that they named.
func (a CaseAnswer) Message() cris.Message { return a.Outcome.Message() }
