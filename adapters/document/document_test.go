package document_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/document"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/tracking"
)

// whole checks that a value comes back as it was given.
func whole[T any](t *testing.T, value T) {
	t.Helper()
	require.Equal(t, value, through(t, value))
}

// through is the value that is read from the document of another.
func through[T any](t *testing.T, value T) T {
	t.Helper()
	written, err := document.Reveal(value)
	require.NoError(t, err)
	read, err := document.Restore[T](written)
	require.NoError(t, err)
	return read
}

// host is what a program may keep beside a record.
type host struct {
	Request  erequest.Request
	Position uint16
	Bytes    []byte
	Digest   [4]byte
	Days     [2]cris.Date
	By       map[erequest.Issue][]int
	Next     *casestatus.StatusEntry
	From     netip.Addr
}

func TestReveal_KeepsWhatAProgramHasBesideARecord(t *testing.T) {
	whole(t, host{})
	whole(t, host{
		Request: erequesttest.NewRequest(casestatustest.Receipt(1), 1), Position: 65535, Bytes: []byte{0, 255}, Digest: [4]byte{1},
		Days: [2]cris.Date{1: cris.MustParseDate("2013-08-15")}, By: map[erequest.Issue][]int{"": nil, erequest.CardNotReceived: {-1}},
		Next: &casestatus.StatusEntry{}, From: netip.MustParseAddr("192.0.2.7"),
	})
	whole(t, []erequest.Request{erequesttest.NewRequest(casestatustest.Receipt(1), 1)})
}

func TestReveal_TellsNoneFromEmpty(t *testing.T) {
	for _, bytes := range [][]byte{nil, {}, {0}} {
		whole(t, bytes)
		whole(t, host{Bytes: bytes})
	}
	for _, data := range []map[string]string{nil, {}, {"": ""}} {
		whole(t, cris.Event{ID: "1", Data: data})
	}
	for _, history := range [][]casestatus.StatusEntry{nil, {}, {{}}} {
		whole(t, casestatus.Case{History: history})
	}
	whole(t, cris.NewPersonal(""))
	whole(t, cris.NewPersonal(" "))
	whole(t, []cris.Personal[string]{{}, cris.NewPersonal("a")})
}

func TestReveal_KeepsInstantsToTheMicrosecondInUTC(t *testing.T) {
	at := time.Date(2013, 8, 15, 10, 30, 0, 123456789, cris.AgencyZone())
	require.Equal(t, time.Date(2013, 8, 15, 14, 30, 0, 123456000, time.UTC), through(t, at))
	whole(t, time.Time{})
	whole(t, []time.Time{{}, time.UnixMicro(-1).UTC()})
	_, err := document.Reveal(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC))
	require.ErrorContains(t, err, "time.Time")
}

func TestReveal_KeepsNumbersWhoseCheckDigitIsWrong(t *testing.T) {
	wrong, err := tracking.ParseNumberLenient("9400100000000000000001")
	require.NoError(t, err)
	require.False(t, wrong.CheckDigitOK())
	whole(t, wrong)
	whole(t, []tracking.Number{{}})
}

func TestReveal_KeepsDecimalsWithTheirPlaces(t *testing.T) {
	for _, text := range []string{"14.50", "-3", "0.001"} {
		whole(t, decimal.RequireFromString(text))
	}
	require.True(t, through(t, decimal.Decimal{}).IsZero())
	require.True(t, through(t, decimal.New(3, 2)).Equal(decimal.NewFromInt(300)))
	_, err := document.Reveal(decimal.New(1, 1_000_000_000))
	require.Error(t, err)
	_, err = document.Restore[decimal.Decimal]([]byte(`{"Document":1,"Value":"1e999999999"}`))
	require.Error(t, err)
}

// A text form that an embedded field brings along says nothing of the other fields.
func TestReveal_KeepsWhatStandsBesideAnEmbeddedText(t *testing.T) {
	type entry struct {
		cris.Date
		Title string
	}
	whole(t, entry{cris.MustParseDate("2013-08-15"), "Case Was Received"})
}

type (
	list struct{ Next *list }
	sum  struct{ Value float64 }
	none struct{ hidden string }
	half struct{ Text shortened }
)

// shortened is a text that its text form does not say whole.
type shortened string

func (s shortened) MarshalText() ([]byte, error)     { return []byte(s[:min(3, len(s))]), nil }
func (s *shortened) UnmarshalText(text []byte) error { *s = shortened(text); return nil }

