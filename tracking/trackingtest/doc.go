// Package trackingtest checks implementations of the ports of tracking, and builds
// numbers, scans and extract files for tests. A store is proven by one call:
//
//	func TestStore(t *testing.T) {
//		trackingtest.TestStore(t, func(t *testing.T) tracking.Store { ... })
//	}
//
// [TestIngest] proves that files are read into a store once and whole, whatever interrupts
// the reading. [NewExtractFile] generates one day's file, and [NewDropFolder] a folder
// into which many days' files come.
package trackingtest
