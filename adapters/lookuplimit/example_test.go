package lookuplimit_test

import (
	"context"
	"fmt"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/lookuplimit"
)

func ExampleLimiter_Allow() {
	limiter := lookuplimit.New(&lookuplimit.Options{Limits: lookuplimit.Limits{Burst: 2, Every: time.Hour}})
	words := cris.NewWords(lookuplimit.Words()...)
	for range 3 {
		look, err := limiter.Allow(context.Background(), "192.0.2.1") // the address of who asks
		if err != nil {
			fmt.Println(err)
			return
		}
		if look.Allowed {
			fmt.Println("call casestatus.Service.Status")
			continue
		}
		fmt.Println(words.Say(cris.English, look.Reasons[0].Message()))
	}
	// Output:
	// call casestatus.Service.Status
	// call casestatus.Service.Status
	// You have looked up too many receipt numbers in a short time. Please wait a moment and try again.
}
