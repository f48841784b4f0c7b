package srmt

import (
	"context"
	"errors"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt/letter"
)

// Preview returns the letter that [Service.Respond], [Service.Propose] or [Service.Correct] would
// make today from the finding and the draft, or why there is none (SR-7). It saves nothing. It is open
// to the officer or supervisor who holds the request, or held it when it was closed, and is still at
// its office; and once it is closed, to the supervisors of the office, who may correct the response.
// Anyone else gets ErrDenied, and everyone does if there is no such request (PV-3).
//
// No look is put on record, because a letter holds nothing personal: apart from the case and its dates,
// what it tells is in the lists that are open to its reader.
//
// A *HistoryError means that the history on file does not add up, and an error that matches
// cris.ErrClock that the clock is not set; any other error is that of a port or the context.
func (s *Service) Preview(ctx context.Context, by StaffID, requestID string, finding letter.Finding, draft Draft) (letter.Decision, error) {
	now, err := s.now()
	if err != nil {
		return letter.Decision{}, fmt.Errorf("srmt: preview letter: %w", err)
	}
	reader, err := s.staff(ctx, by)
	if err != nil {
		return letter.Decision{}, err
	}
	if reader.ID == "" {
		return letter.Decision{}, ErrDenied
	}
	_, state, err := s.historyOf(ctx, requestID)
	if errors.Is(err, ErrNotFound) {
		return letter.Decision{}, ErrDenied
	}
	if err != nil {
		return letter.Decision{}, err
	}
	on := cris.DateOf(now, s.policy.Zone)
	if !reader.holds(&state, on) && (state.Status != Closed || !reader.supervises(state.Office, on)) {
		return letter.Decision{}, ErrDenied
	}
	onFile, err := s.onFile(ctx, requestID, on, true)
	if err != nil {
		return letter.Decision{}, fmt.Errorf("srmt: preview letter: %w", err)
	}
	onFile.Office, _ = s.offices.Office(state.Office)
	return Compose(state, onFile, finding, draft, on, s.policy), nil
}

// onFile reads what is on file about a request, all but its office: the zero OnFile if erequest has
// none. Case and mail are read only for a letter.
func (s *Service) onFile(ctx context.Context, requestID string, on cris.Date, forLetter bool) (onFile OnFile, err error) {
	onFile.Filed, err = s.requests.Request(ctx, requestID)
	if errors.Is(err, erequest.ErrNotFound) {
		return OnFile{}, nil
	}
	if err != nil || !forLetter {
		return onFile, err
	}
	_, onFile.Eligibility, onFile.Mail, err = s.caseOnFile(ctx, onFile.Filed.Receipt, on)
	return onFile, err
}

// attachmentsOnFile reads what is on file of these attachments. It asks for none that cannot be
// there, and for no more than may go out.
func (s *Service) attachmentsOnFile(ctx context.Context, named []letter.Attachment) (found []letter.Attachment, err error) {
	if s.attachments == nil || len(letter.DecideAttachments(named, s.policy.Attachments)) > 0 {
		return nil, nil
	}
	for _, attachment := range named {
		one, err := s.attachments.Stat(ctx, attachment.Ref)
		if errors.Is(err, cris.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("look at attachment: %w", err)
		}
		found = append(found, one)
	}
	return found, nil
}

// caseOnFile reads a case, withheld or not, how it compares with the posted processing time on the
// day, and what became of its mail; nothing if there is no such case.
func (s *Service) caseOnFile(ctx context.Context, receipt casestatus.ReceiptNumber, on cris.Date) (
	found casestatus.Case, eligibility casestatus.Eligibility, mail []casestatus.MailedPiece, err error,
) {
	found, err = s.cases.StaffCase(ctx, receipt)
	if errors.Is(err, casestatus.ErrNotFound) {
		return casestatus.Case{}, eligibility, nil, nil
	}
	if err != nil {
		return found, eligibility, nil, fmt.Errorf("read case: %w", err)
	}
	if eligibility, err = s.status.EligibilityOf(ctx, found, on); err != nil {
		return found, eligibility, nil, fmt.Errorf("decide eligibility: %w", err)
	}
	if mail, err = s.status.MailOf(ctx, found, on); err != nil {
		return found, eligibility, nil, fmt.Errorf("read mail: %w", err)
	}
	return found, eligibility, mail, nil
}
