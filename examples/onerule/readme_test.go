package main

import (
	"os"
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

func Example() {
	main()
	// Output: must_wait until 2024-03-02 [a request was placed online already: wait until the date given before making another inquiry (ER-9) the wait counts calendar days from the filing date, and an early answer does not shorten it (ER-10a)]
}
