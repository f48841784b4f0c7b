package disclosure_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
)

// allowed has, for each use, facts with which a disclosure is allowed. They are written down from
// the notice, not made from the terms.
func allowed() map[disclosure.Use]disclosure.Facts {
	facts := func(kind disclosure.RecipientKind, purpose disclosure.Purpose, asked []disclosure.Class, attested ...disclosure.Condition) disclosure.Facts {
		recipient := disclosure.Recipient{Kind: kind, Name: "Office of Examples", Address: "1 Example Street, Washington, DC 20001"}
		if kind == disclosure.TheIndividual {
			recipient = disclosure.Recipient{Kind: kind}
		}
		return disclosure.Facts{
			By:     selfcheck.Official{ID: "privacy-1", Duties: []selfcheck.Duty{selfcheck.DutyDisclosure}},
			Handle: handle, Recipient: recipient, Purpose: purpose, Asked: asked, Necessary: asked, Attested: attested,
		}
	}
	some := []disclosure.Class{disclosure.Name, disclosure.CaseNumber}
	return map[disclosure.Use]disclosure.Facts{
		disclosure.Litigation: facts(disclosure.JusticeDepartment, disclosure.ToLitigate, some,
			disclosure.NecessaryToLitigation, disclosure.DeterminedRelevant, disclosure.CompatibleWithPurpose, disclosure.UnitedStatesIsParty),
		disclosure.Congress: facts(disclosure.CongressionalOffice, disclosure.ToAnswerCongress, some,
			disclosure.OfficeInquired, disclosure.IndividualAskedOffice),
		disclosure.RecordsInspection: facts(disclosure.NationalArchives, disclosure.ToInspectRecords, some, disclosure.InspectionUnderTitle44),
		disclosure.Audit: facts(disclosure.Organization, disclosure.ToAudit, some,
			disclosure.AuditAuthorizedByLaw, disclosure.NecessaryToAudit),
		disclosure.Compromise: facts(disclosure.OtherAgency, disclosure.ToRespondToHarm, some,
			disclosure.CompromiseSuspected, disclosure.RiskOfHarmDetermined, disclosure.NecessaryToResponse),
		disclosure.DepartmentWork: facts(disclosure.Contractor, disclosure.ToPerformFunction, some,
			disclosure.WorksForDepartment, disclosure.NecessaryToFunction, disclosure.BoundByPrivacyAct),
		disclosure.LawEnforcement: facts(disclosure.EnforcingAuthority, disclosure.ToInvestigate, some,
			disclosure.RecordIndicatesViolation, disclosure.RecipientEnforces, disclosure.ConsistentWithDuties),
		disclosure.OwnCheck: facts(disclosure.TheIndividual, disclosure.ToTellIndividual, some, disclosure.ChecksOwnAuthorization),
		disclosure.IdentityProofing: facts(disclosure.IdentityProvider, disclosure.ToAuthenticate,
			[]disclosure.Class{disclosure.Name, disclosure.BirthDate, disclosure.Residence, disclosure.SSN},
			disclosure.ProviderUnderContract, disclosure.IndividualSeeksAccess, disclosure.ProofingNotConcluded),
		disclosure.WrittenConsent: facts(disclosure.TheIndividual, disclosure.AsIndividualWishes, append(some, disclosure.DisclosureAccounted),
			disclosure.ConsentIsWritten, disclosure.ConsentCoversDisclosure, disclosure.IdentityOfRequesterChecked),
	}
}

const handle selfcheck.Handle = "ABCDEFGHIJKLMNOPQRSTUVWX23"

func codes(reasons []cris.Reason) (found []cris.Code) {
	for _, reason := range reasons {
		found = append(found, reason.Code)
	}
	return found
}

func TestSC18_EachUseAllowsWhatItNames(t *testing.T) {
	require.Len(t, allowed(), len(disclosure.Uses()))
	var letters strings.Builder
	for _, use := range disclosure.Uses() {
		facts := allowed()[use]
		decision := disclosure.DecideDisclosure(use, facts)
		require.Equal(t, disclosure.Allowed, decision.Outcome, "%s: %v", use, codes(decision.Reasons))
		require.Equal(t, facts.Asked, decision.What, use)
		require.Empty(t, decision.Missing, use)
		require.Len(t, decision.Reasons, 1, use)
		require.Equal(t, use, decision.Terms.Use)
		letters.WriteString(use.Letter())
	}
	require.Equal(t, "ABCDEFGHI", letters.String())
}

