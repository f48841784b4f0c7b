package selfcheck

import "github.com/seed28e20331/cris"

// Words lists what this package says to individuals, in English and Spanish. The words are
// the library's own. The caller may keep and change the slice.
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
	// What to know
	{
		"selfcheck.notice.voluntary",
		"Self Check is voluntary. You decide whether to use it, and you may stop at any time.",
		"Self Check es voluntario. Usted decide si lo usa y puede dejarlo en cualquier momento.",
	},
	{
		"selfcheck.notice.questions_come_from_records",
		"The questions come from records that companies keep, such as your past addresses, mortgage payments, and other transactions. " +
			"We do not see the questions or your answers.",
		"Las preguntas se basan en registros que guardan las empresas, como sus direcciones anteriores, sus pagos de hipoteca y otras transacciones. " +
			"Nosotros no vemos las preguntas ni sus respuestas.",
	},
	{
		"selfcheck.notice.inquiry",
		"A company that we hired asks you questions to confirm who you are. The law requires it to note this inquiry in your credit file. " +
			"It is an identity check. It does not affect your credit score, and it is not shown to others who ask for your credit report.",
		"Una empresa que contratamos le hace preguntas para confirmar quién es usted. La ley exige que anote esta consulta en su expediente de crédito. " +
			"Es una verificación de identidad. No afecta su puntaje de crédito y no se muestra a otras personas que pidan su informe de crédito.",
	},
	{
		"selfcheck.notice.may_know_who_reviewed_report",
		"Under the Fair Credit Reporting Act (FCRA), you have the right to know who has reviewed your credit report.",
		"Según la Ley de Informe Justo de Crédito (FCRA), usted tiene derecho a saber quién ha consultado su informe de crédito.",
	},
	{
		"selfcheck.notice.may_place_fraud_alert",
		"Under the Fair Credit Reporting Act (FCRA), you may place a fraud alert on your credit file. Ask a credit bureau to do it.",
		"Según la Ley de Informe Justo de Crédito (FCRA), usted puede poner una alerta de fraude en su expediente de crédito. Pídasela a una agencia de crédito.",
	},
	{
		"selfcheck.notice.fraud_alert_prevents_proofing",
		"If you have placed a fraud alert on your credit file, we cannot confirm your identity for Self Check. You may keep the alert and check your records in other ways.",
		"Si usted puso una alerta de fraude en su expediente de crédito, no podemos confirmar su identidad para Self Check. Puede mantener la alerta y revisar sus registros de otras maneras.",
	},
	{
		"selfcheck.notice.attempts_may_end_access",
		"Many attempts to confirm the identity of one person may be a sign of fraud. " +
			"The company that asks the questions may report them and end access to Self Check.",
		"Muchos intentos de confirmar la identidad de una misma persona pueden ser señal de fraude. " +
			"La empresa que hace las preguntas puede informar de ellos y cerrar el acceso a Self Check.",
	},
	{
		"selfcheck.notice.failed_session_is_deleted",
		"If we cannot confirm your identity, everything you entered and any questions are deleted at the end of the session. " +
			"Only a transaction number, the reason, the date and time, and an error code are kept. They do not lead back to you.",
		"Si no podemos confirmar su identidad, todo lo que usted escribió y las preguntas, si las hubo, se borran al final de la sesión. " +
			"Solo se guardan un número de transacción, el motivo, la fecha y hora y un código de error. Con ellos no se puede saber quién es usted.",
	},
	{
		"selfcheck.notice.resolving_is_voluntary",
		"It is your choice to correct your record. No one can require you to do it.",
		"Usted decide si quiere corregir su registro. Nadie puede exigirle que lo haga.",
	},
	{
		"selfcheck.notice.mismatch_may_occur_again",
		"In rare cases a record cannot be changed. Then an employer's E-Verify query may show the mismatch again.",
		"En casos raros, un registro no se puede cambiar. Entonces la consulta de un empleador a E-Verify puede mostrar la discrepancia otra vez.",
	},

	// Step one: identity proofing
	{
		"selfcheck.applicant_outcome.accepted",
		"Your information is complete. You may continue.",
		"Su información está completa. Puede continuar.",
	},
	{
		"selfcheck.applicant_outcome.refused",
		"Some information is missing or wrong. Please correct it and try again.",
		"Falta información o hay información incorrecta. Corríjala e inténtelo de nuevo.",
	},
	{
		"selfcheck.statement_not_shown",
		"Please read the Privacy Act Statement first.",
		"Primero lea la Declaración de la Ley de Privacidad.",
	},
	{
		"selfcheck.statement_not_in_force",
		"The Privacy Act Statement has changed. Please read it again.",
		"La Declaración de la Ley de Privacidad cambió. Léala de nuevo.",
	},
	{
		"selfcheck.proofing_outcome.authenticated",
		"We confirmed your identity. Please continue.",
		"Confirmamos su identidad. Continúe.",
	},
	{
		"selfcheck.proofing_outcome.not_authenticated",
		"We could not confirm your identity, so you cannot use Self Check now. There are other ways to check your records.",
		"No pudimos confirmar su identidad, así que no puede usar Self Check ahora. Hay otras maneras de revisar sus registros.",
	},
	{
		"selfcheck.proofing_outcome.access_ended",
		"You cannot use Self Check, because there were too many attempts to confirm your identity. There are other ways to check your records.",
		"No puede usar Self Check porque hubo demasiados intentos de confirmar su identidad. Hay otras maneras de revisar sus registros.",
	},
	{
		"selfcheck.proofing_outcome.not_started",
		"Some information is missing or wrong. Please correct it and try again.",
		"Falta información o hay información incorrecta. Corríjala e inténtelo de nuevo.",
	},
	{
		"selfcheck.failure_reason.could_not_generate_questions",
		"There was not enough information to ask you questions.",
		"No había suficiente información para hacerle preguntas.",
	},
	{
		"selfcheck.failure_reason.answered_incorrectly",
		"Your answers did not match the records.",
		"Sus respuestas no coincidieron con los registros.",
	},
	{
		"selfcheck.failure_reason.system_error",
		"The system had a problem. This does not count as an attempt.",
		"El sistema tuvo un problema. Esto no cuenta como un intento.",
	},
	{
		"selfcheck.failure_reason.multiple_attempts",
		"There were too many attempts to confirm your identity.",
		"Hubo demasiados intentos de confirmar su identidad.",
	},

	// Other ways
	{
		"selfcheck.other_way.ssa_office",
		"Visit a Social Security Administration (SSA) field office. Ask what your Social Security record says about your name, your date of birth, and your citizenship or work authorization. " +
			"Take a document that shows who you are.",
		"Visite una oficina local de la Administración del Seguro Social (SSA). Pregunte qué dice su registro del Seguro Social sobre su nombre, su fecha de nacimiento y su ciudadanía o autorización de empleo. " +
			"Lleve un documento que muestre quién es usted.",
	},
	{
		"selfcheck.other_way.ssa_statement",
		"Read your yearly Social Security statement. Check that your name and your earnings are correct. SSA can tell you how to get it.",
		"Lea su estado de cuenta anual del Seguro Social. Revise que su nombre y sus ingresos sean correctos. La SSA puede decirle cómo obtenerlo.",
	},
	{
		"selfcheck.other_way.uscis_call",
		"Call USCIS. Ask what your immigration record says about your work authorization.",
		"Llame a USCIS. Pregunte qué dice su registro de inmigración sobre su autorización de empleo.",
	},
	{
		"selfcheck.other_way.records_request",
		"Request your work authorization records under the Freedom of Information Act and the Privacy Act. Write to the USCIS FOIA Officer, who is listed under “contacts” at www.dhs.gov/foia. " +
			"Give your full name, your current address, and your date and place of birth. Sign the letter before a notary or under penalty of perjury.",
		"Solicite sus registros de autorización de empleo conforme a la Ley de Libertad de Información (FOIA) y la Ley de Privacidad. Escriba al funcionario de FOIA de USCIS, que aparece bajo “contacts” en www.dhs.gov/foia. " +
			"Dé su nombre completo, su dirección actual y su fecha y lugar de nacimiento. Firme la carta ante un notario o bajo pena de perjurio.",
	},
	{
		"selfcheck.other_way.credit_bureaus",
		"Ask the credit bureaus whether the information they have about you is correct, and whether there is a lock or an alert on it. " +
			"Ask them to correct what is wrong.",
		"Pregunte a las agencias de crédito si la información que tienen sobre usted es correcta y si tiene un bloqueo o una alerta. " +
			"Pídales que corrijan lo que esté mal.",
	},
	{
		"selfcheck.other_way.credit_report",
		"Get a free credit report and check it. The questions come from records like the ones in that report.",
		"Obtenga un informe de crédito gratuito y revíselo. Las preguntas se basan en registros como los de ese informe.",
	},
	{
		"selfcheck.other_way.lift_alert_or_freeze",
		"Ask the credit bureau to lift the fraud alert, lock or freeze on your credit file. Then you may use Self Check again. " +
			"If you want to keep it, you can still check your records in the other ways.",
		"Pida a la agencia de crédito que levante la alerta de fraude, el bloqueo o la congelación de su expediente de crédito. Después puede usar Self Check de nuevo. " +
			"Si quiere mantenerla, puede revisar sus registros de las otras maneras.",
	},
	{
		"selfcheck.other_way.try_again_later",
		"Try Self Check again later. The problem was in the system, not with you.",
		"Intente usar Self Check más tarde. El problema estuvo en el sistema; no lo causó usted.",
	},

	// Step two: the query
	{"selfcheck.field.ssn", "Social Security number", "Número de Seguro Social"},
	{"selfcheck.field.a_number", "A-Number", "Número A"},
	{"selfcheck.field.passport_number", "Passport number", "Número de pasaporte"},
	{"selfcheck.field.country", "Country that issued the passport", "País que expidió el pasaporte"},
	{"selfcheck.field.i94_number", "Form I-94 number", "Número del Formulario I-94"},
	{"selfcheck.field.visa_number", "Visa number", "Número de la visa"},
	{"selfcheck.field.sevis_number", "SEVIS number", "Número de SEVIS"},
	{"selfcheck.field.card_number", "Card number", "Número de la tarjeta"},
	{"selfcheck.field.document_number", "Document number", "Número del documento"},
	{"selfcheck.field.state", "State that issued the document", "Estado que expidió el documento"},
	{"selfcheck.field.expiration_date", "Expiration date", "Fecha de vencimiento"},

	{"selfcheck.citizenship_status.us_citizen", "A citizen of the United States", "Ciudadano de los Estados Unidos"},
	{
		"selfcheck.citizenship_status.noncitizen",
		"A noncitizen national of the United States",
		"Nacional no ciudadano de los Estados Unidos",
	},
	{"selfcheck.citizenship_status.lawful_permanent_resident", "A lawful permanent resident", "Residente permanente legal"},
	{
		"selfcheck.citizenship_status.noncitizen_authorized_to_work",
		"A noncitizen authorized to work",
		"No ciudadano autorizado para trabajar",
	},

	{"selfcheck.document.us_passport", "U.S. passport or U.S. passport card", "Pasaporte o tarjeta de pasaporte de los EE. UU."},
	{
		"selfcheck.document.form_i551",
		"Permanent Resident Card (Form I-551)",
		"Tarjeta de Residente Permanente (Formulario I-551)",
	},
	{
		"selfcheck.document.form_i766",
		"Employment Authorization Document (Form I-766)",
		"Documento de Autorización de Empleo (Formulario I-766)",
	},
	{
		"selfcheck.document.foreign_passport_with_i551_stamp",
		"Foreign passport with a temporary I-551 stamp",
		"Pasaporte extranjero con un sello I-551 temporal",
	},
	{
		"selfcheck.document.foreign_passport_with_form_i94",
		"Foreign passport with Form I-94",
		"Pasaporte extranjero con el Formulario I-94",
	},
	{"selfcheck.document.form_i94", "Form I-94", "Formulario I-94"},
	{
		"selfcheck.document.us_passport_receipt",
		"Receipt for the replacement of a U.S. passport",
		"Recibo del reemplazo de un pasaporte de los EE. UU.",
	},
	{
		"selfcheck.document.form_i94_receipt",
		"Form I-94 with a refugee admission stamp or a temporary I-551 stamp",
		"Formulario I-94 con sello de admisión de refugiado o sello I-551 temporal",
	},
	{"selfcheck.document.drivers_license", "Driver's license", "Licencia de conducir"},
	{"selfcheck.document.state_id_card", "State identification card", "Tarjeta de identificación estatal"},
	{"selfcheck.document.government_id_card", "Government identification card", "Tarjeta de identificación del gobierno"},
	{"selfcheck.document.school_id_card", "School identification card", "Tarjeta de identificación escolar"},
	{"selfcheck.document.voter_registration_card", "Voter registration card", "Tarjeta de registro de votante"},
	{"selfcheck.document.us_military_card", "U.S. military card or draft record", "Tarjeta militar o registro de reclutamiento de los EE. UU."},
	{
		"selfcheck.document.military_dependent_id_card",
		"Military dependent's identification card",
		"Tarjeta de identificación de dependiente de militar",
	},
	{
		"selfcheck.document.us_coast_guard_card",
		"U.S. Coast Guard Merchant Mariner card",
		"Tarjeta de marino mercante de la Guardia Costera de los EE. UU.",
	},
	{"selfcheck.document.native_american_tribal_document", "Native American tribal document", "Documento tribal indígena estadounidense"},
	{"selfcheck.document.canadian_drivers_license", "Canadian driver's license", "Licencia de conducir canadiense"},
	{"selfcheck.document.school_record", "School record or report card", "Registro escolar o boleta de calificaciones"},
	{"selfcheck.document.hospital_record", "Clinic, doctor or hospital record", "Registro de clínica, médico u hospital"},
	{"selfcheck.document.day_care_record", "Day-care or nursery school record", "Registro de guardería o escuela infantil"},
	{"selfcheck.document.social_security_card", "Social Security card", "Tarjeta de Seguro Social"},
	{
		"selfcheck.document.ds_1350",
		"Certification of Report of Birth (Form DS-1350)",
		"Certificación de informe de nacimiento (Formulario DS-1350)",
	},
	{
		"selfcheck.document.fs_545",
		"Certification of Birth Abroad (Form FS-545)",
		"Certificación de nacimiento en el extranjero (Formulario FS-545)",
	},
	{
		"selfcheck.document.fs_240",
		"Consular Report of Birth Abroad (Form FS-240)",
		"Informe consular de nacimiento en el extranjero (Formulario FS-240)",
	},
	{"selfcheck.document.us_birth_certificate", "U.S. birth certificate", "Acta de nacimiento de los EE. UU."},
	{
		"selfcheck.document.form_i197",
		"U.S. Citizen ID Card (Form I-197)",
		"Tarjeta de identificación de ciudadano de los EE. UU. (Formulario I-197)",
	},
	{
		"selfcheck.document.form_i179",
		"Identification Card for Use of Resident Citizen in the United States (Form I-179)",
		"Tarjeta de identificación para uso de ciudadano residente en los Estados Unidos (Formulario I-179)",
	},
	{
		"selfcheck.document.employment_authorization_document",
		"Employment authorization document issued by the Department of Homeland Security",
		"Documento de autorización de empleo expedido por el Departamento de Seguridad Nacional",
	},

	{"selfcheck.query_outcome.accepted", "We asked E-Verify about you.", "Consultamos a E-Verify sobre usted."},
	{
		"selfcheck.query_outcome.refused",
		"We did not ask E-Verify. Please read why below.",
		"No consultamos a E-Verify. Lea abajo por qué.",
	},
	{
		"selfcheck.query_outcome.unanswered",
		"We asked E-Verify about you and are still waiting for the answer. Please come back later.",
		"Consultamos a E-Verify sobre usted y todavía esperamos la respuesta. Vuelva más tarde.",
	},

	{
		"selfcheck.proofing_outcome.quiz_to_take",
		"Please answer the questions of the company that confirms who you are, and come back here.",
		"Conteste las preguntas de la empresa que confirma quién es usted y vuelva aquí.",
	},
	{
		"selfcheck.proofing_outcome.locked_out",
		"You have used up your attempts for now. There are other ways to check your records.",
		"Por ahora usó todos sus intentos. Hay otras maneras de revisar sus registros.",
	},
	{
		"selfcheck.proofing_outcome.not_begun",
		"There is nothing to continue here. If you began a while ago, your time is over. Please start again.",
		"Aquí no hay nada que continuar. Si empezó hace rato, su tiempo terminó. Empiece de nuevo.",
	},
	{
		"selfcheck.query_outcome.unconfirmed",
		"Please check what you entered and confirm it or correct it.",
		"Revise lo que escribió y confírmelo o corríjalo.",
	},
	{
		"selfcheck.query_outcome.waiting",
		"The agencies need more time to check your records. Please come back later.",
		"Las agencias necesitan más tiempo para revisar sus registros. Vuelva más tarde.",
	},
	{
		"selfcheck.result.both_mismatches",
		"Possible mismatch with SSA and with Immigration Information",
		"Posible discrepancia con la SSA y con la información de inmigración",
	},
	{
		"selfcheck.resolution_outcome.resolve_with_both",
		"Take the form to the Social Security Administration, and call the E-Verify Customer Contact Office as the instructions say.",
		"Lleve el formulario a la Administración del Seguro Social y llame a la oficina de atención de E-Verify como dicen las instrucciones.",
	},
	{
		"selfcheck.closure_reason.resolved",
		"Your case was closed because the time to resolve the mismatch is over or because it is resolved.",
		"Su caso se cerró porque el tiempo para resolver la discrepancia terminó o porque está resuelta.",
	},
	{
		"selfcheck.closure_reason.not_opened",
		"E-Verify opened no case for you.",
		"E-Verify no abrió ningún caso para usted.",
	},
	{"selfcheck.field.name", "Name", "Nombre completo"},
	{"selfcheck.field.birth_date", "Date of birth", "Fecha de nacimiento"},
	{
		"selfcheck.pass_expired",
		"You confirmed your identity too long ago. Please start again.",
		"Usted confirmó su identidad hace demasiado tiempo. Empiece de nuevo.",
	},
	{
		"selfcheck.query_withdrawn",
		"E-Verify did not get our question about you. Please start again.",
		"E-Verify no recibió nuestra consulta sobre usted. Empiece de nuevo.",
	},
	{
		"selfcheck.applicant_changed",
		"You began with another name, date of birth, or Social Security number. To change them, please start again.",
		"Usted empezó con otro nombre, fecha de nacimiento o número de Seguro Social. Para cambiarlos, empiece de nuevo.",
	},
	{
		"selfcheck.quiz_abandoned",
		"You did not answer the questions.",
		"Usted no contestó las preguntas.",
	},
	{
		"selfcheck.file_frozen",
		"There is a freeze or a lock on your credit file. While it is there, we cannot confirm your identity.",
		"Su expediente de crédito está congelado o bloqueado. Mientras lo esté, no podemos confirmar su identidad.",
	},
	{
		"selfcheck.recorded_as_deceased",
		"The credit bureaus' records about you may be wrong, so we cannot confirm your identity.",
		"Los registros de las agencias de crédito sobre usted pueden estar equivocados, así que no podemos confirmar su identidad.",
	},
	{
		"selfcheck.not_writable",
		"The company that confirms identities cannot write your name or address in its letters.",
		"La empresa que confirma identidades no puede escribir su nombre o su dirección con sus letras.",
	},
	{
		"selfcheck.pass_of_another_time",
		"The company that asked the questions made a mistake. This does not count as an attempt.",
		"La empresa que hizo las preguntas cometió un error. Esto no cuenta como un intento.",
	},
	{
		"selfcheck.pass_of_another_transaction",
		"The company that asked the questions made a mistake. This does not count as an attempt.",
		"La empresa que hizo las preguntas cometió un error. Esto no cuenta como un intento.",
	},
	{
		"selfcheck.use_limit",
		"The company that confirms identities was asked about you too often. Please try again after some days.",
		"La empresa que confirma identidades recibió demasiadas consultas sobre usted. Inténtelo de nuevo después de unos días.",
	},
	{
		"selfcheck.nothing_to_confirm",
		"There is nothing to confirm now.",
		"Ahora no hay nada que confirmar.",
	},
	{
		"selfcheck.field_not_to_confirm",
		"You can correct only what E-Verify asks you to confirm. Please enter everything else as you did before.",
		"Solo puede corregir lo que E-Verify le pide confirmar. Escriba todo lo demás como antes.",
	},
	{
		"selfcheck.data_to_confirm",
		"E-Verify could not find your records with what you entered. It may be a typing error.",
		"E-Verify no encontró sus registros con lo que escribió. Puede ser un error al escribir.",
	},
	{
		"selfcheck.refused_by_everify",
		"E-Verify did not accept what you entered. Please check it and try again.",
		"E-Verify no aceptó lo que escribió. Revíselo e inténtelo de nuevo.",
	},
	{
		"selfcheck.more_time_needed",
		"This can take some days.",
		"Esto puede tardar algunos días.",
	},

	{"selfcheck.result.work_authorization_confirmed", "Work authorization confirmed", "Autorización de empleo confirmada"},
	{"selfcheck.result.ssa_mismatch", "Possible mismatch with SSA", "Posible discrepancia con la SSA"},
	{
		"selfcheck.result.immigration_mismatch",
		"Possible mismatch with Immigration Information",
		"Posible discrepancia con la información de inmigración",
	},

	// The mismatch
	{"selfcheck.choice.resolve", "Yes, I want to resolve the mismatch", "Sí, quiero resolver la discrepancia"},
	{"selfcheck.choice.decline", "No, I do not want to resolve the mismatch", "No, no quiero resolver la discrepancia"},
	{
		"selfcheck.resolution_outcome.nothing_to_resolve",
		"Your work authorization is confirmed. You do not need to do anything.",
		"Su autorización de empleo está confirmada. No tiene que hacer nada.",
	},
	{
		"selfcheck.resolution_outcome.declined",
		"You chose not to resolve the mismatch. We closed your case. You do not need to do anything.",
		"Usted decidió no resolver la discrepancia. Cerramos su caso. No tiene que hacer nada.",
	},
	{
		"selfcheck.resolution_outcome.resolve_with_ssa",
		"Take the form to the Social Security Administration (SSA). The form tells you what to do.",
		"Lleve el formulario a la Administración del Seguro Social (SSA). El formulario le dice qué hacer.",
	},
	{
		"selfcheck.resolution_outcome.resolve_with_uscis",
		"Call the E-Verify Customer Contact Office. The instructions tell you when to call and what to do.",
		"Llame a la Oficina de Contacto con el Cliente de E-Verify. Las instrucciones le dicen cuándo llamar y qué hacer.",
	},
	{
		"selfcheck.resolution_outcome.refused",
		"We cannot do this. Please read why below.",
		"No podemos hacer esto. Lea abajo por qué.",
	},
	{
		"selfcheck.closure_reason.confirmed",
		"Your case was closed because your work authorization is confirmed.",
		"Su caso se cerró porque su autorización de empleo está confirmada.",
	},
	{
		"selfcheck.closure_reason.declined",
		"Your case was closed because you chose not to resolve the mismatch.",
		"Su caso se cerró porque usted decidió no resolver la discrepancia.",
	},
	{
		"selfcheck.closure_reason.no_result",
		"Your case was closed because E-Verify gave no result.",
		"Su caso se cerró porque E-Verify no dio ningún resultado.",
	},
	{
		"selfcheck.closure_reason.session_ended",
		"Your case was closed because your session ended.",
		"Su caso se cerró porque su sesión terminó.",
	},

	// The form and the instructions
	{
		"selfcheck.mismatch_form.title",
		"E-Verify Self Check: Possible mismatch with SSA",
		"E-Verify Self Check: Posible discrepancia con la SSA",
	},
	{
		"selfcheck.office_call.title",
		"E-Verify Self Check: Possible mismatch with Immigration Information",
		"E-Verify Self Check: Posible discrepancia con la información de inmigración",
	},
	{
		"selfcheck.proofing.title",
		"E-Verify Self Check: We could not confirm your identity",
		"E-Verify Self Check: No pudimos confirmar su identidad",
	},
	{"selfcheck.label.other_ways", "Other ways to check your records", "Otras maneras de revisar sus registros"},
	{"selfcheck.label.first_name", "First name", "Nombre"},
	{"selfcheck.label.last_name", "Last name", "Apellido"},
	{"selfcheck.label.no_such_name", "(none)", "(ninguno)"},
	{"selfcheck.label.queried", "Date and time of the query", "Fecha y hora de la consulta"},
	{"selfcheck.label.case_number", "E-Verify case number", "Número de caso de E-Verify"},
	{"selfcheck.label.earliest_call", "Do not call before", "No llame antes de"},
	{"selfcheck.label.what_to_do", "What to do", "Qué hacer"},
	{
		"selfcheck.label.if_that_does_not_help",
		"If the representative cannot correct your record",
		"Si el representante no puede corregir su registro",
	},
	{"selfcheck.label.good_to_know", "Good to know", "Lo que conviene saber"},
	{"selfcheck.label.telephone", "Telephone", "Teléfono"},
	{"selfcheck.label.tty", "TTY", "TTY"},
	{"selfcheck.label.address", "Address", "Dirección"},
	{"selfcheck.label.website", "Website", "Sitio web"},
	{"selfcheck.label.choice", "Do you want to resolve the mismatch?", "¿Quiere resolver la discrepancia?"},
	{
		"selfcheck.instruction.visit_ssa_office",
		"Visit a Social Security Administration (SSA) field office.",
		"Visite una oficina local de la Administración del Seguro Social (SSA).",
	},
	{
		"selfcheck.instruction.bring_form",
		"Bring this form. Say that E-Verify Self Check found a possible mismatch with your Social Security record.",
		"Lleve este formulario. Diga que E-Verify Self Check encontró una posible discrepancia con su registro del Seguro Social.",
	},
	{
		"selfcheck.instruction.bring_documents",
		"Bring documents that show your name, your date of birth, and your citizenship or work authorization. " +
			"If you changed your name, bring a document that shows the change. " +
			"Bring originals, or copies certified by the office that issued them.",
		"Lleve documentos que muestren su nombre, su fecha de nacimiento y su ciudadanía o autorización de empleo. " +
			"Si cambió de nombre, lleve un documento que muestre el cambio. " +
			"Lleve originales, o copias certificadas por la oficina que los expidió.",
	},
	{
		"selfcheck.instruction.have_ssa_record_corrected",
		"Ask SSA to compare your name, your date of birth, and your citizenship or work authorization with its record, and to correct what is wrong.",
		"Pida a la SSA que compare su nombre, su fecha de nacimiento y su ciudadanía o autorización de empleo con su registro, y que corrija lo que esté mal.",
	},
	{
		"selfcheck.instruction.check_again",
		"After your record is corrected, you may use Self Check again.",
		"Después de que se corrija su registro, puede usar Self Check de nuevo.",
	},
	{
		"selfcheck.instruction.call_contact_office",
		"Call the E-Verify Customer Contact Office at the date and time above or later. The office cannot see your case before then.",
		"Llame a la Oficina de Contacto con el Cliente de E-Verify en la fecha y hora indicadas arriba o después. La oficina no puede ver su caso antes.",
	},
	{
		"selfcheck.instruction.ask_for_representative",
		"Ask for a status verification representative. Give your E-Verify case number.",
		"Pida hablar con un representante de verificación de estatus. Dé su número de caso de E-Verify.",
	},
	{
		"selfcheck.instruction.have_documents_at_hand",
		"Have your immigration documents with you when you call, such as your Permanent Resident Card, Employment Authorization Document or Form I-94.",
		"Tenga a la mano sus documentos de inmigración cuando llame, como su Tarjeta de Residente Permanente, su Documento de Autorización de Empleo o su Formulario I-94.",
	},
	{
		"selfcheck.instruction.correct_arrival_record",
		"If your record of arrival is wrong, ask U.S. Customs and Border Protection to correct it. Go to your port of entry or to a deferred inspection site.",
		"Si su registro de llegada está mal, pida a la Oficina de Aduanas y Protección Fronteriza que lo corrija. Vaya al puerto por donde entró o a un sitio de inspección diferida.",
	},
	{
		"selfcheck.instruction.correct_uscis_document",
		"If a card or another document from USCIS is wrong, ask USCIS to correct it. Use the form for that document, or make a service request online.",
		"Si una tarjeta u otro documento de USCIS está mal, pida a USCIS que lo corrija. Use el formulario de ese documento o haga una solicitud de servicio en línea.",
	},
	{
		"selfcheck.instruction.update_citizenship",
		"If you became a U.S. citizen and the record does not show it, take your certificate or your U.S. passport to a USCIS field office.",
		"Si usted se hizo ciudadano de los EE. UU. y el registro no lo muestra, lleve su certificado o su pasaporte de los EE. UU. a una oficina local de USCIS.",
	},
	{
		"selfcheck.instruction.correct_passport",
		"If there is a mistake in your U.S. passport or in the record of it, ask the U.S. Department of State to correct it. Go to a passport agency.",
		"Si hay un error en su pasaporte de los EE. UU. o en el registro de ese pasaporte, pida al Departamento de Estado de los EE. UU. que lo corrija. Vaya a una agencia de pasaportes.",
	},
	{
		"selfcheck.instruction.request_record",
		"To see what the record says, request it under the Freedom of Information Act and the Privacy Act. You may also request that it be amended. " +
			"Write to the USCIS FOIA Officer, who is listed under “contacts” at www.dhs.gov/foia.",
		"Para ver qué dice el registro, solicítelo conforme a la Ley de Libertad de Información (FOIA) y la Ley de Privacidad. También puede solicitar que se enmiende. " +
			"Escriba al funcionario de FOIA de USCIS, que aparece bajo “contacts” en www.dhs.gov/foia.",
	},

	// Reasons
	{
		"selfcheck.identity_confirmed",
		"We confirmed your identity. You may continue with the E-Verify query.",
		"Confirmamos su identidad. Puede continuar con la consulta a E-Verify.",
	},
	{
		"selfcheck.no_passed_proofing",
		"Please confirm your identity first.",
		"Primero confirme su identidad.",
	},
	{
		"selfcheck.query_made_already",
		"You already made a query with other information. To make another one, please start again.",
		"Usted ya hizo una consulta con otra información. Para hacer otra, comience de nuevo.",
	},
	{
		"selfcheck.query_unanswered",
		"You already made this query. We do not have E-Verify's answer yet.",
		"Usted ya hizo esta consulta. Todavía no tenemos la respuesta de E-Verify.",
	},
	{"selfcheck.name_missing", "Enter your name.", "Escriba su nombre."},
	{"selfcheck.birth_date_missing", "Enter your date of birth.", "Escriba su fecha de nacimiento."},
	{"selfcheck.birth_date_impossible", "Check your date of birth.", "Revise su fecha de nacimiento."},
	{
		"selfcheck.too_young",
		"You are too young to use Self Check. If this is not right, check your date of birth.",
		"Usted es demasiado joven para usar Self Check. Si esto no es correcto, revise su fecha de nacimiento.",
	},
	{"selfcheck.residence_missing", "Enter your home address.", "Escriba la dirección de su domicilio."},
	{
		"selfcheck.too_few_questions",
		"There was not enough information to ask you questions.",
		"No había suficiente información para hacerle preguntas.",
	},
	{
		"selfcheck.too_many_questions",
		"The company that asked the questions made a mistake. This does not count as an attempt.",
		"La empresa que hizo las preguntas cometió un error. Esto no cuenta como un intento.",
	},
	{
		"selfcheck.answered_incorrectly",
		"Your answers did not match the records.",
		"Sus respuestas no coincidieron con los registros.",
	},
	{
		"selfcheck.system_error",
		"The system had a problem. This does not count as an attempt.",
		"El sistema tuvo un problema. Esto no cuenta como un intento.",
	},
	{
		"selfcheck.fraud_alert",
		"There is a fraud alert on your credit file. We cannot confirm your identity while it is there.",
		"Hay una alerta de fraude en su expediente de crédito. No podemos confirmar su identidad mientras esté allí.",
	},
	{
		"selfcheck.data_carried_over",
		"We use your name, your date of birth and, if you gave it, your Social Security number in the query. We do not use your address.",
		"Usamos su nombre, su fecha de nacimiento y, si lo dio, su número de Seguro Social en la consulta. No usamos su dirección.",
	},
	{
		"selfcheck.pass_without_transaction",
		"The company that confirmed your identity made a mistake. This does not count as an attempt.",
		"La empresa que confirmó su identidad cometió un error. Esto no cuenta como un intento.",
	},
	{
		"selfcheck.pass_without_name",
		"The company that confirmed your identity did not send us your name. This does not count as an attempt.",
		"La empresa que confirmó su identidad no nos envió su nombre. Esto no cuenta como un intento.",
	},
	{
		"selfcheck.pass_without_birth_date",
		"The company that confirmed your identity did not send us your date of birth. This does not count as an attempt.",
		"La empresa que confirmó su identidad no nos envió su fecha de nacimiento. Esto no cuenta como un intento.",
	},
	{
		"selfcheck.pass_without_ssn",
		"The company that confirmed your identity did not send us your Social Security number. This does not count as an attempt.",
		"La empresa que confirmó su identidad no nos envió su número de Seguro Social. Esto no cuenta como un intento.",
	},
	{
		"selfcheck.pass_for_another_name",
		"The name that was confirmed is not the name you entered. This does not count as an attempt.",
		"El nombre que se confirmó no es el que usted escribió. Esto no cuenta como un intento.",
	},
	{
		"selfcheck.pass_for_another_birth_date",
		"The date of birth that was confirmed is not the one you entered. This does not count as an attempt.",
		"La fecha de nacimiento que se confirmó no es la que usted escribió. Esto no cuenta como un intento.",
	},
	{
		"selfcheck.pass_for_another_ssn",
		"The Social Security number that was confirmed is not the one you entered. This does not count as an attempt.",
		"El número de Seguro Social que se confirmó no es el que usted escribió. Esto no cuenta como un intento.",
	},
	{
		"selfcheck.ssn_proved_already",
		"You already gave your Social Security number. Leave this field empty.",
		"Usted ya dio su número de Seguro Social. Deje este campo vacío.",
	},
	{
		"selfcheck.multiple_attempts",
		"There were too many attempts to confirm your identity.",
		"Hubo demasiados intentos de confirmar su identidad.",
	},
	{
		"selfcheck.query_complete",
		"Your information is complete.",
		"Su información está completa.",
	},
	{"selfcheck.status_unknown", "Choose your citizenship status.", "Elija su estatus de ciudadanía."},
	{
		"selfcheck.document_unknown",
		"Choose one document from List A, or one from List B and one from List C.",
		"Elija un documento de la Lista A, o uno de la Lista B y uno de la Lista C.",
	},
	{
		"selfcheck.documents_do_not_go_together",
		"These documents cannot be used together, or do not fit your citizenship status. " +
			"Choose one document from List A, or one from List B and one from List C.",
		"Estos documentos no se pueden usar juntos, o no corresponden a su estatus de ciudadanía. " +
			"Elija un documento de la Lista A, o uno de la Lista B y uno de la Lista C.",
	},
	{"selfcheck.ssn_missing", "Enter your Social Security number.", "Escriba su número de Seguro Social."},
	{"selfcheck.a_number_missing", "Enter your A-Number.", "Escriba su Número A."},
	{
		"selfcheck.a_number_malformed",
		"Check your A-Number. It is the letter A and seven to nine digits.",
		"Revise su Número A. Es la letra A y de siete a nueve dígitos.",
	},
	{
		"selfcheck.a_number_not_asked",
		"Leave the A-Number empty. We do not need it with this status and document.",
		"Deje vacío el Número A. No lo necesitamos con este estatus y documento.",
	},
	{"selfcheck.passport_number_missing", "Enter the passport number.", "Escriba el número de pasaporte."},
	{
		"selfcheck.passport_number_malformed",
		"Check the passport number. Enter it as it is printed in the passport.",
		"Revise el número de pasaporte. Escríbalo como está impreso en el pasaporte.",
	},
	{
		"selfcheck.passport_number_not_asked",
		"Leave the passport number empty. We do not need it with this status and document.",
		"Deje vacío el número de pasaporte. No lo necesitamos con este estatus y documento.",
	},
	{
		"selfcheck.country_missing",
		"Choose the country that issued the passport.",
		"Elija el país que expidió el pasaporte.",
	},
	{
		"selfcheck.country_malformed",
		"Check the country that issued the passport.",
		"Revise el país que expidió el pasaporte.",
	},
	{
		"selfcheck.country_not_asked",
		"Leave the country empty. We do not need it with this status and document.",
		"Deje vacío el país. No lo necesitamos con este estatus y documento.",
	},
	{"selfcheck.i94_number_missing", "Enter the Form I-94 number.", "Escriba el número del Formulario I-94."},
	{
		"selfcheck.i94_number_malformed",
		"Check the Form I-94 number. It has eleven characters.",
		"Revise el número del Formulario I-94. Tiene once caracteres.",
	},
	{
		"selfcheck.i94_number_not_asked",
		"Leave the Form I-94 number empty. We do not need it with this status and document.",
		"Deje vacío el número del Formulario I-94. No lo necesitamos con este estatus y documento.",
	},
	{
		"selfcheck.visa_number_malformed",
		"Check the visa number. It has eight characters and is often printed in red.",
		"Revise el número de la visa. Tiene ocho caracteres y suele estar impreso en rojo.",
	},
	{
		"selfcheck.visa_number_not_asked",
		"Leave the visa number empty. We do not need it with this status and document.",
		"Deje vacío el número de la visa. No lo necesitamos con este estatus y documento.",
	},
	{
		"selfcheck.sevis_number_malformed",
		"Check the SEVIS number. It is the letter N and ten digits.",
		"Revise el número de SEVIS. Tiene la letra N y diez dígitos.",
	},
	{
		"selfcheck.sevis_number_not_asked",
		"Leave the SEVIS number empty. We do not need it with this status and document.",
		"Deje vacío el número de SEVIS. No lo necesitamos con este estatus y documento.",
	},
	{"selfcheck.card_number_missing", "Enter the card number.", "Escriba el número de la tarjeta."},
	{
		"selfcheck.card_number_malformed",
		"Check the card number. It is three letters and ten digits, or three letters, an asterisk and nine digits.",
		"Revise el número de la tarjeta. Tiene tres letras y diez dígitos, o tres letras, un asterisco y nueve dígitos.",
	},
	{
		"selfcheck.card_number_not_asked",
		"Leave the card number empty. We do not need it with this status and document.",
		"Deje vacío el número de la tarjeta. No lo necesitamos con este estatus y documento.",
	},
	{"selfcheck.document_number_missing", "Enter the document number.", "Escriba el número del documento."},
	{
		"selfcheck.document_number_malformed",
		"Check the document number. Enter it as it is printed on the document.",
		"Revise el número del documento. Escríbalo como está impreso en el documento.",
	},
	{
		"selfcheck.document_number_not_asked",
		"Leave the document number empty. We do not need it with this status and document.",
		"Deje vacío el número del documento. No lo necesitamos con este estatus y documento.",
	},
	{
		"selfcheck.state_missing",
		"Choose the state that issued the document.",
		"Elija el estado que expidió el documento.",
	},
	{
		"selfcheck.state_malformed",
		"Check the state that issued the document.",
		"Revise el estado que expidió el documento.",
	},
	{
		"selfcheck.state_not_asked",
		"Leave the state empty. We do not need it with this status and document.",
		"Deje vacío el estado. No lo necesitamos con este estatus y documento.",
	},
	{
		"selfcheck.expiration_date_missing",
		"Enter the expiration date of the document.",
		"Escriba la fecha de vencimiento del documento.",
	},
	{
		"selfcheck.expiration_date_not_asked",
		"Leave the expiration date empty. We do not need it with this status and document.",
		"Deje vacía la fecha de vencimiento. No la necesitamos con este estatus y documento.",
	},
	{
		"selfcheck.a_number_or_i94_number_missing",
		"Enter your A-Number or your Form I-94 number.",
		"Escriba su Número A o el número de su Formulario I-94.",
	},
	{
		"selfcheck.country_not_foreign",
		"The United States does not issue foreign passports. Choose another country or another document.",
		"Los Estados Unidos no expiden pasaportes extranjeros. Elija otro país u otro documento.",
	},
	{
		"selfcheck.document_expired",
		"The document has expired. Choose a document that is still valid.",
		"El documento está vencido. Elija un documento que todavía sea válido.",
	},
	{
		"selfcheck.authorization_confirmed",
		"Government records show that you are authorized to work in the United States.",
		"Los registros del gobierno muestran que usted está autorizado para trabajar en los Estados Unidos.",
	},
	{
		"selfcheck.ssa_records_differ",
		"The information you entered may not match the records of the Social Security Administration (SSA).",
		"Es posible que la información que usted escribió no coincida con los registros de la Administración del Seguro Social (SSA).",
	},
	{
		"selfcheck.immigration_records_differ",
		"The information you entered may not match immigration records.",
		"Es posible que la información que usted escribió no coincida con los registros de inmigración.",
	},
	{
		"selfcheck.no_result",
		"E-Verify gave no result. To try again, please start over.",
		"E-Verify no dio ningún resultado. Para intentarlo otra vez, comience de nuevo.",
	},
	{
		"selfcheck.no_result_to_resolve",
		"There is no result for you to resolve.",
		"No hay ningún resultado que pueda resolver.",
	},
	{
		"selfcheck.no_mismatch_to_resolve",
		"Your work authorization is confirmed, so there is nothing to resolve.",
		"Su autorización de empleo está confirmada, así que no hay nada que resolver.",
	},
	{
		"selfcheck.individual_declines",
		"You chose not to resolve the mismatch.",
		"Usted decidió no resolver la discrepancia.",
	},
	{
		"selfcheck.choice_unknown",
		"Choose whether you want to resolve the mismatch.",
		"Elija si quiere resolver la discrepancia.",
	},
	{
		"selfcheck.case_is_closed",
		"Your case is closed. To check your records again, please start over.",
		"Su caso está cerrado. Para revisar sus registros otra vez, comience de nuevo.",
	},
	{
		"selfcheck.form_for_ssa",
		"You resolve this mismatch with a form at the Social Security Administration (SSA).",
		"Esta discrepancia se resuelve con un formulario en la Administración del Seguro Social (SSA).",
	},
	{
		"selfcheck.call_to_office",
		"You resolve this mismatch by calling the E-Verify Customer Contact Office.",
		"Esta discrepancia se resuelve con una llamada a la Oficina de Contacto con el Cliente de E-Verify.",
	},
}
