package casestatus

import "strings"

// knownPrefixes are the prefixes of receipt numbers that the agency's own status
// page knew between 2018 and 2021. Those of the last line are listed there and mean
// nothing that is public. The list grows, so a prefix that is missing proves nothing.
const knownPrefixes = "IOE AAO MSC NBC" + // electronic filing, appeals, National Benefits Center
	" CSC EAC ESC LIN NSC SRC SSC TSC VSC WAC WSC YSC" + // service centers
	" ABQ AGA ALB ANC ATL BAL BOI BOS BUF CHA CHI CHL CHR CIN CLE CLM" + // field offices
	" CLT DAL DEN DET DSM ELP FRE FSA GRR HAR HEL HHW HIA HLG HOU IMP" +
	" INP JAC KAN KND LAW LNY LOS LOU LVG MAN MEM MIA MIL MTL NEW NOL" +
	" NOR NYC OKC OKL OMA ORL PHI PHO PIT POM POO PRO QNS RAL REN SAA" +
	" SAC SAJ SBD SEA SFR SFV SLC SNA SND SNJ SPM SPO STA STL TAM TUC" +
	" WAS WIC WPB YAK" +
	" ZAR ZBO ZCH ZHN ZLA ZMI ZNK ZNY ZOL ZSF" + // asylum offices
	" HNT JAK MCF MCT MES MGL MIT OAK"

// KnownPrefix reports whether the agency is known to issue numbers that begin as n
// does. A number with another prefix is as good: this flags what may be a typing
// error, and refuses nothing. It is false for no number.
func (n ReceiptNumber) KnownPrefix() bool {
	return !n.IsZero() && strings.Contains(knownPrefixes, n.Prefix())
}
