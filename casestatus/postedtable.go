package casestatus

import (
	"iter"

	"github.com/seed28e20331/cris"
)

// PostedTable holds what was posted by one day, made ready to decide many cases: a
// docket. It answers as FindPosted and DecideEligibility do together. It does not change
// and is safe for concurrent use.
type PostedTable struct {
	on       cris.Date
	tables   *Tables
	policy   Policy
	terms    map[PostedUnder]*terms
	unlisted terms
}

// NewPostedTable returns the table for one day of asking. Of several publications of one
// form, type and office, the one that was read last counts, on or before that day; of
// several read on one day, the last one given. It costs a few milliseconds and, for what
// the whole site posts, about as much memory as 20,000 publications.
func NewPostedTable(times iter.Seq[ProcessingTime], on cris.Date, tables *Tables, policy Policy) *PostedTable {
	tables, policy = tables.orDefault(), policy.withDefaults()
	t := &PostedTable{on: on, tables: tables, policy: policy, terms: map[PostedUnder]*terms{}, unlisted: unlisted(on, policy)}
	posted := map[PostedUnder]*terms{}
	for p := range times {
		under := p.PostedUnder()
		if before, ok := posted[under]; p.ReadOn.After(on) || p.IsZero() || p.Office == "" || ok && before.posted.ReadOn.After(p.ReadOn) {
			continue
		}
		terms := termsOf(p, on, policy)
		posted[under] = &terms
	}
	// Every office for which a case may be looked up, under every subtype that is posted.
	offices := map[OfficeCode]bool{}
	subtypes := map[formSubtype]bool{}
	for under := range posted {
		offices[under.Office] = true
		subtypes[formSubtype{under.Form, tables.Forms.Published(under.Form, under.FormType)}] = true
	}
	for code := range tables.Offices.byCode {
		offices[code] = true
	}
	names := map[formSubtype][]FormType{}
	for subtype := range subtypes {
		names[subtype] = tables.Forms.names(subtype.number, subtype.subtype)
	}
	for office := range offices {
		codes := tables.Offices.postedUnder(office, on)
		for subtype := range subtypes {
			if found := preferred(posted, subtype.number, names[subtype], codes); found != nil {
				t.terms[PostedUnder{subtype.number, subtype.subtype, office}] = found
			}
		}
	}
	return t
}

// preferred returns the terms that count of those posted under the codes and the names, as
// FindPosted has it; nil if there are none.
func preferred(posted map[PostedUnder]*terms, form FormNumber, names []FormType, codes [3]OfficeCode) (found *terms) {
	for _, code := range codes {
		for _, name := range names {
			terms := posted[PostedUnder{form, name, code}]
			if terms != nil && (found == nil || terms.isPreferred(found)) {
				found = terms
			}
		}
	}
	return found
}

// Decide says how the case stands on the day of the table. It allocates the reasons and
// nothing else. The caller may keep and change what it gets.
func (t *PostedTable) Decide(c Case) Eligibility { return t.decide(&c) }

// DecideAll decides a docket, in its order, holding one case at a time.
func (t *PostedTable) DecideAll(docket iter.Seq[Case]) iter.Seq2[ReceiptNumber, Eligibility] {
	return func(yield func(ReceiptNumber, Eligibility) bool) {
		for c := range docket {
			if !yield(c.Receipt, t.decide(&c)) {
				return
			}
		}
	}
}

func (t *PostedTable) decide(c *Case) Eligibility {
	if !c.Pending() {
		return Eligibility{Outcome: Decided, On: t.on, Reasons: []cris.Reason{caseDecided}}
	}
	if c.Filed.IsZero() || c.Filed.Before(t.policy.Earliest) || c.Filed.After(t.on) || t.on.IsZero() {
		return Eligibility{Outcome: Undecided, On: t.on, Reasons: undecided(c.Filed, t.on, t.policy.Earliest)}
	}
	under := PostedUnder{c.Form, c.FormType, c.Office}
	found := t.terms[under]
	if found == nil { // perhaps the subtype goes by its other name
		under.FormType = t.tables.Forms.Published(c.Form, c.FormType)
		found = t.terms[under]
	}
	if found != nil && found.stale {
		return t.unlisted.decideUnlisted(c, []cris.Reason{readingTooOld}, t.tables)
	}
	if found != nil {
		return found.decide(c.Filed)
	}
	return t.unlisted.decideUnlisted(c, []cris.Reason{nothingPosted}, t.tables)
}
