package planted_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/internal/dev/planted"
)

func utf16Of(text string, order func(uint16) []byte) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		b = append(b, order(unit)...)
	}
	return b
}

// PV-1: whatever form a value has, it is found, wherever it stands.
func TestSearch_FindsEveryForm(t *testing.T) {
	const text = "Zyxnuñez-O'Hara"
	other := []string{"Zyxnuñez-O'Haru", "Zyxnunez-O'Hara", "987-65-4321", "987654321"}
	search := planted.NewSearch(append([]string{text}, other...)...)
	quoted, err := json.Marshal(text)
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(1, 2))
	forms := map[string][]byte{
		"plain":        []byte(text),
		"capitals":     []byte(strings.ToUpper(text)),
		"small":        []byte(strings.ToLower(text)),
		"hex":          []byte(hex.EncodeToString([]byte(text))),
		"hex capitals": fmt.Appendf(nil, "%X", text),
		"JSON":         quoted,
		"JSON ASCII":   []byte(`Zyxnu\u00f1ez-O'Hara`),
		"JSON HTML":    []byte(`Zyxnu\u00f1ez-O\u0027Hara`),
		"UTF-16LE":     utf16Of(text, func(u uint16) []byte { return []byte{byte(u), byte(u >> 8)} }),
		"UTF-16BE":     utf16Of(text, func(u uint16) []byte { return []byte{byte(u >> 8), byte(u)} }),
	}
	for before := range 4 {
		inside := append(bytes.Repeat([]byte{0xfb}, before), text+"~~"...)
		forms[fmt.Sprint("base64 ", before)] = []byte(base64.StdEncoding.EncodeToString(inside))
		forms[fmt.Sprint("base64 URL ", before)] = []byte(base64.URLEncoding.EncodeToString(inside))
	}
	for name, encoded := range forms {
		for _, before := range []int{0, 1, 255, 256, 1<<20 - 5, 1<<20 + 3000, 3 << 20} {
			content := make([]byte, before, before+len(encoded)+100)
			for i := range content {
				content[i] = byte(random.IntN(256))
			}
			content = append(content, encoded...)
			for _, after := range []int{0, 100} {
				places, err := search.In("here", iotest.HalfReader(bytes.NewReader(append(content, make([]byte, after)...))))
				require.NoError(t, err)
				require.NotEmpty(t, places, "%s after %d bytes", name, before)
				for _, place := range places {
					require.Equal(t, text, place.Text)
					require.Equal(t, "here", place.Path)
				}
			}
		}
	}
}

func TestSearch_FindsDigitsButInAHash(t *testing.T) {
	search := planted.NewSearch("987654321")
	for content, isFound := range map[string]bool{
		"987654321":                           true,
		"a987654321":                          true,
		"\x00987654321\x07":                   true,
		strings.Repeat("a", 64) + "987654321": true,
		strings.Repeat("a", 10) + "987654321" + strings.Repeat("b", 13): false,
		strings.Repeat("a", 55) + "987654321":                           false,
		"987654322":                                                     false,
		"98765432 1":                                                    false,
	} {
		places, err := search.In("", strings.NewReader(content))
		require.NoError(t, err)
		require.Equal(t, isFound, len(places) > 0, content)
	}
	date := planted.NewSearch("19591231")
	for content, isFound := range map[string]bool{"a19591231b": true, "119591231": false, "195912310": false} {
		places, err := date.In("", strings.NewReader(content))
		require.NoError(t, err)
		require.Equal(t, isFound, len(places) > 0, content)
	}
	require.Panics(t, func() { planted.NewSearch("short") })
}

func TestSearch_ReadsFolders(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "a", "b"), 0o700))
	deep := filepath.Join(folder, "a", "b", "file")
	require.NoError(t, os.WriteFile(deep, []byte("....Zyxfamily"), 0o600))
	places, read, err := planted.NewSearch("Zyxfamily").InFolder(folder)
	require.NoError(t, err)
	require.Equal(t, []planted.Place{{Text: "Zyxfamily", Form: "plain", Path: deep, At: 4}}, places)
	require.EqualValues(t, 13, read)
	_, _, err = planted.NewSearch("Zyxfamily").InFolder(filepath.Join(folder, "none"))
	require.ErrorIs(t, err, os.ErrNotExist)
}
