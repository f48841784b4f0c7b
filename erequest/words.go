package erequest

import "github.com/seed28e20331/cris"

// Words lists what this package says to customers, in English and Spanish. The words are
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
	// Issues
	{
		"erequest.issue.outside_processing_time",
		"My case is outside the normal processing time",
		"Mi caso está fuera del tiempo normal de trámite",
	},
	{"erequest.issue.notice_not_received", "I did not receive a notice", "No recibí un aviso"},
	{"erequest.issue.document_not_received", "I did not receive a document", "No recibí un documento"},
	{"erequest.issue.card_not_received", "I did not receive my card", "No recibí mi tarjeta"},
	{
		"erequest.issue.typographical_error",
		"A notice or document has a typographical error",
		"Un aviso o documento tiene un error tipográfico",
	},
	{
		"erequest.issue.beneficiary_change",
		"Information about a beneficiary changed",
		"Cambió la información de un beneficiario",
	},
	{
		"erequest.issue.appointment_accommodation",
		"I need an accommodation for my appointment",
		"Necesito una adaptación para mi cita",
	},

	// Channels
	{"erequest.channel.online", "Online", "En línea"},
	{"erequest.channel.telephone", "By telephone", "Por teléfono"},
	{"erequest.channel.letter", "By letter", "Por carta"},
	{"erequest.channel.local_office", "At a local office", "En una oficina local"},

	// Fields and elements
	{"erequest.field.name", "Name", "Nombre"},
	{"erequest.field.date_of_birth", "Date of birth", "Fecha de nacimiento"},
	{"erequest.field.country_of_birth", "Country of birth", "País de nacimiento"},
	{"erequest.field.country_of_citizenship", "Country of citizenship", "País de ciudadanía"},
	{"erequest.field.a_number", "A-Number", "Número A"},
	{"erequest.field.contact", "Contact information", "Información de contacto"},
	{"erequest.field.representative", "Attorney or accredited representative", "Abogado o representante acreditado"},
	{"erequest.field.document", "Notice or document with the error", "Aviso o documento con el error"},
	{"erequest.field.mailed", "Date it was mailed, if you know it", "Fecha en que se envió, si la sabe"},
	{"erequest.field.corrections", "What is wrong and what it should read", "Qué está mal y qué debería decir"},
	{"erequest.element.name", "Name", "Nombre"},
	{"erequest.element.address", "Address", "Dirección"},
	{"erequest.element.date_of_birth", "Date of birth", "Fecha de nacimiento"},
	{"erequest.element.country_of_birth", "Country of birth", "País de nacimiento"},
	{"erequest.element.a_number", "A-Number", "Número A"},

	{"erequest.document.receipt_notice", "Receipt notice", "Aviso de recibo"},
	{"erequest.document.appointment_notice", "Appointment notice", "Aviso de cita"},
	{"erequest.document.other_notice", "Another notice", "Otro aviso"},
	{"erequest.document.card", "Card", "Tarjeta"},
	{"erequest.document.other_document", "Another document", "Otro documento"},

	// Contact and representatives
	{"erequest.means.letter", "Letter", "Carta"},
	{"erequest.means.email", "E-mail", "Correo electrónico"},
	{"erequest.means.telephone", "Telephone call", "Llamada telefónica"},
	{"erequest.appearance.g28_on_file", "Form G-28 was filed with the case", "El Formulario G-28 se presentó con el caso"},
	{"erequest.appearance.g28_claimed", "There is a Form G-28", "Existe un Formulario G-28"},
	{"erequest.recipient.customer", "To the customer", "Al cliente"},
	{"erequest.recipient.representative", "To the representative", "Al representante"},
	{"erequest.recipient.both", "To both", "A ambos"},

	// Screening
	{
		"erequest.screening_outcome.passed",
		"Your information matches your case. Please continue.",
		"Su información coincide con su caso. Continúe.",
	},
	{
		"erequest.screening_outcome.not_offered",
		"You cannot report this issue online for this form. Please call us or write to us.",
		"No puede reportar este problema en línea para este formulario. Llámenos o escríbanos.",
	},
	{
		"erequest.screening_outcome.not_matched",
		"The information you entered does not match a case on file. Check your receipt notice and try again.",
		"La información que escribió no coincide con ningún caso registrado. Revise su aviso de recibo e inténtelo de nuevo.",
	},
	{
		"erequest.screening_outcome.not_outside",
		"Your case is not outside the posted processing time, so you cannot ask about it yet.",
		"Su caso no está fuera del tiempo de trámite publicado, así que todavía no puede preguntar por él.",
	},
	{
		"erequest.screening_outcome.too_early",
		"%s You may report it as not received on or after %s.",
		"%s Podrá reportarlo como no recibido a partir del %s.",
	},
	{
		"erequest.screening_outcome.advised_to_wait",
		"You already placed an online request. Please wait until %s. You may make a new inquiry on that day.",
		"Usted ya hizo una solicitud en línea. Espere hasta el %s. Ese día podrá hacer una nueva consulta.",
	},

	// Mail that did not come
	{
		"erequest.mail_standing.under_way",
		"Your mail may still be on its way to you.",
		"Es posible que su correo todavía esté en camino.",
	},
	{
		"erequest.mail_standing.at_post_office",
		"The Postal Service could not deliver your mail or is holding it for you. Please ask at your post office.",
		"El Servicio Postal no pudo entregar su correo o lo tiene guardado para usted. Pregunte en su oficina de correos.",
	},
	{
		"erequest.mail_standing.delivered",
		"The Postal Service says that it delivered your mail. Please check where your mail is usually left, and ask the people you live with, your neighbors and your post office.",
		"El Servicio Postal dice que entregó su correo. Busque donde suelen dejarle el correo y pregunte a las personas con quienes vive, a sus vecinos y en su oficina de correos.",
	},
	{
		"erequest.mail_standing.delivered_elsewhere",
		"The Postal Service may have delivered your mail to another address. Please ask your post office.",
		"Es posible que el Servicio Postal haya entregado su correo en otra dirección. Pregunte en su oficina de correos.",
	},
	{
		"erequest.mail_standing.being_returned",
		"Your mail is on its way back to us. Please check the address that we have for you.",
		"Nos están devolviendo su correo. Revise la dirección que tenemos de usted.",
	},
	{
		"erequest.mail_standing.returned",
		"Your mail came back to us. Please check the address that we have for you.",
		"Nos devolvieron su correo. Revise la dirección que tenemos de usted.",
	},
	{
		"erequest.mail_standing.lost",
		"The Postal Service says that your mail was lost.",
		"El Servicio Postal dice que su correo se perdió.",
	},

	// Other ways
	{"erequest.other_way.telephone", "Call us.", "Llámenos."},
	{
		"erequest.other_way.letter",
		"Write to the office named on your receipt notice.",
		"Escriba a la oficina que aparece en su aviso de recibo.",
	},
	{
		"erequest.other_way.local_office",
		"Make an appointment at a local office.",
		"Haga una cita en una oficina local.",
	},
	{
		"erequest.other_way.records_request",
		"To see what our records say about you, make a request under the Freedom of Information Act and the Privacy Act.",
		"Para ver lo que dicen nuestros registros sobre usted, haga una solicitud conforme a la Ley de Libertad de Información y a la Ley de Privacidad.",
	},
	{
		"erequest.other_way.usps",
		"Ask the U.S. Postal Service where your mail is.",
		"Pregunte al Servicio Postal de los Estados Unidos dónde está su correo.",
	},

	// The wait
	{"erequest.wait_outcome.may_file", "You may place a request.", "Puede hacer una solicitud."},
	{
		"erequest.wait_outcome.must_wait",
		"You already placed an online request. Please wait until %s. You may make a new inquiry on that day.",
		"Usted ya hizo una solicitud en línea. Espere hasta el %s. Ese día podrá hacer una nueva consulta.",
	},
	{
		"erequest.wait_outcome.may_repeat",
		"We did not respond to your earlier request in time. You may place it again.",
		"No respondimos a tiempo a su solicitud anterior. Puede hacerla de nuevo.",
	},

	// Submission
	{
		"erequest.confirmation",
		"We received your request. Your confirmation number is %s. We intend to respond by %s.",
		"Recibimos su solicitud. Su número de confirmación es %s. Tenemos la intención de responder a más tardar el %s.",
	},
	{"erequest.filing_outcome.accepted", "We received your request.", "Recibimos su solicitud."},
	{
		"erequest.filing_outcome.already_accepted",
		"We already have this request. You do not need to send it again.",
		"Ya tenemos esta solicitud. No necesita enviarla otra vez.",
	},
	{
		"erequest.filing_outcome.key_reused",
		"Something went wrong. Please start a new request.",
		"Algo salió mal. Comience una solicitud nueva.",
	},
	{
		"erequest.filing_outcome.advised_to_wait",
		"You already placed an online request. Please wait until %s. You may make a new inquiry on that day.",
		"Usted ya hizo una solicitud en línea. Espere hasta el %s. Ese día podrá hacer una nueva consulta.",
	},
	{
		"erequest.filing_outcome.screened_out",
		"The information you entered does not match a case on file.",
		"La información que escribió no coincide con ningún caso registrado.",
	},
	{
		"erequest.filing_outcome.incomplete",
		"Some information is missing or wrong. Please correct it and send your request again.",
		"Falta información o hay información incorrecta. Corríjala y envíe su solicitud otra vez.",
	},

	// How far a request has come
	{
		"erequest.request_stage.received",
		"We received your request. We intend to respond by %s.",
		"Recibimos su solicitud. Tenemos la intención de responder a más tardar el %s.",
	},
	{
		"erequest.request_stage.assigned",
		"Your request was assigned to an officer. We intend to respond by %s.",
		"Su solicitud se asignó a un oficial. Tenemos la intención de responder a más tardar el %s.",
	},
	{
		"erequest.request_stage.overdue",
		"We intended to respond by %s and did not. We are sorry. You may place your request again on or after %s.",
		"Teníamos la intención de responder a más tardar el %s y no lo hicimos. Lo sentimos. Podrá hacer su solicitud de nuevo a partir del %s.",
	},
	{
		"erequest.request_stage.answered",
		"We responded to your request on %s.",
		"Respondimos a su solicitud el %s.",
	},

	// How the details agree with the case on file, for staff
	{"erequest.agreement.not_compared", "Not compared", "Sin comparar"},
	{"erequest.agreement.agrees", "Agrees with the case on file", "Coincide con el caso registrado"},
	{"erequest.agreement.differs", "Differs from the case on file", "Difiere del caso registrado"},

	// Reasons
	{"erequest.not_an_issue", "Choose the issue that you want to report.", "Elija el problema que quiere reportar."},
	{
		"erequest.not_offered",
		"Online requests are not open for this form and issue.",
		"No se aceptan solicitudes en línea para este formulario y este problema.",
	},
	{"erequest.mail_may_come", "Your mail may still come.", "Su correo todavía puede llegar."},
	{"erequest.mail_overdue", "Your mail should have come by now.", "Su correo ya debería haber llegado."},
	{"erequest.waiting_does_not_help", "You do not need to wait any longer.", "No necesita esperar más."},
	{
		"erequest.mailed_impossible",
		"Check the date it was mailed.",
		"Revise la fecha en que se envió.",
	},
	{
		"erequest.mailed_not_asked",
		"Leave out the date of mailing. We do not need it for this issue.",
		"No incluya la fecha de envío. No la necesitamos para este problema.",
	},
	{
		"erequest.form_number_malformed",
		"This is not a form number. A form number looks like I-485.",
		"Esto no es un número de formulario. Un número de formulario es, por ejemplo, I-485.",
	},
	{
		"erequest.matched",
		"The information you entered matches your case.",
		"La información que escribió coincide con su caso.",
	},
	{
		"erequest.matched_in_part",
		"The information you gave matches your case. We also need your name and your date of birth as they are on file.",
		"La información que dio coincide con su caso. También necesitamos su nombre y su fecha de nacimiento tal como están registrados.",
	},
	{
		"erequest.not_matched",
		"The information you entered does not match a case on file.",
		"La información que escribió no coincide con ningún caso registrado.",
	},
	{
		"erequest.identity_not_shown",
		"We need more information to make sure that this is your case.",
		"Necesitamos más información para comprobar que este caso es suyo.",
	},
	{
		"erequest.inquiry_needs_outside",
		"You may ask about your case once it is outside the posted processing time.",
		"Podrá preguntar por su caso cuando esté fuera del tiempo de trámite publicado.",
	},
	{
		"erequest.case_is_outside",
		"Your case is outside the posted processing time.",
		"Su caso está fuera del tiempo de trámite publicado.",
	},
	{
		"erequest.issue_needs_no_time",
		"For this issue, the processing time of your case does not matter.",
		"Para este problema, el tiempo de trámite de su caso no importa.",
	},
	{"erequest.name_missing", "Enter your name.", "Escriba su nombre."},
	{"erequest.birth_date_missing", "Enter your date of birth.", "Escriba su fecha de nacimiento."},
	{"erequest.birth_date_impossible", "Check your date of birth.", "Revise su fecha de nacimiento."},
	{"erequest.a_number_missing", "Enter your A-Number. It is on your notices and your card.", "Escriba su Número A. Está en sus avisos y en su tarjeta."},
	{"erequest.birth_country_unknown", "Choose your country of birth.", "Elija su país de nacimiento."},
	{"erequest.citizenship_unknown", "Choose your country of citizenship.", "Elija su país de ciudadanía."},
	{
		"erequest.contact_missing",
		"Tell us how to reach you: enter an e-mail address, a phone number or a mailing address.",
		"Díganos cómo comunicarnos con usted: escriba un correo electrónico, un número de teléfono o una dirección postal.",
	},
	{"erequest.email_malformed", "Check your e-mail address.", "Revise su correo electrónico."},
	{
		"erequest.phone_malformed",
		"Check your phone number. Include the area code.",
		"Revise su número de teléfono. Incluya el código de área.",
	},
	{
		"erequest.address_zip_elsewhere",
		"The ZIP code of your mailing address does not match the state.",
		"El código postal de su dirección postal no corresponde al estado.",
	},
	{
		"erequest.preferred_unreachable",
		"Choose how we should respond, and enter where.",
		"Elija cómo debemos responderle y escriba adónde.",
	},
	{"erequest.document_unknown", "Choose the notice or document that has the error.", "Elija el aviso o documento que tiene el error."},
	{"erequest.correction_missing", "Tell us what is wrong.", "Díganos qué está mal."},
	{"erequest.name_correction_malformed", "Check the name as it should read.", "Revise el nombre tal como debería aparecer."},
	{"erequest.address_correction_malformed", "Check the address as it should read.", "Revise la dirección tal como debería aparecer."},
	{
		"erequest.birth_date_correction_malformed",
		"Check the date of birth as it should read. Write it as YYYY-MM-DD, such as 1980-12-31.",
		"Revise la fecha de nacimiento tal como debería aparecer. Escríbala como AAAA-MM-DD, por ejemplo, 1980-12-31.",
	},
	{
		"erequest.birth_country_correction_malformed",
		"Check the country of birth as it should read.",
		"Revise el país de nacimiento tal como debería aparecer.",
	},
	{
		"erequest.a_number_correction_malformed",
		"Check the A-Number as it should read.",
		"Revise el Número A tal como debería aparecer.",
	},
	{"erequest.printed_missing", "Enter what is printed now.", "Escriba lo que está impreso ahora."},
	{
		"erequest.correction_changes_nothing",
		"What is printed and what it should read are the same.",
		"Lo que está impreso y lo que debería decir son iguales.",
	},
	{
		"erequest.document_not_asked",
		"Leave out the document. We do not need it for this issue.",
		"No incluya el documento. No lo necesitamos para este problema.",
	},
	{
		"erequest.correction_not_asked",
		"Leave out the correction. We do not need it for this issue.",
		"No incluya la corrección. No la necesitamos para este problema.",
	},
	{
		"erequest.printed_not_asked",
		"Tell us only what is correct now. We do not need what was there before.",
		"Díganos solo lo que es correcto ahora. No necesitamos lo que decía antes.",
	},
	{
		"erequest.statement_not_shown",
		"Please read the Privacy Act Statement first.",
		"Primero lea la Declaración de la Ley de Privacidad.",
	},
	{
		"erequest.statement_not_in_force",
		"The Privacy Act Statement has changed. Please read it again.",
		"La Declaración de la Ley de Privacidad cambió. Léala de nuevo.",
	},
	{
		"erequest.representative_malformed",
		"Check the name of the representative and of the firm.",
		"Revise el nombre del representante y el de la firma.",
	},
	{
		"erequest.appearance_missing",
		"Tell us about Form G-28, which lets the representative act for the customer.",
		"Infórmenos sobre el Formulario G-28, que permite al representante actuar por el cliente.",
	},
	{"erequest.recipient_missing", "Choose who should get the response.", "Elija quién debe recibir la respuesta."},
	{
		"erequest.representative_unreachable",
		"Check how we can reach the representative.",
		"Revise cómo podemos comunicarnos con el representante.",
	},
	{"erequest.request_accepted", "We accepted your request.", "Aceptamos su solicitud."},
	{"erequest.key_missing", "Something went wrong. Please start again.", "Algo salió mal. Comience de nuevo."},
	{
		"erequest.key_reused",
		"Something went wrong. Please start a new request.",
		"Algo salió mal. Comience una solicitud nueva.",
	},
	{"erequest.accepted_before", "We already accepted this request.", "Ya aceptamos esta solicitud."},
	{
		"erequest.wait_not_over",
		"The wait after your last online request is not over yet.",
		"Aún no termina la espera por su última solicitud en línea.",
	},
	{
		"erequest.wait_over",
		"Your wait is over. You may place a new request.",
		"Su espera terminó. Puede hacer una nueva solicitud.",
	},
	{
		"erequest.may_repeat",
		"We did not respond to your earlier request in time.",
		"No respondimos a tiempo a su solicitud anterior.",
	},
	{
		"erequest.early_answer_does_not_shorten",
		"The wait is counted from the day you filed, even if we respond early.",
		"La espera se cuenta desde el día en que presentó su solicitud, aunque respondamos antes.",
	},
	{
		"erequest.no_earlier_request",
		"You have no earlier online request that you need to wait for.",
		"No tiene ninguna solicitud en línea anterior por la que deba esperar.",
	},
	{
		"erequest.wait_is_for_online",
		"The wait is for online requests only.",
		"La espera es solo para solicitudes en línea.",
	},
	{"erequest.taker_malformed", "Something went wrong. Please start again.", "Algo salió mal. Comience de nuevo."},
	{"erequest.not_a_channel", "We do not take requests this way.", "No recibimos solicitudes de esta manera."},
}
