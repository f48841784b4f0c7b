package casestatus

import (
	"slices"
	"time"

	"github.com/seed28e20331/cris"
)

// AddressEntry is an address with the day from which the agency mails to it.
type AddressEntry struct {
	Address cris.Address
	From    cris.Date // zero if it is not known: from the beginning
	Origin  string    // ID of the report of a new address that brought it; "" if none did
	At      time.Time // when that report was filed, UTC, to the microsecond; zero if it is not known
	Entered cris.Date // the day on which it was entered in the case; until then mail went to the previous address. Zero means From
}

func (e AddressEntry) from() cris.Date { return e.From }

// mailedFrom returns the first day on which mail can have gone to the address.
func (e AddressEntry) mailedFrom() cris.Date {
	if e.Entered.After(e.From) {
		return e.Entered
	}
	return e.From
}

// AddressOn returns the address to which the agency mailed on the day, or the zero Address if
// none is known. Of several that took effect on one day the last counts.
func (h Header) AddressOn(day cris.Date) cris.Address {
	return addressOn(addressesOf(h.Address, h.Addresses), day)
}

// MailingAddresses returns the addresses that count as the customer's on the day: the one in
// effect, and each one before it for as many days after another took its place as overlapDays
// says. With 30 days, an address that was replaced on day D counts until D+30. A negative
// number is no overlap. The latest comes first, and each comes once.
func (h Header) MailingAddresses(on cris.Date, overlapDays int) (counting []cris.Address) {
	entries := addressesOf(h.Address, h.Addresses)
	for i, entry := range slices.Backward(entries) {
		replaced := i+1 < len(entries) && !on.Before(entries[i+1].From)
		counts := !entry.From.After(on) && (!replaced || overlapDays >= 0 && !on.After(entries[i+1].From.AddDays(overlapDays)))
		if counts && !entry.Address.IsZero() && !slices.Contains(counting, entry.Address) {
			counting = append(counting, entry.Address)
		}
	}
	return counting
}

// MailingZIPs returns the ZIP codes of MailingAddresses: the customer may not know which of
// them is on file. The latest comes first, and each comes once.
func (h Header) MailingZIPs(on cris.Date, overlapDays int) (zips []cris.Personal[cris.ZIP]) {
	for _, address := range h.MailingAddresses(on, overlapDays) {
		if !slices.Contains(zips, address.ZIP()) {
			zips = append(zips, address.ZIP())
		}
	}
	return zips
}

// Moved returns the case with the address of the entry in effect from its day on, and with
// those before it kept, and true. If one on file took effect on a later day, or on that day by
// a later report, or if the report that the entry came with was entered before, it returns the
// case as it is, and false: reports may be entered in any order. The address on file is entered
// again if a report confirms it, so that an earlier report that comes later finds it. Moved
// changes nothing in c.
func (c Case) Moved(entry AddressEntry) (Case, bool) {
	if c.Address == entry.Address && entry.Origin == "" {
		return c, false
	}
	entries := addressesOf(c.Address, c.Addresses)
	for _, kept := range entries {
		isLater := kept.From.After(entry.From) || kept.From == entry.From && kept.At.After(entry.At)
		if isLater || entry.Origin != "" && kept.Origin == entry.Origin {
			return c, false
		}
	}
	entries = append(entries, entry)
	c.Address, c.Addresses = entry.Address, entries
	return c, true
}

// addressesOf returns the addresses of a case, the one in effect last. Where that is not the
// last that was kept, it was corrected, and the correction holds from the same day. The caller
// may change what it gets.
func addressesOf(present cris.Address, kept []AddressEntry) []AddressEntry {
	if len(kept) == 0 {
		if present.IsZero() {
			return nil
		}
		return []AddressEntry{{Address: present}}
	}
	entries := slices.Clone(kept)
	entries[len(entries)-1].Address = present
	return entries
}

// addressOn returns the address that counts on the day.
func addressOn(entries []AddressEntry, day cris.Date) cris.Address {
	return latestBy(AddressEntry.from, entries, day)
}

// mailedTo returns the address to which mail went on the day.
func mailedTo(entries []AddressEntry, day cris.Date) cris.Address {
	return latestBy(AddressEntry.mailedFrom, entries, day)
}

func latestBy(first func(AddressEntry) cris.Date, entries []AddressEntry, day cris.Date) cris.Address {
	for _, entry := range slices.Backward(entries) {
		if !first(entry).After(day) {
			return entry.Address
		}
	}
	return cris.Address{}
}
