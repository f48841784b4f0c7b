package addresschange

import "github.com/seed28e20331/cris"

// Words lists what this package says to customers, in English and Spanish. The words are the
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
	// For the pages of host programs
	{
		"addresschange.label.protected",
		"If the law protects your case (8 U.S.C. 1367), do not report your new address here. Please call us or write to us.",
		"Si la ley protege su caso (8 U.S.C. 1367), no informe aquí su nueva dirección. Llámenos o escríbanos.",
	},
	{
		"addresschange.label.duty",
		"You must report a new address within %d days after you move.",
		"Debe informar su nueva dirección en un plazo de %d días después de mudarse.",
	},
	{
		"addresschange.label.duty_of_one_day",
		"You must report a new address within one day after you move.",
		"Debe informar su nueva dirección en un plazo de un día después de mudarse.",
	},

	// Fields
	{"addresschange.field.name", "Name", "Nombre"},
	{"addresschange.field.date_of_birth", "Date of birth", "Fecha de nacimiento"},
	{"addresschange.field.a_number", "A-Number", "Número A"},
	{"addresschange.field.present_address", "Present address", "Dirección actual"},
	{"addresschange.field.previous_address", "Previous address", "Dirección anterior"},
	{"addresschange.field.mailing_address", "Mailing address", "Dirección postal"},
	{"addresschange.field.moved_on", "Date you moved", "Fecha en que se mudó"},
	{"addresschange.field.signature", "Signature", "Firma"},
	{"addresschange.field.cases", "Your pending cases", "Sus casos pendientes"},

	// The report
	{
		"addresschange.confirmation",
		"We received your new address. Your confirmation number is %s. Mail goes to the new address from %s. " +
			"We do not tell the immigration court: if you have a case there, you must tell the court yourself.",
		"Recibimos su nueva dirección. Su número de confirmación es %s. El correo irá a la nueva dirección a partir del %s. " +
			"No informamos al tribunal de inmigración: si tiene un caso allí, usted mismo debe informar al tribunal.",
	},
	{
		"addresschange.confirmation_late",
		"We received your new address. Your confirmation number is %s. Mail goes to the new address from %s. " +
			"You reported it after %s, the last day to do so; please report on time if you move again. " +
			"We do not tell the immigration court: if you have a case there, you must tell the court yourself.",
		"Recibimos su nueva dirección. Su número de confirmación es %s. El correo irá a la nueva dirección a partir del %s. " +
			"La informó después del %s, que era el último día para hacerlo; si vuelve a mudarse, infórmela a tiempo. " +
			"No informamos al tribunal de inmigración: si tiene un caso allí, usted mismo debe informar al tribunal.",
	},
	{
		"addresschange.outcome.accepted",
		"We received your new address.",
		"Recibimos su nueva dirección.",
	},
	{
		"addresschange.outcome.already_accepted",
		"We already received this report.",
		"Ya recibimos este informe.",
	},
	{
		"addresschange.outcome.key_reused",
		"Something went wrong. Please start a new report.",
		"Algo salió mal. Comience un informe nuevo.",
	},
	{
		"addresschange.outcome.incomplete",
		"Something is missing or cannot be right. Please check what you entered.",
		"Falta algo o algo no puede ser correcto. Revise lo que escribió.",
	},

	// Cases
	{
		"addresschange.case_outcome.changed",
		"We will send mail about this case to your new address.",
		"Enviaremos el correo sobre este caso a su nueva dirección.",
	},
	{
		"addresschange.case_outcome.not_changed",
		"We did not change the address of this case. Check your receipt notice, or change it by telephone or by letter.",
		"No cambiamos la dirección de este caso. Revise su aviso de recibo, o cámbiela por teléfono o por carta.",
	},

	// Reasons
	{
		"addresschange.case_not_matched",
		"What you entered does not match a case that can be changed online.",
		"Lo que escribió no coincide con un caso que se pueda cambiar en línea.",
	},
	{
		"addresschange.statement_not_shown",
		"Please read the Privacy Act Statement before you report a new address.",
		"Lea la Declaración de la Ley de Privacidad antes de informar una nueva dirección.",
	},
	{
		"addresschange.statement_not_in_force",
		"The Privacy Act Statement has changed. Please read it again.",
		"La Declaración de la Ley de Privacidad cambió. Léala de nuevo.",
	},
	{"addresschange.key_missing", "Something went wrong. Please start a new report.", "Algo salió mal. Comience un informe nuevo."},
	{"addresschange.key_reused", "This report was already sent with other information.", "Este informe ya se envió con otra información."},
	{"addresschange.accepted_before", "We already received this report.", "Ya recibimos este informe."},
	{"addresschange.not_a_channel", "We do not take reports this way.", "No recibimos informes de esta manera."},
	{"addresschange.name_missing", "Enter your name.", "Escriba su nombre."},
	{"addresschange.birth_date_missing", "Enter your date of birth.", "Escriba su fecha de nacimiento."},
	{"addresschange.birth_date_impossible", "The date of birth cannot be right.", "La fecha de nacimiento no puede ser correcta."},
	{"addresschange.present_missing", "Enter the address where you live now.", "Escriba la dirección donde vive ahora."},
	{
		"addresschange.present_is_box",
		"Enter the address where you live, not a post office box. You may enter a box as your mailing address.",
		"Escriba la dirección donde vive, no un apartado postal. Puede escribir un apartado como dirección postal.",
	},
	{
		"addresschange.present_zip_elsewhere",
		"The ZIP code of your present address does not match the state.",
		"El código postal de su dirección actual no corresponde al estado.",
	},
	{
		"addresschange.previous_is_present",
		"Your previous address is the same as your present address.",
		"Su dirección anterior es la misma que su dirección actual.",
	},
	{
		"addresschange.previous_zip_elsewhere",
		"The ZIP code of your previous address does not match the state.",
		"El código postal de su dirección anterior no corresponde al estado.",
	},
	{
		"addresschange.mailing_zip_elsewhere",
		"The ZIP code of your mailing address does not match the state.",
		"El código postal de su dirección postal no corresponde al estado.",
	},
	{"addresschange.moved_on_missing", "Enter the date you moved.", "Escriba la fecha en que se mudó."},
	{
		"addresschange.moved_on_ahead",
		"The date of your move is in the future. Please report your new address after you move.",
		"La fecha de su mudanza aún no llega. Informe su nueva dirección después de mudarse.",
	},
	{
		"addresschange.moved_on_before_birth",
		"The date you moved is before your date of birth.",
		"La fecha en que se mudó es anterior a su fecha de nacimiento.",
	},
	{"addresschange.signature_missing", "Sign the report, and enter the date.", "Firme el informe y escriba la fecha."},
	{"addresschange.signed_ahead", "The date of your signature is in the future.", "La fecha de su firma aún no llega."},
	{
		"addresschange.too_many_cases",
		"You named more cases than one report can hold. Please report the others separately.",
		"Mencionó más casos de los que caben en un informe. Informe los demás por separado.",
	},
	{
		"addresschange.case_incomplete",
		"Enter the receipt number, the form, the date filed and the mailing ZIP code of each case, as on your receipt notice.",
		"Escriba el número de recibo, el formulario, la fecha de presentación y el código postal de cada caso, como en su aviso de recibo.",
	},
	{"addresschange.case_twice", "You named a case twice.", "Mencionó un caso dos veces."},
	{
		"addresschange.report_accepted",
		"Your report takes effect on the day we received it.",
		"Su informe tiene efecto desde el día en que lo recibimos.",
	},
	{
		"addresschange.reported_late",
		"You reported your new address after the last day to do so. We accepted your report.",
		"Informó su nueva dirección después del último día para hacerlo. Aceptamos su informe.",
	},
	{
		"addresschange.court_not_told",
		"We do not tell the immigration court. If you have a case there, you must tell the court yourself.",
		"No informamos al tribunal de inmigración. Si tiene un caso allí, usted mismo debe informar al tribunal.",
	},
	{"addresschange.case_changed", "Your case is pending, and what you entered matches it.", "Su caso está pendiente y lo que escribió coincide con él."},
	{"addresschange.case_not_pending", "Your case is no longer pending.", "Su caso ya no está pendiente."},
}
