package trackingtest

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

// Mess says what is wrong with a generated file, each as a share of its records from 0
// to 1. The zero Mess is a clean file.
type Mess struct {
	Lost      float64 // records that never arrive
	Repeated  float64 // records that come twice
	Displaced float64 // records that swap places with another one, anywhere in the file
	Damaged   float64 // records of which a byte is overwritten, so that they must be set aside
}

// ExtractFile is a generated file and what is known about it.
type ExtractFile struct {
	Content []byte
	Records int             // in the file
	Damaged int             // of these
	Scans   []tracking.Scan // of the undamaged records, in their order, with repetitions
}

// NewExtractFile generates an extract file with header for the given number of pieces.
// The same arguments give the same file.
func NewExtractFile(seed uint64, pieces int, mess Mess) ExtractFile {
	random := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // repeatable on purpose
	happens := func(share float64) bool { return random.Float64() < share }
	var scans []tracking.Scan
	for piece := range pieces {
		for _, scan := range journey(random, Number(piece+1)) {
			if happens(mess.Lost) {
				continue
			}
			scans = append(scans, scan)
			if happens(mess.Repeated) {
				scans = append(scans, scan)
			}
		}
	}
	for i := range scans {
		if happens(mess.Displaced) {
			j := random.IntN(len(scans))
			scans[i], scans[j] = scans[j], scans[i]
		}
	}

	return writeFile(random, extract.Header{
		MailerID: mailer, ElectronicFile: fmt.Sprintf("%022d", seed), Date: lastDay(firstDay, scans), Series: 1,
	}, scans, mess.Damaged)
}

// lastDay returns the latest of the day and those of the scans.
func lastDay(day cris.Date, scans []tracking.Scan) cris.Date {
	for _, scan := range scans {
		if scan.At.Date().After(day) {
			day = scan.At.Date()
		}
	}
	return day
}

// mailer is the identifier of the mailer whose files these are.
const mailer = "999999999"

// writeFile writes the scans as records, of which some are damaged.
func writeFile(random *rand.Rand, header extract.Header, scans []tracking.Scan, damaged float64) ExtractFile {
	file := ExtractFile{Records: len(scans)}
	header.Records = len(scans)
	var content bytes.Buffer
	w := extract.NewWriter(&content, nil)
	check(w.WriteHeader(header))
	for _, scan := range scans {
		start := content.Len()
		check(w.Write(extract.Record{Scan: scan, Other: otherFields}))
		if random.Float64() >= damaged {
			file.Scans = append(file.Scans, scan)
			continue
		}
		file.Damaged++
		record := content.Bytes()[start:]
		damages[random.IntN(len(damages))](record)
	}
	file.Content = content.Bytes()
	return file
}

// otherFields are what a record holds and a scan must not.
var otherFields = map[string]string{
	"mailer name": "USCIS CARD CENTER", "destination ZIP code": "07405", "mailer identifier": "999999999",
	"recipient name": "JANE Q CUSTOMER", "customer reference": "IOE0912345678",
}

// damages overwrite a record so that it cannot be read any more.
var damages = []func(record []byte){
	func(record []byte) { record[22] = '0' + (record[22]-'0'+1)%10 }, // the check digit
	func(record []byte) { copy(record[132:], "20260230") },           // a day that does not exist
	func(record []byte) { copy(record[143:], "2400") },               // an hour that does not exist
	func(record []byte) { copy(record[109:], "a1") },                 // a code in lower case
	func(record []byte) { record[0] = '\x00' },                       // a lost quote
}

var firstDay = cris.MustParseDate("2013-08-15")

// stops are the codes of a journey and where it goes on.
var stops = [][]tracking.Code{
	{"GX", "OA", "10", "T1", "NT", "A1", "10", "07", "PC", "OF", "01"},
	{"GX", "OA", "10", "TL", "A1", "07", "OF", "02", "14", "43"},
	{"GX", "03", "10", "A1", "07", "OF", "21", "09", "10", "A1", "RT"},
	{"MA", "OA", "10", "07", "04", "09", "10", "01"},
	{"GX", "OA", "10", "A1", "Q7"},
}

// journey returns the scans of one piece, each some hours after the one before.
func journey(random *rand.Rand, number tracking.Number) []tracking.Scan {
	codes := stops[random.IntN(len(stops))]
	day, minute := firstDay.AddDays(random.IntN(5)), random.IntN(24*60)
	scans := make([]tracking.Scan, 0, len(codes))
	for i, code := range codes {
		minute += 30 + random.IntN(8*60)
		at, err := tracking.NewLocalTime(day.AddDays(minute/(24*60)), minute/60%24, minute%60)
		check(err)
		scan := tracking.Scan{Number: number, Code: code, At: at}
		if info, _ := code.Info(); !info.Placeless {
			scan.Place = tracking.Place{ZIP: cris.MustParseZIP(fmt.Sprintf("%05d", 501+random.IntN(99_000))), Country: "US"}
		}
		returned := slices.Contains(codes[:i], "09")
		scan.ToSender = returned && code.Class() == tracking.Delivered
		scans = append(scans, scan)
	}
	return scans
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
