package alphabet

// Form is a way to write letters with A to Z.
type Form string

// The forms. Any other value is read as ICAO.
const (
	// ICAO is the form of ICAO Doc 9303, in which passports and visas repeat a name for
	// machines: Müller is Mueller, Краевой is Kraevoi.
	ICAO Form = "icao"

	// BaseLetter leaves accents out: Müller is Muller. A letter that is not one of A to Z
	// under its accents is written as ICAO does: ß is ss, Ж is Zh.
	BaseLetter Form = "base_letter"
)

// Forms lists the forms. The caller may keep and change the slice.
func Forms() []Form { return []Form{ICAO, BaseLetter} }
