package main

import (
	"fmt"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/tracking"
)

// entry is a rule and the package that lists it.
type entry struct {
	cris.Rule
	Package string
}

// catalogues returns the rules of all packages, in the order of the system: a
// case, its request, the request's handling, the mail, Self Check, and privacy.
func catalogues() (entries []entry) {
	for _, catalogue := range []struct {
		name  string
		rules []cris.Rule
	}{
		{"casestatus", casestatus.Rules()},
		{"erequest", erequest.Rules()},
		{"srmt", srmt.Rules()},
		{"srmt/gateway", gateway.Rules()},
		{"tracking", tracking.Rules()},
		{"selfcheck", selfcheck.Rules()},
		{"cris", cris.Rules()},
	} {
		for _, rule := range catalogue.rules {
			entries = append(entries, entry{rule, catalogue.name})
		}
	}
	return entries
}

// named returns the rules with the given identifiers, all if there are none.
func named(rules []entry, ids []string) ([]entry, error) {
	if len(ids) == 0 {
		return rules, nil
	}
	var some []entry
	for _, rule := range rules {
		if slices.Contains(ids, string(rule.ID)) {
			some = append(some, rule)
		}
	}
	for _, id := range ids {
		if !slices.ContainsFunc(some, func(rule entry) bool { return string(rule.ID) == id }) {
			return nil, fmt.Errorf("no package lists %s", id)
		}
	}
	return some, nil
}
