package extract

import "github.com/seed28e20331/cris"

// Options are what a Reader, Open or Writer can be told. The zero value of each field
// means its default.
type Options struct {
	Layout Layout       // of records; Layout280()
	Header HeaderLayout // of the header, where a file has one; HeaderLayout280()
	// WantHeader rejects, with a *HeaderError, a file whose first line is no header, blank
	// ones aside: an empty file, or a page in HTML that says that there is no such file.
	// Without it, the one holds no record and the other damaged ones.
	WantHeader bool
	Name       string // of the file, for a Reader's errors; "" for none. Open has its own.
	// NotAfter is the last day that an event may have where it happened: the zero Date for
	// any up to the day after that of the file's header. Later ones, and those before 1990,
	// are set aside: a piece would keep an event of 2099 as its latest for good.
	NotAfter cris.Date
	// MaxDamaged is how many damaged records a file may have: 100,000. With one more, its
	// reading ends with a *TooDamagedError. Each that is set aside is stored, and a packed
	// file of one kilobyte may hold a million lines of nothing. Where so many are damaged,
	// it is the file that is wrong, or the Layout.
	MaxDamaged int
	// MaxBytes is how many bytes a file may have, unpacked: 16 GiB. Open and Unpack only.
	MaxBytes int64
	// MaxRatio is how many times as long as itself a packed file may become: 250, while
	// extract files become some 20 times as long. Any may have 1 MiB. Open and Unpack only.
	MaxRatio int64
}

const (
	defaultMaxDamaged = 100_000
	defaultMaxBytes   = 16 << 30
	defaultMaxRatio   = 250
)

// withDefaults returns a copy of the options, which may be nil, with each default in its
// place.
func (o *Options) withDefaults() Options {
	var all Options
	if o != nil {
		all = *o
	}
	if all.Layout.fields == nil {
		all.Layout = Layout280()
	}
	if all.Header.fields == nil {
		all.Header = HeaderLayout280()
	}
	if all.MaxDamaged <= 0 {
		all.MaxDamaged = defaultMaxDamaged
	}
	if all.MaxBytes <= 0 {
		all.MaxBytes = defaultMaxBytes
	}
	if all.MaxRatio <= 0 {
		all.MaxRatio = defaultMaxRatio
	}
	return all
}
