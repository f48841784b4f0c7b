package integration_test

import (
	"crypto/aes"
	"crypto/cipher"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/internal/seal"
)

// The personal columns of an e-Request become a text of its table and are read back; and the same
// bytes are encrypted and decrypted by AES-256-GCM alone, under the key of the record. A submission
// that is accepted, sealed and in clear, on each database.
func BenchmarkSealedColumns_Ours(b *testing.B) {
	row := newSealedRow(b)
	for b.Loop() {
		row.sealAndOpen(b)
	}
}

func BenchmarkSealedColumns_Bare(b *testing.B) {
	row := newSealedRow(b)
	row.write()
	plain, binding, dataKey := row.plain, row.binding, seal.NewDataKey()
	for b.Loop() {
		block, err := aes.NewCipher(dataKey)
		if err != nil {
			b.Fatal(err)
		}
		box, err := cipher.NewGCMWithRandomNonce(block)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := box.Open(nil, nil, box.Seal(nil, nil, plain, binding), binding); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkERequestSealed_SQLite(b *testing.B)     { newSealedBench(b, "sqlite").accepted(b) }
func BenchmarkERequestSealed_PostgreSQL(b *testing.B) { newSealedBench(b, "pgx").accepted(b) }

func newSealedBench(b *testing.B, driver string) *eRequestBench {
	b.Helper()
	return newERequestBenchIn(b, driver, sqlstore.SealedBy(newKeys(b)))
}

// sealedRow is a row with the personal columns of an e-Request, of which most are filled.
type sealedRow struct {
	key     *seal.Key
	columns seal.Columns
	values  []string
	read    []string
	plain   []byte // used again, as a store does
	binding []byte
}

func newSealedRow(b *testing.B) *sealedRow {
	b.Helper()
	names := []string{
		"mailing_zip", "family_name", "given_name", "middle_name", "maiden_name", "date_of_birth", "country_of_birth", "country_of_citizenship",
		"a_number", "email", "phone", "street", "unit", "city", "state", "zip", "representative_family_name", "representative_given_name",
		"representative_firm", "representative_email", "representative_phone", "representative_street", "representative_city", "representative_state",
		"representative_zip", "name_printed", "name_correct", "address_printed", "address_correct",
	}
	row := &sealedRow{values: []string{
		"07405-1234", "Lindström", "Ana María", "Q", "O'Neill", "1984-02-29", "SE", "SE",
		"A012345678", "ana@example.org", "+1 202 555 0143", "17 Elm Street", "Apt 3", "Kinnelon", "NJ", "07405-1234", "Okafor", "Chidi",
		"Okafor & Partners", "chidi@okafor.example", "+1 202 555 0199", "400 Main Street", "Springfield", "NJ",
		"07081", "Lindstrom", "Lindström", "17 Elm", "17 Elm Street",
	}}
	row.read = make([]string, len(names))
	var err error
	row.columns, err = seal.NewColumns(names...)
	require.NoError(b, err)
	row.key, err = seal.NewKey(seal.NewDataKey())
	require.NoError(b, err)
	row.sealAndOpen(b)
	require.Equal(b, row.values, row.read)
	return row
}

// write writes the columns, and what the text of a request is bound to.
func (r *sealedRow) write() {
	r.plain = r.plain[:0]
	for i, value := range r.values {
		r.plain = r.columns.Append(r.plain, i, value)
	}
	r.plain = r.columns.Finish(r.plain)
	r.bind()
}

func (r *sealedRow) bind() {
	const id = "0190b0a2-9f0c-7b3e-8d34-5a1c7e1f9a00"
	r.binding = seal.Bind(r.binding[:0], "cris_e_requests", "sealed", "cris_e_requests", id, id)
}

func (r *sealedRow) sealAndOpen(b *testing.B) {
	b.Helper()
	r.write()
	text := r.key.Seal(r.plain, r.binding)
	r.bind()
	plain, err := r.key.Open(text, r.binding)
	if err == nil {
		err = r.columns.Each(plain, func(i int, value string) error { r.read[i] = value; return nil })
	}
	if err != nil {
		b.Fatal(err)
	}
}
