package casestatus

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
	// Eligibility
	{
		"casestatus.eligibility_outcome.within_until",
		"Your case is within the posted processing time. Unless the posted time changes, you may ask about it on or after %s.",
		"Su caso está dentro del tiempo de trámite publicado. A menos que cambie el tiempo publicado, podrá preguntar por él a partir del %s.",
	},
	{
		"casestatus.eligibility_outcome.within",
		"Your case is within the posted processing time. Please check again later.",
		"Su caso está dentro del tiempo de trámite publicado. Vuelva a consultar más adelante.",
	},
	{
		"casestatus.eligibility_outcome.outside",
		"Your case is outside the posted processing time. You may ask about it.",
		"Su caso está fuera del tiempo de trámite publicado. Puede preguntar por él.",
	},
	{
		"casestatus.eligibility_outcome.decided",
		"We have already made a decision on your case. Processing times are for pending cases.",
		"Ya tomamos una decisión sobre su caso. Los tiempos de trámite son para casos pendientes.",
	},
	{
		"casestatus.eligibility_outcome.not_known",
		"We do not list processing times for this form or office. Check the form number on your receipt notice.",
		"No publicamos tiempos de trámite para este formulario u oficina. Revise el número del formulario en su aviso de recibo.",
	},
	{
		"casestatus.eligibility_outcome.not_posted",
		"No processing time is posted for cases like yours.",
		"No hay un tiempo de trámite publicado para casos como el suyo.",
	},
	{
		"casestatus.eligibility_outcome.suppressed",
		"The posted processing time for cases like yours has no date to compare your case with.",
		"El tiempo de trámite publicado para casos como el suyo no tiene una fecha con la que comparar su caso.",
	},
	{
		"casestatus.eligibility_outcome.undecided",
		"We cannot compare your case with the posted processing time because of the dates on file.",
		"No podemos comparar su caso con el tiempo de trámite publicado debido a las fechas que constan en el expediente.",
	},

	// The status page
	{
		"casestatus.status_outcome.shown",
		"This is the status of your case.",
		"Este es el estado de su caso.",
	},
	{
		"casestatus.status_outcome.not_shown",
		"We cannot show a status for this receipt number. Check the number on your receipt notice and try again.",
		"No podemos mostrar un estado para este número de recibo. Revise el número en su aviso de recibo e inténtelo de nuevo.",
	},
	{
		"casestatus.status_outcome.malformed",
		"This is not a receipt number. A receipt number has three letters and ten digits, or three letters, an asterisk and nine digits.",
		"Esto no es un número de recibo. Un número de recibo tiene tres letras y diez dígitos, o tres letras, un asterisco y nueve dígitos.",
	},
	{"casestatus.label.receipt_number", "Receipt number", "Número de recibo"},
	{"casestatus.label.form", "Form", "Formulario"},
	{"casestatus.label.date_filed", "Date filed", "Fecha de presentación"},
	{"casestatus.label.office", "In process at", "En trámite en"},
	{"casestatus.label.represented", "Represented by an attorney or accredited representative", "Representado por un abogado o representante acreditado"},
	{"casestatus.label.history", "History", "Historial"},
	{"casestatus.label.mailings", "Mailed documents", "Documentos enviados por correo"},
	{"casestatus.label.date_mailed", "Mailed on", "Enviado el"},
	{"casestatus.label.tracking_number", "Tracking number", "Número de seguimiento"},
	{"casestatus.label.delivery", "Latest delivery status", "Último estado de entrega"},
	{"casestatus.label.processing_time", "Processing time", "Tiempo de trámite"},

	// Documents
	{"casestatus.document.permanent_resident_card", "Permanent Resident Card", "Tarjeta de Residente Permanente"},
	{"casestatus.document.travel_document", "Travel Document", "Documento de Viaje"},
	{"casestatus.document.employment_authorization_document", "Employment Authorization Document", "Documento de Autorización de Empleo"},

	// Offices
	{"casestatus.office_kind.service_center", "Service center", "Centro de servicio"},
	{"casestatus.office_kind.field_office", "Field office", "Oficina local"},
	{"casestatus.office_kind.asylum_office", "Asylum office", "Oficina de asilo"},
	{"casestatus.office_kind.national", "National office", "Oficina nacional"},
	{"casestatus.office_kind.aggregate", "Group of offices", "Grupo de oficinas"},

	// Reasons
	{
		"casestatus.not_a_receipt_number",
		"What you entered is not a receipt number.",
		"Lo que escribió no es un número de recibo.",
	},
	{
		"casestatus.number_opens_status",
		"A receipt number is all you need to see the status of a case.",
		"Solo necesita un número de recibo para ver el estado de un caso.",
	},
	{
		"casestatus.deliveries_shown",
		"We show the latest delivery status of each document that we mailed.",
		"Mostramos el último estado de entrega de cada documento que enviamos por correo.",
	},
	{
		"casestatus.no_date_filed",
		"Our file does not show when your case was filed.",
		"Nuestro expediente no indica cuándo se presentó su caso.",
	},
	{
		"casestatus.filed_too_early",
		"The filing date in our file cannot be right.",
		"La fecha de presentación en nuestro expediente no puede ser correcta.",
	},
	{
		"casestatus.no_day_of_asking",
		"We could not tell which day it is.",
		"No pudimos determinar qué día es.",
	},
	{
		"casestatus.filed_after_asking",
		"The filing date in our file is in the future.",
		"La fecha de presentación en nuestro expediente es futura.",
	},
	{
		"casestatus.filed_before_inquiry_date",
		"Your case was filed before the receipt date for a case inquiry.",
		"Su caso se presentó antes de la fecha de recibo para consultas.",
	},
	{
		"casestatus.not_filed_before_inquiry_date",
		"Your case was not filed before the receipt date for a case inquiry.",
		"Su caso no se presentó antes de la fecha de recibo para consultas.",
	},
	{
		"casestatus.form_not_known",
		"We do not list this form, or this type of it.",
		"No tenemos este formulario, o este tipo, en nuestra lista.",
	},
	{
		"casestatus.office_not_known",
		"We do not list this office.",
		"No tenemos esta oficina en nuestra lista.",
	},
	{
		"casestatus.nothing_posted",
		"No processing time is posted for your form at this office.",
		"No hay un tiempo de trámite publicado para su formulario en esta oficina.",
	},
	{
		"casestatus.posted_for_another_form",
		"The posted processing time is for another form or type.",
		"El tiempo de trámite publicado es para otro formulario o tipo.",
	},
	{
		"casestatus.posted_for_another_office",
		"The posted processing time is for another office.",
		"El tiempo de trámite publicado es para otra oficina.",
	},
	{
		"casestatus.read_after_asking",
		"The processing time was posted after the day you ask about.",
		"El tiempo de trámite se publicó después del día por el que pregunta.",
	},
	{
		"casestatus.reading_too_old",
		"The processing time was posted too long ago to count.",
		"El tiempo de trámite se publicó hace demasiado tiempo para tenerlo en cuenta.",
	},
	{
		"casestatus.no_deciding_figure",
		"The posted processing time has no figure to compare your case with.",
		"El tiempo de trámite publicado no tiene una cifra con la que comparar su caso.",
	},
	{
		"casestatus.undated_inquiry_date",
		"We do not know on which day the posted receipt date applied.",
		"No sabemos qué día se aplicaba la fecha de recibo publicada.",
	},
	{
		"casestatus.off_the_calendar",
		"The posted processing time is too long to count.",
		"El tiempo de trámite publicado es demasiado largo para calcularlo.",
	},
	{
		"casestatus.status_not_shown",
		"We cannot show a status for this receipt number.",
		"No podemos mostrar un estado para este número de recibo.",
	},
	{
		"casestatus.case_decided",
		"Your case is no longer pending.",
		"Su caso ya no está pendiente.",
	},

	// Titles of statuses. Their English is the agency's own.
	{titleCode("Case Was Received"), "Case Was Received", "Se recibió el caso"},
	{titleCode("Case Was Updated To Show Fingerprints Were Taken"), "Case Was Updated To Show Fingerprints Were Taken", "Consta que se tomaron las huellas dactilares"},
	{titleCode("Case Was Approved"), "Case Was Approved", "Se aprobó el caso"},
	{titleCode("Case Was Approved And My Decision Was Emailed"), "Case Was Approved And My Decision Was Emailed", "Se aprobó el caso y se envió la decisión por correo electrónico"},
	{titleCode("Case Was Denied"), "Case Was Denied", "Se denegó el caso"},
	{titleCode("Case Was Rejected Because It Was Improperly Filed"), "Case Was Rejected Because It Was Improperly Filed", "Se rechazó el caso por presentarse de forma incorrecta"},
	{titleCode("Case Rejected Because I Sent An Incorrect Fee"), "Case Rejected Because I Sent An Incorrect Fee", "Se rechazó el caso por una tarifa incorrecta"},
	{titleCode("Case Was Transferred And A New Office Has Jurisdiction"), "Case Was Transferred And A New Office Has Jurisdiction", "Se trasladó el caso a otra oficina, que ahora tiene jurisdicción"},
	{titleCode("Fees Were Waived"), "Fees Were Waived", "Se otorgó una exención de tarifas"},
	{titleCode("Fingerprint Fee Was Received"), "Fingerprint Fee Was Received", "Se recibió la tarifa de huellas dactilares"},
	{titleCode("Name Was Updated"), "Name Was Updated", "Se actualizó el nombre"},
	{titleCode("Request for Initial Evidence Was Sent"), "Request for Initial Evidence Was Sent", "Se envió una petición de evidencia inicial"},
	{titleCode("Request for Additional Evidence Was Sent"), "Request for Additional Evidence Was Sent", "Se envió una petición de más evidencia"},
	{titleCode("Response To USCIS' Request For Evidence Was Received"), "Response To USCIS' Request For Evidence Was Received", "Se recibió la respuesta a la petición de evidencia"},
	{titleCode("Interview Was Scheduled"), "Interview Was Scheduled", "Se programó una entrevista"},
	{titleCode("New Card Is Being Produced"), "New Card Is Being Produced", "Se está produciendo una tarjeta nueva"},
	{titleCode("Card Was Mailed To Me"), "Card Was Mailed To Me", "Se envió la tarjeta por correo"},
	{titleCode("Card Was Picked Up By The United States Postal Service"), "Card Was Picked Up By The United States Postal Service", "El Servicio Postal recogió la tarjeta"},
	{titleCode("Card Was Delivered To Me By The Post Office"), "Card Was Delivered To Me By The Post Office", "El correo entregó la tarjeta"},
	{titleCode("Card Is Being Returned to USCIS by Post Office"), "Card Is Being Returned to USCIS by Post Office", "El correo está devolviendo la tarjeta"},
	{titleCode("Card Was Returned To USCIS"), "Card Was Returned To USCIS", "Se devolvió la tarjeta"},
	{titleCode("Card Was Destroyed"), "Card Was Destroyed", "Se destruyó la tarjeta"},
	{titleCode("Document Was Mailed To Me"), "Document Was Mailed To Me", "Se envió un documento por correo"},
	{titleCode("Notice Was Returned To USCIS Because The Post Office Could Not Deliver It"), "Notice Was Returned To USCIS Because The Post Office Could Not Deliver It", "El correo devolvió un aviso que no pudo entregar"},
}
