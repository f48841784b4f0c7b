// Package arch holds no code: its tests guard the shape of this repository. What
// a consumer compiles, who may import whom, what the modules require, and which
// folders there are. Each guard is a function from what it looks at to the
// violations it finds, and each is shown violations that it must find.
package arch
