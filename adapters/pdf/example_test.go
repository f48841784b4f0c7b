package pdf_test

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/pdf"
)

func ExampleWrite() {
	letter := cris.Letter{Language: cris.Spanish, Subject: "Corregimos el error", Paragraphs: []string{"Gracias por avisarnos."}}
	var file bytes.Buffer
	err := pdf.Write(&file, letter, &pdf.Options{Margin: 54})
	fmt.Printf("%q %v\n", file.Bytes()[:5], err)

	letter.Paragraphs[0] = "✓ Gracias por avisarnos."
	err = pdf.Write(&file, letter, nil)
	if unshown, ok := errors.AsType[*pdf.UnshownError](err); ok {
		fmt.Println("send it as HTML:", unshown)
	}
	// Output:
	// "%PDF-" <nil>
	// send it as HTML: 1 character cannot be shown
}
