// Command onerule asks one rule of the library.
package main

import (
	"fmt"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
)

func main() {
	earlier := erequest.Entry{ID: "r-1", Channel: erequest.Online, Filed: cris.MustParseDate("2024-02-01")}
	today := cris.MustParseDate("2024-02-20")
	wait := erequest.DecideWait([]erequest.Entry{earlier}, erequest.CardNotReceived, today, erequest.DefaultPolicy())
	fmt.Println(wait.Outcome, "until", wait.Ends)
	for _, reason := range wait.Reasons {
		fmt.Println("because", reason)
	}
}
