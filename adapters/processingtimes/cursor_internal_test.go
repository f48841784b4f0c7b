package processingtimes

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// A body that readPlain takes says what encoding/json reads in it.
func FuzzReadPlain(f *testing.F) {
	for _, text := range []string{
		`{}`, `{"data":null,"body":null,"form":null}`,
		`{"data":{"processing_time":{"form_name":"I-102","office_code":"CSC","form_note_en":null,"range":null,"subtypes":[` +
			`{"form_type":"142","publication_date":"January 28, 2022","range":[{"unit":"Months","unit_en":"a\"}","value":14.5},` +
			`{"unit":"Week","value":""}],"service_request_date":"November 03, 2020","subtype_note_es":"a\u0000b \ud800 ñ"}]}},"message":"ok"}`,
		`{"form":"I-102", "office" : "CSC","body":{"data":{"processing_time":{"subtypes":[null,{}, {"range":[]}]}}}}`,
		`{"data":{"processing_time":{"subtypes":[{"range":null,"form_type":"a","form_type":null,"x":[1,{"y":[true,"]"]}, -0.1e5]}]},"data":{}}}`,
		`{"data":{"processing_time":{"subtypes":[{"range":[{"value":1,"value":null}],"range":[{}]}],"subtypes":[{}]}}}`,
		`{"Form":"x"}`, `{"data":{"processing_time":{"form_note_en":"` + "\xff" + `"}}}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var got, want envelope[row]
		if len(text) == 0 || text[0] != '{' || !json.Valid(text) || !readPlain(text, &got) {
			return
		}
		require.NoError(t, decode(text, &want))
		for _, of := range []*envelope[row]{&got, &want} { // no rows and no bounds are nil or empty
			for _, data := range []*data[row]{&of.Data, &of.Body.Data} {
				if len(data.ProcessingTime.Subtypes) == 0 {
					data.ProcessingTime.Subtypes = nil
				}
				for i := range data.ProcessingTime.Subtypes {
					if subtype := &data.ProcessingTime.Subtypes[i]; len(subtype.Range) == 0 {
						subtype.Range = nil
					}
				}
			}
		}
		require.Equal(t, want, got)
	})
}

func TestReadPlain_TakesWhatIsPublishedAndNothingOdd(t *testing.T) {
	for text, plain := range map[string]bool{
		`{"data":{"processing_time":{"form_name":"I-102","subtypes":[{"form_type":"1","range":[{"value":3,"unit":"Days"}]}]}}}`: true,
		`{"data":{"processing_time":{"form_name":7}}}`:                           false,
		`{"data":{"processing_time":{"Form_Name":"I-102"}}}`:                     false,
		`{"data":{"processing_time":{"subtypes":[{"range":[{"value":true}]}]}}}`: false,
		`{"data":{"processing_time":{"subtypes":[{}],"subtypes":[{}]}}}`:         false,
		`{"data":{"processing_time":{"subtypes":[{"range":"3 months"}]}}}`:       false,
		`{"data":[]}`:                  false,
		`{"message":{"form":[1,"}"]}}`: true,
	} {
		require.True(t, json.Valid([]byte(text)), text)
		require.Equal(t, plain, readPlain([]byte(text), new(envelope[row])), text)
	}
}
