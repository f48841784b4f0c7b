package srmt

import (
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// ChannelRule opens a channel to a role: whoever holds a post of that role takes requests there
// (SR-1).
type ChannelRule struct {
	Role    Role
	Channel erequest.Channel // a rule for erequest.Online has no effect: customers file there themselves
}

// DefaultChannels returns who takes requests on which channel: representatives by telephone, and
// the officers and supervisors of an office by letter and from customers who come to it. The caller
// may keep and change the slice.
func DefaultChannels() []ChannelRule {
	return []ChannelRule{
		{CSR, erequest.Telephone},
		{IIO, erequest.Letter},
		{IIO, erequest.LocalOffice},
		{SIIO, erequest.Letter},
		{SIIO, erequest.LocalOffice},
	}
}

// takes reports whether the member of staff takes requests on the channel at the office on the day
// (PV-3).
func (p Policy) takes(member *Staff, channel erequest.Channel, at casestatus.OfficeCode, offices casestatus.OfficeTable, on cris.Date) bool {
	return slices.ContainsFunc(p.Channels, func(rule ChannelRule) bool {
		isOfStaff := rule.Channel != erequest.Online && slices.Contains(erequest.Channels(), rule.Channel)
		return isOfStaff && rule.Channel == channel && p.hasDesk(rule.Role, at, offices, on) && member.Has(rule.Role, at, on)
	})
}

// takesAny reports whether the member of staff takes requests anywhere on the day.
func (p Policy) takesAny(member *Staff, offices casestatus.OfficeTable, on cris.Date) bool {
	return slices.ContainsFunc(member.Posts, func(post Post) bool {
		return slices.ContainsFunc(erequest.Channels(), func(channel erequest.Channel) bool {
			return p.takes(member, channel, post.Office, offices, on)
		})
	})
}

// hasDesk reports whether the role takes requests there on the day: representatives at the call
// center, and others at an office that is open and not a mere heading. The fallback queue has no
// desk.
func (p Policy) hasDesk(role Role, at casestatus.OfficeCode, offices casestatus.OfficeTable, on cris.Date) bool {
	if role == CSR {
		return at == p.CallCenter
	}
	office, known := offices.Office(at)
	return known && office.OpenOn(on) && office.ReceivesWork()
}
