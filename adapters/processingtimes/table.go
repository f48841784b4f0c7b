package processingtimes

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
)

// ReadTable yields the rows of a table of processing times, which were served on the day
// readOn, the zero Date if that is not known: comma-separated values with a line of column
// names, as people collected them in 2024. It holds one row in memory at a time. The
// sequence can be ranged over once.
//
// The bound called upper is the one that was published first, and so the threshold; it
// is not always the larger. NA stands for what was withheld. The column form_subtype has
// the keys by which the agency's site is asked; forms turns them into the types under
// which it publishes, and what it does not know stays as it is.
//
// Each row comes either as a value or as an *Exception, as Read has it; so does a row
// with another number of columns. Any other error is the last: a column that is missing,
// a quotation that does not end, a row larger than MaxBody, more rows than MaxRows.
func ReadTable(r io.Reader, readOn cris.Date, forms casestatus.FormTable) iter.Seq2[casestatus.ProcessingTime, error] {
	return func(yield func(casestatus.ProcessingTime, error) bool) {
		in := &input{reader: withoutMark(r), allowance: MaxBody}
		records := csv.NewReader(in)
		records.ReuseRecord = true
		columns, err := readColumns(records)
		if err != nil {
			yield(casestatus.ProcessingTime{}, tableFault(in, err))
			return
		}
		earlier := seen{}
		for rows := 0; ; rows++ {
			in.renew(in.begin + int64(len(in.text)))
			record, err := records.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err == nil && rows == MaxRows {
				err = errTooManyRows
			}
			var posted casestatus.ProcessingTime
			var wrong []fault
			switch {
			case errors.Is(err, csv.ErrFieldCount):
				wrong = setAside("row", fmt.Sprintf("has %d columns and not %d", len(record), columns.count))
			case err != nil:
				yield(casestatus.ProcessingTime{}, tableFault(in, err))
				return
			default:
				posted, wrong = columns.row(record, readOn, forms)
			}
			line, _ := records.FieldPos(0)
			if !earlier.account(posted, wrong, line, yield) {
				return
			}
		}
	}
}

// tableFault says where reading failed.
func tableFault(in *input, err error) error {
	if syntax, ok := errors.AsType[*csv.ParseError](err); ok {
		return fmt.Errorf("processingtimes: line %d, byte %d of it: %w", syntax.Line, syntax.Column, syntax.Err)
	}
	return in.fault(in.begin+int64(len(in.text)), err)
}

// columns are the places of the columns by name.
type columns struct {
	count int
	at    map[string]int
}

var wantedColumns = []string{
	"form_name", "form_subtype", "office_code", "publication_date",
	"range_upper", "range_upper_unit", "range_lower", "range_lower_unit", "service_request_date",
}

func readColumns(records *csv.Reader) (columns, error) {
	names, err := records.Read()
	if errors.Is(err, io.EOF) {
		err = errors.New("there is no line of column names")
	}
	if err != nil {
		return columns{}, err
	}
	found := columns{len(names), map[string]int{}}
	for i, name := range names {
		found.at[name] = i
	}
	for _, name := range wantedColumns {
		if _, ok := found.at[name]; !ok {
			return columns{}, fmt.Errorf("there is no column %s", name)
		}
	}
	return found, nil
}

// row reads one record as if it had been published as JSON, and names the columns where
// something is wrong.
func (c columns) row(record []string, readOn cris.Date, forms casestatus.FormTable) (casestatus.ProcessingTime, []fault) {
	text := func(column string) string {
		i, ok := c.at[column]
		if !ok || record[i] == "NA" {
			return ""
		}
		// A value of its own: what is kept of a row does not keep the rest of it in memory.
		return strings.Clone(record[i])
	}
	form, subtype := casestatus.FormNumber(text("form_name")), casestatus.FormType(text("form_subtype"))
	posted, wrong := complete(casestatus.ProcessingTime{
		Form:     form,
		Office:   casestatus.OfficeCode(text("office_code")),
		ReadOn:   readOn,
		FormNote: casestatus.Notes{English: text("form_note_en"), Spanish: text("form_note_es")},
	}, row{
		FormType:           string(forms.Published(form, subtype)),
		PublicationDate:    text("publication_date"),
		ServiceRequestDate: text("service_request_date"),
		Range: []bound{
			{figure(text("range_upper")), text("range_upper_unit")},
			{figure(text("range_lower")), text("range_lower_unit")},
		},
		NoteEN: text("subtype_note_en"),
		NoteES: text("subtype_note_es"),
	})
	for i := range wrong {
		wrong[i].field = columnOf(wrong[i].field)
	}
	return posted, wrong
}

// figure is a number as the published JSON would have it.
func figure(text string) any {
	if text == "" {
		return nil
	}
	return json.Number(text)
}

// columnOf names the column that holds what the published JSON calls field.
func columnOf(field string) string {
	json := []string{"form_type", "range[0].value", "range[0].unit", "range[1].value", "range[1].unit"}
	table := []string{"form_subtype", "range_upper", "range_upper_unit", "range_lower", "range_lower_unit"}
	if i := slices.Index(json, field); i >= 0 {
		return table[i]
	}
	return field
}