func TestSC18_EachConditionIsAsked(t *testing.T) {
	for use, good := range allowed() {
		for i, condition := range good.Attested {
			facts := good
			facts.Attested = slices.Delete(slices.Clone(good.Attested), i, i+1)
			decision := disclosure.DecideDisclosure(use, facts)
			require.Equal(t, disclosure.Refused, decision.Outcome, "%s without %s", use, condition)
			require.Equal(t, []cris.Code{"disclosure.condition_not_attested"}, codes(decision.Reasons))
			require.Contains(t, decision.Missing, condition)
			require.Nil(t, decision.What)
		}
	}
}

func TestSC18_LitigationTakesAnyOfItsFourParties(t *testing.T) {
	parties := []disclosure.Condition{
		disclosure.DepartmentIsParty, disclosure.EmployeeIsPartyOfficially, disclosure.EmployeeIsPartyPersonally, disclosure.UnitedStatesIsParty,
	}
	for _, party := range parties {
		facts := allowed()[disclosure.Litigation]
		facts.Attested = append(slices.Clone(facts.Attested[:3]), party)
		require.Equal(t, disclosure.Allowed, disclosure.DecideDisclosure(disclosure.Litigation, facts).Outcome, party)
	}
	facts := allowed()[disclosure.Litigation]
	facts.Attested = facts.Attested[:3]
	require.Equal(t, parties, disclosure.DecideDisclosure(disclosure.Litigation, facts).Missing)
}

func TestSC18_CompromiseNeedsAllThreeConditions(t *testing.T) {
	facts := allowed()[disclosure.Compromise]
	facts.Attested = nil
	require.Equal(t, []disclosure.Condition{
		disclosure.CompromiseSuspected, disclosure.RiskOfHarmDetermined, disclosure.NecessaryToResponse,
	}, disclosure.DecideDisclosure(disclosure.Compromise, facts).Missing)
}

func TestSC18_ProviderGetsFourElementsAndNothingElse(t *testing.T) {
	four := []disclosure.Class{disclosure.Name, disclosure.BirthDate, disclosure.Residence, disclosure.SSN}
	for _, class := range disclosure.Classes() {
		facts := allowed()[disclosure.IdentityProofing]
		facts.Asked = []disclosure.Class{class}
		decision := disclosure.DecideDisclosure(disclosure.IdentityProofing, facts)
		if slices.Contains(four, class) {
			require.Equal(t, facts.Asked, decision.What, class)
			continue
		}
		require.Equal(t, []cris.Code{"disclosure.class_not_in_use"}, codes(decision.Reasons), class)
	}
	for use, facts := range allowed() { // nor under any other use
		facts.Recipient.Kind = disclosure.IdentityProvider
		facts.Recipient.Name, facts.Recipient.Address = "Provider", "Example Street"
		require.Equal(t, use == disclosure.IdentityProofing, disclosure.DecideDisclosure(use, facts).Outcome == disclosure.Allowed, use)
	}
}

func TestSC18_NoUseButProofingLetsTheResidenceOut(t *testing.T) {
	for _, use := range disclosure.Uses() {
		terms, known := disclosure.TermsOf(use)
		require.True(t, known)
		require.Equal(t, use == disclosure.IdentityProofing, slices.Contains(terms.Classes, disclosure.Residence), use)
	}
}

func TestSC18_OnlyWhatIsNecessaryGoesToLitigationAndAudit(t *testing.T) {
	for use, facts := range allowed() {
		facts.Necessary = facts.Necessary[:1]
		decision := disclosure.DecideDisclosure(use, facts)
		if use == disclosure.Litigation || use == disclosure.Audit {
			require.Equal(t, []cris.Code{"disclosure.class_not_necessary"}, codes(decision.Reasons), use)
		} else {
			require.Equal(t, disclosure.Allowed, decision.Outcome, use)
		}
	}
}

