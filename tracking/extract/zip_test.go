package extract_test

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/tracking/extract"
)

// zipOf packs a text into each entry of these names, and none into folders.
func zipOf(t *testing.T, text string, names ...string) io.ReadSeeker {
	t.Helper()
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for _, name := range names {
		header := &zip.FileHeader{Name: strings.TrimPrefix(name, "dir:"), Method: zip.Deflate}
		if name != header.Name {
			header.SetMode(fs.ModeDir | 0o755)
		}
		entry, err := w.CreateHeader(header)
		require.NoError(t, err)
		if !strings.HasSuffix(name, "/") && !strings.HasSuffix(name, `\`) && name == header.Name {
			_, err = io.WriteString(entry, text)
			require.NoError(t, err)
		}
	}
	require.NoError(t, w.Close())
	return bytes.NewReader(packed.Bytes())
}

// TR-1: whoever packs the file of a day may pack its folder with it, and a desktop adds files
// of its own.
func TestTR1_ZipFileOfAFolderIsRead(t *testing.T) {
	text := file(t, extract.FullRecord{Scan: delivered})
	plain, err := extract.Identify(strings.NewReader(text))
	require.NoError(t, err)
	for name, names := range map[string][]string{
		"the file alone":         {"20130815.txt"},
		"in a folder":            {"20130815/", "20130815/EXTRACT_01.txt"},
		"in folders":             {"usps/", "usps/20130815/", "usps/20130815/EXTRACT_01.txt"},
		"a folder not listed":    {"20130815/EXTRACT_01.txt"},
		"an empty folder beside": {"EXTRACT_01.txt", "empty/"},
		"a folder by its mode":   {"dir:20130815", "20130815/EXTRACT_01.txt"},
		"from a Mac":             {"20130815/", "20130815/EXTRACT_01.txt", "__MACOSX/", "__MACOSX/20130815/", "__MACOSX/20130815/._EXTRACT_01.txt"},
		"a Finder's notes":       {"20130815/", "20130815/.DS_Store", "20130815/EXTRACT_01.txt", "__MACOSX/20130815/._.DS_Store"},
		"notes first":            {".DS_Store", "__MACOSX/._.DS_Store", "EXTRACT_01.txt"},
		"beside the file":        {"._EXTRACT_01.txt", "EXTRACT_01.txt"},
		"from Windows":           {`20130815\`, `20130815\EXTRACT_01.txt`, `20130815\Thumbs.db`, `20130815\Desktop.ini`},
		"hidden folders":         {".Trashes/501/old.txt", ".Spotlight-V100/x", "EXTRACT_01.txt"},
		"from here":              {"./", "./EXTRACT_01.txt"},
		"from above":             {"../EXTRACT_01.txt"},
		"no extension":           {"MACOSX/EXTRACT"},
	} {
		opened, err := extract.Open("day.zip", zipOf(t, text, names...), nil)
		require.NoError(t, err, name)
		require.Equal(t, plain, opened.ID, name)
	}
	for name, names := range map[string][]string{
		"two files":                   {"a.txt", "b.txt"},
		"two in folders":              {"a/", "a/1.txt", "b/", "b/1.txt"},
		"two and notes":               {"a.txt", ".DS_Store", "b.txt"},
		"a folder alone":              {"20130815/"},
		"notes alone":                 {"20130815/.DS_Store", "__MACOSX/20130815/._.DS_Store"},
		"one file and the same again": {"a.txt", "a.txt"},
	} {
		_, err := extract.Open("day.zip", zipOf(t, text, names...), nil)
		require.EqualError(t, err, "extract: day.zip: zip: want one file in it", name)
	}
}
