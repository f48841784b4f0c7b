package integration_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/jf-tech/omniparser"
	"github.com/jf-tech/omniparser/transformctx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/extract"
)

// omniparserFields are the positions, among the fields of a record, of those that a scan
// is made of.
var omniparserFields = map[string]int{"number": 0, "zip": 6, "code": 7, "name": 8, "date": 9, "time": 10, "country": 13}

// omniparserSchema declares the record as comma-separated values.
func omniparserSchema() string {
	fields := extract.Layout280().Fields()
	columns := make([]string, len(fields))
	for i := range fields {
		columns[i] = fmt.Sprintf(`{"name": "c%d"}`, i)
	}
	var object []string
	for name, i := range omniparserFields {
		object = append(object, fmt.Sprintf(`%q: {"xpath": "c%d", "keep_empty_or_null": true}`, name, i))
	}
	return `{
		"parser_settings": {"version": "omni.2.1", "file_format_type": "csv2"},
		"file_declaration": {"delimiter": ",", "records": [{"is_target": true, "columns": [` + strings.Join(columns, ", ") + `]}]},
		"transform_declarations": {"FINAL_OUTPUT": {"object": {` + strings.Join(object, ", ") + `}}}
	}`
}

// readWithOmniparser hands on every record as the JSON that omniparser makes of it. It is
// spared all checks: they would only make it slower.
func readWithOmniparser(content []byte, keep func(record []byte) error) error {
	schema, err := omniparser.NewSchema("extract", strings.NewReader(omniparserSchema()))
	if err != nil {
		return err
	}
	transform, err := schema.NewTransform("extract", bytes.NewReader(content), &transformctx.Ctx{})
	if err != nil {
		return err
	}
	for {
		record, err := transform.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := keep(record); err != nil {
			return err
		}
	}
}

func TestBenchExtract_OmniparserReadsTheSame(t *testing.T) {
	var theirs []tracking.Scan
	require.NoError(t, readWithOmniparser(benchFile().Content, func(record []byte) error {
		var values map[string]string
		if err := json.Unmarshal(record, &values); err != nil {
			return err
		}
		fields := make([]string, len(extract.Layout280().Fields()))
		for name, i := range omniparserFields {
			fields[i] = values[name]
		}
		scan, err := scanOfFields(fields)
		theirs = append(theirs, scan)
		return err
	}))
	require.Equal(t, benchFile().Scans, theirs)
}

func BenchmarkExtract_Omniparser(b *testing.B) {
	file := benchFile()
	b.SetBytes(int64(len(file.Content)))
	for b.Loop() {
		records := 0
		if err := readWithOmniparser(file.Content, func([]byte) error { records++; return nil }); err != nil {
			b.Fatal(err)
		}
		if records != file.Records {
			b.Fatalf("read %d of %d records", records, file.Records)
		}
	}
}
