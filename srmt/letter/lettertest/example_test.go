package lettertest_test

import (
	"testing"

	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/srmt/letter/lettertest"
)

// A file store of one's own is proven by one call, in a test of its package.
func ExampleTestAttachments() {
	_ = func(t *testing.T) { // func TestAttachments(t *testing.T)
		lettertest.TestAttachments(t, func(*testing.T) lettertest.Files {
			files := memory.New().Attachments() // the store to be proven, empty
			return lettertest.Files{Attachments: files, Put: files.Put}
		})
	}
}
