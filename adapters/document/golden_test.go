package document_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/document"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest/addresschange/addresschangetest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access/accesstest"
	"github.com/seed28e20331/cris/selfcheck/attempt/attempttest"
	"github.com/seed28e20331/cris/selfcheck/disclosure/disclosuretest"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway/gatewaytest"
	"github.com/seed28e20331/cris/srmt/letter"
	"github.com/seed28e20331/cris/srmt/srmttest"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

var write = flag.Bool("write", false, "write the documents of testdata that are missing; those that are there never change")

// The documents of testdata were written by this version and earlier ones, of made-up people. They
// stay readable, and are written as they were: whoever renames a field or changes a form reads the
// earlier one too.
func TestRestore_ReadsTheDocumentsOfEarlierVersions(t *testing.T) {
	piece := casestatustest.NewPiece(1, 3)
	piece.Alerts = []casestatus.MailAlert{casestatustest.NewAlert(piece.Number, 1)}
	day := attempttest.NewDay(1)
	const transaction = selfcheck.TransactionID("made-up-transaction")
	pass := selfchecktest.NewPassedProofing(transaction)
	query := selfchecktest.NewQueryRecord(transaction)
	query.Query.Identity = pass.Identity()
	for name, check := range map[string]func(t *testing.T, name string){
		"access-step":          stays(accesstest.NewStep(1)),
		"addresschange-record": stays(addresschangetest.NewRecord(1)),
		"attempt-day":          stays(day),
		"attempt-ticket":       stays(attempttest.NewTicket(attempttest.NewPosition(day.Date, 7), 7)),
		"case":                 stays(casestatustest.NewCase(1)),
		"case-mailing":         stays(casestatus.CaseMailing{Mailing: casestatustest.NewCase(1).Mailings[1], Receipt: casestatustest.Receipt(1), Address: casestatustest.NewAddress("10001")}),
		"delivery-piece":       stays(piece),
		"disclosure-entry":     stays(disclosuretest.NewEntry(1)),
		"erequest-request":     stays(erequesttest.NewRequest(casestatustest.Receipt(1), 1)),
		"event":                stays(cris.Event{ID: "1", Type: "cris.erequest.accepted", Source: "/cris/erequest", Subject: "request-1", Time: erequesttest.Start(), Data: map[string]string{"issue": "card_not_received", "none": ""}}),
		"gateway-history":      stays(gatewaytest.NewHistory(casestatustest.NewCase(1))),
		"letter-attachment":    stays(letter.Attachment{Ref: "files/1", Name: cris.NewPersonal("Lindström.pdf"), MediaType: "application/pdf", Size: 1 << 20, SHA256: "00"}),
		"processing-time":      stays(casestatustest.NewProcessingTime()),
		"selfcheck-begun":      stays(selfcheck.Record{Begun: selfchecktest.NewBegunProofing(transaction)}),
		"selfcheck-failure":    stays(selfcheck.Record{Failure: selfchecktest.NewFailure(transaction)}),
		"selfcheck-query":      stays(selfcheck.Record{Pass: pass, Query: query}),
		"srmt-history":         stays(srmttest.NewReviewedHistory("request-1")),
		"srmt-look":            stays(srmttest.NewLook(1)),
		"srmt-service-request": stays(srmt.ServiceRequest{ID: "1", Receipt: casestatustest.Receipt(1), Filed: cris.MustParseDate("2013-08-15"), Trail: "NSC TSC", Accommodation: true, Waiting: time.Unix(1, 0).UTC(), Version: 3}),
		"srmt-staff":           stays(srmttest.NewStaff("officer-1")),
		"tracking-damage":      stays(trackingtest.NewDamage(2)),
		"tracking-file":        stays(trackingtest.NewFile(1)),
		"tracking-scan":        stays(piece.Scans[0]),
		"selfcheck-candidate":  stays(selfcheck.KeyOf(selfcheck.KeyANumber, "A012345678")),
	} {
		t.Run(name, func(t *testing.T) { check(t, name) })
	}
}

// stays checks the document of that name. With -write it writes the document if the file is missing.
func stays[T any](made T) func(t *testing.T, name string) {
	return func(t *testing.T, name string) {
		file := filepath.Join("testdata", name+".json")
		kept, err := os.ReadFile(file)
		if *write && os.IsNotExist(err) {
			kept, err = document.Reveal(made)
			require.NoError(t, err)
			err = os.WriteFile(file, append(kept, '\n'), 0o600)
		}
		require.NoError(t, err, "write it: go test ./adapters/document -run EarlierVersions -write")
		record, err := document.Restore[T](kept)
		require.NoError(t, err)
		require.NotZero(t, record)
		written, err := document.Reveal(record)
		require.NoError(t, err)
		require.JSONEq(t, string(kept), string(written))
	}
}
