package ridp_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/ridp"
	"github.com/seed28e20331/cris/adapters/ridp/ridptest"
	"github.com/seed28e20331/cris/selfcheck"
)

func Example() {
	service := httptest.NewTLSServer(ridptest.New(nil)) // in place of the real one
	defer service.Close()

	key := make([]byte, 32) // from the key store: every process has the same one
	_, _ = rand.Read(key)
	provider, err := ridp.New(ridp.Config{
		Endpoint:  service.URL,
		Client:    service.Client(), // with the program's certificate
		PageURL:   "https://selfcheck.example/quiz",
		ReturnURL: "https://selfcheck.example/return",
		Level:     ridp.LevelTwo,
		Keys:      [][]byte{key},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	pages := http.NewServeMux()
	pages.Handle("/quiz", provider.Handler())
	pages.HandleFunc("POST /return", func(_ http.ResponseWriter, r *http.Request) {
		_ = r.PostFormValue(ridp.FieldReturned) // for selfcheck.Service.Conclude, with the token of the session
	})

	// selfcheck.Service.Begin calls the provider so:
	name, _ := cris.NewPersonName(cris.NameParts{Family: "Núñez", Given: "Ana"})
	home, _ := cris.NewAddress(cris.AddressParts{Street: "1 Elm St", City: "Springfield", State: "IL", ZIP: cris.MustParseZIP("62701")})
	progress, err := provider.Begin(context.Background(), selfcheck.Beginning{
		Reference: "00112233445566778899aabbccddeeff",
		Applicant: selfcheck.Applicant{Name: name, BirthDate: cris.NewPersonal(cris.MustParseDate("1990-05-17")), Residence: home},
		Language:  cris.Spanish,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("send the browser to", progress.Quiz.URL)
	for _, value := range progress.Quiz.Values {
		fmt.Println("with the hidden value", value.Name)
	}
	// Output:
	// send the browser to https://selfcheck.example/quiz
	// with the hidden value reference
	// with the hidden value quiz
}