func refused[T any](t *testing.T, value T, words string) {
	t.Helper()
	_, err := document.Reveal(value)
	require.ErrorContains(t, err, words)
	var fault *document.Error
	require.ErrorAs(t, err, &fault)
	_, again := document.Restore[T]([]byte(`{"Document":1,"Value":null}`))
	require.Equal(t, err, again)
}

func TestReveal_RefusesTypesThatCannotBeKeptWhole(t *testing.T) {
	refused(t, list{}, "contains itself")
	refused(t, sum{}, "document: document_test.sum.Value: a float64 cannot be kept whole")
	refused(t, func() {}, "a func")
	refused[any](t, nil, "interface")
	refused(t, map[int]string{}, "keys")
	refused(t, new(*string), "cannot be told")
	refused(t, time.UTC, "unexported")
	refused(t, errors.New, "func")
	_, err := document.Reveal(half{"whole"})
	require.ErrorContains(t, err, "does not say all of it")
	whole(t, half{"who"})
	whole(t, none{"kept: this module may look into its own types"})
}

func TestPV1_ErrorsRepeatNothingOfTheContent(t *testing.T) {
	const planted = "Zyxwvut"
	spoilt := erequesttest.NewRequest(casestatustest.Receipt(1), 1, func(r *erequest.Request) {
		r.Details.Contact.Email = cris.NewPersonal(planted + "\x00")
	})
	_, err := document.Reveal(spoilt)
	require.ErrorContains(t, err, "document: erequest.Request.Details.Contact.Email: text that is not UTF-8, or has a NUL in it")
	require.NotContains(t, err.Error(), planted)
	_, err = document.Reveal(cris.Event{Data: map[string]string{planted: "\xff"}})
	require.ErrorContains(t, err, "cris.Event.Data.*")
	require.NotContains(t, err.Error(), planted)
	for _, damaged := range []string{
		planted, `"` + planted + `"`, `{"Document":1,"Type":"` + planted + `","Value":{}}`, `{"` + planted + `":1}`,
		`{"Document":1,"Type":"erequest.Request","Value":{"` + planted + `":1}}`,
		`{"Document":1,"Type":"erequest.Request","Value":{"Details":{"Mailed":"` + planted + `"}}}`,
		`{"Document":1,"Type":"erequest.Request","Value":{"Details":{"ANumber":"` + planted + `"}}}`,
		`{"Document":1,"Type":"erequest.Request","Value":{"Key":"` + planted + `"` + planted + `}}`,
		`{"Document":"` + planted + `","Type":"erequest.Request","Value":{}}`,
	} {
		read, err := document.Restore[erequest.Request]([]byte(damaged))
		require.Error(t, err, damaged)
		require.NotContains(t, fmt.Sprintf("%v %+v %#v", err, err, err), planted)
		require.Zero(t, read)
	}
}

func TestRestore_ReadsDocumentsThatADatabaseWroteAnew(t *testing.T) {
	request := erequesttest.NewRequest(casestatustest.Receipt(1), 1)
	written, err := document.Reveal(request)
	require.NoError(t, err)
	var tree any
	require.NoError(t, json.Unmarshal(written, &tree))
	pretty, err := json.MarshalIndent(tree, "", "  ") // in another order, with spaces
	require.NoError(t, err)
	read, err := document.Restore[erequest.Request](pretty)
	require.NoError(t, err)
	require.Equal(t, request, read)
}

