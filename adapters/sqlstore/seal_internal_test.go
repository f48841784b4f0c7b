package sqlstore

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/internal/seal"
)

// A whole row, with all that it takes to find its columns.
func BenchmarkSealRow(b *testing.B) {
	key, err := seal.NewKey(seal.NewDataKey())
	require.NoError(b, err)
	row := rowOfERequest(erequesttest.NewRequest(casestatustest.Receipt(1), 1), 1)
	back := newTarget[eRequestRow]()
	part := back.parts[0]
	for b.Loop() {
		text, err := eRequestTable.sealed.seal(key, reflect.ValueOf(row))
		if err != nil {
			b.Fatal(err)
		}
		back.row = eRequestRow{Entry: row.Entry, Details: detailsColumns{Mailed: row.Details.Mailed, Document: row.Details.Document}}
		binding, err := part.table.binding(nil, part.row)
		if err != nil {
			b.Fatal(err)
		}
		plain, err := key.Open(text, binding)
		if err != nil {
			b.Fatal(err)
		}
		if err := part.table.columns.Each(plain, func(i int, value string) error { return part.set[i](value) }); err != nil {
			b.Fatal(err)
		}
	}
	require.Equal(b, row.Details.Name, back.row.Details.Name)
	require.Equal(b, row.MailingZIP, back.row.MailingZIP)
}
