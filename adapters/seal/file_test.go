package seal_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/seal"
	"github.com/seed28e20331/cris/cristest"
)

const record = "cris_cases/IOE0912345678"

func dataKey() []byte { return bytes.Repeat([]byte{7}, 32) }

func newFile(t *testing.T) (*seal.File, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys.json")
	keys, err := seal.Create(path)
	require.NoError(t, err)
	return keys, path
}

func TestFile_KeepsTheContract(t *testing.T) {
	cristest.TestKeys(t, func(t *testing.T) cris.Keys {
		t.Helper()
		keys, _ := newFile(t)
		_, err := keys.Rotate()
		require.NoError(t, err)
		return keys
	})
}

func TestPV2_FileIsForItsOwnerAlone(t *testing.T) {
	_, path := newFile(t)
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o600), info.Mode().Perm())
	for _, mode := range []fs.FileMode{0o640, 0o604, 0o620, 0o601} {
		require.NoError(t, os.Chmod(path, mode))
		_, err := seal.Open(path)
		require.ErrorIs(t, err, cris.ErrNoKey)
		require.ErrorContains(t, err, "chmod 600")
	}
}

func TestPV2_FileThatIsLostOrDamagedSaysWhatToDo(t *testing.T) {
	_, path := newFile(t)
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	_, err = seal.Create(path)
	require.ErrorIs(t, err, cris.ErrConflict)
	require.ErrorContains(t, err, "seal.Open")

	_, err = seal.Open(path + "2")
	require.ErrorIs(t, err, cris.ErrNoKey)
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.ErrorContains(t, err, "restore it from its backup")

	digit := bytes.IndexAny(whole[bytes.Index(whole, []byte(`"secret"`))+10:], "0123456789") + bytes.Index(whole, []byte(`"secret"`)) + 10
	flipped := bytes.Clone(whole)
	flipped[digit] = '0' + (flipped[digit]-'0'+1)%10
	for name, content := range map[string][]byte{
		"Empty":     {},
		"CutOff":    whole[:len(whole)/2],
		"OneDigit":  flipped,
		"NoCurrent": bytes.ReplaceAll(whole, []byte(`"current"`), []byte(`"old"`)),
		"NoIndex":   bytes.Replace(whole, []byte(`"index_key"`), []byte(`"other"`), 1),
		"State":     bytes.ReplaceAll(whole, []byte(`"current"`), []byte(`"lost"`)),
		"Later":     bytes.Replace(whole, []byte(`"version": 1`), []byte(`"version": 2`), 1),
	} {
		t.Run(name, func(t *testing.T) {
			require.NotEqual(t, whole, content)
			require.NoError(t, os.WriteFile(path, content, 0o600))
			_, err := seal.Open(path)
			require.ErrorIs(t, err, cris.ErrTampered)
			require.ErrorContains(t, err, "restore it from its backup")
			for line := range strings.Lines(string(whole)) {
				if _, secret, is := strings.Cut(line, `": "`); is && len(secret) > 60 {
					require.NotContains(t, err.Error(), secret[:16])
				}
			}
		})
	}
}

// Programs that have the file open see each change of it, whoever makes it.
func TestPV2_KeysAreRotatedWhileProgramsRun(t *testing.T) {
	ctx := t.Context()
	one, path := newFile(t)
	other, err := seal.Open(path)
	require.NoError(t, err)
	before, err := other.Wrap(ctx, record, dataKey())
	require.NoError(t, err)
	digest, err := other.Digest(ctx, "column", []byte("value"))
	require.NoError(t, err)

	next, err := one.Rotate()
	require.NoError(t, err)
	require.NotEqual(t, before.KeyID, next)
	after, err := other.Wrap(ctx, record, dataKey())
	require.NoError(t, err)
	require.Equal(t, next, after.KeyID)
	for _, keys := range []*seal.File{one, other} {
		for _, wrapped := range []cris.WrappedKey{before, after} {
			opened, err := keys.Unwrap(ctx, record, wrapped)
			require.NoError(t, err)
			require.Equal(t, dataKey(), opened)
		}
		same, err := keys.Digest(ctx, "column", []byte("value"))
		require.NoError(t, err)
		require.Equal(t, digest, same, "the key of the blind indexes stays")
	}

	require.ErrorIs(t, one.Destroy(next), cris.ErrConflict)
	require.ErrorIs(t, one.Destroy("none"), cris.ErrNoKey)
	require.NoError(t, one.Destroy(before.KeyID))
	_, err = other.Unwrap(ctx, record, before)
	require.ErrorIs(t, err, cris.ErrNoKey)
	require.ErrorContains(t, err, "was destroyed")
	_, err = other.Unwrap(ctx, record, after)
	require.NoError(t, err)

	keys, err := other.Keys()
	require.NoError(t, err)
	require.Len(t, keys, 2)
	require.Equal(t, []seal.State{seal.Destroyed, seal.Current}, []seal.State{keys[0].State, keys[1].State})
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(string(content), `"secret"`))
}

