package tracking

import (
	"iter"

	"github.com/seed28e20331/cris"
)

// Code is the code of a USPS event: two characters, digits or capitals, as they
// were read. The code is the key of an event and its text is not: one code was seen
// with seven texts. Codes that this package does not know are kept as they are (TR-3).
type Code string

// ParseCode reads two digits or capitals and nothing else. It allocates nothing unless it
// fails. Its error is a *cris.ParseError.
func ParseCode[T string | []byte](s T) (Code, error) {
	if len(s) == 2 {
		if slot, ok := codeSlot(s[0], s[1]); ok {
			return codesBySlot[slot].code, nil
		}
	}
	for i := range len(s) {
		if codeDigits[s[i]] == 0 {
			return "", &cris.ParseError{What: "event code", At: i, Problem: "want a digit or a capital"}
		}
	}
	return "", &cris.ParseError{What: "event code", At: -1, Problem: "want two characters"}
}

// Info returns what is known about the code today, by the edition of the table that
// CodesEdition names; false if nothing is.
func (c Code) Info() (CodeInfo, bool) { return c.InfoOn(codesEdition) }

// InfoOn returns what the code meant on the given day; false if nothing is known.
func (c Code) InfoOn(day cris.Date) (CodeInfo, bool) {
	if info := c.on(day); info != nil {
		return *info, true
	}
	return CodeInfo{}, false
}

// Class returns what an event with this code means today, and Unknown for a code that
// this package does not know.
func (c Code) Class() Class { return c.ClassOn(codesEdition) }

// ClassOn returns what an event with this code meant on the given day.
func (c Code) ClassOn(day cris.Date) Class {
	if info := c.on(day); info != nil {
		return info.Class
	}
	return Unknown
}

func (c Code) on(day cris.Date) *CodeInfo {
	if len(c) != 2 {
		return nil
	}
	slot, ok := codeSlot(c[0], c[1])
	if !ok {
		return nil
	}
	return validOn(codesBySlot[slot].infos, day)
}

// validOn returns which of the entries of one code holds on the day.
func validOn(infos []CodeInfo, day cris.Date) *CodeInfo {
	for i := range infos {
		info := &infos[i]
		if (cris.Period{From: info.From, Until: info.Until}).Has(day) {
			return info
		}
	}
	return nil
}

// CodeInfo is what is known about one code.
type CodeInfo struct {
	Code      Code
	Name      string // of the event, in this package's spelling
	Class     Class
	Computed  bool      // the USPS computes the event; nobody scanned the piece
	Placeless bool      // the event carries no place
	From      cris.Date // the first day on which the entry holds; zero: as far back as is known
	Until     cris.Date // the last one, included; zero: no end is known
	Source    Source
	Note      string // where published tables contradict each other or leave it open: how, and why this class
	Disputed  bool   // of a delivery: it may be none. It confirms nothing and undoes no return (TR-7)
}

// Source tells where a code is known from.
type Source uint8

// The sources; a code may have several.
const (
	CodeList    Source = 1 << iota // a list of all codes with their names
	StatusGuide                    // a list of the codes that customers are shown, whose names differ now and then
	Observed                       // records of real mail
	InUse                          // tables by which public software gives codes a meaning
)

var sourceNames = tokenSet{"code_list", "status_guide", "observed", "in_use"}

// String returns the tokens of the sources, such as "code_list+observed"; "" for none.
func (s Source) String() string { return sourceNames.format(uint8(s)) }

// MarshalText implements encoding.TextMarshaler with the form of String. It never fails.
func (s Source) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler: it reads what MarshalText wrote. Its
// error is a *cris.ParseError.
func (s *Source) UnmarshalText(text []byte) error {
	set, err := sourceNames.parse("source", text)
	if err != nil {
		return err
	}
	*s = Source(set)
	return nil
}

// CodesEdition returns the day from which the present edition of the table of codes is. A
// Delivery names the edition that decided it.
func CodesEdition() cris.Date { return codesEdition }

var codesEdition = cris.MustParseDate("2026-11-26")

// Codes yields what is known, in the order of the codes, and of the days from which the
// entries of one code hold.
func Codes() iter.Seq[CodeInfo] {
	return func(yield func(CodeInfo) bool) {
		for _, info := range codeTable {
			if !yield(info) {
				return
			}
		}
	}
}

