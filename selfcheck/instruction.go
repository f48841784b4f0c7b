package selfcheck

// Instruction is one step that an individual is told to take to resolve a mismatch.
type Instruction string

// The instructions of the form for SSA (SC-12).
const (
	VisitSSAOffice         Instruction = "visit_ssa_office"
	BringForm              Instruction = "bring_form"
	BringDocuments         Instruction = "bring_documents"
	HaveSSARecordCorrected Instruction = "have_ssa_record_corrected"
	CheckAgain             Instruction = "check_again" // of both
)

// The instructions of the call to the E-Verify Customer Contact Office (SC-13).
const (
	CallContactOffice    Instruction = "call_contact_office"
	AskForRepresentative Instruction = "ask_for_representative"
	HaveDocumentsAtHand  Instruction = "have_documents_at_hand"
	CorrectArrivalRecord Instruction = "correct_arrival_record"
	CorrectUSCISDocument Instruction = "correct_uscis_document"
	UpdateCitizenship    Instruction = "update_citizenship"
	CorrectPassport      Instruction = "correct_passport"
	RequestUSCISRecord   Instruction = "request_record"
)

// Instructions lists all instructions. The caller may keep and change the slice.
func Instructions() []Instruction {
	return []Instruction{
		VisitSSAOffice, BringForm, BringDocuments, HaveSSARecordCorrected, CheckAgain, CallContactOffice,
		AskForRepresentative, HaveDocumentsAtHand, CorrectArrivalRecord, CorrectUSCISDocument, UpdateCitizenship,
		CorrectPassport, RequestUSCISRecord,
	}
}
