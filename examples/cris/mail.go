package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

// event is a scan of a card as the Extract File tells it.
type event struct {
	code     tracking.Code
	at       string // local to the place, as read
	zip      string // "" where the event carries no place
	toSender bool
}

// The journeys are real sequences of scans, moved to 2022 by whole weeks so that
// weekdays stay; scans of distribution centers, which were published without a ZIP
// code, have none. The return of Fay's card is put together from codes and places of
// such sequences.
var (
	anasCard = []event{
		{"GX", "2022-02-21T12:03", "77040", false},
		{"OA", "2022-02-24T07:49", "77040", false},
		{"10", "2022-02-24T09:04", "", false},
		{"TL", "2022-02-28T19:30", "", false},
		{"TL", "2022-03-01T03:20", "", false},
		{"T1", "2022-03-01T08:23", "", false},
		{"A1", "2022-03-01T09:46", "", false},
		{"T1", "2022-03-01T15:27", "", false},
		{"TL", "2022-03-01T18:46", "", false},
		{"A1", "2022-03-01T21:41", "", false},
		{"T1", "2022-03-02T06:42", "", false},
		{"A1", "2022-03-02T07:18", "", false},
		{"10", "2022-03-02T23:28", "07699", false},
		{"07", "2022-03-03T07:09", "07470", false},
		{"OF", "2022-03-03T07:20", "07405", false},
		{"01", "2022-03-03T09:51", "07405", false},
		{"01", "2022-03-03T09:52", "07405", false}, // the carrier scanned it twice
	}
	faysCard = []event{
		{"OA", "2022-02-17T15:08", "19032", false},
		{"10", "2022-02-17T21:23", "", false},
		{"07", "2022-02-19T07:15", "19104", false},
		{"OF", "2022-02-19T08:25", "19104", false},
		{"22", "2022-02-19T11:40", "19104", false}, // insufficient address
		{"09", "2022-02-19T17:05", "19104", false}, // return to sender
		{"01", "2022-02-25T10:12", "19032", true},  // "Delivered, To Original Sender"
	}
	gussDocument = []event{
		{"GX", "2022-02-28T09:02", "19032", false},
		{"OA", "2022-03-01T13:08", "19032", false},
		{"10", "2022-03-01T14:23", "", false},
		{"NT", "2022-03-01T17:00", "", false}, // computed: nobody scanned it
	}
)

// dropFile is a file on the server of the USPS.
type dropFile struct {
	name    string
	content []byte
}

// mailDocuments puts on file what was decided and mailed since the story began.
func (w *world) mailDocuments(ctx context.Context) error {
	w.clock.set("2022-03-01", 9)
	for _, c := range caseload {
		changed, err := w.record(ctx, c.onFile)
		if err != nil {
			return err
		}
		for _, mailing := range c.onFile.Mailings {
			if len(changed) > 0 {
				w.journal.tell(fmt.Sprintf("%s, %s: %s", c.owner, c.onFile.Receipt.Masked(), words().Say(cris.English, mailing.Document.Message())),
					"mailed", facts{"on", mailing.Mailed, "changed on file", changed}, nil)
			}
		}
	}
	w.journal.cite("CS-8")
	return nil
}

// readScans downloads the Extract Files of two days.
func (w *world) readScans(ctx context.Context) error {
	if err := w.mailDocuments(ctx); err != nil {
		return err
	}
	// The second file repeats some scans of the first and brings others late and out of
	// order: Ana's arrival at the post office after her delivery.
	first, err := extractFile("cris-20220303-01", 1, slices.Concat(
		of(ana, anasCard[:8]), of(ana, anasCard[14:]), of(gus, gussDocument[:2]), of(fay, faysCard[:6])))
	if err != nil {
		return err
	}
	shuffled := slices.Concat(of(fay, faysCard[5:]), of(ana, anasCard[8:15]), of(ana, anasCard[:2]), of(gus, gussDocument[1:]))
	slices.Reverse(shuffled)
	second, err := extractFile("cris-20220304-01", 1, shuffled)
	if err != nil {
		return err
	}
	second.damage(7)

	w.clock.set("2022-03-03", 22)
	if err := w.ingest(ctx, first, nil); err != nil {
		return err
	}
	w.journal.cite("TR-1", "TR-2")
	w.clock.set("2022-03-04", 22)
	killed := errors.New("killed while reading")
	if err := w.ingest(ctx, second, killed); err != nil {
		return err
	}
	for _, reading := range []struct {
		file  dropFile
		shows cris.RuleID
	}{{second, "TR-6"}, {second, "TR-5"}, {dropFile{"cris-20220303-01-again", first.content}, "TR-5"}} {
		if err := w.ingest(ctx, reading.file, nil); err != nil {
			return err
		}
		w.journal.cite(reading.shows)
	}
	return w.receive(ctx)
}

