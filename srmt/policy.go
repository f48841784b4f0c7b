package srmt

import (
	"cmp"
	"slices"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/srmt/letter"
)

// Policy holds the values that an integrator may change. A field that is left at zero
// means its default, in pure functions too; an empty RedirectTo that is not nil redirects
// nowhere, empty Routes that are not nil have no rule, and with empty Channels that are not nil
// nobody takes requests.
type Policy struct {
	Zone          *time.Location          // whose calendar says which day it is; nil is cris.AgencyZone()
	FallbackQueue casestatus.OfficeCode   // where requests without an office wait (SR-12): UNROUTED; must not be the code of an office
	Routes        []RoutingRule           // where a request goes if its case names no office (SR-2): the first rule that fits; DefaultRoutes
	MostReturns   int                     // how often a request may come back to offices that sent it on (SR-5): 3; less than zero is never
	MostOpen      int                     // how many open requests one member of staff may hold, at all offices together (SR-3); zero or less is no cap
	CallCenter    casestatus.OfficeCode   // where representatives and their supervisors work (GW-1): NCSC; must not be the code of an office
	Channels      []ChannelRule           // which role takes requests on which channel (SR-1): DefaultChannels
	RedirectTo    []casestatus.OfficeKind // the kinds of office to which an office may redirect (SR-5): Field Office and Service Center
	Letters       letter.Library          // the templates of letters (SR-7): letter.DefaultLibrary
	Attachments   letter.Policy           // what may be attached to a response (SR-7): letter.DefaultPolicy
	Review        []letter.Finding        // the findings that go out only once a supervisor has reviewed the response (SR-7): none
}

// What stands here are the defaults.
const (
	fallbackQueue casestatus.OfficeCode = "UNROUTED"
	callCenter    casestatus.OfficeCode = "NCSC"
	mostReturns   int                   = 3
)

var (
	redirectTo = []casestatus.OfficeKind{casestatus.FieldOffice, casestatus.ServiceCenter}
	routes     = DefaultRoutes()
	channels   = DefaultChannels()
)

// DefaultPolicy is the policy of the documents, in the agency's zone, with a fallback queue called
// UNROUTED. The supervisors of the queue hold a [Post] at that code. The caller may keep and change it.
func DefaultPolicy() Policy {
	return Policy{}.withDefaults().clone()
}

// clone returns a copy that shares nothing with p.
func (p Policy) clone() Policy {
	p.RedirectTo, p.Routes = slices.Clone(p.RedirectTo), slices.Clone(p.Routes)
	p.Channels, p.Review = slices.Clone(p.Channels), slices.Clone(p.Review)
	p.Attachments.MediaTypes = slices.Clone(p.Attachments.MediaTypes)
	for i := range p.Attachments.MediaTypes {
		p.Attachments.MediaTypes[i].Extensions = slices.Clone(p.Attachments.MediaTypes[i].Extensions)
	}
	for i := range p.Routes {
		p.Routes[i] = p.Routes[i].clone()
	}
	return p
}

// withDefaults puts the default in place of every field that is zero. What it puts there is
// shared and not to be changed.
func (p Policy) withDefaults() Policy {
	if p.Zone == nil {
		p.Zone = cris.AgencyZone()
	}
	p.FallbackQueue = cmp.Or(p.FallbackQueue, fallbackQueue)
	p.CallCenter = cmp.Or(p.CallCenter, callCenter)
	p.MostReturns = cmp.Or(p.MostReturns, mostReturns)
	if p.RedirectTo == nil {
		p.RedirectTo = redirectTo
	}
	if p.Routes == nil {
		p.Routes = routes
	}
	if p.Channels == nil {
		p.Channels = channels
	}
	if p.Letters.IsZero() {
		p.Letters = letter.DefaultLibrary()
	}
	return p
}