// codeDigits gives digits and capitals a value from 1 to 36, and 0 to all else.
var codeDigits = func() (values [256]uint8) {
	for i, c := range []byte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		values[c] = uint8(i + 1)
	}
	return values
}()

// codeSlot numbers the pairs of digits and capitals.
func codeSlot(a, b byte) (slot int, ok bool) {
	first, second := codeDigits[a], codeDigits[b]
	if first == 0 || second == 0 {
		return 0, false
	}
	return int(first-1)*36 + int(second-1), true
}

// codesBySlot has every code there can be, so that reading one makes no new string, and
// its entries of the table.
var codesBySlot = func() (slots [36 * 36]struct {
	code  Code
	infos []CodeInfo
},
) {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	for i := range slots {
		slots[i].code = Code([]byte{digits[i/36], digits[i%36]})
	}
	for i, info := range codeTable {
		slot, _ := codeSlot(info.Code[0], info.Code[1])
		slots[slot].infos = append(slots[slot].infos, codeTable[i])
	}
	return slots
}()

// TR-3: the codes that were published or observed, and the class of each. An entry whose
// meaning changes is closed with Until, and another with From follows it.
var codeTable = []CodeInfo{
	{Code: "01", Name: "Delivered", Class: Delivered, Source: CodeList | StatusGuide | Observed | InUse},
	{Code: "02", Name: "Notice left", Class: Attempted, Source: CodeList | StatusGuide | InUse},
	{Code: "03", Name: "Accepted or picked up", Class: Accepted, Source: CodeList | StatusGuide | Observed | InUse},
	{Code: "04", Name: "Refused", Class: ReturnStarted, Source: CodeList | StatusGuide | InUse},
	{Code: "05", Name: "Undeliverable as addressed", Class: ReturnStarted, Source: CodeList | StatusGuide | InUse},
	{Code: "06", Name: "Forwarded", Class: Forwarded, Source: CodeList | StatusGuide},
	{
		Code: "07", Name: "Arrival at unit", Class: AtUnit, Source: CodeList | StatusGuide | Observed | InUse,
		Note: "one published table says out for delivery: the piece is at the delivery unit, not with a carrier",
	},
	{Code: "08", Name: "Missent", Class: InNetwork, Source: CodeList | StatusGuide},
	{Code: "09", Name: "Return to sender", Class: ReturnStarted, Source: CodeList | StatusGuide | InUse},
	{Code: "10", Name: "Processed through USPS sort facility", Class: InNetwork, Source: CodeList | StatusGuide | Observed | InUse},
	{
		Code: "11", Name: "Seized by law enforcement, or dead letter", Class: Lost, Source: CodeList | StatusGuide,
		Note: "the name differs between tables; either way it does not reach the addressee",
	},
	{Code: "12", Name: "Visible damage", Class: Informational, Source: CodeList},
	{Code: "14", Name: "Arrival at pickup point", Class: HeldForPickup, Source: CodeList | StatusGuide | InUse},
	{Code: "15", Name: "Misshipped", Class: InNetwork, Source: CodeList | StatusGuide},
	{Code: "16", Name: "Available for pickup", Class: HeldForPickup, Source: CodeList | StatusGuide | InUse},
	{
		Code: "17", Name: "Picked up by agent", Class: Delivered, Disputed: true, Source: CodeList | StatusGuide | InUse,
		Note: "read as delivered and as returned by two editions of one table: the agent is the addressee's, who authorized the pickup",
	},
	{Code: "19", Name: "Arrival at destination, electronic verification", Class: InNetwork, Source: CodeList | StatusGuide},
	{Code: "21", Name: "No such number", Class: ReturnStarted, Source: CodeList | StatusGuide | Observed | InUse},
	{Code: "22", Name: "Insufficient address", Class: ReturnStarted, Source: CodeList | StatusGuide | InUse},
	{Code: "23", Name: "Moved, left no address", Class: ReturnStarted, Source: CodeList | StatusGuide | InUse},
	{Code: "24", Name: "Forwarding time expired", Class: ReturnStarted, Source: CodeList | StatusGuide | InUse},
	{Code: "25", Name: "Addressee unknown", Class: ReturnStarted, Source: CodeList | StatusGuide | InUse},
	{Code: "26", Name: "Vacant", Class: ReturnStarted, Source: CodeList | StatusGuide | InUse},
	{Code: "27", Name: "Unclaimed", Class: ReturnStarted, Source: CodeList | StatusGuide | InUse},
	{Code: "28", Name: "Return to sender, deceased", Class: ReturnStarted, Source: CodeList | StatusGuide | InUse},
	{Code: "29", Name: "Return to sender, other", Class: ReturnStarted, Source: CodeList | StatusGuide | InUse},
	{Code: "30", Name: "Delivery attempted, no access to delivery location", Class: Attempted, Source: StatusGuide | InUse},
	{
		Code: "31", Name: "Return to sender, not picked up", Class: ReturnStarted, Source: CodeList | StatusGuide | InUse,
		Note: "one edition of a table says attempted: the pickup time has run out and the piece goes back",
	},
	{Code: "32", Name: "Dead mail, disposed of by post office", Class: Lost, Source: CodeList},
	{Code: "33", Name: "Dead mail, sent to recovery center", Class: Lost, Source: CodeList},
	{Code: "35", Name: "Vault turnover", Class: Informational, Source: CodeList},
	{Code: "36", Name: "Transfer to employee", Class: Informational, Source: CodeList},
	{Code: "38", Name: "Registered mail dispatch, signature or witness", Class: Informational, Source: CodeList},
	{Code: "40", Name: "Transfer from vault", Class: Informational, Source: CodeList},
	{Code: "41", Name: "Received at opening unit", Class: InNetwork, Source: CodeList | StatusGuide},
	{Code: "42", Name: "USPS handoff to shipping partner", Class: InNetwork, Source: CodeList | StatusGuide},
	{
		Code: "43", Name: "Picked up", Class: Delivered, Disputed: true, Source: CodeList | StatusGuide,
		Note: "no table in use gives it a meaning; the same words were seen with an acceptance",
	},
	{Code: "44", Name: "Intercepted, or recalled by customer", Class: ReturnStarted, Source: CodeList | StatusGuide},
	{
		Code: "45", Name: "Tendered to military agent", Class: InNetwork, Source: CodeList,
		Note: "elsewhere counted with deliveries: the military post still has to deliver it",
	},
	{Code: "46", Name: "Duplicate label", Class: Informational, Source: CodeList},
	{Code: "51", Name: "Business closed", Class: Attempted, Source: CodeList | StatusGuide | InUse},
	{Code: "52", Name: "Notice left, second code", Class: Attempted, Source: CodeList | StatusGuide | InUse},
	{Code: "53", Name: "Receptacle blocked", Class: Attempted, Source: CodeList | StatusGuide | InUse},
	{Code: "54", Name: "Receptacle full or item oversized", Class: Attempted, Source: CodeList | StatusGuide | InUse},
	{Code: "55", Name: "No secure location available", Class: Attempted, Source: CodeList | StatusGuide | InUse},
	{Code: "56", Name: "No authorized recipient available", Class: Attempted, Source: CodeList | StatusGuide | InUse},
	{Code: "57", Name: "Hazardous or unsafe delivery conditions", Class: Attempted, Source: CodeList | InUse},
	{
		Code: "59", Name: "En route", Class: InNetwork, Source: CodeList | InUse,
		Note: "one table says out for delivery: the name does not",
	},
	{
		Code: "60", Name: "Tendered to agent for final delivery", Class: InNetwork, Source: CodeList | InUse,
		Note: "read as delivered and as in transit by two editions of one table: the final delivery is still to come",
	},
	{Code: "71", Name: "Rescheduled to next delivery day", Class: Informational, Source: StatusGuide},
	{Code: "80", Name: "Picked up by shipping partner, USPS awaiting item", Class: PreShipment, Source: StatusGuide | Observed | InUse},
	{Code: "81", Name: "Arrived at shipping partner facility, USPS awaiting item", Class: PreShipment, Source: StatusGuide | InUse},
	{Code: "82", Name: "Departed shipping partner facility, USPS awaiting item", Class: PreShipment, Source: StatusGuide | Observed | InUse},
	{
		Code: "83", Name: "Tendered to postal service", Class: PreShipment, Source: CodeList | StatusGuide | InUse,
		Note: "the partner says so; the USPS has not scanned it",
	},
	{Code: "89", Name: "Merchant order received, USPS awaiting item", Class: PreShipment, Source: CodeList | StatusGuide | InUse},
	{Code: "A0", Name: "Foreign acceptance", Class: Accepted, Source: CodeList},
	{Code: "A1", Name: "Trailer arrival at USPS facility", Class: InNetwork, Source: CodeList | Observed | InUse},
	{Code: "AD", Name: "Acceptance at destination", Class: Accepted, Source: CodeList | StatusGuide | Observed | InUse},
	{Code: "AE", Name: "Arrival at USPS sort facility", Class: InNetwork, Source: CodeList},
	{Code: "AF", Name: "Handoff to intermediate carrier", Class: InNetwork, Source: CodeList},
	{Code: "AG", Name: "Received from intermediate carrier", Class: InNetwork, Source: CodeList},
	{
		Code: "AH", Name: "Delivered to postal agent", Class: InNetwork, Source: CodeList | InUse,
		Note: "tables in use say delivered: the agent is the post's, and still has to hand it over",
	},
	{Code: "AJ", Name: "Intermediate airport transfer", Class: InNetwork, Source: CodeList},
	{Code: "AP", Name: "Accepted by origin carrier", Class: Accepted, Source: CodeList},
	{Code: "AR", Name: "Inbound international arrival", Class: InNetwork, Source: CodeList},
	{Code: "AS", Name: "Inbound, in destination country", Class: InNetwork, Source: CodeList},
	{Code: "AT", Name: "Origin carrier departed with uplift", Class: InNetwork, Source: CodeList},
	{Code: "B0", Name: "Foreign arrival at outward office of exchange", Class: InNetwork, Source: CodeList},
	{Code: "B1", Name: "Outbound, into US customs", Class: InNetwork, Source: CodeList},
	{Code: "BA", Name: "Bad address", Class: ReturnStarted, Source: CodeList | InUse},
	{Code: "BE", Name: "Processed", Class: InNetwork, Source: CodeList},
	{Code: "BR", Name: "Delivered by broker", Class: Delivered, Source: CodeList | InUse},
	{Code: "BX", Name: "Bumped, delayed", Class: Informational, Source: CodeList},
	{Code: "C0", Name: "Foreign international dispatch", Class: InNetwork, Source: CodeList},
	{Code: "CA", Name: "Closed on arrival", Class: Attempted, Source: CodeList | InUse},
	{Code: "CC", Name: "Awaiting collection by consignee", Class: HeldForPickup, Source: CodeList},
	{Code: "CD", Name: "Clearance delay", Class: Informational, Source: CodeList},
	{Code: "CI", Name: "Inbound, into customs", Class: InNetwork, Source: CodeList},
	{
		Code: "CM", Name: "Customer moved", Class: Attempted, Source: CodeList | InUse,
		Note: "judged elsewhere as a return: the tables in use say attempted, and the mail may yet be forwarded",
	},
	{Code: "CO", Name: "Inbound, out of customs", Class: InNetwork, Source: CodeList},
	{Code: "CR", Name: "Released from customs bond", Class: InNetwork, Source: CodeList},
	{Code: "D0", Name: "Arrived abroad", Class: InNetwork, Source: CodeList},
	{Code: "DC", Name: "Distribution complete", Class: InNetwork, Source: CodeList},
	{Code: "DD", Name: "International dispatch ready", Class: InNetwork, Source: CodeList},
	{Code: "DE", Name: "Departed USPS sort facility", Class: InNetwork, Source: CodeList},
	{
		Code: "DG", Name: "With carrier for delivery", Class: OutForDelivery, Source: InUse,
		Note: "no table gives it a name; two say out for delivery",
	},
	{Code: "DL", Name: "Delivered with signature", Class: Delivered, Source: CodeList | InUse},
	{Code: "DN", Name: "Delivered, damaged", Class: Delivered, Source: CodeList | InUse},
	{Code: "DP", Name: "Disposed of", Class: Lost, Source: CodeList},
	{Code: "DT", Name: "Mail dispatch transmitted", Class: InNetwork, Source: CodeList},
	{Code: "DX", Name: "Delivery status not updated", Class: Informational, Source: CodeList | StatusGuide | InUse},
	{Code: "E0", Name: "Into foreign customs", Class: InNetwork, Source: CodeList},
	{Code: "E1", Name: "Departed", Class: InNetwork, Source: CodeList},
	{Code: "EA", Name: "Arrival at inward office of exchange", Class: InNetwork, Source: CodeList},
	{Code: "EB", Name: "Arrival at or departure from outward office of exchange", Class: InNetwork, Source: CodeList},
	{Code: "EF", Name: "Dispatched from sort facility", Class: InNetwork, Source: CodeList | StatusGuide | Observed},
	{Code: "F0", Name: "Out of foreign customs", Class: InNetwork, Source: CodeList},
	{Code: "FD", Name: "With delivery courier", Class: OutForDelivery, Source: CodeList},
	{Code: "G0", Name: "At foreign delivery unit", Class: AtUnit, Source: CodeList},
	{Code: "GC", Name: "Return receipt associated", Class: PreShipment, Source: CodeList | StatusGuide | InUse},
	{Code: "GX", Name: "Shipping label created, USPS awaiting item", Class: PreShipment, Source: CodeList | StatusGuide | Observed | InUse},
	{Code: "H0", Name: "Attempted delivery abroad", Class: Attempted, Source: CodeList | InUse},
	{Code: "H8", Name: "Foreign return to sender", Class: ReturnStarted, Source: CodeList | InUse},
	{Code: "HP", Name: "Held for payment", Class: Informational, Source: CodeList},
	{Code: "HX", Name: "Holiday delay", Class: Informational, Source: CodeList},
	{Code: "I0", Name: "Delivered abroad", Class: Delivered, Source: CodeList | InUse},
	{Code: "IC", Name: "Received into customs bond", Class: InNetwork, Source: CodeList},
	{Code: "J0", Name: "Arrival at transit office of exchange", Class: InNetwork, Source: CodeList},
	{Code: "K0", Name: "Departure from transit office of exchange", Class: InNetwork, Source: CodeList},
	{Code: "K1", Name: "Forwarded to US customs", Class: InNetwork, Source: CodeList},
	{Code: "K2", Name: "Contact US customs", Class: Informational, Source: CodeList},
	{Code: "K3", Name: "Forwarded by USPS", Class: Forwarded, Source: CodeList},
	{Code: "K4", Name: "Return to sender, improper documentation", Class: ReturnStarted, Source: CodeList | InUse},
	{Code: "K5", Name: "Return to sender, abandoned", Class: ReturnStarted, Source: CodeList | InUse},
	{Code: "K6", Name: "Return to sender, duty not paid", Class: ReturnStarted, Source: CodeList | InUse},
	{
		Code: "K7", Name: "Picked up at customs unit", Class: InNetwork, Source: CodeList | InUse,
		Note: "one table says returned: the name tells neither who picked it up nor where to",
	},
	{Code: "L1", Name: "Container loaded", Class: InNetwork, Source: CodeList | Observed | InUse},
	{
		Code: "LT", Name: "Missed delivery cycle", Class: Informational, Source: CodeList,
		Note: "judged elsewhere as an attempt: nobody was at the address",
	},
	{Code: "LX", Name: "Loop mail exception", Class: Informational, Source: CodeList},
	{Code: "MA", Name: "Electronic shipping information received", Class: PreShipment, Source: CodeList | StatusGuide | Observed | InUse},
	{Code: "MC", Name: "Miscoded", Class: InNetwork, Source: CodeList},
	{
		Code: "MR", Name: "Picked up and processed by agent", Class: InNetwork, Source: CodeList | InUse,
		Note: "elsewhere counted with deliveries: processing by an agent does not end the journey",
	},
	{Code: "MS", Name: "Missorted", Class: InNetwork, Source: CodeList},
	{Code: "MT", Name: "Missent, ZIP code not changed", Class: InNetwork, Source: CodeList},
	{Code: "MU", Name: "Alert: mailer identifier not registered", Class: Informational, Source: CodeList},
	{Code: "MX", Name: "Alert: unauthorized use of mailer identifier", Class: Informational, Source: CodeList},
	{Code: "MZ", Name: "Missent, ZIP code changed", Class: InNetwork, Source: CodeList},
	{Code: "ND", Name: "Not delivered", Class: Attempted, Source: CodeList},
	{Code: "NH", Name: "Nobody home", Class: Attempted, Source: CodeList | InUse},
	{Code: "NP", Name: "Origin post is preparing shipment", Class: PreShipment, Source: CodeList | Observed},
	{Code: "NT", Name: "In transit to next facility, on time or late", Class: InNetwork, Computed: true, Placeless: true, Source: CodeList | StatusGuide | Observed | InUse},
	{Code: "OA", Name: "Origin acceptance", Class: Accepted, Source: CodeList | StatusGuide | Observed | InUse},
	{Code: "OD", Name: "Processed at destination facility", Class: InNetwork, Source: CodeList},
	{Code: "OF", Name: "Out for delivery", Class: OutForDelivery, Computed: true, Source: CodeList | StatusGuide | Observed | InUse},
	{Code: "OH", Name: "On hold", Class: Informational, Source: CodeList},
	{Code: "OK", Name: "International delivery with signature", Class: Delivered, Source: CodeList | InUse},
	{Code: "PA", Name: "Shipment acceptance, passive", Class: Accepted, Source: StatusGuide},
	{Code: "PC", Name: "Sorting or processing complete", Class: InNetwork, Computed: true, Source: CodeList | StatusGuide | Observed | InUse},
	{
		Code: "PD", Name: "Partial delivery", Class: Informational, Source: CodeList,
		Note: "part of a shipment: it does not tell which piece",
	},
	{Code: "PE", Name: "Origin post is preparing shipment, pre-advice", Class: PreShipment, Source: CodeList},
	{Code: "PO", Name: "Processed at origin", Class: InNetwork, Source: CodeList},
	{Code: "PU", Name: "Shipment picked up", Class: Accepted, Source: CodeList},
	{Code: "R1", Name: "Ready to process", Class: InNetwork, Source: CodeList},
	{Code: "RB", Name: "Listed on registered mail dispatch bill", Class: Informational, Source: CodeList},
	{Code: "RD", Name: "Refused delivery", Class: ReturnStarted, Source: CodeList | InUse},
	{Code: "RE", Name: "Refused entry by customs", Class: ReturnStarted, Source: CodeList | InUse},
	{
		Code: "RT", Name: "Returned to consignor", Class: ReturnStarted, Source: CodeList | InUse,
		Note: "the name alone says that the sender has it, and tables in use say that it is on its way: what completes a return is a delivery to the original sender",
	},
	{Code: "SC", Name: "Service change", Class: Informational, Source: CodeList},
	{Code: "SF", Name: "Dispatched to sort facility", Class: InNetwork, Source: CodeList | StatusGuide | Observed | InUse},
	{Code: "SS", Name: "Shipment stopped", Class: Informational, Source: CodeList},
	{Code: "T1", Name: "Trailer departure from USPS facility", Class: InNetwork, Source: CodeList | Observed | InUse},
	{Code: "TA", Name: "Transit mail arrival", Class: InNetwork, Source: CodeList},
	{Code: "TL", Name: "In transit to next facility", Class: InNetwork, Computed: true, Placeless: true, Source: CodeList | StatusGuide | Observed | InUse},
	{Code: "TM", Name: "Shipment acceptance, truck manifest", Class: Accepted, Source: CodeList | StatusGuide | InUse},
	{
		Code: "TP", Name: "Onforwarded to third party", Class: InNetwork, Source: CodeList,
		Note: "elsewhere counted with deliveries: the third party is not the addressee",
	},
	{Code: "TR", Name: "Transferred through service center", Class: InNetwork, Source: CodeList},
	{Code: "U1", Name: "Container unloaded at USPS facility", Class: InNetwork, Source: CodeList | Observed | InUse},
	{Code: "UA", Name: "Unmanifested acceptance", Class: Accepted, Source: CodeList | StatusGuide | InUse},
	{Code: "VC", Name: "Package research case created", Class: Informational, Source: CodeList},
	{
		Code: "VF", Name: "Second notice generated", Class: Informational, Source: CodeList,
		Note: "judged elsewhere as held for pickup: it is a message to the addressee, and nobody scanned the piece",
	},
	{
		Code: "VR", Name: "Redelivery scheduled", Class: Informational, Source: CodeList,
		Note: "judged elsewhere as held for pickup: it is a wish of the addressee, and nobody scanned the piece",
	},
	{Code: "VS", Name: "Package return notice generated", Class: ReturnStarted, Source: CodeList},
	{Code: "VX", Name: "Package research case closed", Class: Informational, Source: CodeList},
	{Code: "WC", Name: "With courier", Class: OutForDelivery, Source: CodeList},
	{Code: "WX", Name: "Weather delay", Class: Informational, Source: CodeList},
}
