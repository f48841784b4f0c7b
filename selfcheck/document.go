package selfcheck

// Document is a kind of document that Form I-9 accepts, by E-Verify's code.
type Document string

// A document of list A shows both identity and work authorization.
const (
	USPassport                      Document = "US_PASSPORT" // book or card
	PermanentResidentCard           Document = "FORM_I551"
	EmploymentAuthorizationDocument Document = "FORM_I766"
	ForeignPassportWithI551Stamp    Document = "FOREIGN_PASSPORT_WITH_I551_STAMP"
	ForeignPassportWithI94          Document = "FOREIGN_PASSPORT_WITH_FORM_I94"
	FormI94                         Document = "FORM_I94" // with the passport of Micronesia or of the Marshall Islands
)

// A receipt stands in for a document of list A for a while.
const (
	// USPassportReceipt is for a passport that was lost, stolen or damaged and is being replaced.
	USPassportReceipt Document = "US_PASSPORT_RECEIPT" //nolint:gosec // a document, and no password

	// FormI94Receipt is a Form I-94 with the admission stamp of a refugee or with the temporary
	// I-551 stamp of a permanent resident.
	FormI94Receipt Document = "FORM_I94_RECEIPT"
)

// A document of list B shows identity, and goes with one of list C.
const (
	DriversLicense               Document = "DRIVERS_LICENSE"
	StateIDCard                  Document = "STATE_ID_CARD"
	GovernmentIDCard             Document = "GOVERNMENT_ID_CARD"
	SchoolIDCard                 Document = "SCHOOL_ID_CARD"
	VoterRegistrationCard        Document = "VOTER_REGISTRATION_CARD"
	USMilitaryCard               Document = "US_MILITARY_CARD"
	MilitaryDependentIDCard      Document = "MILITARY_DEPENDENT_ID_CARD"
	USCoastGuardCard             Document = "US_COAST_GUARD_CARD"
	NativeAmericanTribalDocument Document = "NATIVE_AMERICAN_TRIBAL_DOCUMENT" // also on list C
	CanadianDriversLicense       Document = "CANADIAN_DRIVERS_LICENSE"
	SchoolRecord                 Document = "SCHOOL_RECORD"
	HospitalRecord               Document = "HOSPITAL_RECORD"
	DayCareRecord                Document = "DAY_CARE_RECORD"
)

// A document of list C shows work authorization, and goes with one of list B.
const (
	SocialSecurityCard                Document = "SOCIAL_SECURITY_CARD"
	FormDS1350                        Document = "DS_1350" // certification of report of birth
	FormFS545                         Document = "FS_545"  // certification of birth abroad
	FormFS240                         Document = "FS_240"  // consular report of birth abroad
	USBirthCertificate                Document = "US_BIRTH_CERTIFICATE"
	FormI197                          Document = "FORM_I197"                         // U.S. citizen ID card
	FormI179                          Document = "FORM_I179"                         // resident citizen ID card
	OtherEmploymentAuthorizationOfDHS Document = "EMPLOYMENT_AUTHORIZATION_DOCUMENT" // such as a certificate of citizenship or naturalization
)

// ListA lists the documents of list A of Form I-9, and the receipts that stand in for them. The
// caller may keep and change the slice; so it is with ListB and ListC.
func ListA() []Document {
	return []Document{
		USPassport, PermanentResidentCard, EmploymentAuthorizationDocument,
		ForeignPassportWithI551Stamp, ForeignPassportWithI94, FormI94, USPassportReceipt, FormI94Receipt,
	}
}

// ListB lists the documents of list B.
func ListB() []Document {
	return []Document{
		DriversLicense, StateIDCard, GovernmentIDCard, SchoolIDCard, VoterRegistrationCard, USMilitaryCard,
		MilitaryDependentIDCard, USCoastGuardCard, NativeAmericanTribalDocument, CanadianDriversLicense,
		SchoolRecord, HospitalRecord, DayCareRecord,
	}
}

// ListC lists the documents of list C.
func ListC() []Document {
	return []Document{
		SocialSecurityCard, FormDS1350, FormFS545, FormFS240, USBirthCertificate,
		NativeAmericanTribalDocument, FormI197, FormI179, OtherEmploymentAuthorizationOfDHS,
	}
}
