// Package recordclass lists the record classes of all packages, for the stores that keep them all.
package recordclass

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/tracking"
)

// All lists the classes in the order in which they are purged. What another record can keep comes
// before that one: cases before requests. Events and scopes, which a purge itself writes, come
// first. So a dry run counts what the purge counts.
func All() []cris.RecordClass {
	return slices.Concat(
		cris.RecordClasses(), tracking.RecordClasses(), casestatus.RecordClasses(), addresschange.RecordClasses(),
		erequest.RecordClasses(), srmt.RecordClasses(), gateway.RecordClasses(), selfcheck.RecordClasses(),
		disclosure.RecordClasses(), access.RecordClasses(),
	)
}
