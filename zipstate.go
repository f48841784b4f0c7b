package cris

import "strings"

// StateHasZIP reports whether the ZIP code of the address can be one of its state: whether its
// first three digits belong to that state or to a neighbor, because some post offices deliver
// across the border. It is false for a code whose first three digits belong to no state, and
// for the zero Address.
func (a Address) StateHasZIP() bool {
	if a.IsZero() {
		return false
	}
	parts := a.Reveal()
	states := statesOf(parts.ZIP.String()[:3])
	return states != "" && (strings.Contains(states, parts.State) || strings.Contains(neighbors[parts.State], states))
}

// States returns the states to which the first three digits of the code belong, by their postal
// abbreviations, such as NJ: one, several islands that share the digits, or none for digits that
// the USPS has not assigned and for the zero ZIP. A few post offices deliver across the border of
// a state.
func (z ZIP) States() []string {
	if z.IsZero() {
		return nil
	}
	return strings.Fields(statesOf(z.String()[:3]))
}

// statesOf returns the states that have ZIP codes with these first three digits, separated by
// blanks; "" if none has.
func statesOf(prefix string) string {
	for _, row := range zipRows {
		if row.first <= prefix && prefix <= row.last {
			return row.states
		}
	}
	return ""
}

// zipRows say which states have the ZIP codes that begin with these three digits: one state, or
// islands that share a prefix. The USPS has not assigned the prefixes that are in no row.
var zipRows = []struct{ first, last, states string }{
	{"005", "005", "NY"},
	{"006", "007", "PR"},
	{"008", "008", "VI"},
	{"009", "009", "PR"},
	{"010", "027", "MA"},
	{"028", "029", "RI"},
	{"030", "038", "NH"},
	{"039", "049", "ME"},
	{"050", "059", "VT"},
	{"060", "069", "CT"},
	{"070", "089", "NJ"},
	{"090", "099", "AE"},
	{"100", "149", "NY"},
	{"150", "196", "PA"},
	{"197", "199", "DE"},
	{"200", "200", "DC"},
	{"201", "201", "VA"},
	{"202", "205", "DC"},
	{"206", "212", "MD"},
	{"214", "219", "MD"},
	{"220", "246", "VA"},
	{"247", "268", "WV"},
	{"270", "289", "NC"},
	{"290", "299", "SC"},
	{"300", "319", "GA"},
	{"320", "339", "FL"},
	{"340", "340", "AA"},
	{"341", "342", "FL"},
	{"344", "344", "FL"},
	{"346", "347", "FL"},
	{"349", "349", "FL"},
	{"350", "352", "AL"},
	{"354", "369", "AL"},
	{"370", "385", "TN"},
	{"386", "397", "MS"},
	{"398", "399", "GA"},
	{"400", "418", "KY"},
	{"420", "427", "KY"},
	{"430", "459", "OH"},
	{"460", "479", "IN"},
	{"480", "499", "MI"},
	{"500", "516", "IA"},
	{"520", "528", "IA"},
	{"530", "532", "WI"},
	{"534", "535", "WI"},
	{"537", "549", "WI"},
	{"550", "551", "MN"},
	{"553", "567", "MN"},
	{"569", "569", "DC"},
	{"570", "577", "SD"},
	{"580", "588", "ND"},
	{"590", "599", "MT"},
	{"600", "620", "IL"},
	{"622", "629", "IL"},
	{"630", "631", "MO"},
	{"633", "641", "MO"},
	{"644", "658", "MO"},
	{"660", "662", "KS"},
	{"664", "679", "KS"},
	{"680", "681", "NE"},
	{"683", "693", "NE"},
	{"700", "701", "LA"},
	{"703", "708", "LA"},
	{"710", "714", "LA"},
	{"716", "729", "AR"},
	{"730", "731", "OK"},
	{"733", "733", "TX"},
	{"734", "741", "OK"},
	{"743", "749", "OK"},
	{"750", "770", "TX"},
	{"772", "799", "TX"},
	{"800", "816", "CO"},
	{"820", "831", "WY"},
	{"832", "838", "ID"},
	{"840", "847", "UT"},
	{"850", "853", "AZ"},
	{"855", "857", "AZ"},
	{"859", "860", "AZ"},
	{"863", "865", "AZ"},
	{"870", "875", "NM"},
	{"877", "884", "NM"},
	{"885", "885", "TX"},
	{"889", "891", "NV"},
	{"893", "895", "NV"},
	{"897", "898", "NV"},
	{"900", "908", "CA"},
	{"910", "928", "CA"},
	{"930", "961", "CA"},
	{"962", "966", "AP"},
	{"967", "967", "HI AS"},
	{"968", "968", "HI"},
	{"969", "969", "GU MP PW FM MH"},
	{"970", "979", "OR"},
	{"980", "986", "WA"},
	{"988", "994", "WA"},
	{"995", "999", "AK"},
}

// neighbors are the states with which a state has a border.
var neighbors = map[string]string{
	"AL": "FL GA MS TN", "AZ": "CA CO NM NV UT", "AR": "LA MO MS OK TN TX", "CA": "AZ NV OR", "CO": "AZ KS NE NM OK UT WY",
	"CT": "MA NY RI", "DE": "MD NJ PA", "DC": "MD VA", "FL": "AL GA", "GA": "AL FL NC SC TN", "ID": "MT NV OR UT WA WY",
	"IL": "IA IN KY MO WI", "IN": "IL KY MI OH", "IA": "IL MN MO NE SD WI", "KS": "CO MO NE OK", "KY": "IL IN MO OH TN VA WV",
	"LA": "AR MS TX", "ME": "NH", "MD": "DC DE PA VA WV", "MA": "CT NH NY RI VT", "MI": "IN OH WI", "MN": "IA ND SD WI",
	"MS": "AL AR LA TN", "MO": "AR IA IL KS KY NE OK TN", "MT": "ID ND SD WY", "NE": "CO IA KS MO SD WY", "NV": "AZ CA ID OR UT",
	"NH": "MA ME VT", "NJ": "DE NY PA", "NM": "AZ CO OK TX UT", "NY": "CT MA NJ PA VT", "NC": "GA SC TN VA", "ND": "MN MT SD",
	"OH": "IN KY MI PA WV", "OK": "AR CO KS MO NM TX", "OR": "CA ID NV WA", "PA": "DE MD NJ NY OH WV", "RI": "CT MA", "SC": "GA NC",
	"SD": "IA MN MT ND NE WY", "TN": "AL AR GA KY MO MS NC VA", "TX": "AR LA NM OK", "UT": "AZ CO ID NM NV WY", "VT": "MA NH NY",
	"VA": "DC KY MD NC TN WV", "WA": "ID OR", "WV": "KY MD OH PA VA", "WI": "IA IL MI MN", "WY": "CO ID MT NE SD UT",
}
