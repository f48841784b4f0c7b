package tracking

// Number is a stand-in until ParseNumber lands.
type Number struct{ text string }
