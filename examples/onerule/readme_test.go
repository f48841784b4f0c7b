package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestREADME_ShowsThisProgram(t *testing.T) {
	program, err := os.ReadFile("main.go")
	require.NoError(t, err)
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	require.Contains(t, string(readme), "```go\n"+string(program)+"```\n")
}

func TestREADME_ShowsWhatItPrints(t *testing.T) {
	test, err := os.ReadFile("readme_test.go")
	require.NoError(t, err)
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	_, printed, found := strings.Cut(string(test), "\t// Output:\n")
	require.True(t, found)
	printed = strings.ReplaceAll(strings.TrimSuffix(printed, "}\n"), "\t// ", "    ")
	require.Contains(t, string(readme), "It prints\n\n"+printed)
}

func Example() {
	main()
	// Output:
	// must_wait until 2024-03-02
	// because an online request was already placed: wait until the date given before making another inquiry (ER-9)
	// because the wait counts calendar days from the filing date, and an early answer does not shorten it (ER-10a)
}
