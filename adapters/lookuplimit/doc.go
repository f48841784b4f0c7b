// Package lookuplimit limits how often one client may look up receipt numbers (CS-9), so that
// nobody learns by entering numbers at random which of them are cases. It belongs to the edge:
// only the edge knows who asks. It asks a [Limiter] before it calls casestatus.Service.Status,
// and before it screens an e-Request.
//
// A limiter holds what it needs in memory. Several processes each have their own, and allow
// that many times as much.
//
// [Reasons] lists what it says, and [Words] how people are told.
package lookuplimit
