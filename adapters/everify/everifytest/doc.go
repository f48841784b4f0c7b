// Package everifytest is a stand-in for E-Verify Web Services, for tests of a program that
// speaks with it: an http.Handler with a memory of its own. It does what the real one would, as
// far as that is known from its public clients, and refuses what the real one would refuse.
//
// A [Script] says how the case of a person goes. A [Fault] breaks an answer, before or after
// its effect. [Server.OpenCases] lists the cases that nobody has closed, and [Server.Cases] all
// of them with what was done about each.
//
// The messages of its errors repeat the values that they are about, as servers do. A program
// that logs them shows what it must not show.
package everifytest