func TestPV2_RotationsAtOnceLoseNoKey(t *testing.T) {
	_, path := newFile(t)
	var all sync.WaitGroup
	var mu sync.Mutex
	ids := map[string]bool{}
	for range 4 {
		keys, err := seal.Open(path)
		require.NoError(t, err)
		all.Go(func() {
			for done := 0; done < 5; {
				id, err := keys.Rotate()
				if errors.Is(err, cris.ErrConflict) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				done++
				mu.Lock()
				ids[id] = true
				mu.Unlock()
			}
		})
	}
	all.Wait()
	keys, err := seal.Open(path)
	require.NoError(t, err)
	told, err := keys.Keys()
	require.NoError(t, err)
	require.Len(t, told, 21)
	for _, key := range told[1:] {
		require.True(t, ids[key.ID])
	}
}

// What was wrapped while the file is not there could not be opened by the next program.
func TestPV2_NothingIsWrappedWithoutTheFile(t *testing.T) {
	keys, path := newFile(t)
	wrapped, err := keys.Wrap(t.Context(), record, dataKey())
	require.NoError(t, err)
	require.NoError(t, os.Rename(path, path+".away"))
	_, err = keys.Wrap(t.Context(), record, dataKey())
	require.ErrorIs(t, err, cris.ErrNoKey)
	opened, err := keys.Unwrap(t.Context(), record, wrapped)
	require.NoError(t, err, "what is open can be read on")
	require.Equal(t, dataKey(), opened)

	_, err = seal.Create(path)
	require.NoError(t, err)
	_, err = keys.Wrap(t.Context(), record, dataKey())
	require.ErrorIs(t, err, cris.ErrTampered, "another file has taken its place")
	require.NoError(t, os.Rename(path+".away", path))
	_, err = keys.Wrap(t.Context(), record, dataKey())
	require.NoError(t, err)
}

func TestPV2_AKilledRotationSaysWhatToDo(t *testing.T) {
	keys, path := newFile(t)
	require.NoError(t, os.WriteFile(path+".new", []byte("{"), 0o600))
	_, err := keys.Rotate()
	require.ErrorIs(t, err, cris.ErrConflict)
	require.ErrorContains(t, err, "remove "+path+".new")
	require.NoError(t, os.Remove(path+".new"))
	_, err = keys.Rotate()
	require.NoError(t, err)
}

// Everything runs in a process that allows nothing but what FIPS 140-3 approves.
func TestPV2_KeysRunInFIPSOnlyMode(t *testing.T) {
	const inside = "CRIS_FIPS_ONLY"
	if os.Getenv(inside) == "" {
		binary, err := os.Executable()
		require.NoError(t, err)
		cmd := exec.CommandContext(t.Context(), binary, "-test.run=^"+t.Name()+"$", "-test.v")
		cmd.Env = append(os.Environ(), inside+"=1", "GODEBUG=fips140=only")
		said, err := cmd.CombinedOutput()
		require.NoError(t, err, string(said))
		require.Contains(t, string(said), "FIPS-only: true")
		return
	}
	fmt.Println("FIPS-only:", isFIPSOnly())
	cristest.TestKeys(t, func(t *testing.T) cris.Keys {
		t.Helper()
		keys, _ := newFile(t)
		return keys
	})
}

func ExampleOpen() {
	folder, err := os.MkdirTemp("", "cris")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "keys.json")
	if _, err := seal.Create(path); err != nil { // once, when the service is set up
		fmt.Println(err)
		return
	}
	keys, err := seal.Open(path) // each time the program starts
	if err != nil {
		fmt.Println(err)
		return
	}
	// store, err := sqlstore.Open(ctx, db, sqlstore.SealedBy(keys), nil)
	wrapped, err := keys.Wrap(context.Background(), "cris_cases/IOE0912345678", make([]byte, 32))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = keys.Unwrap(context.Background(), "cris_cases/IOE0912345679", wrapped)
	fmt.Println(errors.Is(err, cris.ErrTampered))
	// Output: true
}