func TestRestore_RefusesWhatRevealDidNotWrite(t *testing.T) {
	for text, words := range map[string]string{
		``:                                   "damaged",
		`null`:                               "damaged",
		`[]`:                                 "damaged",
		`{}`:                                 "damaged",
		`{"Document":1,"Type":"cris.Event"}`: "damaged",
		`{"Document":0,"Type":"cris.Event","Value":{}}`:                                      "damaged",
		`{"Document":2,"Type":"cris.Event","Value":[]}`:                                      "run that version or a later one",
		`{"Document":1,"Type":"erequest.Entry","Value":{}}`:                                  "another type",
		`{"Document":1,"Value":{}}`:                                                          "another type",
		`{"Document":1,"Type":"cris.Event","Value":{}} {}`:                                   "damaged",
		`{"Document":1,"Type":"cris.Event","Value":{},"Value":{}}`:                           "damaged",
		`{"Document":1,"Type":"cris.Event","Value":{},"More":{}}`:                            "damaged",
		`{"Document":1,"Type":"cris.Event","Value":null}`:                                    "damaged",
		`{"Document":1,"Type":"cris.Event","Value":{"ID":"a","ID":"b"}}`:                     "damaged",
		`{"Document":1,"Type":"cris.Event","Value":{"id":"a"}}`:                              "newer version",
		`{"Document":1,"Type":"cris.Event","Value":{"ID":1}}`:                                "cris.Event.ID",
		`{"Document":1,"Type":"cris.Event","Value":{"ID":null}}`:                             "cris.Event.ID",
		`{"Document":1,"Type":"cris.Event","Value":{"ID":"\ud800"}}`:                         "damaged",
		`{"Document":1,"Type":"cris.Event","Value":{"ID":"\ud800\u0041"}}`:                   "damaged",
		`{"Document":1,"Type":"cris.Event","Value":{"ID":"\udc00\ud800"}}`:                   "damaged",
		`{"Document":1,"Type":"cris.Event","Value":{"ID":"\u0000"}}`:                         "cris.Event.ID",
		"{\"Document\":1,\"Type\":\"cris.Event\",\"Value\":{\"ID\":\"\xff\"}}":               "damaged",
		`{"Document":1,"Type":"cris.Event","Value":{"Time":"2013-08-15T10:30:00-04:00"}}`:    "cris.Event.Time",
		`{"Document":1,"Type":"cris.Event","Value":{"Time":"2013-08-15T14:30:00.1234567Z"}}`: "cris.Event.Time",
		`{"Document":1,"Type":"cris.Event","Value":{"Data":{"a":"1","a":"2"}}}`:              "cris.Event.Data",
		`{"Document":1,"Type":"cris.Event","Value":{"Data":{"a":null}}}`:                     "cris.Event.Data.*",
		`{"Document":1,"Type":"cris.Event","Value":{"Data":[]}}`:                             "cris.Event.Data",
	} {
		read, err := document.Restore[cris.Event]([]byte(text))
		require.ErrorContains(t, err, words, text)
		require.Zero(t, read)
	}
	event, err := document.Restore[cris.Event]([]byte(`{"Document":1,"Type":"cris.Event","Value":{"ID":"\ud83d\udcec \\ud800","Data":null}}`))
	require.NoError(t, err)
	require.Equal(t, cris.Event{ID: "\U0001f4ec \\ud800"}, event)
}

func TestRestore_RefusesNumbersThatDoNotFit(t *testing.T) {
	for _, number := range []string{"65536", "-1", "1.0", "1e3", `"1"`, "true", "123456789012345678901234567890"} {
		_, err := document.Restore[uint16]([]byte(`{"Document":1,"Value":` + number + `}`))
		require.Error(t, err, number)
	}
	for _, number := range []string{"128", "-129", "1.5", `"1"`} {
		_, err := document.Restore[int8]([]byte(`{"Document":1,"Value":` + number + `}`))
		require.Error(t, err, number)
	}
	for _, array := range []string{"[1]", "[1,2,3]", "{}", "[1,null]", `"AQI="`} {
		_, err := document.Restore[[2]int]([]byte(`{"Document":1,"Value":` + array + `}`))
		require.Error(t, err, array)
	}
	for _, bytes := range []string{`"AQ=="`, `"AQIDBA=="`, `"A"`, "[1,2]"} {
		_, err := document.Restore[[2]byte]([]byte(`{"Document":1,"Value":` + bytes + `}`))
		require.Error(t, err, bytes)
	}
}

func FuzzRestore(f *testing.F) {
	request, err := document.Reveal(erequesttest.NewRequest(casestatustest.Receipt(1), 1))
	require.NoError(f, err)
	onFile, err := document.Reveal(casestatustest.NewCase(1))
	require.NoError(f, err)
	f.Add(request)
	f.Add(onFile)
	f.Fuzz(func(t *testing.T, text []byte) {
		holds(t, text, document.Restore[erequest.Request])
		holds(t, text, document.Restore[casestatus.Case])
		holds(t, text, document.Restore[casestatus.ProcessingTime])
		holds(t, text, document.Restore[host])
	})
}

// holds checks that the text gives a record that can be written, and read as the same, or nothing.
func holds[T any](t *testing.T, text []byte, restore func([]byte) (T, error)) {
	t.Helper()
	read, err := restore(text)
	if err != nil {
		require.Zero(t, read)
		return
	}
	written, err := document.Reveal(read)
	require.NoError(t, err)
	again, err := restore(written)
	require.NoError(t, err)
	require.Equal(t, read, again)
}
