package tracking

// File is what is known of one file of scans: what it says of itself, and what has become
// of it (TR-6). It is comparable with ==; the zero File is one of which nothing is known.
type File struct { //nolint:recvcheck // Count changes it in place, as often as there are records
	ID     FileID
	Name   string // under which it was first read
	Series Series // its place among the files of a day, as its header says; zero if it does not

	Announces bool // the header says how many records follow
	Announced int  // that number; 0 if it says none

	Records int  // read so far, good and damaged ones
	Damaged int  // of these
	New     int  // scans that the store did not hold before; the store counts them
	Done    bool // the file was read to its end

	First, Last LocalTime // of the scans, by the clocks of their places; zero if there is none
}

// Good returns how many records were read as scans.
func (f File) Good() int { return f.Records - f.Damaged }

// Known returns how many of the good records told of a scan that was known already, from
// this file or from another.
func (f File) Known() int { return f.Good() - f.New }

// TotalsAgree reports whether the file holds as many records as it announces (TR-6). A file
// that announces none agrees, and so does one that was not read to its end.
func (f File) TotalsAgree() bool { return !f.Announces || !f.Done || f.Announced == f.Records }

// Arrived reports whether the file was read to its end, tells its series, and holds as many
// records as it announces: half a file has not arrived.
func (f File) Arrived() bool { return f.Done && f.Series.Number > 0 && f.TotalsAgree() }

// Count counts one more record that was read.
func (f *File) Count(r *Record) {
	f.Records++
	if r.Damage != nil {
		f.Damaged++
		return
	}
	at := r.Scan.At
	if f.First.IsZero() || at.Compare(f.First) < 0 {
		f.First = at
	}
	if at.Compare(f.Last) > 0 {
		f.Last = at
	}
}
