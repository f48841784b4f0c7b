package integration_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

// What staff draw up for each use is allowed or not, and exactly what was allowed is on record,
// with what went and nothing else, on every database.
func TestSC18_ExactlyWhatWasAllowedIsOnRecord(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		db := open(t)
		service := disclosure.NewService(db.Accountings(), nil)
		rapid.Check(t, func(t *rapid.T) {
			handle := selfcheck.NewHandle()
			var allowed []disclosure.Decision
			for range rapid.IntRange(0, 3).Draw(t, "disclosures") {
				use := rapid.SampledFrom(disclosure.Uses()).Draw(t, "use")
				terms, _ := disclosure.TermsOf(rapid.SampledFrom([]disclosure.Use{use, disclosure.IdentityProofing, disclosure.Audit}).Draw(t, "terms"))
				facts := disclosure.Facts{
					By:        selfcheck.Official{ID: "privacy-1", Duties: selfcheck.Duties()},
					Handle:    handle,
					Recipient: disclosure.Recipient{Kind: rapid.SampledFrom(terms.Recipients).Draw(t, "recipient"), File: "F-1"},
					Purpose:   rapid.SampledFrom(terms.Purposes).Draw(t, "purpose"),
					Asked:     rapid.SliceOfN(rapid.SampledFrom(terms.Classes), 0, 4).Draw(t, "asked"),
					Necessary: rapid.SliceOf(rapid.SampledFrom(terms.Classes)).Draw(t, "necessary"),
					Attested:  append(terms.Attested, terms.AnyAttested...),
				}
				if kind := facts.Recipient.Kind; kind != disclosure.Person && kind != disclosure.TheIndividual {
					facts.Recipient.Name, facts.Recipient.Address = "Office of Examples", "1 Example Street"
				}
				decision, err := service.Record(t.Context(), use, facts)
				require.NoError(t, err)
				if decision.Outcome == disclosure.Allowed {
					allowed = append(allowed, decision)
				}
			}
			var recorded []disclosure.Entry
			for entry, err := range service.History(t.Context(), selfcheck.Official{ID: "foia-1", Duties: selfcheck.Duties()}, handle, disclosure.Page{}) {
				require.NoError(t, err)
				recorded = append(recorded, entry)
			}
			require.Len(t, recorded, len(allowed))
			for _, decision := range allowed {
				at := slices.IndexFunc(recorded, func(e disclosure.Entry) bool {
					return e.Use == decision.Terms.Use && slices.Equal(e.Classes, decision.What)
				})
				require.GreaterOrEqual(t, at, 0)
				require.Subset(t, decision.Terms.Classes, recorded[at].Classes)
				recorded = slices.Delete(recorded, at, at+1)
			}
		})
	})
}
