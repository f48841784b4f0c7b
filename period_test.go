package cris_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed28e20331/cris"
)

func TestPeriod_HasItsFirstDayAndNotItsEnd(t *testing.T) {
	first, end := cris.MustParseDate("2013-08-15"), cris.MustParseDate("2013-09-01")
	for _, test := range []struct {
		period cris.Period
		day    cris.Date
		has    bool
	}{
		{cris.Period{From: first, Until: end}, first.AddDays(-1), false},
		{cris.Period{From: first, Until: end}, first, true},
		{cris.Period{From: first, Until: end}, end.AddDays(-1), true},
		{cris.Period{From: first, Until: end}, end, false},
		{cris.Period{From: first}, end, true},
		{cris.Period{From: first}, first.AddDays(-1), false},
		{cris.Period{Until: end}, first, true},
		{cris.Period{Until: end}, end, false},
		{cris.Period{}, first, true},
		{cris.Period{}, cris.Date{}, true},
	} {
		assert.Equal(t, test.has, test.period.Has(test.day), "%v has %s", test.period, test.day)
	}
}

func TestPeriod_IsEmptyOnceItEndsBeforeItBegins(t *testing.T) {
	first, end := cris.MustParseDate("2013-08-15"), cris.MustParseDate("2013-09-01")
	assert.True(t, cris.Period{From: end, Until: first}.IsEmpty())
	assert.True(t, cris.Period{From: first, Until: first}.IsEmpty())
	assert.False(t, cris.Period{From: first, Until: end}.IsEmpty())
	assert.False(t, cris.Period{From: first}.IsEmpty())
	assert.False(t, cris.Period{Until: end}.IsEmpty())
	assert.False(t, cris.Period{}.IsEmpty())
}
