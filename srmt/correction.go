package srmt

import "context"

// DecideCorrection decides whether the response to a closed request is corrected by another
// message, which is written as a response is (SR-7, SR-8). What was sent stays as it was. Whoever
// responded may correct it, or a supervisor of the office. If the policy requires a review of the
// finding, only a supervisor who did not hold the request may.
func DecideCorrection(state ServiceRequest, act Act, onFile OnFile, response Response, policy Policy) (d Decision) {
	var against refusals
	d.Step, against = answer(StepCorrected, state, act.On, onFile, response, policy)
	isReviewer := act.By.supervises(state.Office, act.On) && act.By.ID != state.Officer
	against.unless(!policy.isReviewed(response.Finding) || isReviewer, supervisorCorrects)
	d.decide(&state, &act, correctionKept, against)
	return d
}

// Correct sends a message that corrects the response, if [DecideCorrection] allows it (SR-8). The
// errors are those of [Service.Respond].
func (s *Service) Correct(ctx context.Context, r Response) (Decision, error) {
	return s.answer(ctx, r, DecideCorrection)
}
