package access

import "github.com/seed28e20331/cris"

// Words lists what this package says to individuals, in English and Spanish. The words are the
// library's own. The caller may keep and change the slice.
func Words() []cris.Phrase {
	phrases := make([]cris.Phrase, len(words))
	for i, row := range words {
		phrases[i] = cris.Phrase(row)
	}
	return phrases
}

var words = []struct {
	Code             cris.Code
	English, Spanish string
}{
	// Requests
	{"access.kind.notification", "Find out whether you have records about me", "Saber si ustedes tienen registros sobre mí"},
	{"access.kind.access", "Get the records about me", "Obtener los registros sobre mí"},
	{"access.kind.amendment", "Correct the records about me", "Corregir los registros sobre mí"},
	{"access.signature_form.notarized", "Signed before a notary", "Firmada ante notario"},
	{"access.signature_form.under_penalty_of_perjury", "Signed under penalty of perjury (28 U.S.C. 1746)", "Firmada bajo pena de perjurio (28 U.S.C. 1746)"},
	{"access.outcome.complete", "Your request is complete. We are working on it.", "Su solicitud está completa. Estamos trabajando en ella."},
	{"access.outcome.incomplete", "Your request is not complete. Please send us what is missing.", "Su solicitud no está completa. Envíenos lo que falta."},

	// Amendments
	{"access.amendment_outcome.amended", "We corrected your record.", "Corregimos su registro."},
	{"access.amendment_outcome.refused", "We did not correct your record.", "No corregimos su registro."},
	{"access.amendment_outcome.upheld", "We looked at your appeal and did not correct your record.", "Revisamos su apelación y no corregimos su registro."},
	{"access.amendment_outcome.not_decided", "We could not decide on your request yet.", "Todavía no pudimos decidir sobre su solicitud."},
	{"access.finding.not_accurate", "The record was not accurate.", "El registro no era exacto."},
	{"access.finding.not_relevant", "The record was not relevant.", "El registro no era pertinente."},
	{"access.finding.not_timely", "The record was out of date.", "El registro no estaba al día."},
	{"access.finding.not_complete", "The record was not complete.", "El registro no estaba completo."},
	{"access.finding.record_is_right", "The record is accurate, relevant, up to date and complete.", "El registro es exacto, pertinente, completo y está al día."},
	{"access.finding.evidence_missing", "Nothing shows that the record is wrong.", "Nada demuestra que el registro esté equivocado."},
	{"access.finding.other_agencys_data", "Another agency keeps this information.", "Otra agencia conserva esta información."},
	{"access.copy", "You may ask us for a copy of the corrected record.", "Puede pedirnos una copia del registro corregido."},
	{
		"access.appeal",
		"You may appeal. Write to %s. Your appeal must arrive within %d days after the date of this answer. Say which answer you appeal, and write \"Privacy Act Appeal\" on the letter and on the envelope.",
		"Puede apelar. Escriba a %s. Su apelación debe llegar en un plazo de %d días después de la fecha de esta respuesta. Diga qué respuesta apela y escriba \"Privacy Act Appeal\" en la carta y en el sobre.",
	},
	{
		"access.disagree",
		"You may send us a short statement that says why you disagree. We will keep it with your record and send it to everyone who gets the part of the record that you dispute.",
		"Puede enviarnos una declaración breve que diga por qué no está de acuerdo. La guardaremos con su registro y la enviaremos a quienes reciban la parte del registro que usted disputa.",
	},
	{
		"access.court",
		"You may ask a court to review this decision (5 U.S.C. 552a(g)).",
		"Puede pedir a un tribunal que revise esta decisión (5 U.S.C. 552a(g)).",
	},
	{"access.disagreement_outcome.attached", "We put your statement of disagreement in your record.", "Pusimos su declaración de desacuerdo en su registro."},
	{"access.disagreement_outcome.not_attached", "We could not put your statement of disagreement in your record.", "No pudimos poner su declaración de desacuerdo en su registro."},
	{"access.step_kind.amended", "Corrected", "Corregido"},
	{"access.step_kind.refused", "Correction refused", "Corrección denegada"},
	{"access.step_kind.upheld", "Correction refused on appeal", "Corrección denegada en apelación"},
	{"access.step_kind.disagreement", "Statement of disagreement added", "Declaración de desacuerdo agregada"},

	// The document
	{"access.document", "Your E-Verify Self Check records", "Sus registros de E-Verify Self Check"},
	{"access.section_failure", "We could not confirm who you are", "No pudimos confirmar su identidad"},
	{"access.section_identity", "We confirmed who you are", "Confirmamos su identidad"},
	{"access.section_query", "We checked your work authorization", "Revisamos su autorización de empleo"},
	{"access.section_disclosure", "We shared information from your record", "Compartimos información de su registro"},
	{"access.section_step", "You asked us to correct your record", "Usted nos pidió corregir su registro"},
	{"access.at", "Date and time", "Fecha y hora"},
	{"access.closed_at", "Case closed", "Caso cerrado"},
	{"access.transaction", "Transaction number", "Número de transacción"},
	{"access.idp_transaction", "Transaction number of the company that confirms who you are", "Número de transacción de la empresa que confirma su identidad"},
	{"access.statement", "Privacy Act Statement that you were shown", "Declaración de la Ley de Privacidad que se le mostró"},
	{"access.reason", "Reason", "Motivo"},
	{"access.error_code", "Error code", "Código de error"},
	{"access.family_name", "Last name", "Apellido"},
	{"access.given_name", "First name", "Nombre"},
	{"access.middle_name", "Middle name", "Segundo nombre"},
	{"access.maiden_name", "Maiden name", "Apellido de soltera"},
	{"access.use", "Why we may share it", "Por qué podemos compartirla"},
	{"access.purpose", "Purpose", "Fin"},
	{"access.authority", "Law", "Ley"},
	{"access.recipient", "Who got it", "Quién la recibió"},
	{"access.recipient_address", "Name and address, or our file", "Nombre y dirección, o nuestro expediente"},
	{"access.classes", "Information", "Información"},
	{"access.step", "What we did", "Qué hicimos"},

	// Reasons
	{"access.locked_before_query", "Start Self Check again with the correct information.", "Comience Self Check de nuevo con la información correcta."},
	{"access.duty_missing", "You may not do this. Ask someone whose duty it is.", "Usted no puede hacer esto. Pídalo a quien corresponda."},
	{"access.request_complete", "You gave us everything that we need.", "Nos dio todo lo que necesitamos."},
	{"access.kind_unknown", "Tell us what you ask for: whether we have records, the records, or a correction.", "Díganos qué solicita: saber si tenemos registros, los registros o una corrección."},
	{"access.name_missing", "Give us your full name.", "Denos su nombre completo."},
	{"access.address_missing", "Give us your current address.", "Denos su dirección actual."},
	{"access.birth_date_missing", "Give us your date of birth.", "Denos su fecha de nacimiento."},
	{"access.birth_date_impossible", "Your date of birth cannot be right.", "Su fecha de nacimiento no puede ser correcta."},
	{"access.birth_place_missing", "Give us your place of birth.", "Denos su lugar de nacimiento."},
	{"access.signature_missing", "Sign your request before a notary, or sign it under penalty of perjury (28 U.S.C. 1746).", "Firme su solicitud ante notario, o fírmela bajo pena de perjurio (28 U.S.C. 1746)."},
	{"access.signature_undated", "Give the date of your signature.", "Ponga la fecha de su firma."},
	{"access.signed_ahead", "The date of your signature is in the future.", "La fecha de su firma aún no llega."},
	{
		"access.consent_missing",
		"Send us a statement of the other person that agrees to your request. It must be signed before a notary or under penalty of perjury.",
		"Envíenos una declaración de la otra persona que acepte su solicitud. Debe estar firmada ante notario o bajo pena de perjurio.",
	},
	{"access.consent_undated", "The statement of the other person needs the date of the signature.", "La declaración de la otra persona necesita la fecha de la firma."},
	{"access.consent_ahead", "The date on the statement of the other person is in the future.", "La fecha de la declaración de la otra persona aún no llega."},
	{"access.change_missing", "Tell us which record you want corrected, and how it should read.", "Díganos qué registro quiere corregir y qué debe decir."},
	{"access.why_missing", "Tell us why the record is not accurate, relevant, up to date or complete.", "Díganos por qué el registro no es exacto, pertinente o completo, o no está al día."},
	{
		"access.why_on_file_missing",
		"Tell us why you believe that we have information about you. Without this we may not find your records, and your request may be denied.",
		"Díganos por qué cree que tenemos información sobre usted. Sin esto quizás no encontremos sus registros, y su solicitud puede ser denegada.",
	},
	{
		"access.components_missing",
		"Tell us which part of the department may have the records. Without this we may not find your records, and your request may be denied.",
		"Díganos qué parte del departamento puede tener los registros. Sin esto quizás no encontremos sus registros, y su solicitud puede ser denegada.",
	},
	{
		"access.when_created_missing",
		"Tell us when you believe that the records were created. Without this we may not find your records, and your request may be denied.",
		"Díganos cuándo cree que se crearon los registros. Sin esto quizás no encontremos sus registros, y su solicitud puede ser denegada.",
	},
	{"access.record_amended", "The record was not accurate, relevant, up to date or complete.", "El registro no era exacto, pertinente o completo, o no estaba al día."},
	{"access.record_right", "The record is accurate, relevant, up to date and complete.", "El registro es exacto, pertinente, completo y está al día."},
	{"access.no_evidence", "Nothing that you sent us or that we found shows that the record is wrong.", "Nada de lo que nos envió o encontramos demuestra que el registro esté equivocado."},
	{"access.kept_by_other_agency", "Our record repeats what another agency keeps. Please ask that agency to correct it.", "Nuestro registro repite lo que conserva otra agencia. Pida a esa agencia que lo corrija."},
	{"access.refusal_final", "This is our final decision.", "Esta es nuestra decisión final."},
	{"access.handle_missing", "We could not find the record.", "No pudimos encontrar el registro."},
	{"access.class_not_on_record", "We do not have all of the information that you want corrected.", "No tenemos toda la información que quiere corregir."},
	{"access.class_twice", "Tell us one way in which the record should read.", "Díganos una sola forma en que debe decir el registro."},
	{"access.nothing_changes", "The record already says what you want it to say.", "El registro ya dice lo que usted quiere que diga."},
	{"access.finding_missing", "We have not finished looking at the record.", "Todavía no terminamos de revisar el registro."},
	{"access.refusal_not_final", "You may send a statement of disagreement after we decide on your appeal.", "Puede enviar una declaración de desacuerdo después de que decidamos sobre su apelación."},
	{"access.statement_missing", "Write your statement of disagreement.", "Escriba su declaración de desacuerdo."},
	{"access.statement_too_long", "Your statement of disagreement is too long. Please make it shorter.", "Su declaración de desacuerdo es demasiado larga. Acórtela."},
	{"access.disagreement_on_file", "We will send your statement to everyone who gets what you dispute.", "Enviaremos su declaración a quienes reciban lo que usted disputa."},
}
