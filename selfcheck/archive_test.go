package selfcheck_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// SC-16: the notice names by what a query is found.
func TestSC16_QueryIsFoundByEveryKeyOfTheNotice(t *testing.T) {
	record := selfcheck.Record{Pass: selfchecktest.NewPassedProofing(id), Query: selfchecktest.NewQueryRecord(id)}
	keys := record.Keys()
	for kind, revealed := range map[selfcheck.KeyKind]string{
		selfcheck.KeyANumber:        cris.MustParseANumber("A087654321").Reveal(),
		selfcheck.KeyI94Number:      "123456789A1",
		selfcheck.KeyReceiptNumber:  "IOE*123456789",
		selfcheck.KeyPassportNumber: "XQ1234567890",
		selfcheck.KeySSN:            "912-73-6458",
	} {
		require.Contains(t, keys, selfcheck.KeyOf(kind, revealed))
	}
	for _, key := range selfcheck.KeysOfName(record.Pass.Name) {
		require.Contains(t, keys, key)
	}
	kinds := map[selfcheck.KeyKind]bool{}
	for _, key := range keys {
		kinds[key.Kind] = true
		require.NotEmpty(t, key.Value.Reveal())
	}
	require.Len(t, kinds, len(selfcheck.KeyKinds()))

	require.Empty(t, selfcheck.Record{Pass: record.Pass}.Keys(), "without a query there is nothing to find")
	require.Empty(t, selfcheck.Record{Failure: selfchecktest.NewFailure(id)}.Keys())
	spare := selfcheck.Record{Pass: record.Pass, Query: selfcheck.QueryRecord{Submitted: selfchecktest.Start()}}
	require.Len(t, spare.Keys(), len(selfcheck.KeysOfName(record.Pass.Name)), "a field that is empty is no key")
}
