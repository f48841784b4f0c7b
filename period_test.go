package cris_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed28e20331/cris"
)

func TestPeriod_HasItsFirstDayAndItsLast(t *testing.T) {
	first, last := cris.MustParseDate("2013-08-15"), cris.MustParseDate("2013-08-31")
	for _, test := range []struct {
		period cris.Period
		day    cris.Date
		has    bool
	}{
		{cris.Period{From: first, Until: last}, first.AddDays(-1), false},
		{cris.Period{From: first, Until: last}, first, true},
		{cris.Period{From: first, Until: last}, last, true},
		{cris.Period{From: first, Until: last}, last.AddDays(1), false},
		{cris.Period{From: first, Until: first}, first, true},
		{cris.Period{From: first}, last, true},
		{cris.Period{From: first}, first.AddDays(-1), false},
		{cris.Period{Until: last}, first, true},
		{cris.Period{Until: last}, last.AddDays(1), false},
		{cris.Period{}, first, true},
		{cris.Period{}, cris.Date{}, true},
	} {
		assert.Equal(t, test.has, test.period.Has(test.day), "%v has %s", test.period, test.day)
	}
}

func TestPeriod_IsEmptyOnceItEndsBeforeItBegins(t *testing.T) {
	first, end := cris.MustParseDate("2013-08-15"), cris.MustParseDate("2013-09-01")
	assert.True(t, cris.Period{From: end, Until: first}.IsEmpty())
	assert.False(t, cris.Period{From: first, Until: first}.IsEmpty())
	assert.False(t, cris.Period{From: first, Until: end}.IsEmpty())
	assert.False(t, cris.Period{From: first}.IsEmpty())
	assert.False(t, cris.Period{Until: end}.IsEmpty())
	assert.False(t, cris.Period{}.IsEmpty())
}
