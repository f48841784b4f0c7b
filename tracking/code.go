package tracking

import (
	"iter"
	"maps"
	"slices"

	"github.com/seed28e20331/cris"
)

// Code is the code of a USPS event: two characters, digits or capitals, as they
// were read. The code is the key of an event and its text is not: one code was seen
// with seven texts. Codes that this package does not know are kept as they are (TR-3).
type Code string

// ParseCode reads two digits or capitals and nothing else. It allocates nothing for a
// known code. Its error is a *cris.ParseError.
func ParseCode[T string | []byte](s T) (Code, error) {
	if known, ok := codeTable[Code(s)]; ok {
		return known.Code, nil
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return "", &cris.ParseError{What: "event code", At: i, Problem: "want a digit or a capital"}
		}
	}
	if len(s) != 2 {
		return "", &cris.ParseError{What: "event code", At: -1, Problem: "want two characters"}
	}
	return Code(s), nil
}

// Info returns what is known about the code; false if nothing is.
func (c Code) Info() (CodeInfo, bool) {
	info, known := codeTable[c]
	return info, known
}

// Class returns what an event with this code means, and Unknown for a code that this
// package does not know.
func (c Code) Class() Class {
	if info, known := c.Info(); known {
		return info.Class
	}
	return Unknown
}

// CodeInfo is what is known about one code.
type CodeInfo struct {
	Code      Code
	Name      string // of the event, in this package's spelling
	Class     Class
	Computed  bool   // the USPS computes the event; nobody scanned the piece
	Placeless bool   // the event carries no place
	Note      string // where published tables contradict each other: how, and why this class
}

// Codes yields what is known, in the order of the codes.
func Codes() iter.Seq[CodeInfo] {
	return func(yield func(CodeInfo) bool) {
		for _, code := range slices.Sorted(maps.Keys(codeTable)) {
			if !yield(codeTable[code]) {
				return
			}
		}
	}
}

