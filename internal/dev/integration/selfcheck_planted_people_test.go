package integration_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/everify/everifytest"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
)

// individual is a made-up person with values that nobody else has, and what he or she does.
type individual struct {
	n                                    int
	family, projected, given, maiden     string // projected is the family name in the provider's letters
	birth                                cris.Date
	ssn, passport                        string
	hasSSN                               bool // it is given to the provider
	street, city, unit                   string
	idp                                  idpScript
	everify                              everifytest.Script
	leavesQuiz, leavesPass, leavesAnswer bool // the individual closes the page there
	twoTabs                              bool
	choice                               selfcheck.Choice // "" for none
	ends                                 bool             // the session is ended by the individual
}

// lettersOf returns a word of so many letters that belongs to n and the kind of word alone.
func lettersOf(n, kind, length int) string {
	random := rand.New(rand.NewPCG(uint64(n), uint64(kind)))
	var word strings.Builder
	for range length {
		word.WriteByte("bcdfghjklmnpqrstvwxz"[random.IntN(20)])
	}
	return word.String()
}

func newIndividual(n int) individual {
	const (
		aFamily = iota
		aGiven
		aMaiden
		aStreet
		aCity
		aUnit
		itsScript
	)
	random := rand.New(rand.NewPCG(uint64(n), itsScript))
	name := func(kind int, ending string) string {
		word := lettersOf(n, kind, 9)
		return strings.ToUpper(word[:1]) + word[1:] + ending
	}
	p := individual{
		n:      n,
		family: name(aFamily, "son"), given: name(aGiven, "a"), maiden: name(aMaiden, "ova"),
		birth:    cris.MustParseDate("1937-01-02").AddDays(n * 19),
		ssn:      fmt.Sprintf("%03d-%02d-%04d", 201+n*7%90, 11+n*13%80, 2001+n),
		passport: fmt.Sprintf("5%08d", (n+1)*7_919_317%100_000_000),
		hasSSN:   n%4 != 1,
		street:   fmt.Sprintf("%d %s Lane", 100+n, name(aStreet, "er")), city: name(aCity, "ville"), unit: "Apt " + lettersOf(n, aUnit, 9),
		leavesQuiz: random.IntN(12) == 0, leavesPass: random.IntN(8) == 0, leavesAnswer: random.IntN(6) == 0,
		twoTabs: random.IntN(3) == 0, ends: random.IntN(4) == 0,
		choice: []selfcheck.Choice{selfcheck.Resolve, selfcheck.Decline, ""}[random.IntN(3)],
	}
	p.projected = p.family
	if n%5 == 0 {
		p.family, p.projected = name(aFamily, "sén"), name(aFamily, "sen")
	}
	outcomes := everifytest.Outcomes()
	p.everify = everifytest.Script{
		Submit: outcomes[random.IntN(len(outcomes))], Confirm: outcomes[random.IntN(4)], Queued: random.IntN(3),
		Resolve: []everifytest.Outcome{"", everifytest.Authorized, everifytest.FinalNonconfirmation}[random.IntN(3)],
	}
	// A third passes; of the others each way to fail has its share.
	p.idp = idpScripts[0]
	if n%3 != 0 {
		p.idp = idpScripts[n%len(idpScripts)]
	}
	return p
}

func (p individual) token() selfcheck.Token { return selfchecktest.Token(p.n) }

func (p individual) name() cris.PersonName {
	name, err := cris.NewPersonName(cris.NameParts{Family: p.family, Given: p.given, Middle: "M", Maiden: p.maiden})
	if err != nil {
		panic(err)
	}
	return name
}

func (p individual) applicant() selfcheck.Applicant {
	home, err := cris.NewAddress(cris.AddressParts{Street: p.street, Unit: p.unit, City: p.city, State: "OH", ZIP: cris.MustParseZIP("43360")})
	if err != nil {
		panic(err)
	}
	applicant := selfcheck.Applicant{Name: p.name(), BirthDate: cris.NewPersonal(p.birth), Residence: home}
	if p.hasSSN {
		applicant.SSN = selfcheck.MustParseSSN(p.ssn)
	}
	return applicant
}

func (p individual) entered() selfcheck.I9 {
	entered := selfchecktest.NewI9(func(e *selfcheck.I9) { e.PassportNumber = cris.NewPersonal(p.passport) })
	if !p.hasSSN {
		entered.SSN = selfcheck.MustParseSSN(p.ssn)
	}
	return entered
}

// proved are the texts that a pass leaves, added those that a query adds, never those that
// nobody may keep.
func (p individual) proved() []string {
	year, month, day := p.birth.Date()
	texts := []string{
		p.family, p.given, p.maiden, p.birth.String(), fmt.Sprintf("%04d%02d%02d", year, month, day),
		fmt.Sprintf("%02d/%02d/%04d", month, day, year), fmt.Sprintf("%02d%02d%04d", month, day, year),
		p.given + " " + p.family, p.family + ", " + p.given,
	}
	if p.projected != p.family {
		texts = append(texts, p.projected)
	}
	return texts
}

func (p individual) ssns() []string {
	return []string{p.ssn, strings.ReplaceAll(p.ssn, "-", ""), strings.ReplaceAll(p.ssn, "-", " ")}
}

func (p individual) never() []string {
	return []string{p.street, strings.ToUpper(p.street[4:]), p.city, p.unit, p.token().Reveal()}
}

// texts are all of them.
func (p individual) texts() []string {
	all := append(p.proved(), p.ssns()...)
	return append(append(all, p.never()...), p.passport)
}
