package letter

import "github.com/seed28e20331/cris"

// Words lists what this package says to staff, in English and Spanish: every reason and every
// value of an enumeration. What customers read stands in the templates. The words are the
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
	// Whether there is a letter
	{"letter.outcome.composed", "The letter is ready.", "La carta está lista."},
	{"letter.outcome.refused", "The letter cannot be written like this.", "La carta no se puede escribir así."},

	// What was found
	{"letter.finding.still_within", "The case is within the posted processing time", "El caso está dentro del tiempo de trámite publicado"},
	{"letter.finding.case_decided", "The case was decided", "Se tomó una decisión sobre el caso"},
	{"letter.finding.needs_more_time", "The case needs more time", "El caso necesita más tiempo"},
	{"letter.finding.needs_evidence", "The customer has to send something", "El cliente tiene que enviar algo"},
	{"letter.finding.mailed_again", "It was mailed again", "Se envió otra vez"},
	{"letter.finding.delivered", "It was delivered", "Se entregó"},
	{"letter.finding.not_mailed", "It has not been mailed yet", "Todavía no se envió"},
	{"letter.finding.corrected", "It was corrected", "Se corrigió"},
	{"letter.finding.no_error", "No error was found on our side", "No se encontró ningún error de nuestra parte"},
	{"letter.finding.arranged", "The accommodation was arranged", "Se preparó la adaptación"},
	{"letter.finding.no_appointment", "There is no appointment", "No hay ninguna cita"},

	// Reasons about letters
	{"letter.letter_composed", "The letter uses the text that is in force.", "La carta usa el texto vigente."},
	{"letter.issue_unknown", "Choose an issue from the list.", "Elija un asunto de la lista."},
	{"letter.finding_unknown", "Choose a finding from the list.", "Elija un resultado de la lista."},
	{"letter.finding_unsuited", "Choose a finding that suits the issue.", "Elija un resultado que corresponda al asunto."},
	{"letter.confirmation_missing", "Enter the confirmation number.", "Escriba el número de confirmación."},
	{"letter.receipt_missing", "Enter the receipt number.", "Escriba el número de recibo."},
	{"letter.filed_missing", "Enter the day on which the request was filed.", "Escriba el día en que se presentó la solicitud."},
	{
		"letter.filed_later",
		"The request was filed after the day of the letter. Check both days.",
		"La solicitud se presentó después del día de la carta. Revise ambos días.",
	},
	{
		"letter.office_unreadable",
		"Enter the name of the office on one line, in at most 100 characters.",
		"Escriba el nombre de la oficina en una sola línea, con un máximo de 100 caracteres.",
	},
	{
		"letter.eligibility_missing",
		"Compare the case with the posted processing time first.",
		"Primero compare el caso con el tiempo de trámite publicado.",
	},
	{
		"letter.eligibility_of_another_day",
		"Compare the case with the processing time that is posted on the day of the letter.",
		"Compare el caso con el tiempo de trámite publicado el día de la carta.",
	},
	{
		"letter.case_not_within",
		"The case is not within the posted processing time. Choose another finding.",
		"El caso no está dentro del tiempo de trámite publicado. Elija otro resultado.",
	},
	{
		"letter.case_is_within",
		"The case is within the posted processing time. Choose the finding that says so.",
		"El caso está dentro del tiempo de trámite publicado. Elija el resultado que lo dice.",
	},
	{
		"letter.case_not_decided",
		"The case was not decided. Choose another finding.",
		"No se tomó una decisión sobre el caso. Elija otro resultado.",
	},
	{
		"letter.case_is_decided",
		"The case was decided. Choose the finding that says so.",
		"Se tomó una decisión sobre el caso. Elija el resultado que lo dice.",
	},
	{
		"letter.mail_not_delivered",
		"We do not know that the mail was delivered to the address on file. Choose another finding.",
		"No consta que el correo se entregara en la dirección registrada. Elija otro resultado.",
	},
	{
		"letter.mail_was_mailed",
		"There is mail for this case. Choose another finding.",
		"Hay correo de este caso. Elija otro resultado.",
	},
	{"letter.done_missing", "Enter the day on which it was done.", "Escriba el día en que se hizo."},
	{
		"letter.done_later",
		"The letter cannot report something that has not happened yet. Check the day on which it was done.",
		"La carta no puede hablar de lo que todavía no sucedió. Revise el día en que se hizo.",
	},
	{
		"letter.ask_again_missing",
		"Enter the day on which the customer may ask again.",
		"Escriba el día en que el cliente puede preguntar otra vez.",
	},
	{
		"letter.ask_again_past",
		"The day on which the customer may ask again is past. Enter a later one.",
		"El día en que el cliente puede preguntar otra vez ya pasó. Escriba uno posterior.",
	},
	{
		"letter.ask_again_too_early",
		"On that day the case is still within the posted processing time. Enter a later one.",
		"Ese día el caso todavía está dentro del tiempo de trámite publicado. Escriba uno posterior.",
	},
	{
		"letter.send_by_missing",
		"Enter the day by which the customer has to send it.",
		"Escriba el último día en que puede llegar lo que envía el cliente.",
	},
	{
		"letter.send_by_past",
		"The day by which the customer has to send it is past. Enter a later one.",
		"El último día en que puede llegar lo que envía el cliente ya pasó. Escriba uno posterior.",
	},
	{
		"letter.no_template",
		"There is no approved text for this letter today.",
		"Hoy no hay un texto aprobado para esta carta.",
	},

	// Reasons about attachments
	{"letter.too_many_attachments", "Attach fewer files.", "Adjunte menos archivos."},
	{
		"letter.attachments_too_large",
		"The attached files are too large in total. Attach fewer or smaller ones.",
		"Los archivos adjuntos son demasiado grandes en conjunto. Adjunte menos archivos o más pequeños.",
	},
	{
		"letter.attached_twice",
		"Attach each file once, and give each a name of its own.",
		"Adjunte cada archivo una sola vez y dé a cada uno un nombre propio.",
	},
	{
		"letter.attachment_ref_malformed",
		"An attached file cannot be found by its reference. Attach it again.",
		"Un archivo adjunto no se encuentra por su referencia. Adjúntelo otra vez.",
	},
	{
		"letter.attachment_name_unfit",
		"Rename an attached file: use letters, digits, spaces, hyphens and one dot.",
		"Cambie el nombre de un archivo adjunto: use letras, dígitos, espacios, guiones y un punto.",
	},
	{
		"letter.attachment_type_not_admitted",
		"Files of this kind may not be sent. Attach another kind of file.",
		"Los archivos de este tipo no se pueden enviar. Adjunte otro tipo de archivo.",
	},
	{
		"letter.attachment_extension_unfit",
		"The extension of an attached file does not match its kind. Rename it.",
		"El nombre de un archivo adjunto no corresponde a su tipo. Cámbielo.",
	},
	{"letter.attachment_empty", "An attached file is empty. Attach another one.", "Un archivo adjunto está vacío. Adjunte otro."},
	{"letter.attachment_too_large", "An attached file is too large. Attach a smaller one.", "Un archivo adjunto es demasiado grande. Adjunte uno más pequeño."},
	{
		"letter.attachment_digest_malformed",
		"An attached file cannot be checked by its digest. Attach it again.",
		"Un archivo adjunto no se puede comprobar por su resumen criptográfico. Adjúntelo otra vez.",
	},
}
