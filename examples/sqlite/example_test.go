package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

func Example() {
	dir, err := os.MkdirTemp("", "cris-sqlite-")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	for range 2 { // the second time the case is there already
		if err := run(context.Background(), filepath.Join(dir, "cris.db"), os.Stdout); err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// on file: [opened form status office]
	// shown I-102 Case Was Received [the receipt number alone opens the status (CS-2)]
	// on file: []
	// shown I-102 Case Was Received [the receipt number alone opens the status (CS-2)]
}