func TestSC18_EverythingWrongIsNamedAtOnce(t *testing.T) {
	decision := disclosure.DecideDisclosure(disclosure.Audit, disclosure.Facts{
		Recipient: disclosure.Recipient{Kind: disclosure.TheIndividual, Name: "A Person", File: "a b"},
		Purpose:   disclosure.ToEnforce,
		Asked:     []disclosure.Class{disclosure.Residence, disclosure.Name},
		Disputed:  []disclosure.Class{disclosure.Name},
	})
	require.Equal(t, disclosure.Refused, decision.Outcome)
	require.Equal(t, []cris.Code{
		"disclosure.recipient_not_in_use", "disclosure.purpose_not_in_use", "disclosure.class_not_in_use", "disclosure.class_not_necessary",
		"disclosure.condition_not_attested", "disclosure.person_named", "disclosure.file_number_malformed", "disclosure.handle_missing",
		"disclosure.duty_missing", "disclosure.disagreement_left_out",
	}, codes(decision.Reasons))
	require.Nil(t, decision.What)

	nothing := disclosure.DecideDisclosure("", disclosure.Facts{})
	require.Equal(t, []cris.Code{
		"disclosure.use_unknown", "disclosure.recipient_name_missing", "disclosure.recipient_address_missing",
		"disclosure.handle_missing", "disclosure.duty_missing",
	}, codes(nothing.Reasons))
	empty := allowed()[disclosure.OwnCheck]
	empty.Asked = nil
	require.Equal(t, []cris.Code{"disclosure.nothing_asked"}, codes(disclosure.DecideDisclosure(disclosure.OwnCheck, empty).Reasons))
}

// What is asked for twice, or in another order, goes once and in order.
func TestSC18_WhatMayGoIsNamedOnceAndInOrder(t *testing.T) {
	facts := allowed()[disclosure.OwnCheck]
	facts.Asked = []disclosure.Class{disclosure.QueryResult, disclosure.Name, disclosure.QueryResult}
	require.Equal(t, []disclosure.Class{disclosure.Name, disclosure.QueryResult}, disclosure.DecideDisclosure(disclosure.OwnCheck, facts).What)
}

func TestSC18_AccountingNamesNoPerson(t *testing.T) {
	for _, test := range []struct {
		recipient disclosure.Recipient
		want      []cris.Code
	}{
		{disclosure.Recipient{Kind: disclosure.Person, File: "DHS/2026-00123"}, nil},
		{disclosure.Recipient{Kind: disclosure.Person}, []cris.Code{"disclosure.file_missing"}},
		{disclosure.Recipient{Kind: disclosure.Person, Name: "Jane Roe", File: "F-1"}, []cris.Code{"disclosure.person_named"}},
		{disclosure.Recipient{Kind: disclosure.Person, Address: "1 Example Street", File: "F-1"}, []cris.Code{"disclosure.person_named"}},
		{disclosure.Recipient{Kind: disclosure.Person, File: "A900000001"}, []cris.Code{"disclosure.file_number_malformed"}},
		{disclosure.Recipient{Kind: disclosure.Person, File: "900-12-3456"}, []cris.Code{"disclosure.file_number_malformed"}},
		{disclosure.Recipient{Kind: disclosure.Person, File: "EAC9900000001"}, []cris.Code{"disclosure.file_number_malformed"}},
		{disclosure.Recipient{Kind: disclosure.Person, File: "Roe, Jane"}, []cris.Code{"disclosure.file_number_malformed"}},
		{disclosure.Recipient{Kind: disclosure.Person, File: "F-12345678901234567890123456789012345678901"}, []cris.Code{"disclosure.file_number_malformed"}},
		{disclosure.Recipient{Kind: disclosure.Organization, Name: "Line\nbreak", Address: "\x00"}, []cris.Code{"disclosure.recipient_name_missing", "disclosure.recipient_address_missing"}},
	} {
		facts := allowed()[disclosure.Audit]
		facts.Recipient = test.recipient
		decision := disclosure.DecideDisclosure(disclosure.Audit, facts)
		require.Equal(t, len(test.want) == 0, decision.Outcome == disclosure.Allowed)
		if len(test.want) > 0 {
			require.Equal(t, test.want, codes(decision.Reasons), test.recipient)
		}
	}
}

func TestPV3_DisclosuresAreTheDutyOfSome(t *testing.T) {
	for _, by := range []selfcheck.Official{
		{},
		{ID: "privacy-1"},
		{Duties: selfcheck.Duties()},
		{ID: "privacy-1", Duties: []selfcheck.Duty{selfcheck.DutyRecords, selfcheck.DutyAmendment}},
		{ID: "two\nlines", Duties: selfcheck.Duties()},
	} {
		facts := allowed()[disclosure.Congress]
		facts.By = by
		require.Equal(t, []cris.Code{"disclosure.duty_missing"}, codes(disclosure.DecideDisclosure(disclosure.Congress, facts).Reasons))
	}
}

