package erequest_test

import (
	"strings"
	"testing"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
)

func TestER5_AContactThatNobodyHasIsRefused(t *testing.T) {
	ways := func(c erequest.Contact) int {
		faults := erequest.DecideDetails(erequest.Issues()[0], "I-765", erequest.Details{Contact: c}, cris.MustParseDate("2013-08-15"))
		return len(faults)
	}
	good := ways(erequest.Contact{Email: cris.NewPersonal("ann@example.com")})
	for _, s := range []string{"ann\u00ad@example.com", "a\u200bnn@example.com", "ann@exam\u3164ple.com", "\u2060ann@example.com"} {
		if ways(erequest.Contact{Email: cris.NewPersonal(s)}) != good+1 {
			t.Errorf("%+q is taken for an address", s)
		}
	}
	if ways(erequest.Contact{Email: cris.NewPersonal("ann@" + strings.Repeat("a", 64) + ".com")}) != good+1 {
		t.Error("a label of 64 characters is taken for one of a domain")
	}
	for _, s := range []string{"911-555-1234", "212-911-1234", "+1 411 555 1234"} {
		if ways(erequest.Contact{Phone: cris.NewPersonal(s)}) != good+1 {
			t.Errorf("%+q is taken for a phone number", s)
		}
	}
	if ways(erequest.Contact{Phone: cris.NewPersonal("212-555-1234")}) != good {
		t.Error("a phone number that can be called is refused")
	}
}
