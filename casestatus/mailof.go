package casestatus

import (
	"context"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
)

// MailedPiece is a document that was mailed, with what became of it. It is for staff, and for
// rules that tell customers no more than whether it arrived: the places of its scans may give
// away an address.
type MailedPiece struct {
	Mailing
	tracking.Attention // zero for a piece without a tracking number
}

// MailOf returns what became of every document that was mailed in a case that the caller has
// read, oldest first, decided from all of its scans (CS-3, TR-7). Other packages reach it through
// a port. The day is the one on which a piece counts as quiet and on which an address counts; scans
// of later days are not left out. An error means that the scans could not be read.
func (s *Service) MailOf(ctx context.Context, onFile Case, on cris.Date) ([]MailedPiece, error) {
	pieces := make([]MailedPiece, len(onFile.Mailings))
	for i, mailing := range onFile.Mailings {
		pieces[i].Mailing = mailing
		if mailing.Number.IsZero() {
			continue
		}
		scans, err := s.scans.Scans(ctx, mailing.Number)
		if err != nil {
			return nil, fmt.Errorf("casestatus: read scans: %w", err)
		}
		of := CaseMailing{Mailing: mailing, Receipt: onFile.Receipt, Address: onFile.Address, Addresses: onFile.Addresses}
		pieces[i].Attention = attentionTo(of, scans, on, s.policy)
	}
	return pieces, nil
}
