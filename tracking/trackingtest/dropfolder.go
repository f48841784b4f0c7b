package trackingtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

// DropFolder is a USPS server as a mailer sees it: a folder in which files appear. It
// behaves as such servers do. There are three files a day; a file may come days late, may
// be sent again under another name, and the days come in no order; some records are lost,
// repeated or damaged, or come with a later file; a download may break off. It never
// changes a file, and never loses one for good. It is not safe for concurrent use.
type DropFolder struct {
	today cris.Date
	files []dropped
	cut   int // bytes after which the next download breaks off; 0 for none
}

type dropped struct {
	DropFile

	day     cris.Date // on which it appears
	content ExtractFile
	again   bool // sent again
}

// DropFile is one file in a listing.
type DropFile struct {
	Name string
	Size int64
}

const filesPerDay = 3

// NewDropFolder returns the folder of so many days of mail, at least one, from 2013-08-15
// on; the same arguments give the same folder. Scans of later days are in the last file. It
// is empty until Now has moved on to a day.
func NewDropFolder(seed uint64, days, pieces int, mess Mess) *DropFolder {
	random := newRandom(seed, 3)
	files := inFiles(random, max(days, 1)*filesPerDay, journeys(seed, pieces, mess), mess)
	folder := &DropFolder{}
	for i, scans := range files {
		day, series := firstDay.AddDays(i/filesPerDay), i%filesPerDay+1
		name := "EXTRACT_" + strings.ReplaceAll(day.String(), "-", "") + fmt.Sprintf("_%02d", series)
		if i >= len(files)-filesPerDay {
			day = lastDay(day, slices.Concat(files...)) // its files hold what comes later
		}
		content := writeFile(random, extract.Header{
			MailerID: mailer, ElectronicFile: fmt.Sprintf("%022d", i), Date: day, Series: series,
		}, scans, mess.Damaged)
		late := 0
		if happens(random, 0.2) {
			late = 1 + random.IntN(3)
		}
		folder.add(name+".txt", day.AddDays(1+late), content, false)
		if happens(random, 0.2) {
			folder.add(name+"_RESEND.txt", day.AddDays(1+late+random.IntN(4)), content, true)
		}
	}
	return folder
}

// inFiles deals the records that arrive out to so many files, each to the one of its hours
// or, displaced, to a later one.
func inFiles(random *rand.Rand, files int, scans []tracking.Scan, mess Mess) [][]tracking.Scan {
	dealt := make([][]tracking.Scan, files)
	for _, scan := range scans {
		hour, _ := scan.At.Clock()
		due := scan.At.Date().DaysSince(firstDay)*filesPerDay + hour/(24/filesPerDay)
		for range mess.copies(random) {
			file := due
			if happens(random, mess.Displaced) {
				file += 1 + random.IntN(2*filesPerDay)
			}
			file = min(file, files-1)
			dealt[file] = append(dealt[file], scan)
		}
	}
	return dealt
}

func (f *DropFolder) add(name string, day cris.Date, content ExtractFile, again bool) {
	f.files = append(f.files, dropped{DropFile{name, int64(len(content.Content))}, day, content, again})
}

// Now moves the clock of the server on to the day.
func (f *DropFolder) Now(day cris.Date) { f.today = day }

// LastDay returns the day on which the last file appears.
func (f *DropFolder) LastDay() cris.Date {
	return slices.MaxFunc(f.files, func(a, b dropped) int { return a.day.Compare(b.day) }).day
}

// Scans returns every scan that the files tell of, undamaged, with repetitions.
func (f *DropFolder) Scans() (scans []tracking.Scan) {
	for _, file := range f.files {
		if !file.again {
			scans = append(scans, file.content.Scans...)
		}
	}
	return scans
}

// List returns the files that are there, by name. Its error is that of the context.
func (f *DropFolder) List(ctx context.Context) ([]DropFile, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var files []DropFile
	for _, file := range f.files {
		if !file.day.After(f.today) {
			files = append(files, file.DropFile)
		}
	}
	slices.SortFunc(files, func(a, b DropFile) int { return strings.Compare(a.Name, b.Name) })
	return files, nil
}

// ErrBrokenOff is the end of a download that broke off.
var ErrBrokenOff = errors.New("trackingtest: the download broke off")

// BreakOff lets the next download break off after so many bytes.
func (f *DropFolder) BreakOff(after int) { f.cut = after }

// Download returns the content of a file, or an error that matches fs.ErrNotExist.
func (f *DropFolder) Download(ctx context.Context, name string) (io.Reader, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for _, file := range f.files {
		if file.Name != name || file.day.After(f.today) {
			continue
		}
		content := io.Reader(bytes.NewReader(file.content.Content))
		if f.cut > 0 {
			content = io.MultiReader(io.LimitReader(content, int64(f.cut)), brokenOff{})
			f.cut = 0
		}
		return content, nil
	}
	return nil, fmt.Errorf("trackingtest: download %s: %w", name, fs.ErrNotExist)
}

type brokenOff struct{}

func (brokenOff) Read([]byte) (int, error) { return 0, ErrBrokenOff }
