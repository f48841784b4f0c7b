package tracking

// Summary tells what one file held, whatever became of it in a store.
type Summary struct {
	Series      Series // from the header; zero if the file has none
	Records     int
	Good        int
	SetAside    map[string]int // how many records were damaged, by SetAside.Cause; nil for none
	First, Last LocalTime      // of the good records, by the clocks of their places; zero if there is none
}

// Add counts a good record.
func (s *Summary) Add(at LocalTime) {
	s.Records++
	s.Good++
	if s.Good == 1 || at.Compare(s.First) < 0 {
		s.First = at
	}
	if at.Compare(s.Last) > 0 {
		s.Last = at
	}
}

// AddSetAside counts a damaged record.
func (s *Summary) AddSetAside(cause string) {
	s.Records++
	if s.SetAside == nil {
		s.SetAside = map[string]int{}
	}
	s.SetAside[cause]++
}
