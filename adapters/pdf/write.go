package pdf

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"github.com/seed28e20331/cris"
)

// Options change how letters are written. Nil and the zero Options mean the defaults.
type Options struct {
	Margin  float64   // on each side of the page, in points (1/72 inch): from 18 to 216; zero means 72, one inch
	Created time.Time // the creation time that the file gives, in UTC; zero means 1970-01-01, so that nothing depends on a clock
}

// UnshownError means that a letter has characters that the font does not have, or that are not
// text. It does not say which, because they may be part of a personal value.
type UnshownError struct {
	Characters int // how many, at least one
}

// Error returns how many characters cannot be shown.
func (e *UnshownError) Error() string {
	if e.Characters == 1 {
		return "1 character cannot be shown"
	}
	return fmt.Sprintf("%d characters cannot be shown", e.Characters)
}

// Write writes the letter as a PDF file, in English unless its language is Spanish. The error
// is an *UnshownError if the font lacks characters of the letter; another error says that the
// letter has no subject or nothing below it, or that the margin is out of bounds. In all these
// cases nothing was written. Any other error is that of the writer, to which part of the file
// may have been written.
func Write(w io.Writer, letter cris.Letter, options *Options) error {
	file, err := fileOf(letter, options)
	if err != nil {
		return fmt.Errorf("pdf: %w", err)
	}
	if _, err := io.Copy(w, bytes.NewReader(file)); err != nil {
		return fmt.Errorf("pdf: write: %w", err)
	}
	return nil
}

func fileOf(letter cris.Letter, options *Options) ([]byte, error) {
	if options == nil {
		options = &Options{}
	}
	margin := cmp.Or(options.Margin, standardMargin)
	if !(leastMargin <= margin && margin <= mostMargin) { // not a number is out of bounds too
		return nil, fmt.Errorf("margin out of bounds: not from %d to %d points", leastMargin, mostMargin)
	}
	shown, err := encode(letter)
	if err != nil {
		return nil, err
	}
	// How many pages there are is known once they are set, and every page says it.
	draft := shown.set(margin, options.Created, 0)
	pdf := shown.set(margin, options.Created, draft.PageCount())
	var file bytes.Buffer
	if err := pdf.Output(&file); err != nil {
		return nil, err
	}
	return file.Bytes(), nil
}

// Sizes are in points. The lines of a paragraph are 1.3 times as high as the font.
const (
	standardMargin = 72
	leastMargin    = 18
	mostMargin     = 216

	font        = "Helvetica"
	headingSize = 14
	sectionSize = 12
	textSize    = 11
	footerSize  = 9
	leading     = 1.3
	numberWidth = 24 // of the column with the numbers of steps
)

// encoded is a letter in the bytes of the font.
type encoded struct {
	language cris.Language // one of the two: it goes into the file as it is
	title    string        // the subject in Unicode
	subject  string
	blocks   []block
}

// block is a piece of a letter that is set by itself.
type block struct {
	kind  blockKind
	label string // of a value or a step
	text  string
}

type blockKind int

const (
	aParagraph blockKind = iota
	aValue               // follows its label on the line
	aHeading             // of a section
	aStep                // its number hangs to the left
)

// encode turns the letter into the bytes of the font, which are those of Windows-1252.
func encode(letter cris.Letter) (encoded, error) {
	unshown := 0
	inFont := func(s string) string {
		var out strings.Builder
		for _, r := range norm.NFC.String(s) {
			b, ok := charmap.Windows1252.EncodeRune(r)
			if !ok || r == unicode.ReplacementChar || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
				unshown++
				continue
			}
			out.WriteByte(b)
		}
		return strings.TrimSpace(out.String())
	}
	e := encoded{language: cris.English, title: letter.Subject, subject: inFont(letter.Subject)}
	if letter.Language == cris.Spanish {
		e.language = cris.Spanish
	}
	for _, paragraph := range letter.Paragraphs {
		e.blocks = append(e.blocks, block{aParagraph, "", inFont(paragraph)})
	}
	for _, v := range letter.Values {
		e.blocks = append(e.blocks, block{aValue, inFont(v.Label) + ":", inFont(v.Value)})
	}
	for _, section := range letter.Sections {
		e.blocks = append(e.blocks, block{aHeading, "", inFont(section.Heading)})
		for i, step := range section.Steps {
			e.blocks = append(e.blocks, block{aStep, fmt.Sprintf("%d.", i+1), inFont(step)})
		}
		for _, note := range section.Notes {
			e.blocks = append(e.blocks, block{aParagraph, "", inFont(note)})
		}
	}
	switch {
	case unshown > 0:
		return encoded{}, &UnshownError{unshown}
	case e.subject == "":
		return encoded{}, errors.New("the letter has no subject")
	case !slices.ContainsFunc(e.blocks, func(b block) bool { return b.text != "" }):
		return encoded{}, errors.New("the letter has no paragraphs")
	}
	return e, nil
}

