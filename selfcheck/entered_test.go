package selfcheck_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/selfcheck"
)

// What the page is told of a text is what the parser says of it.
func TestSC9_TextIsCheckedAsItIsRead(t *testing.T) {
	parsers := map[selfcheck.Field]func(string) error{
		selfcheck.FieldSSN:            func(s string) error { _, err := selfcheck.ParseSSN(s); return err },
		selfcheck.FieldANumber:        func(s string) error { _, err := cris.ParseANumber(s); return err },
		selfcheck.FieldPassportNumber: func(s string) error { _, err := selfcheck.ParseForeignPassportNumber(s); return err },
		selfcheck.FieldCountry:        func(s string) error { _, err := selfcheck.ParseCountryCode(s); return err },
		selfcheck.FieldI94Number:      func(s string) error { _, err := selfcheck.ParseI94Number(s); return err },
		selfcheck.FieldVisaNumber:     func(s string) error { _, err := selfcheck.ParseVisaNumber(s); return err },
		selfcheck.FieldSEVISNumber:    func(s string) error { _, err := selfcheck.ParseSEVISNumber(s); return err },
		selfcheck.FieldCardNumber:     func(s string) error { _, err := casestatus.ParseReceiptNumber(s); return err },
		selfcheck.FieldDocumentNumber: func(s string) error { _, err := selfcheck.ParseDocumentNumber(s); return err },
		selfcheck.FieldState:          func(s string) error { _, err := selfcheck.ParseStateCode(s); return err },
		selfcheck.FieldExpirationDate: func(string) error { return nil },
	}
	us := func(s string) error { _, err := selfcheck.ParseUSPassportNumber(s); return err }
	for _, text := range slices.Concat(documentNumberSeeds, []string{
		"536-90-4399", "912-73-6458", "A087654321", "A000000000", "087-654-321", "SWE", "oh", "IOE*123456789", "IOE0000000000",
	}) {
		for _, field := range selfcheck.Fields() {
			require.Equal(t, parsers[field](text), selfcheck.CheckEntered(field, selfcheck.ForeignPassportWithI94, text), "%s %q", field, text)
		}
		for _, document := range []selfcheck.Document{selfcheck.USPassport, selfcheck.USPassportReceipt} {
			require.Equal(t, us(text), selfcheck.CheckEntered(selfcheck.FieldPassportNumber, document, text))
		}
	}
}

func TestSC9_CheckingANumberAllocatesNothing(t *testing.T) {
	for field, right := range map[selfcheck.Field]string{
		selfcheck.FieldSSN: "536-90-4399", selfcheck.FieldANumber: "A087654321", selfcheck.FieldPassportNumber: "P 1234567",
		selfcheck.FieldI94Number: "123456789a1", selfcheck.FieldVisaNumber: "K1234567", selfcheck.FieldSEVISNumber: "N0012345678",
		selfcheck.FieldCardNumber: "IOE*123456789", selfcheck.FieldDocumentNumber: "DL-99*1",
	} {
		var err error
		require.Zero(t, testing.AllocsPerRun(100, func() { err = selfcheck.CheckEntered(field, "", right) }), field)
		require.NoError(t, err)
	}
}
