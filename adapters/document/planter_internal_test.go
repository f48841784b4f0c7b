package document

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/internal/opaque"
	"github.com/seed28e20331/cris/tracking"
)

// planter fills values of any type at random, personal values and unexported fields included.
type planter struct {
	*rand.Rand
}

func newPlanter(seed uint64) planter { return planter{rand.New(rand.NewPCG(seed, 1))} }

// plant sets the value. Every so often it leaves a part of it zero.
func (p planter) plant(t *testing.T, value reflect.Value) {
	t.Helper()
	if p.IntN(8) == 0 {
		return
	}
	if leaf := p.leaf(value.Type()); leaf != nil {
		value.Set(reflect.ValueOf(leaf))
		return
	}
	if kept, is := opaque.KeptType(value.Type()); is {
		of := reflect.New(kept).Elem()
		p.plant(t, of)
		if !of.IsZero() {
			value.Set(opaque.Keep(of, value.Type()))
		}
		return
	}
	require.False(t, hasTextForm(value.Type()), "no leaf for %s", value.Type())
	switch value.Kind() {
	case reflect.String:
		value.SetString(p.text())
	case reflect.Bool:
		value.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		value.SetInt(int64(p.Uint64()) >> p.IntN(64))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		value.SetUint(p.Uint64() >> p.IntN(64) & (1<<min(63, value.Type().Bits()) - 1))
	case reflect.Struct:
		for i := range value.NumField() {
			p.plant(t, opaque.Field(value, i))
		}
	case reflect.Pointer:
		value.Set(reflect.New(value.Type().Elem()))
		p.plant(t, value.Elem())
	case reflect.Slice:
		value.Set(reflect.MakeSlice(value.Type(), p.IntN(4), 4))
		p.plantAll(t, value)
	case reflect.Array:
		p.plantAll(t, value)
	case reflect.Map:
		value.Set(reflect.MakeMap(value.Type()))
		for range p.IntN(4) {
			key, element := reflect.New(value.Type().Key()).Elem(), reflect.New(value.Type().Elem()).Elem()
			key.SetString(p.text())
			p.plant(t, element)
			value.SetMapIndex(key, element)
		}
	default:
		require.Fail(t, "cannot plant", value.Type())
	}
}

func (p planter) plantAll(t *testing.T, value reflect.Value) {
	t.Helper()
	for i := range value.Len() {
		p.plant(t, value.Index(i))
	}
}

// texts are what encoders stumble over.
var texts = []string{
	"Lindström", " ", "\t\r\n", `"quoted" \ back`, "</script>&amp;", "\u2028\u2029", "\U0001f4ec", "e\u0301", "\u0001\u001f\u007f", "\ufffd", "null", "0", "Zyxwvut", `\u0041`,
}

func (p planter) text() string {
	var text strings.Builder
	for range 1 + p.IntN(3) {
		text.WriteString(texts[p.IntN(len(texts))])
	}
	return text.String()
}

func (p planter) date() cris.Date { return cris.MustParseDate("1931-03-09").AddDays(p.IntN(40000)) }

func (p planter) number() tracking.Number {
	for {
		// A wrong check digit is kept, too.
		n, err := tracking.ParseNumberLenient(fmt.Sprintf("9400%018d", p.Uint64()%1e18))
		if err == nil {
			return n
		}
	}
}

// leaf returns a value of a type that has a form of its own, nil for any other type.
func (p planter) leaf(of reflect.Type) any {
	switch of {
	case reflect.TypeFor[time.Time]():
		return time.UnixMicro(p.Int64N(4e15) - 1e15).UTC()
	case reflect.TypeFor[decimal.Decimal]():
		return decimal.New(1+p.Int64N(1e9), -p.Int32N(5))
	case reflect.TypeFor[cris.Date]():
		return p.date()
	case reflect.TypeFor[cris.ZIP]():
		return cris.MustParseZIP(fmt.Sprintf("%05d-%04d", 501+p.IntN(90000), p.IntN(10000)))
	case reflect.TypeFor[tracking.Number]():
		return p.number()
	case reflect.TypeFor[tracking.LocalTime]():
		return tracking.MustParseLocalTime(fmt.Sprintf("%vT%02d:%02d", p.date(), p.IntN(24), p.IntN(60)))
	case reflect.TypeFor[tracking.FileID]():
		return tracking.FileID{byte(p.IntN(256)), 31: byte(p.IntN(256))}
	case reflect.TypeFor[casestatus.ReceiptNumber]():
		return casestatus.MustParseReceiptNumber(fmt.Sprintf("IOE%010d", p.Uint64()%1e10))
	}
	if confirmation := erequesttest.ConfirmationNumber(p.IntN(1000)); of == reflect.TypeFor[erequest.ConfirmationNumber]() {
		return confirmation
	}
	return nil
}

// planted is a value of the type, filled at random.
func planted(t *testing.T, of reflect.Type, seed uint64) reflect.Value {
	t.Helper()
	value := reflect.New(of).Elem()
	newPlanter(seed).plant(t, value)
	return value
}

func TestRestore_GivesBackEveryRecordWhole(t *testing.T) {
	for _, of := range records() {
		t.Run(of.String(), func(t *testing.T) {
			for seed := range uint64(200) {
				want := planted(t, of, seed)
				written, fault := reveal(of, want)
				require.Nil(t, fault, "%v", fault)
				got := reflect.New(of).Elem()
				fault = restore(of, written, got)
				require.Nil(t, fault, "%v", fault)
				require.Equal(t, want.Interface(), got.Interface(), "seed %d", seed)
				again, fault := reveal(of, got)
				require.Nil(t, fault)
				require.Equal(t, string(written), string(again))
			}
		})
	}
}

// What is damaged at any place gives an error or another record, and never a part of one.
func TestRestore_GivesNothingOfADamagedDocument(t *testing.T) {
	for _, of := range records() {
		for seed := range uint64(5) {
			written, fault := reveal(of, planted(t, of, seed))
			require.Nil(t, fault)
			for at := range written {
				require.NotNil(t, restore(of, written[:at], reflect.New(of).Elem()), "%s cut off at %d", of, at)
			}
		}
	}
}
