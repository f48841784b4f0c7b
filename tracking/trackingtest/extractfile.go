package trackingtest

import (
	"bytes"
	"fmt"
	"math/rand/v2"

	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

// ExtractFile is a generated file and what is known about it.
type ExtractFile struct {
	Content []byte
	Records int             // in the file
	Damaged int             // of these
	Scans   []tracking.Scan // of the undamaged records, in their order, with repetitions
	Series  tracking.Series // as its header tells
}

// NewExtractFile generates an extract file with header for the given number of pieces.
// The same arguments give the same file.
func NewExtractFile(seed uint64, pieces int, mess Mess) ExtractFile {
	random := newRandom(seed, 2)
	var scans []tracking.Scan
	for _, scan := range journeys(seed, pieces, mess) {
		for range mess.copies(random) {
			scans = append(scans, scan)
		}
	}
	for i := range scans {
		if happens(random, mess.Displaced) {
			j := random.IntN(len(scans))
			scans[i], scans[j] = scans[j], scans[i]
		}
	}
	return writeFile(random, extract.Header{
		MailerID: mailer, ElectronicFile: fmt.Sprintf("%022d", seed), Date: lastDay(firstDay, scans), Series: 1,
	}, scans, mess.Damaged)
}

// writeFile writes the scans as records, of which some are damaged.
func writeFile(random *rand.Rand, header extract.Header, scans []tracking.Scan, damaged float64) ExtractFile {
	file := ExtractFile{
		Records: len(scans),
		Series:  tracking.Series{Mailer: header.MailerID, Day: header.Date, Number: header.Series},
	}
	header.Records = len(scans)
	var content bytes.Buffer
	w := extract.NewWriter(&content, nil)
	check(w.WriteHeader(header))
	for _, scan := range scans {
		start := content.Len()
		check(w.Write(extract.FullRecord{Scan: scan, Other: otherFields}))
		if !happens(random, damaged) {
			file.Scans = append(file.Scans, scan)
			continue
		}
		file.Damaged++
		damages[random.IntN(len(damages))](content.Bytes()[start:])
	}
	file.Content = content.Bytes()
	return file
}

// otherFields are what a record holds and a scan must not.
var otherFields = map[string]string{
	"mailer name": "USCIS CARD CENTER", "destination ZIP code": "07405", "mailer identifier": mailer,
	"recipient name": "JANE Q CUSTOMER", "customer reference": "IOE0912345678",
}