func TestPV5_DisputedDataGoesOutWithTheDisagreement(t *testing.T) {
	for use, facts := range allowed() {
		facts.Disputed = []disclosure.Class{disclosure.Name}
		decision := disclosure.DecideDisclosure(use, facts)
		if use == disclosure.IdentityProofing { // it happens before there is a record, and nothing else may go
			require.Equal(t, disclosure.Allowed, decision.Outcome)
			continue
		}
		require.Equal(t, []cris.Code{"disclosure.disagreement_left_out"}, codes(decision.Reasons), use)
		facts.Asked = append(slices.Clone(facts.Asked), disclosure.DisagreementOnFile)
		require.Equal(t, disclosure.Allowed, disclosure.DecideDisclosure(use, facts).Outcome, use)
		facts.Disputed = []disclosure.Class{disclosure.SSN} // which does not go
		facts.Asked = facts.Asked[:len(facts.Asked)-1]
		require.Equal(t, disclosure.Allowed, disclosure.DecideDisclosure(use, facts).Outcome, use)
	}
}

// Whatever the facts are, nothing goes that the terms of the use do not name, and nothing that was
// not asked for.
func TestSC18_NoFactsLetOutWhatTheUseDoesNotName(t *testing.T) {
	random := rand.New(rand.NewPCG(18, 2011)) // the same facts each time
	good := allowed()
	allowedSome := map[disclosure.Use]bool{}
	for range 20_000 {
		use := pick(random, append(disclosure.Uses(), "", "A"))
		facts := good[pick(random, disclosure.Uses())]
		if random.IntN(2) == 0 {
			facts = good[use]
		}
		if random.IntN(3) == 0 {
			facts.Recipient.Kind = pick(random, disclosure.RecipientKinds())
		}
		if random.IntN(3) == 0 {
			facts.Purpose = pick(random, disclosure.Purposes())
		}
		if random.IntN(3) == 0 {
			facts.Attested = subset(random, disclosure.Conditions())
		}
		facts.Asked = subset(random, append(disclosure.Classes(), "password"))
		facts.Necessary = subset(random, disclosure.Classes())
		if random.IntN(2) == 0 {
			facts.Asked, facts.Necessary = facts.Asked[:min(2, len(facts.Asked))], disclosure.Classes()
		}
		facts.Disputed = subset(random, disclosure.Classes())
		decision := disclosure.DecideDisclosure(use, facts)
		if decision.Outcome != disclosure.Allowed {
			require.Nil(t, decision.What)
			require.NotEmpty(t, decision.Reasons)
			continue
		}
		allowedSome[use] = true
		terms, known := disclosure.TermsOf(use)
		require.True(t, known)
		require.NotEmpty(t, decision.What)
		require.Contains(t, terms.Recipients, facts.Recipient.Kind)
		require.Contains(t, terms.Purposes, facts.Purpose)
		require.Subset(t, facts.Attested, terms.Attested)
		for _, class := range decision.What {
			require.Contains(t, terms.Classes, class)
			require.Contains(t, facts.Asked, class)
			require.True(t, !terms.Determined || class == disclosure.DisagreementOnFile || slices.Contains(facts.Necessary, class))
		}
		require.Subset(t, decision.What, facts.Asked)
	}
	require.Len(t, allowedSome, len(disclosure.Uses()), "each use was allowed at least once")
}

func pick[T any](random *rand.Rand, values []T) T { return values[random.IntN(len(values))] }

func subset[T any](random *rand.Rand, values []T) (some []T) {
	for _, at := range random.Perm(len(values))[:random.IntN(len(values)+1)] {
		some = append(some, values[at])
	}
	return some
}

func TestTermsOf_AreTheCallersToChange(t *testing.T) {
	terms, _ := disclosure.TermsOf(disclosure.IdentityProofing)
	terms.Classes[0], terms.Recipients[0], terms.Purposes[0], terms.Attested[0] = disclosure.CaseNumber, disclosure.Person, disclosure.ToAudit, ""
	again, _ := disclosure.TermsOf(disclosure.IdentityProofing)
	require.Equal(t, disclosure.Name, again.Classes[0])
	require.Equal(t, disclosure.IdentityProvider, again.Recipients[0])
	_, known := disclosure.TermsOf("j")
	require.False(t, known)
}

func TestNewHandle_IsValidAndAnotherEachTime(t *testing.T) {
	seen := map[selfcheck.Handle]bool{}
	for range 1000 {
		h := selfcheck.NewHandle()
		require.True(t, h.IsValid())
		require.False(t, seen[h])
		seen[h] = true
	}
	for _, bad := range []selfcheck.Handle{"", "ABC", handle + "A", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWX2\x00", "ABCDEFGHIJKLMNOPQRSTUVWX21"} {
		require.False(t, bad.IsValid(), "%q", bad)
	}
}
