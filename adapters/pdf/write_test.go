package pdf_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"
	reader "github.com/ledongthuc/pdf"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/pdf"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt/letter"
)

func write(tb testing.TB, l cris.Letter, options *pdf.Options) []byte {
	tb.Helper()
	var file bytes.Buffer
	require.NoError(tb, pdf.Write(&file, l, options))
	return file.Bytes()
}

// open reads the file with a reader that shares nothing with what wrote it.
func open(tb testing.TB, file []byte) *reader.Reader {
	tb.Helper()
	opened, err := reader.NewReader(bytes.NewReader(file), int64(len(file)))
	require.NoError(tb, err)
	return opened
}

// pagesOf returns the text of each page, a line of the page on a line.
func pagesOf(tb testing.TB, file []byte) (pages []string) {
	tb.Helper()
	opened := open(tb, file)
	for n := range opened.NumPage() {
		text, err := opened.Page(n + 1).GetPlainText(nil)
		require.NoError(tb, err)
		pages = append(pages, strings.Trim(text, "\n"))
	}
	return pages
}

// textOf returns the words of the pages without their numbers, which it requires.
func textOf(tb testing.TB, file []byte, pageNumber string) string {
	tb.Helper()
	var body []string
	pages := pagesOf(tb, file)
	for i, page := range pages {
		text, ok := strings.CutSuffix(page, fmt.Sprintf(pageNumber, i+1, len(pages)))
		require.True(tb, ok, page)
		body = append(body, text)
	}
	return oneLine(strings.Join(body, "\n"))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

const (
	inEnglish = "Page %d of %d"
	inSpanish = "Página %d de %d"
)

// letters are those of the default library, each in both languages.
func letters(tb testing.TB) (all []cris.Letter) {
	tb.Helper()
	number, err := erequest.NewConfirmationNumber(strings.NewReader("seed of a number"))
	require.NoError(tb, err)
	day := cris.MustParseDate
	today := day("2013-09-03")
	for _, issue := range erequest.Issues() {
		for _, finding := range letter.FindingsFor(issue) {
			facts := letter.Facts{
				Issue: issue, Finding: finding, Confirmation: number, Receipt: casestatus.MustParseReceiptNumber("IOE0912345678"),
				Filed: day("2013-08-15"), Office: "Oficina de Mayagüez (Puerto Rico) \\ 1", Done: day("2013-09-02"), AskAgain: day("2013-10-04"), SendBy: day("2013-10-15"),
				Eligibility: casestatus.Eligibility{Outcome: casestatus.Outside, On: today},
			}
			switch finding {
			case letter.StillWithin:
				facts.Eligibility.Outcome = casestatus.Within
			case letter.CaseDecided:
				facts.Eligibility.Outcome = casestatus.Decided
			case letter.Delivered:
				facts.Mail = erequest.MailDelivered
			default:
			}
			for _, language := range []cris.Language{cris.English, cris.Spanish} {
				decision := letter.Compose(letter.DefaultLibrary(), facts, language, today)
				require.Equal(tb, letter.Composed, decision.Outcome, "%v", decision.Reasons)
				all = append(all, decision.Letter)
			}
		}
	}
	return all
}

func TestWrite_EveryLetterReadsBackAsItWas(t *testing.T) {
	all := letters(t)
	require.Len(t, all, 40)
	for _, l := range all {
		file := write(t, l, nil)
		pageNumber := inEnglish
		if l.Language == cris.Spanish {
			pageNumber = inSpanish
		}
		require.Equal(t, oneLine(l.Text()), textOf(t, file, pageNumber))
		opened := open(t, file)
		require.Equal(t, 1, opened.NumPage(), "a letter is one page")
		require.Equal(t, l.Subject, opened.Trailer().Key("Info").Key("Title").Text())
		require.Equal(t, string(l.Language), opened.Trailer().Key("Root").Key("Lang").RawString())
		box := opened.Page(1).V.Key("MediaBox")
		if box.Len() == 0 {
			box = opened.Trailer().Key("Root").Key("Pages").Key("MediaBox")
		}
		require.InDelta(t, 612, box.Index(2).Float64(), 0.01)
		require.InDelta(t, 792, box.Index(3).Float64(), 0.01)
	}
}

// long is a letter of so many paragraphs, each with its number.
func long(paragraphs int) cris.Letter {
	l := cris.Letter{Language: cris.English, Subject: "A long letter with a subject that takes more than one line, since it says a lot about what it is about"}
	for n := range paragraphs {
		l.Paragraphs = append(l.Paragraphs, fmt.Sprintf("%d. ", n+1)+strings.Repeat("What is said here is said again. ", 20)+"Enough.")
	}
	return l
}

func TestWrite_ALetterOfFivePages(t *testing.T) {
	l := long(22)
	file := write(t, l, nil)
	pages := pagesOf(t, file)
	require.Len(t, pages, 5)
	require.True(t, strings.HasPrefix(pages[0], "A long letter"))
	require.True(t, strings.HasSuffix(pages[4], "Page 5 of 5"))
	require.Equal(t, oneLine(l.Text()), textOf(t, file, inEnglish))
}

// sheet is a letter of so many sections, with values before them.
func sheet(sections int) cris.Letter {
	l := long(1)
	l.Values = []cris.LabeledValue{{Label: "Case number", Value: "2013227143000AB"}, {Label: "Name", Value: strings.Repeat("Very long ", 30) + "name"}}
	for n := range sections {
		part := long(n % 7)
		l.Sections = append(l.Sections, cris.LetterSection{Heading: fmt.Sprintf("Section %d", n+1), Steps: part.Paragraphs, Notes: []string{"Then wait."}})
	}
	return l
}

func TestWrite_ASheetReadsBackAsItWas(t *testing.T) {
	for sections := range 30 {
		l := sheet(sections)
		file := write(t, l, nil)
		require.Equal(t, oneLine(l.Text()), textOf(t, file, inEnglish))
		for _, page := range pagesOf(t, file) {
			lines := strings.Split(page, "\n")
			require.GreaterOrEqual(t, len(lines), 2)
			require.NotRegexp(t, `^(Section )?\d+\.?$`, lines[len(lines)-2], "a heading or a number that is alone at the foot of a page")
		}
	}
	only := cris.Letter{Subject: "Case", Values: []cris.LabeledValue{{Label: "Case number", Value: "1"}}}
	require.Equal(t, "Case Case number: 1", textOf(t, write(t, only, nil), inEnglish))
}

// Nothing is set outside of the margins, not even a word that is longer than a line.
func TestWrite_StaysWithinTheMargins(t *testing.T) {
	l := long(9)
	l.Paragraphs = append(l.Paragraphs, strings.Repeat("W", 300), strings.Repeat("https://example.org/", 30))
	l.Values = []cris.LabeledValue{{Label: strings.Repeat("W", 80), Value: strings.Repeat("W", 300)}, {Label: "Case number", Value: strings.Repeat("case ", 80)}}
	l.Sections = []cris.LetterSection{{Heading: strings.Repeat("What to do ", 20), Steps: l.Paragraphs[8:], Notes: l.Paragraphs[8:]}}
	ruler := fpdf.New("P", "pt", "Letter", "")
	ruler.SetFont("Helvetica", "", 11)
	for _, margin := range []float64{18, 72, 216} {
		file := write(t, l, &pdf.Options{Margin: margin})
		require.Equal(t, strings.ReplaceAll(oneLine(l.Text()), " ", ""), strings.ReplaceAll(textOf(t, file, inEnglish), " ", ""))
		for _, page := range pagesOf(t, file) {
			for line := range strings.SplitSeq(page, "\n") {
				require.LessOrEqual(t, ruler.GetStringWidth(line), 612-2*margin, line)
			}
		}
		opened := open(t, file)
		for n := range opened.NumPage() {
			for _, shown := range opened.Page(n + 1).Content().Text {
				require.GreaterOrEqual(t, shown.X, margin)
				require.LessOrEqual(t, shown.Y, 792-margin)
				require.Greater(t, shown.Y, margin-12, "the number of the page is the last line")
			}
		}
	}
	require.Equal(t, write(t, l, nil), write(t, l, &pdf.Options{Margin: 72}))
}

func TestWrite_TheSameLetterGivesTheSameBytes(t *testing.T) {
	l, at := long(8), time.Date(2013, 9, 3, 9, 0, 0, 0, cris.AgencyZone())
	first, dated := write(t, l, nil), write(t, l, &pdf.Options{Created: at})
	for range 20 {
		require.True(t, bytes.Equal(first, write(t, l, nil)))
		require.True(t, bytes.Equal(dated, write(t, l, &pdf.Options{Created: at.UTC()})), "the zone does not matter")
	}
	created := func(file []byte) string { return open(t, file).Trailer().Key("Info").Key("CreationDate").RawString() }
	require.Equal(t, "D:19700101000000", created(first))
	require.Equal(t, "D:20130903130000", created(dated))
}

func TestWrite_RefusesWhatTheFontCannotShow(t *testing.T) {
	for text, want := range map[string]int{
		"Łódź": 2, "通知": 2, "✓": 1, "مرحبا": 5, "a\x00b": 1, "a\nb": 1, "tab\t": 1, "soft\u00adhyphen": 1, "\u202egnp": 1, "\u0081": 1, "\xff\xfe": 2, "�": 1, "👍🏽": 2,
	} {
		for _, l := range []cris.Letter{
			{Subject: text, Paragraphs: []string{"Text."}},
			{Subject: "Subject", Paragraphs: []string{"Text.", text}},
			{Subject: "Subject", Values: []cris.LabeledValue{{Label: text, Value: "Text."}}},
			{Subject: "Subject", Values: []cris.LabeledValue{{Label: "Label", Value: text}}},
			{Subject: "Subject", Sections: []cris.LetterSection{{Heading: text, Notes: []string{"Text."}}}},
			{Subject: "Subject", Sections: []cris.LetterSection{{Heading: "Heading", Steps: []string{"Text.", text}}}},
			{Subject: "Subject", Sections: []cris.LetterSection{{Heading: "Heading", Notes: []string{"Text.", text}}}},
		} {
			var file bytes.Buffer
			err := pdf.Write(&file, l, nil)
			var unshown *pdf.UnshownError
			require.ErrorAs(t, err, &unshown, "%q", text)
			require.Equal(t, want, unshown.Characters, "%q", text)
			require.NotContains(t, err.Error(), text, "an error repeats nothing")
			require.Empty(t, file.Bytes())
		}
	}
	err := pdf.Write(io.Discard, cris.Letter{Subject: "✓", Paragraphs: []string{"通知"}}, nil)
	require.EqualError(t, err, "pdf: 3 characters cannot be shown")
	err = pdf.Write(io.Discard, cris.Letter{Subject: "✓", Paragraphs: []string{"Text."}}, nil)
	require.EqualError(t, err, "pdf: 1 character cannot be shown")
}

func TestWrite_ShowsWhatTheFontHas(t *testing.T) {
	const every = "¿Qué? ¡Sí! ÁÉÍÓÚÜÑ áéíóúüñ «a» “b” ‘c’ – — … € § (x) [y] {nb} \\ \\) %d <<>> /Lang & 1º 2ª Žš Æœ ß"
	l := cris.Letter{Language: "en) /OpenAction (x", Subject: "Café (1) \\ ñ", Paragraphs: []string{every, "e\u0301 is one character"}}
	file := write(t, l, nil)
	require.Equal(t, l.Subject+" "+every+" é is one character", textOf(t, file, inEnglish))
	require.Equal(t, l.Subject, open(t, file).Trailer().Key("Info").Key("Title").Text())
	require.Equal(t, "en", open(t, file).Trailer().Key("Root").Key("Lang").RawString())
}

func TestWrite_RefusesWhatIsNoLetter(t *testing.T) {
	good := cris.Letter{Subject: "Subject", Paragraphs: []string{"Text."}}
	for want, test := range map[string]struct {
		letter  cris.Letter
		options *pdf.Options
	}{
		"pdf: the letter has no subject":    {cris.Letter{Subject: " ", Paragraphs: []string{"Text."}}, nil},
		"pdf: the letter has no paragraphs": {cris.Letter{Subject: "Subject", Paragraphs: []string{"", " "}}, nil},
	} {
		require.EqualError(t, pdf.Write(io.Discard, test.letter, test.options), want)
	}
	for _, margin := range []float64{-1, 17.9, 216.1, math.Inf(1), math.NaN()} {
		var file bytes.Buffer
		require.EqualError(t, pdf.Write(&file, good, &pdf.Options{Margin: margin}), "pdf: margin out of bounds: not from 18 to 216 points")
		require.Empty(t, file.Bytes())
	}
}

// broken takes so many bytes and then fails.
type broken struct{ takes int }

var errBroken = errors.New("disk full")

func (b *broken) Write(p []byte) (int, error) {
	if len(p) > b.takes {
		return b.takes, errBroken
	}
	b.takes -= len(p)
	return len(p), nil
}

// short says that it took less, and gives no error.
type short struct{}

func (short) Write(p []byte) (int, error) { return len(p) / 2, nil }

func TestWrite_TellsOfAWriterThatFails(t *testing.T) {
	l := long(1)
	size := len(write(t, l, nil))
	for _, takes := range []int{0, 1, size / 2, size - 1} {
		require.ErrorIs(t, pdf.Write(&broken{takes}, l, nil), errBroken)
	}
	require.NoError(t, pdf.Write(&broken{size}, l, nil))
	require.ErrorIs(t, pdf.Write(short{}, l, nil), io.ErrShortWrite)
}

// Whatever the letter, it reads back as it was or is refused.
func FuzzWrite(f *testing.F) {
	f.Add("Subject", "Text.", 72.0)
	f.Add("¿(a\\)?", "{nb} ) ( \\", 18.0)
	f.Add("\xff", "e\u0301", 216.0)
	f.Add("a", strings.Repeat("word ", 2000), 100.0)
	f.Add(strings.Repeat("W", 500), "\u00a0 \u00a0x", 72.0)
	f.Fuzz(func(t *testing.T, subject, paragraph string, margin float64) {
		if len(subject)+len(paragraph) > 20_000 {
			return
		}
		l := cris.Letter{
			Language: cris.English, Subject: subject, Paragraphs: []string{paragraph},
			Values:   []cris.LabeledValue{{Label: subject, Value: paragraph}},
			Sections: []cris.LetterSection{{Heading: subject, Steps: []string{paragraph, subject}, Notes: []string{paragraph}}},
		}
		var file bytes.Buffer
		if err := pdf.Write(&file, l, &pdf.Options{Margin: margin}); err != nil {
			require.Empty(t, file.Bytes())
			return
		}
		want := strings.Join(strings.Fields(norm.NFC.String(l.Text())), "")
		require.Equal(t, want, strings.ReplaceAll(textOf(t, file.Bytes(), inEnglish), " ", ""))
	})
}
