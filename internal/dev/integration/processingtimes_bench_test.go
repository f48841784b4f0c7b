package integration_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/processingtimes"
)

// plainTimes is a body as one would write it down for encoding/json, with the fields
// that a ProcessingTime keeps.
type plainTimes struct {
	Data struct {
		ProcessingTime struct {
			FormName   string  `json:"form_name"`
			OfficeCode string  `json:"office_code"`
			FormNoteEN *string `json:"form_note_en"`
			FormNoteES *string `json:"form_note_es"`
			Subtypes   []struct {
				FormType           string  `json:"form_type"`
				PublicationDate    string  `json:"publication_date"`
				ServiceRequestDate string  `json:"service_request_date"`
				NoteEN             *string `json:"subtype_note_en"`
				NoteES             *string `json:"subtype_note_es"`
				Range              []struct {
					Unit  string `json:"unit"`
					Value any    `json:"value"` // a number, or an empty string
				} `json:"range"`
			} `json:"subtypes"`
		} `json:"processing_time"`
	} `json:"data"`
}

// publishedSite is a site of 660 rows in 440 bodies of some 1,300 bytes, as that of 2022
// was, in the form in which it is published: most of a body is text that nobody keeps.
var publishedSite = sync.OnceValue(func() []byte {
	var site bytes.Buffer
	for body := range 440 {
		fmt.Fprintf(&site, `{"data":{"processing_time":{"form_info_en":"Application for Something That Takes a While and Has a Long Name",`+
			`"form_info_es":"Solicitud de algo que tarda un tiempo y tiene un nombre largo, con acentos: año, días","form_name":"I-%d","form_note_en":null,`+
			`"form_note_es":null,"office_code":"A%02d","range":null,"subtypes":[`, body%20, body/20)
		for row := range 1 + body%2 {
			if row > 0 {
				site.WriteByte(',')
			}
			fmt.Fprintf(&site, `{"form_type":"type-%d","publication_date":"January 28, 2022","range":[{"unit":"Months","unit_en":"Months",`+
				`"unit_es":"Meses","value":%d.5},{"unit":"Months","unit_en":"Months","unit_es":"Meses","value":%d}],`+
				`"service_request_date":"November 27, 2019","service_request_date_en":"November 27, 2019",`+
				`"service_request_date_es":"27 de noviembre de 2019","subtype_info_en":"Some kind of people for some kind of thing, as it says",`+
				`"subtype_info_es":"Algún tipo de personas para algún tipo de cosa, como dice","subtype_note_en":null,"subtype_note_es":null}`,
				row, 27+row, 24+row)
		}
		fmt.Fprintf(&site, `]}},"message":"Query was successful for payload {'form_name': 'I-%d', 'office_code': 'A%02d'}"}`+"\n", body%20, body/20)
	}
	return site.Bytes()
})

func readSitePlainly(site []byte) (rows int, err error) {
	decoder := json.NewDecoder(bytes.NewReader(site))
	for {
		var body plainTimes
		if err := decoder.Decode(&body); errors.Is(err, io.EOF) {
			return rows, nil
		} else if err != nil {
			return rows, err
		}
		rows += len(body.Data.ProcessingTime.Subtypes)
	}
}

func readSite(site []byte) (rows int, err error) {
	for _, err := range processingtimes.Read(bytes.NewReader(site), cris.MustParseDate("2022-02-19")) {
		if err != nil {
			return rows, err
		}
		rows++
	}
	return rows, nil
}

func TestBenchProcessingTimes_BothReadEveryRow(t *testing.T) {
	ours, err := readSite(publishedSite())
	require.NoError(t, err)
	plain, err := readSitePlainly(publishedSite())
	require.NoError(t, err)
	require.Equal(t, plain, ours)
	require.Equal(t, 660, ours)
}

func benchmarkSite(b *testing.B, read func([]byte) (int, error)) {
	b.Helper()
	site := publishedSite()
	b.SetBytes(int64(len(site)))
	b.ReportAllocs()
	for b.Loop() {
		if rows, err := read(site); err != nil || rows != 660 {
			b.Fatal(rows, err)
		}
	}
}

func BenchmarkProcessingTimes_Ours(b *testing.B) { benchmarkSite(b, readSite) }

func BenchmarkProcessingTimes_EncodingJSON(b *testing.B) { benchmarkSite(b, readSitePlainly) }
