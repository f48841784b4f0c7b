package erequest_test

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

const confirmationAlphabet = "0123456789ABCDEFGHJKMNPQRSTWXYZ"

func TestER8_ConfirmationNumbersAreDrawnEvenly(t *testing.T) {
	seen := map[erequest.ConfirmationNumber]bool{}
	count := map[rune]int{}
	const draws = 2000
	for range draws {
		n, err := erequest.NewConfirmationNumber(rand.Reader)
		require.NoError(t, err)
		require.False(t, seen[n], "drawn twice")
		seen[n] = true
		for _, c := range strings.ReplaceAll(n.String()[:14], "-", "") {
			count[c]++
		}
	}
	require.Len(t, count, len(confirmationAlphabet))
	for c, n := range count {
		require.Contains(t, confirmationAlphabet, string(c))
		require.InDelta(t, draws*12/31, n, 200, "%c is drawn too often or too seldom", c)
	}
}

func TestER8_EveryMistypedCharacterIsNoticed(t *testing.T) {
	valid := strings.ReplaceAll(erequesttest.ConfirmationNumber(1).String(), "-", "")
	for i := range valid {
		for _, c := range confirmationAlphabet {
			typed := valid[:i] + string(c) + valid[i+1:]
			_, err := erequest.ParseConfirmationNumber(typed)
			require.Equal(t, typed == valid, err == nil, typed)
		}
		for j := range i {
			swapped := []byte(valid)
			swapped[i], swapped[j] = swapped[j], swapped[i]
			_, err := erequest.ParseConfirmationNumber(string(swapped))
			require.Equal(t, string(swapped) == valid, err == nil, "%s", swapped)
		}
	}
}

func TestER8_ConfirmationNumbersReadAsPeopleWriteThem(t *testing.T) {
	for i := range 50 {
		n := erequesttest.ConfirmationNumber(i)
		text := n.String()
		require.Regexp(t, `^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$`, text)
		for _, typed := range []string{
			text, strings.ToLower(text), strings.ReplaceAll(text, "-", " "), strings.ReplaceAll(text, "-", ""),
			strings.NewReplacer("0", "O", "1", "l").Replace(text), strings.ReplaceAll(text, "1", "i"),
		} {
			got, err := erequest.ParseConfirmationNumber(typed)
			require.NoError(t, err, typed)
			require.Equal(t, n, got, typed)
		}
		wire, err := json.Marshal(n)
		require.NoError(t, err)
		var back erequest.ConfirmationNumber
		require.NoError(t, json.Unmarshal(wire, &back))
		require.Equal(t, n, back)
	}
}

func TestER8_WhatIsNoConfirmationNumber(t *testing.T) {
	for typed, want := range map[string]string{
		"":                  "confirmation number: at character 1: fewer than 13 characters",
		"7K3M-9QTR":         "confirmation number: at character 10: fewer than 13 characters",
		"0000-0000-0000-00": "confirmation number: at character 17: more than 13 characters",
		"0000-000U-0000-0":  "confirmation number: at character 9: not a character of such numbers",
		"0000-0000-0000-1":  "confirmation number: mistyped: the check character disagrees",
		"é":                 "confirmation number: at character 1: not a character of such numbers",
	} {
		_, err := erequest.ParseConfirmationNumber(typed)
		require.EqualError(t, err, want, typed)
		require.ErrorAs(t, err, new(*cris.ParseError))
	}
	require.Empty(t, erequest.ConfirmationNumber{}.String())
}

func TestER8_NoNumberIsMadeWithoutRandomness(t *testing.T) {
	broken := errors.New("no entropy")
	for _, random := range []io.Reader{iotest.ErrReader(broken), io.MultiReader(strings.NewReader("1234"), iotest.ErrReader(broken))} {
		n, err := erequest.NewConfirmationNumber(random)
		require.ErrorIs(t, err, broken)
		require.True(t, n.IsZero())
	}
}

func FuzzParseConfirmationNumber(f *testing.F) {
	f.Add(erequesttest.ConfirmationNumber(1).String())
	f.Add("0000-0000-0000-0")
	f.Add(" o l i u ")
	fold := strings.NewReplacer("O", "0", "I", "1", "L", "1", "-", "", " ", "")
	f.Fuzz(func(t *testing.T, typed string) {
		n, err := erequest.ParseConfirmationNumber(typed)
		// An independent reading: the positional values, weighted from 13 down to 1, add
		// up to a multiple of 31.
		folded := fold.Replace(strings.Map(func(r rune) rune {
			if 'a' <= r && r <= 'z' {
				return r - 'a' + 'A'
			}
			return r
		}, typed))
		sum, valid := 0, len(folded) == 13
		for i, c := range folded {
			value := strings.IndexRune(confirmationAlphabet, c)
			valid = valid && value >= 0
			sum += (13 - i) * value
		}
		valid = valid && sum%31 == 0
		require.Equal(t, valid, err == nil, "%q: %v", typed, err)
		if err == nil {
			require.Equal(t, folded, strings.ReplaceAll(n.String(), "-", ""))
		}
	})
}
