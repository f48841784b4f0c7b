package casestatustest

import (
	"context"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/internal/contract"
	"github.com/seed28e20331/cris/tracking"
)

// piecesAsRead lets the shared clauses read pieces of mail: their scans as Scans tells them,
// and the rest as decide is given it.
func piecesAsRead(s deliveryStores) contract.Read[casestatus.Piece] {
	given := func(ctx context.Context, piece casestatus.Piece) (casestatus.Piece, error) {
		prior, err := filed(ctx, s, piece.Number)
		if err != nil {
			return casestatus.Piece{}, err
		}
		return prior.Pieces[0], nil
	}
	inAlert := func(name string, set func(alert *casestatus.MailAlert, text string)) contract.Text[casestatus.Piece] {
		return contract.Text[casestatus.Piece]{Name: name, With: func(piece casestatus.Piece, text string) casestatus.Piece {
			set(&piece.Alerts[1], text)
			return piece
		}}
	}
	inScan := func(name string, set func(scan *tracking.Scan, text string)) contract.Text[casestatus.Piece] {
		return contract.Text[casestatus.Piece]{Name: name, With: func(piece casestatus.Piece, text string) casestatus.Piece {
			set(&piece.Scans[1], text)
			return piece
		}}
	}
	return contract.Read[casestatus.Piece]{
		New: func(n int) casestatus.Piece {
			return NewPiece(n, 2, func(piece *casestatus.Piece) {
				piece.LookAgain = cris.MustParseDate("2022-03-01")
				piece.Alerts = []casestatus.MailAlert{NewAlert(piece.Number, 2*n), NewAlert(piece.Number, 2*n+1)}
			})
		},
		// A scan comes, or all that was raised is taken back.
		Next: func(piece casestatus.Piece, n int) casestatus.Piece {
			if n%2 == 0 {
				return casestatus.Piece{Number: piece.Number, Scans: piece.Scans[:1]}
			}
			return casestatus.Piece{
				Number: piece.Number, Scans: append(slices.Clone(piece.Scans), NewPiece(0, 3+n, func(later *casestatus.Piece) {
					later.Scans = later.Scans[2+n:]
					later.Scans[0].Number = piece.Number
				}).Scans...),
				LookAgain: cris.MustParseDate("2022-04-01").AddDays(n), Alerts: piece.Alerts,
			}
		},
		Put: func(ctx context.Context, piece casestatus.Piece) error { return receive(ctx, s, "1", piece) },
		Get: func(ctx context.Context, piece casestatus.Piece) (casestatus.Piece, error) {
			scans, err := s.Scans(ctx, piece.Number)
			if err != nil {
				return casestatus.Piece{}, err
			}
			read, err := given(context.WithoutCancel(ctx), piece) // it is Scans that is looked at
			read.Scans = scans
			return read, err
		},
		Given: given,
		// Of a piece of which nothing is filed there is its number.
		Equal: func(a, b casestatus.Piece) bool {
			if b.Number.IsZero() {
				b.Number = a.Number
			}
			return samePiece(a, b) == nil
		},
		Spoil: func(piece casestatus.Piece) {
			for i := range piece.Scans {
				piece.Scans[i].Code = "07"
			}
			for i := range piece.Alerts {
				piece.Alerts[i].Kind = tracking.AlertLost
			}
		},
		Texts: []contract.Text[casestatus.Piece]{
			inScan("code", func(scan *tracking.Scan, text string) { scan.Code = tracking.Code(text) }),
			inScan("country", func(scan *tracking.Scan, text string) { scan.Place.Country = text }),
			inAlert("ID of an alert", func(alert *casestatus.MailAlert, text string) { alert.ID = text }),
			inAlert("kind of an alert", func(alert *casestatus.MailAlert, text string) { alert.Kind = tracking.AlertKind(text) }),
			inAlert("document", func(alert *casestatus.MailAlert, text string) {
				alert.Mailing.Document = casestatus.Document(text)
			}),
			inAlert("code of the scan of an alert", func(alert *casestatus.MailAlert, text string) { alert.Scan.Code = tracking.Code(text) }),
			inAlert("country of the scan of an alert", func(alert *casestatus.MailAlert, text string) { alert.Scan.Place.Country = text }),
		},
	}
}
