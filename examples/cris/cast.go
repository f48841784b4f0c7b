package main

import (
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/tracking"
)

// The people of the story are invented; forms, offices, processing times and scans
// are real ones. Each has one case, as it is on file in the end: see asOf.
var (
	ana = casestatus.Case{
		Header: casestatus.Header{
			Receipt: receipt("IOE0912345701"), Form: "I-765", FormType: "147-C8", Office: "SSC",
			Filed: day("2021-06-28"), Address: home("Kinnelon", "NJ", "07405"),
		},
		History: []casestatus.StatusEntry{
			{On: day("2021-06-28"), Title: "Case Was Received"},
			{On: day("2022-02-21"), Title: "Card Was Mailed To Me"},
		},
		Mailings: []casestatus.Mailing{{
			Document: casestatus.EmploymentAuthorizationDocument,
			Number:   tracking.MustParseNumber("9400111206206406260787"), Mailed: day("2022-02-21"),
		}},
	}
	boris = casestatus.Case{
		Header: casestatus.Header{
			Receipt: receipt("MSC2091234502"), Form: "I-485", FormType: "I-485 Family", Office: "CHI",
			Filed: day("2020-05-20"), Address: home("Chicago", "IL", "60629"),
		},
		History: []casestatus.StatusEntry{{On: day("2020-05-20"), Title: "Case Was Received"}},
	}
	chen = casestatus.Case{
		Header: casestatus.Header{
			Receipt: receipt("IOE0912345703"), Form: "N-400", FormType: "160A", Office: "NEW",
			Filed: day("2021-11-15"), Address: home("Newark", "NJ", "07102"),
		},
		History: []casestatus.StatusEntry{{On: day("2021-11-15"), Title: "Case Was Received"}},
	}
	dina = casestatus.Case{
		Header: casestatus.Header{
			Receipt: receipt("WAC*012345604"), Form: "I-821D", FormType: "149-ECA", Office: "CSC",
			Filed: day("2021-09-01"), Address: home("Los Angeles", "CA", "90012"),
		},
		History: []casestatus.StatusEntry{{On: day("2021-09-01"), Title: "Case Was Received"}},
	}
	eli = casestatus.Case{
		Header: casestatus.Header{
			Receipt: receipt("IOE0912345705"), Form: "I-192", Office: casestatus.AllFieldOffices,
			Filed: day("2021-10-01"), Address: home("Miami", "FL", "33130"),
		},
		History: []casestatus.StatusEntry{{On: day("2021-10-01"), Title: "Case Was Received"}},
	}
	fay = casestatus.Case{
		Header: casestatus.Header{
			Receipt: receipt("YSC2090123406"), Form: "I-90", FormType: "I-90 Renewal", Office: "YSC",
			Filed: day("2020-11-02"), Address: home("Philadelphia", "PA", "19104"),
		},
		History: []casestatus.StatusEntry{
			{On: day("2020-11-02"), Title: "Case Was Received"},
			{On: day("2022-02-17"), Title: "Card Was Mailed To Me"},
		},
		Mailings: []casestatus.Mailing{{
			Document: casestatus.PermanentResidentCard,
			Number:   tracking.MustParseNumber("9405511699000273008898"), Mailed: day("2022-02-17"),
		}},
	}
	gus = casestatus.Case{
		Header: casestatus.Header{
			Receipt: receipt("LIN2190123407"), Form: "I-131", FormType: "141B-OTH", Office: "NSC",
			Filed: day("2021-03-08"), Address: home("Folcroft", "PA", "19032"),
		},
		History: []casestatus.StatusEntry{
			{On: day("2021-03-08"), Title: "Case Was Received"},
			{On: day("2022-02-28"), Title: "Document Was Mailed To Me"},
		},
		Mailings: []casestatus.Mailing{{
			Document: casestatus.TravelDocument,
			Number:   tracking.MustParseNumber("9361289949059120447349"), Mailed: day("2022-02-28"),
		}},
	}
)

// caseload is every case on file, and whose it is.
var caseload = []struct {
	owner  string
	onFile casestatus.Case
}{
	{"Ana", ana}, {"Boris", boris}, {"Chen", chen}, {"Dina", dina}, {"Eli", eli}, {"Fay", fay}, {"Gus", gus},
}

// asOf returns the case as it was on file on that day.
func asOf(c casestatus.Case, today cris.Date) casestatus.Case {
	c.History = slices.DeleteFunc(slices.Clone(c.History), func(e casestatus.StatusEntry) bool { return e.On.After(today) })
	c.Mailings = slices.DeleteFunc(slices.Clone(c.Mailings), func(m casestatus.Mailing) bool { return m.Mailed.After(today) })
	return c
}

// whose returns the person to whom a case belongs.
func whose(number casestatus.ReceiptNumber) string {
	for _, c := range caseload {
		if c.onFile.Receipt == number {
			return c.owner
		}
	}
	return "somebody"
}

// screening is what the owner of a case enters.
func screening(onFile casestatus.Case) erequest.Screening {
	return erequest.Screening{
		Receipt: onFile.Receipt, Form: onFile.Form, FormType: onFile.FormType,
		DateFiled: onFile.Filed, MailingZIP: onFile.Address.ZIP(),
	}
}

// details are what the owner of a case tells beyond that.
func details(onFile casestatus.Case) erequest.Details {
	owner := whose(onFile.Receipt)
	return erequest.Details{
		Name:                 must(cris.NewPersonName(cris.NameParts{Given: owner, Family: "of the story"})),
		DateOfBirth:          cris.NewPersonal(day("1984-02-29")),
		CountryOfBirth:       cris.NewPersonal("SE"),
		CountryOfCitizenship: cris.NewPersonal("SE"),
		ANumber:              cris.MustParseANumber("A012345678"),
		Contact:              erequest.Contact{Email: cris.NewPersonal(strings.ToLower(owner) + "@example.org")},
	}
}

func receipt(s string) casestatus.ReceiptNumber { return casestatus.MustParseReceiptNumber(s) }

func day(s string) cris.Date { return cris.MustParseDate(s) }

// home is an invented address in a real city.
func home(city, state, zip string) cris.Address {
	return must(cris.NewAddress(cris.AddressParts{Street: "1 Main St", City: city, State: state, ZIP: cris.MustParseZIP(zip)}))
}

func zip(s string) cris.Personal[cris.ZIP] { return cris.NewPersonal(cris.MustParseZIP(s)) }

// must serves the constants of the story.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