// set sets the letter, with that number of pages in its footers.
func (e encoded) set(margin float64, created time.Time, pages int) *fpdf.Fpdf {
	if created.IsZero() {
		created = time.Unix(0, 0)
	}
	pdf := fpdf.New("P", "pt", "Letter", "")
	// What differs from one call to the next would differ in the file: the order of maps, the
	// clock, and how a version of Go compresses.
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(created.UTC())
	pdf.SetModificationDate(created.UTC())
	pdf.SetCompression(false)
	pdf.SetTitle(e.title, true)
	pdf.SetLang(string(e.language))
	pdf.SetMargins(margin, margin, margin)
	pdf.SetAutoPageBreak(true, margin+leading*footerSize)
	pdf.SetFooterFunc(func() {
		pdf.SetFont(font, "", footerSize)
		pdf.SetY(-margin)
		pdf.CellFormat(0, leading*footerSize, e.pageNumber(pdf.PageNo(), pages), "", 0, "C", false, 0, "")
	})
	pdf.AddPage()
	pdf.SetFont(font, "B", headingSize)
	pdf.MultiCell(0, leading*headingSize, e.subject, "", "L", false)
	for _, b := range e.blocks {
		b.set(pdf, margin)
	}
	return pdf
}

// set sets the block below what was set before.
func (b block) set(pdf *fpdf.Fpdf, margin float64) {
	const line = leading * textSize
	pdf.Ln(line / 2)
	switch b.kind {
	case aHeading:
		if !hasRoom(pdf, margin, leading*sectionSize+3*line) {
			pdf.AddPage() // a heading does not stand alone at the foot of a page
		}
		pdf.SetFont(font, "B", sectionSize)
		pdf.MultiCell(0, leading*sectionSize, b.text, "", "L", false)
	case aValue:
		pdf.SetFont(font, "B", textSize)
		pdf.Write(line, b.label+" ")
		pdf.SetFont(font, "", textSize)
		pdf.Write(line, b.text)
		pdf.Ln(line)
	case aStep:
		pdf.SetFont(font, "", textSize)
		if !hasRoom(pdf, margin, line) {
			pdf.AddPage() // the number goes with its step
		}
		pdf.CellFormat(numberWidth, line, b.label, "", 0, "L", false, 0, "")
		pdf.SetLeftMargin(margin + numberWidth)
		pdf.MultiCell(0, line, b.text, "", "L", false)
		pdf.SetLeftMargin(margin)
		pdf.SetX(margin)
	case aParagraph:
		pdf.SetFont(font, "", textSize)
		pdf.MultiCell(0, line, b.text, "", "L", false)
	}
}

// hasRoom reports whether so many points are left on the page.
func hasRoom(pdf *fpdf.Fpdf, margin, points float64) bool {
	_, height := pdf.GetPageSize()
	return pdf.GetY()+points <= height-margin-leading*footerSize
}

// pageNumber is what stands at the foot of each page, in the bytes of the font.
func (e encoded) pageNumber(page, pages int) string {
	words := "Page %d of %d"
	if e.language == cris.Spanish {
		words = "P\xe1gina %d de %d" // á in Windows-1252
	}
	return fmt.Sprintf(words, page, pages)
}
