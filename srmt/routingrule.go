package srmt

import (
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// RoutingRule names the office of requests whose case names none, or is not on file (SR-2). A
// field that is empty asks for nothing; a rule fits if all others fit.
type RoutingRule struct {
	Office   casestatus.OfficeCode
	Forms    []casestatus.FormNumber
	Channels []erequest.Channel
	States   []string // to which the mailing ZIP code belongs, such as NJ; see cris.ZIP.States
	ZIPs     []string // beginnings of the mailing ZIP code, such as 606 or 60601
}

// clone returns a copy that shares nothing with r.
func (r RoutingRule) clone() RoutingRule {
	r.Forms, r.Channels, r.States, r.ZIPs = slices.Clone(r.Forms), slices.Clone(r.Channels), slices.Clone(r.States), slices.Clone(r.ZIPs)
	return r
}

// fits reports whether the rule is about the request.
func (r RoutingRule) fits(request erequest.Request, onFile casestatus.Header) bool {
	form := onFile.Form
	if form == "" {
		form = request.Screening.Form
	}
	zip := request.Screening.MailingZIP.Reveal()
	isOfState := func(state string) bool { return slices.Contains(r.States, state) }
	isOfZIP := func(beginning string) bool { return !zip.IsZero() && strings.HasPrefix(zip.String(), beginning) }
	return (len(r.Forms) == 0 || slices.Contains(r.Forms, form)) &&
		(len(r.Channels) == 0 || slices.Contains(r.Channels, request.Channel)) &&
		(len(r.States) == 0 || slices.ContainsFunc(zip.States(), isOfState)) &&
		(len(r.ZIPs) == 0 || slices.ContainsFunc(r.ZIPs, isOfZIP))
}

// DefaultRoutes returns the rules of the default policy: an application for asylum goes to the
// asylum office for the state of the customer. States that several offices share are left to the
// fallback queue, and to a host program that knows the counties: Arizona, California, Nevada, New
// York and Pennsylvania; and so are those whose office is not published in full: Alaska, Guam,
// Hawaii, Oregon and Washington. The caller may keep and change it.
func DefaultRoutes() []RoutingRule {
	var rules []RoutingRule
	for _, office := range []struct {
		code   casestatus.OfficeCode
		states string
	}{
		{"ZAR", "AL DC GA MD NC SC VA WV"},
		{"ZCH", "IA ID IL IN KS KY MI MN MO MT ND NE OH SD WI"},
		{"ZHN", "AR CO LA MS NM OK TN TX UT WY"},
		{"ZMI", "FL PR VI"},
		{"ZNK", "CT DE MA ME NH NJ RI VT"},
	} {
		rules = append(rules, RoutingRule{Office: office.code, Forms: []casestatus.FormNumber{"I-589"}, States: strings.Fields(office.states)})
	}
	return rules
}

// routeByRule directs a request that the case does not: to the first office that a rule names and
// that, or whose successor, receives work on the day; or to the fallback queue. Why says why the
// case does not.
func routeByRule(why cris.Reason, request erequest.Request, onFile casestatus.Header, offices casestatus.OfficeTable, on cris.Date, policy Policy) Routing {
	for _, rule := range policy.Routes {
		if !rule.fits(request, onFile) {
			continue
		}
		if routing := routeTo(rule.Office, offices, on, policy); routing.Outcome != Unroutable {
			return Routing{Outcome: RoutedByRule, Office: routing.Office, Reasons: []cris.Reason{why, routedByRule}}
		}
	}
	return unroutable(why, policy)
}