// receive lets the case side ask for what is new, and once more, when nothing is.
func (w *world) receive(ctx context.Context) error {
	for range 2 {
		received, err := w.sync.Sync(ctx)
		if err != nil {
			return err
		}
		w.journal.tell("the case side asks for updates", fmt.Sprint(received.Pieces, " received"), facts{
			"delivery status changed", received.Changed, "alerts raised", received.Alerts,
		}, nil)
	}
	w.journal.cite("CS-5")
	return w.showAlerts(ctx)
}

// watchMail looks at the pieces that went quiet, as a host does once a day.
func (w *world) watchMail(ctx context.Context) error {
	w.clock.set("2022-03-08", 7)
	if err := w.relay(ctx); err != nil { // what was mailed, so that nothing is forgotten that was never scanned
		return err
	}
	raised, err := w.watch.Pass(ctx)
	if err != nil {
		return err
	}
	w.journal.tell("the watch looks for pieces that went quiet", fmt.Sprint(raised, " raised"), nil, nil)
	return w.showAlerts(ctx)
}

// showAlerts shows staff the alerts that it has not seen yet, each with its case.
func (w *world) showAlerts(ctx context.Context) error {
	query := casestatus.AlertQuery{Page: cris.Page[string]{After: w.lastAlert}}
	for alert, err := range w.watch.Alerts(ctx, query) {
		if err != nil {
			return err
		}
		w.journal.tell("staff is shown "+whose(alert.Receipt)+"'s case, "+alert.Receipt.Masked(), alert.Kind, facts{
			"since", alert.Since, "mailed", alert.Mailing.Mailed, "office", alert.Case.Office,
		}, []cris.Reason{alert.Kind.Reason()})
		w.lastAlert = alert.ID
	}
	return nil
}

// of makes records of the journey of a case's document.
func of(c casestatus.Case, journey []event) []extract.FullRecord {
	var records []extract.FullRecord
	for _, e := range journey {
		scan := tracking.Scan{
			Number: c.Mailings[0].Number, Code: e.code, ToSender: e.toSender,
			At: tracking.MustParseLocalTime(e.at),
		}
		if e.zip != "" {
			scan.Place = tracking.Place{ZIP: cris.MustParseZIP(e.zip), Country: "US"}
		}
		records = append(records, extract.FullRecord{Scan: scan, Other: map[string]string{
			"recipient name": whose(c.Receipt), "customer reference": c.Receipt.String(),
		}})
	}
	return records
}

func extractFile(name string, series int, records []extract.FullRecord) (dropFile, error) {
	var content bytes.Buffer
	out := extract.NewWriter(&content, nil)
	if err := out.WriteHeader(extract.Header{
		MailerID: "899561482", ElectronicFile: name, Date: day("2022-03-03"), Series: series, Records: len(records),
	}); err != nil {
		return dropFile{}, err
	}
	for _, record := range records {
		if err := out.Write(record); err != nil {
			return dropFile{}, err
		}
	}
	return dropFile{name, content.Bytes()}, nil
}

// damage makes the hour of the scan on a line unreadable, as a bad transfer does.
func (f dropFile) damage(line int) {
	const lineLength, hour = 282, 144 // with CR LF; counted from 1
	copy(f.content[(line-1)*lineLength+hour-1:], "2?")
}

// ingest reads a file into the store. If broken is not nil, the reading breaks off
// with it after a few records.
func (w *world) ingest(ctx context.Context, file dropFile, broken error) error {
	opened, err := extract.Open(file.name, bytes.NewReader(file.content), nil)
	if err != nil {
		return err
	}
	if broken != nil {
		records := opened.Records
		opened.Records = func(yield func(tracking.Record, error) bool) {
			n := 0
			for record, err := range records {
				if n++; n > 6 {
					yield(tracking.Record{}, broken)
					return
				}
				if !yield(record, err) {
					return
				}
			}
		}
	}
	before, err := w.scansOnFile(ctx)
	if err != nil {
		return err
	}
	known, err := w.ingester.Ingest(ctx, opened)
	after, countErr := w.scansOnFile(ctx)
	if countErr != nil {
		return countErr
	}
	if broken != nil && errors.Is(err, broken) {
		w.journal.tell("Extract File "+file.name, "broken off", facts{"new scans on file", after - before}, nil)
		return nil
	}
	if err != nil {
		return err
	}
	w.journal.tell("Extract File "+file.name, "read", facts{
		"records", known.Records, "new scans on file", after - before,
		"set aside", known.Damaged, "totals agree", known.TotalsAgree(),
	}, nil)
	for damage, err := range w.store.Scans().Damage(ctx, opened.ID, cris.Page[int]{}) {
		if err != nil {
			return err
		}
		if after > before {
			w.journal.tell("a damaged record", "set aside", facts{"where", known.Name + ": " + damage.String()}, nil)
		}
	}
	return nil
}

// scansOnFile counts the scans of all cards.
func (w *world) scansOnFile(ctx context.Context) (int, error) {
	count := 0
	for _, c := range caseload {
		for _, mailing := range c.onFile.Mailings {
			scans, err := w.store.Scans().Scans(ctx, mailing.Number)
			if err != nil {
				return 0, fmt.Errorf("count scans: %w", err)
			}
			count += len(scans)
		}
	}
	return count, nil
}
