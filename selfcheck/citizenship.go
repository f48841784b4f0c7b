package selfcheck

// CitizenshipStatus is what the individual attests to on Form I-9, by E-Verify's code.
type CitizenshipStatus string

// The statuses of Form I-9, as version 31.1 of E-Verify's Web Services spells them.
const (
	USCitizen                  CitizenshipStatus = "US_CITIZEN"
	NoncitizenNational         CitizenshipStatus = "NONCITIZEN"
	LawfulPermanentResident    CitizenshipStatus = "LAWFUL_PERMANENT_RESIDENT"
	NoncitizenAuthorizedToWork CitizenshipStatus = "NONCITIZEN_AUTHORIZED_TO_WORK"
)

// CitizenshipStatuses lists the statuses. The caller may keep and change the slice.
func CitizenshipStatuses() []CitizenshipStatus {
	return []CitizenshipStatus{USCitizen, NoncitizenNational, LawfulPermanentResident, NoncitizenAuthorizedToWork}
}
