package extract_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

// Whatever the bytes, every line before the blank end of the file is accounted for, in order, and what was read as a scan
// is written and read again as the same scan.
func FuzzReader(f *testing.F) {
	line := `"9400111206206406260787","9275000000000000000001","123456789","USCIS CARD PRODUCTIO","07405","1234","07405","01","DELIVERED, TO O","20130815","0952","123456789","IOE0912345678                 ","US","JANE Q CUSTOMER     ","                      ","L","000000123","20130817","1200"` + "\r\n"
	head := `"H","123456789","9275000000000000000001","20130816","02","000000001","` + strings.Repeat(" ", 209) + `"` + "\r\n"
	for _, seed := range []string{
		"", "\n", "\r\n\r\n", line, line + "\n \r\n", line + "\n" + line + "\n\n", line + "\x1a", head + line + "\x1a", "\x1a", line + "\x1a\n", line[:280] + "\r\x1a", "\xef\xbb\xbf", "\xef\xbb\xbf" + line, put(line, 205, `"`), put(line, 205, "\x00"), line + line[:100], head + line, head, head + line + line, `"H",`, "\n" + head + line, `"H`, put(head, 2, "h"),
		put(line, 2, "RB123456785GB         "), put(line, 133, "20260230"), put(line, 144, "2400"), put(line, 110, "a1"),
		strings.Repeat("\x00", 300), strings.Repeat("x", 70_000) + "\n" + line, line[:279] + "\x00\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		lines := linesBeforeBlankEnd(content)
		r := extract.NewReader(bytes.NewReader(content), nil)
		records, damaged, lastLine := 0, 0, 0
		for record, err := range r.Records() {
			if _, rejected := errors.AsType[*extract.HeaderError](err); rejected {
				require.Zero(t, records, "it comes alone")
				require.False(t, r.File().Done)
				return
			}
			require.NoError(t, err)
			records++
			require.Greater(t, record.Line, lastLine)
			lastLine = record.Line
			if damage := record.Damage; damage != nil {
				damaged++
				require.Equal(t, record.Line, damage.Line)
				require.LessOrEqual(t, len(damage.Kept), 280)
				require.Positive(t, damage.Column)
				require.NotEmpty(t, damage.Field)
				require.Contains(t, tracking.Causes(), damage.Cause)
				continue
			}
			require.True(t, record.Scan.Number.CheckDigitOK())
			var again bytes.Buffer
			require.NoError(t, extract.NewWriter(&again, nil).Write(extract.FullRecord{Scan: record.Scan}))
			for read, err := range extract.NewReader(&again, nil).Records() {
				require.NoError(t, err)
				require.Equal(t, tracking.Record{Line: 1, Scan: record.Scan}, read)
			}
		}
		if r.Header() != (extract.Header{}) {
			lines--
		}
		require.Equal(t, lines, records)
		file := r.File()
		require.True(t, file.Done)
		require.Equal(t, records, file.Records)
		require.Equal(t, damaged, file.Damaged)
		require.Equal(t, r.Header().Records, file.Announced)
		require.Equal(t, !file.Announces || file.Announced == records, file.TotalsAgree())
		require.Equal(t, int64(len(content)), r.Bytes())
	})
}

// linesBeforeBlankEnd counts lines in another way than a Reader: those up to the last that is
// more than blank, of a text without a mark of UTF-8 or an end of file.
func linesBeforeBlankEnd(content []byte) int {
	text := bytes.TrimPrefix(content, []byte("\xef\xbb\xbf"))
	text = bytes.TrimSuffix(text, []byte("\x1a"))
	lines := bytes.Split(text, []byte("\n"))
	for len(lines) > 0 {
		last := bytes.TrimSuffix(lines[len(lines)-1], []byte("\r"))
		if len(last) > 280 || len(bytes.Trim(last, " ")) > 0 {
			break
		}
		lines = lines[:len(lines)-1]
	}
	return len(lines)
}
