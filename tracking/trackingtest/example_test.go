package trackingtest_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

// A store of one's own is proven by one call, and by another that files are read into it once
// and whole, in a test of its package.
func ExampleTestStore() {
	newStore := func(*testing.T) tracking.Store { return memory.New().Scans() } // the store to be proven, empty
	_ = func(t *testing.T) { trackingtest.TestStore(t, newStore) }              // func TestScans(t *testing.T)
	_ = func(t *testing.T) { trackingtest.TestIngest(t, newStore) }             // func TestIngest(t *testing.T)
}

// Scans of invented pieces, for tests of what uses them.
func ExampleScan() {
	number := trackingtest.Number(1)
	delivery := tracking.DecideDelivery([]tracking.Scan{
		trackingtest.NewScan(number, "OF", "2013-08-15T07:20"),
		trackingtest.NewScan(number, "01", "2013-08-15T09:52"),
	}, trackingtest.NewScan(number, "OA", "2013-08-14T18:00").At.Date(), tracking.DefaultPolicy())
	fmt.Println(delivery.Class, delivery.Deciding.Place.ZIP)
	// Output:
	// delivered 07405
}

// A program that fetches files each day is tested over a server on which they come late,
// twice and damaged, and from which downloads break off.
func ExampleDropFolder() {
	ctx := context.Background()
	folder := trackingtest.NewDropFolder(1, 3, 50, trackingtest.Mess{Repeated: 0.1, Damaged: 0.01})
	folder.Now(folder.LastDay())
	files, err := folder.List(ctx)
	fmt.Println(len(files) >= 9, err)
	_, err = folder.Download(ctx, files[0].Name)
	fmt.Println(err)
	// Output:
	// true <nil>
	// <nil>
}
