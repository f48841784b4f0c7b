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

// zipOf packs a text into each entry of these names, and none into folders and links.
func zipOf(t *testing.T, text string, names ...string) io.ReadSeeker {
	t.Helper()
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for _, name := range names {
		header := &zip.FileHeader{Name: name, Method: zip.Deflate}
		if dir, is := strings.CutPrefix(name, "dir:"); is {
			header.Name = dir
			header.SetMode(fs.ModeDir | 0o755)
		}
		if link, is := strings.CutPrefix(name, "link:"); is {
			header.Name = link
			header.SetMode(fs.ModeSymlink | 0o777)
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
		"a folder with an icon":  {"20130815/Icon\r", "20130815/EXTRACT_01.txt", "__MACOSX/20130815/._Icon\r"},
		"a whole disk":           {"$RECYCLE.BIN/S-1-5/$R1.txt", "System Volume Information/x", "EXTRACT_01.txt", "ehthumbs.db"},
		"from a disk station":    {"@eaDir/EXTRACT_01.txt/SYNO@.fileindexdb", "EXTRACT_01.txt"},
		"a link to the file":     {"link:latest.txt", "20130815/EXTRACT_01.txt"},
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
		"nothing":                     nil,
		"a link alone":                {"link:latest.txt"},
		"a folder alone":              {"20130815/"},
		"notes alone":                 {"20130815/.DS_Store", "__MACOSX/20130815/._.DS_Store"},
		"one file and the same again": {"a.txt", "a.txt"},
	} {
		_, err := extract.Open("day.zip", zipOf(t, text, names...), nil)
		require.EqualError(t, err, "extract: day.zip: zip: want one file in it", name)
	}
}

// What needs a password is told from what is broken.
func TestTR1_EncryptedZipFileIsRefused(t *testing.T) {
	packed, err := io.ReadAll(zipOf(t, file(t, extract.FullRecord{Scan: delivered}), "EXTRACT_01.txt"))
	require.NoError(t, err)
	const flagsOfEntry = 8 // in the directory
	packed[bytes.Index(packed, []byte("PK\x01\x02"))+flagsOfEntry] |= 1
	_, err = extract.Open("day.zip", bytes.NewReader(packed), nil)
	require.EqualError(t, err, "extract: day.zip: zip: the file in it is encrypted")
}

// Where a program meant to split a file and did not need to, a mark stands before the entries.
func TestTR1_ZipFileThatWasToBeSplitIsRead(t *testing.T) {
	text := file(t, extract.FullRecord{Scan: delivered})
	var packed bytes.Buffer
	packed.WriteString("PK\x07\x08")
	w := zip.NewWriter(&packed)
	w.SetOffset(int64(packed.Len()))
	entry, err := w.Create("EXTRACT_01.txt")
	require.NoError(t, err)
	_, err = io.WriteString(entry, text)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	opened, err := extract.Open("day.zip", bytes.NewReader(packed.Bytes()), nil)
	require.NoError(t, err)
	plain, err := extract.Identify(strings.NewReader(text))
	require.NoError(t, err)
	require.Equal(t, plain, opened.ID)
}