// TR-3: the codes that were published or observed, and the class of each.
var codeTable = keyed(map[Code]CodeInfo{
	"01": {Name: "Delivered", Class: Delivered},
	"02": {Name: "Notice left", Class: Attempted},
	"03": {Name: "Accepted or picked up", Class: Accepted},
	"04": {Name: "Refused", Class: ReturnStarted},
	"05": {Name: "Undeliverable as addressed", Class: ReturnStarted},
	"06": {Name: "Forwarded", Class: Forwarded},
	"07": {
		Name: "Arrival at unit", Class: AtUnit,
		Note: "one published table says out for delivery: the piece is at the delivery unit, not with a carrier",
	},
	"08": {Name: "Missent", Class: InNetwork},
	"09": {Name: "Return to sender", Class: ReturnStarted},
	"10": {Name: "Processed through USPS sort facility", Class: InNetwork},
	"11": {
		Name: "Seized by law enforcement, or dead letter", Class: Lost,
		Note: "the name differs between tables; either way it does not reach the addressee",
	},
	"12": {Name: "Visible damage", Class: Informational},
	"14": {Name: "Arrival at pickup point", Class: HeldForPickup},
	"15": {Name: "Misshipped", Class: InNetwork},
	"16": {Name: "Available for pickup", Class: HeldForPickup},
	"17": {
		Name: "Picked up by agent", Class: Delivered,
		Note: "read as delivered and as returned by two editions of one table: the agent is the addressee's, who authorized the pickup",
	},
	"19": {Name: "Arrival at destination, electronic verification", Class: InNetwork},
	"21": {Name: "No such number", Class: ReturnStarted},
	"22": {Name: "Insufficient address", Class: ReturnStarted},
	"23": {Name: "Moved, left no address", Class: ReturnStarted},
	"24": {Name: "Forwarding time expired", Class: ReturnStarted},
	"25": {Name: "Addressee unknown", Class: ReturnStarted},
	"26": {Name: "Vacant", Class: ReturnStarted},
	"27": {Name: "Unclaimed", Class: ReturnStarted},
	"28": {Name: "Return to sender, deceased", Class: ReturnStarted},
	"29": {Name: "Return to sender, other", Class: ReturnStarted},
	"30": {Name: "Delivery attempted, no access to delivery location", Class: Attempted},
	"31": {
		Name: "Return to sender, not picked up", Class: ReturnStarted,
		Note: "one edition of a table says attempted: the pickup time has run out and the piece goes back",
	},
	"32": {Name: "Dead mail, disposed of by post office", Class: Lost},
	"33": {Name: "Dead mail, sent to recovery center", Class: Lost},
	"35": {Name: "Vault turnover", Class: Informational},
	"36": {Name: "Transfer to employee", Class: Informational},
	"38": {Name: "Registered mail dispatch, signature or witness", Class: Informational},
	"40": {Name: "Transfer from vault", Class: Informational},
	"41": {Name: "Received at opening unit", Class: InNetwork},
	"42": {Name: "USPS handoff to shipping partner", Class: InNetwork},
	"43": {Name: "Picked up", Class: Delivered},
	"44": {Name: "Intercepted, or recalled by customer", Class: ReturnStarted},
	"45": {
		Name: "Tendered to military agent", Class: InNetwork,
		Note: "elsewhere counted with deliveries: the military post still has to deliver it",
	},
	"46": {Name: "Duplicate label", Class: Informational},
	"51": {Name: "Business closed", Class: Attempted},
	"52": {Name: "Notice left, second code", Class: Attempted},
	"53": {Name: "Receptacle blocked", Class: Attempted},
	"54": {Name: "Receptacle full or item oversized", Class: Attempted},
	"55": {Name: "No secure location available", Class: Attempted},
	"56": {Name: "No authorized recipient available", Class: Attempted},
	"57": {Name: "Hazardous or unsafe delivery conditions", Class: Attempted},
	"59": {
		Name: "En route", Class: InNetwork,
		Note: "one table says out for delivery: the name does not",
	},
	"60": {
		Name: "Tendered to agent for final delivery", Class: InNetwork,
		Note: "read as delivered and as in transit by two editions of one table: the final delivery is still to come",
	},
	"71": {Name: "Rescheduled to next delivery day", Class: Informational},
	"80": {Name: "Picked up by shipping partner, USPS awaiting item", Class: PreShipment},
	"81": {Name: "Arrived at shipping partner facility, USPS awaiting item", Class: PreShipment},
	"82": {Name: "Departed shipping partner facility, USPS awaiting item", Class: PreShipment},
	"83": {
		Name: "Tendered to postal service", Class: PreShipment,
		Note: "the partner says so; the USPS has not scanned it",
	},
	"89": {Name: "Merchant order received, USPS awaiting item", Class: PreShipment},
	"A0": {Name: "Foreign acceptance", Class: Accepted},
	"A1": {Name: "Trailer arrival at USPS facility", Class: InNetwork},
	"AD": {Name: "Acceptance at destination", Class: Accepted},
	"AE": {Name: "Arrival at USPS sort facility", Class: InNetwork},
	"AF": {Name: "Handoff to intermediate carrier", Class: InNetwork},
	"AG": {Name: "Received from intermediate carrier", Class: InNetwork},
	"AH": {Name: "Delivered to postal agent", Class: Delivered},
	"AJ": {Name: "Intermediate airport transfer", Class: InNetwork},
	"AP": {Name: "Accepted by origin carrier", Class: Accepted},
	"AR": {Name: "Inbound international arrival", Class: InNetwork},
	"AS": {Name: "Inbound, in destination country", Class: InNetwork},
	"AT": {Name: "Origin carrier departed with uplift", Class: InNetwork},
	"B0": {Name: "Foreign arrival at outward office of exchange", Class: InNetwork},
	"B1": {Name: "Outbound, into US customs", Class: InNetwork},
	"BA": {Name: "Bad address", Class: ReturnStarted},
	"BE": {Name: "Processed", Class: InNetwork},
	"BR": {Name: "Delivered by broker", Class: Delivered},
	"BX": {Name: "Bumped, delayed", Class: Informational},
	"C0": {Name: "Foreign international dispatch", Class: InNetwork},
	"CA": {Name: "Closed on arrival", Class: Attempted},
	"CC": {Name: "Awaiting collection by consignee", Class: HeldForPickup},
	"CD": {Name: "Clearance delay", Class: Informational},
	"CI": {Name: "Inbound, into customs", Class: InNetwork},
	"CM": {
		Name: "Customer moved", Class: Attempted,
		Note: "judged elsewhere as a return: the tables in use say attempted, and the mail may yet be forwarded",
	},
	"CO": {Name: "Inbound, out of customs", Class: InNetwork},
	"CR": {Name: "Released from customs bond", Class: InNetwork},
	"D0": {Name: "Arrived abroad", Class: InNetwork},
	"DC": {Name: "Distribution complete", Class: InNetwork},
	"DD": {Name: "International dispatch ready", Class: InNetwork},
	"DE": {Name: "Departed USPS sort facility", Class: InNetwork},
	"DG": {
		Name: "With carrier for delivery", Class: OutForDelivery,
		Note: "no table gives it a name; two say out for delivery",
	},
	"DL": {Name: "Delivered with signature", Class: Delivered},
	"DN": {Name: "Delivered, damaged", Class: Delivered},
	"DP": {Name: "Disposed of", Class: Lost},
	"DT": {Name: "Mail dispatch transmitted", Class: InNetwork},
	"DX": {Name: "Delivery status not updated", Class: Informational},
	"E0": {Name: "Into foreign customs", Class: InNetwork},
	"E1": {Name: "Departed", Class: InNetwork},
	"EA": {Name: "Arrival at inward office of exchange", Class: InNetwork},
	"EB": {Name: "Arrival at or departure from outward office of exchange", Class: InNetwork},
	"EF": {Name: "Dispatched from sort facility", Class: InNetwork},
	"F0": {Name: "Out of foreign customs", Class: InNetwork},
	"FD": {Name: "With delivery courier", Class: OutForDelivery},
	"G0": {Name: "At foreign delivery unit", Class: AtUnit},
	"GC": {Name: "Return receipt associated", Class: PreShipment},
	"GX": {Name: "Shipping label created, USPS awaiting item", Class: PreShipment},
	"H0": {Name: "Attempted delivery abroad", Class: Attempted},
	"H8": {Name: "Foreign return to sender", Class: ReturnStarted},
	"HP": {Name: "Held for payment", Class: Informational},
	"HX": {Name: "Holiday delay", Class: Informational},
	"I0": {Name: "Delivered abroad", Class: Delivered},
	"IC": {Name: "Received into customs bond", Class: InNetwork},
	"J0": {Name: "Arrival at transit office of exchange", Class: InNetwork},
	"K0": {Name: "Departure from transit office of exchange", Class: InNetwork},
	"K1": {Name: "Forwarded to US customs", Class: InNetwork},
	"K2": {Name: "Contact US customs", Class: Informational},
	"K3": {Name: "Forwarded by USPS", Class: Forwarded},
	"K4": {Name: "Return to sender, improper documentation", Class: ReturnStarted},
	"K5": {Name: "Return to sender, abandoned", Class: ReturnStarted},
	"K6": {Name: "Return to sender, duty not paid", Class: ReturnStarted},
	"K7": {
		Name: "Picked up at customs unit", Class: InNetwork,
		Note: "one table says returned: the name tells neither who picked it up nor where to",
	},
	"L1": {Name: "Container loaded", Class: InNetwork},
	"LT": {
		Name: "Missed delivery cycle", Class: Informational,
		Note: "judged elsewhere as an attempt: nobody was at the address",
	},
	"LX": {Name: "Loop mail exception", Class: Informational},
	"MA": {Name: "Electronic shipping information received", Class: PreShipment},
	"MC": {Name: "Miscoded", Class: InNetwork},
	"MR": {
		Name: "Picked up and processed by agent", Class: InNetwork,
		Note: "elsewhere counted with deliveries: processing by an agent does not end the journey",
	},
	"MS": {Name: "Missorted", Class: InNetwork},
	"MT": {Name: "Missent, ZIP code not changed", Class: InNetwork},
	"MU": {Name: "Alert: mailer identifier not registered", Class: Informational},
	"MX": {Name: "Alert: unauthorized use of mailer identifier", Class: Informational},
	"MZ": {Name: "Missent, ZIP code changed", Class: InNetwork},
	"ND": {Name: "Not delivered", Class: Attempted},
	"NH": {Name: "Nobody home", Class: Attempted},
	"NP": {Name: "Origin post is preparing shipment", Class: PreShipment},
	"NT": {Name: "In transit to next facility, on time or late", Class: InNetwork, Computed: true, Placeless: true},
	"OA": {Name: "Origin acceptance", Class: Accepted},
	"OD": {Name: "Processed at destination facility", Class: InNetwork},
	"OF": {Name: "Out for delivery", Class: OutForDelivery, Computed: true},
	"OH": {Name: "On hold", Class: Informational},
	"OK": {Name: "International delivery with signature", Class: Delivered},
	"PA": {Name: "Shipment acceptance, passive", Class: Accepted},
	"PC": {Name: "Sorting or processing complete", Class: InNetwork, Computed: true},
	"PD": {
		Name: "Partial delivery", Class: Informational,
		Note: "part of a shipment: it does not tell which piece",
	},
	"PE": {Name: "Origin post is preparing shipment, pre-advice", Class: PreShipment},
	"PO": {Name: "Processed at origin", Class: InNetwork},
	"PU": {Name: "Shipment picked up", Class: Accepted},
	"R1": {Name: "Ready to process", Class: InNetwork},
	"RB": {Name: "Listed on registered mail dispatch bill", Class: Informational},
	"RD": {Name: "Refused delivery", Class: ReturnStarted},
	"RE": {Name: "Refused entry by customs", Class: ReturnStarted},
	"RT": {
		Name: "Returned to consignor", Class: ReturnCompleted,
		Note: "elsewhere not kept apart from a return under way: the name says that it was returned",
	},
	"SC": {Name: "Service change", Class: Informational},
	"SF": {Name: "Dispatched to sort facility", Class: InNetwork},
	"SS": {Name: "Shipment stopped", Class: Informational},
	"T1": {Name: "Trailer departure from USPS facility", Class: InNetwork},
	"TA": {Name: "Transit mail arrival", Class: InNetwork},
	"TL": {Name: "In transit to next facility", Class: InNetwork, Computed: true, Placeless: true},
	"TM": {Name: "Shipment acceptance, truck manifest", Class: Accepted},
	"TP": {
		Name: "Onforwarded to third party", Class: InNetwork,
		Note: "elsewhere counted with deliveries: the third party is not the addressee",
	},
	"TR": {Name: "Transferred through service center", Class: InNetwork},
	"U1": {Name: "Container unloaded at USPS facility", Class: InNetwork},
	"UA": {Name: "Unmanifested acceptance", Class: Accepted},
	"VC": {Name: "Package research case created", Class: Informational},
	"VF": {Name: "Second notice generated", Class: HeldForPickup},
	"VR": {Name: "Redelivery scheduled", Class: HeldForPickup},
	"VS": {Name: "Package return notice generated", Class: ReturnStarted},
	"VX": {Name: "Package research case closed", Class: Informational},
	"WC": {Name: "With courier", Class: OutForDelivery},
	"WX": {Name: "Weather delay", Class: Informational},
})

func keyed(table map[Code]CodeInfo) map[Code]CodeInfo {
	for code, info := range table {
		info.Code = code
		table[code] = info
	}
	return table
}
