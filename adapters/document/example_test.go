package document_test

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/document"
	"github.com/seed28e20331/cris/erequest"
)

// encoding/json redacts; Reveal writes all of it.
func Example() {
	contact := erequest.Contact{Email: cris.NewPersonal("ana@example.org"), Preferred: erequest.ByEmail}
	printed, err := json.Marshal(contact.Email)
	fmt.Println(string(printed), err)

	kept, err := document.Reveal(contact)
	fmt.Println(string(kept), err)
	read, err := document.Restore[erequest.Contact](kept)
	fmt.Println(read == contact, err)
	// Output:
	// "[redacted]" <nil>
	// {"Document":1,"Type":"erequest.Contact","Value":{"Email":"ana@example.org","Preferred":"email"}} <nil>
	// true <nil>
}

// Whoever opens a store says whether it is sealed.
func ExampleWrite() {
	var forgotten document.Sealing
	_, err := document.Write(context.Background(), forgotten, "contacts", "1", erequest.Contact{})
	fmt.Println(err)
	// Output:
	// document: nobody said whether documents are sealed: use SealedBy(keys), or InClear()
}

// An error names the field and says what to do, and repeats nothing.
func ExampleError() {
	_, err := document.Reveal(erequest.Contact{Phone: cris.NewPersonal("202 555 0143\x00")})
	fmt.Println(err)
	_, err = document.Restore[cris.Event]([]byte(`{"Document":1,"Type":"cris.Event","Value":{"Traceparent":"00-0af7"}}`))
	fmt.Println(err)
	// Output:
	// document: erequest.Contact.Phone: text that is not UTF-8, or has a NUL in it, cannot be stored: refuse it where it comes in
	// document: cris.Event: has a field that this program does not know: a newer version wrote it; run that version or a later one
}
