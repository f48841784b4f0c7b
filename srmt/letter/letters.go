package letter

import (
	"fmt"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
)

// ownText is a letter in the library's own words.
type ownText struct {
	issue   erequest.Issue
	finding Finding
	subject cris.Phrase
	found   []cris.Phrase // what was found, and what to do next
}

// text returns the letter as it is loaded: what was asked, from whom the response is, and what
// was found.
func (o ownText) text() cris.TemplateText {
	return cris.TemplateText{
		Edition:    fmt.Sprintf("response %s %s 2013-08-15", o.issue, o.finding),
		From:       cris.MustParseDate("2013-08-15"),
		Subject:    o.subject,
		Paragraphs: slices.Concat([]cris.Phrase{asked(o.issue), numbers}, o.found),
	}
}

var numbers = say(
	"Your receipt number is {receipt}, and your confirmation number is {number}. This response is from {office}.",
	"Su número de recibo es {receipt} y su número de confirmación es {number}. Esta respuesta es de {office}.",
)

// asked is what the customer told us.
func asked(issue erequest.Issue) cris.Phrase {
	switch issue {
	case erequest.OutsideProcessingTime:
		return say("On {filed}, you asked us why your case is taking so long.", "El {filed}, usted nos preguntó por qué su caso tarda tanto.")
	case erequest.NoticeNotReceived:
		return say("On {filed}, you told us that you did not receive a notice.", "El {filed}, usted nos dijo que no recibió un aviso.")
	case erequest.DocumentNotReceived:
		return say("On {filed}, you told us that you did not receive a document.", "El {filed}, usted nos dijo que no recibió un documento.")
	case erequest.CardNotReceived:
		return say("On {filed}, you told us that you did not receive your card.", "El {filed}, usted nos dijo que no recibió su tarjeta.")
	case erequest.TypographicalError:
		return say("On {filed}, you told us that there is an error in something that we sent you.", "El {filed}, usted nos dijo que hay un error en algo que le enviamos.")
	case erequest.BeneficiaryChange:
		return say("On {filed}, you told us that information about a beneficiary has changed.", "El {filed}, usted nos dijo que cambió la información de un beneficiario.")
	case erequest.AppointmentAccommodation:
		return say("On {filed}, you told us that you need an accommodation for an appointment.", "El {filed}, usted nos dijo que necesita una adaptación para una cita.")
	}
	return cris.Phrase{}
}

// ownTexts are the letters for every issue and every finding that suits it.
func ownTexts() []ownText {
	return slices.Concat(
		aboutTime(),
		aboutMail(erequest.NoticeNotReceived, "notice", "aviso"),
		aboutMail(erequest.DocumentNotReceived, "document", "documento"),
		aboutMail(erequest.CardNotReceived, "card", "tarjeta"),
		aboutErrors(),
		aboutBeneficiaries(),
		aboutAppointments(),
	)
}

func aboutTime() []ownText {
	const issue = erequest.OutsideProcessingTime
	again := say(
		"If your case is still pending, you may ask us again on or after {ask_again}. Thank you for your patience.",
		"Si su caso sigue pendiente, puede preguntarnos otra vez a partir del {ask_again}. Gracias por su paciencia.",
	)
	return []ownText{
		{
			issue, StillWithin,
			say("Your case is within the posted processing time", "Su caso está dentro del tiempo de trámite publicado"),
			[]cris.Phrase{
				say(
					"We checked your case. It is still pending, and it is within the processing time that we post for cases like yours. You do not need to do anything because of this letter.",
					"Revisamos su caso. Todavía está pendiente, y está dentro del tiempo de trámite que publicamos para casos como el suyo. No necesita hacer nada a causa de esta carta.",
				),
				again,
			},
		},
		{
			issue, CaseDecided,
			say("We made a decision on your case", "Tomamos una decisión sobre su caso"),
			[]cris.Phrase{
				say(
					"We made a decision on your case on {done_on}. A notice tells you what we decided. It goes to the mailing address that we have for you.",
					"Tomamos una decisión sobre su caso el {done_on}. Un aviso le dice qué decidimos. Va a la dirección postal que tenemos de usted.",
				),
				say(
					"If the notice does not arrive, please tell us that you did not receive a notice. If you have moved, please report your new address first.",
					"Si el aviso no llega, díganos, por favor, que no recibió un aviso. Si se mudó, infórmenos primero su nueva dirección.",
				),
			},
		},
		{
			issue, NeedsMoreTime,
			say("We need more time for your case", "Necesitamos más tiempo para su caso"),
			[]cris.Phrase{
				say(
					"We checked your case. It is still pending, and we need more time to decide it. We are sorry that you have to wait. You do not need to do anything because of this letter.",
					"Revisamos su caso. Todavía está pendiente, y necesitamos más tiempo para decidirlo. Lamentamos que tenga que esperar. No necesita hacer nada a causa de esta carta.",
				),
				again,
			},
		},
		{
			issue, NeedsEvidence,
			say("We need evidence from you", "Necesitamos que nos envíe pruebas"),
			[]cris.Phrase{
				say(
					"We checked your case. Before we can decide it, we need evidence from you. Another notice tells you what evidence we need and where to send it.",
					"Revisamos su caso. Antes de decidirlo, necesitamos que nos envíe pruebas. Otro aviso le dice qué pruebas necesitamos y adónde enviarlas.",
				),
				say(
					"Your evidence has to reach us by {send_by}. If you did not receive that notice, please call us now, so that there is time to send it.",
					"Sus pruebas deben llegarnos a más tardar el {send_by}. Si no recibió ese aviso, llámenos ahora, por favor, para que haya tiempo de enviarlas.",
				),
			},
		},
	}
}

// aboutMail are the letters about something that did not come. The Spanish goes for words of
// either gender.
func aboutMail(issue erequest.Issue, english, spanish string) []ownText {
	with := func(ofEnglish, ofSpanish string) cris.Phrase {
		return say(fmt.Sprintf(ofEnglish, english), fmt.Sprintf(ofSpanish, spanish))
	}
	moved := say(
		"If you have moved, please report your new address to us right away.",
		"Si se mudó, infórmenos, por favor, su nueva dirección de inmediato.",
	)
	return []ownText{
		{
			issue, MailedAgain,
			with("We mailed your %s again", "Enviamos otra vez su %s"),
			[]cris.Phrase{
				with(
					"We are sorry that your %s did not arrive. We mailed it again on {done_on}, to the mailing address that we have for you. Please allow a few days for it to arrive.",
					"Lamentamos que no haya llegado su %s. El {done_on} hicimos otro envío a la dirección postal que tenemos de usted. Puede tardar unos días en llegar.",
				),
				say("If it does not come, you may ask us again on or after {ask_again}.", "Si no llega, puede preguntarnos otra vez a partir del {ask_again}."),
				moved,
			},
		},
		{
			issue, Delivered,
			with("The Postal Service reports that it delivered your %s", "El Servicio Postal informa que entregó su %s"),
			[]cris.Phrase{
				with(
					"The U.S. Postal Service reports that it delivered your %s on {done_on}, to the mailing address that we have for you.",
					"El Servicio Postal de Estados Unidos informa que el {done_on} entregó su %s en la dirección postal que tenemos de usted.",
				),
				say(
					"Please ask the people who live with you, and ask at your post office. If you still cannot find it, please call us. We will tell you what else you can do.",
					"Pregunte, por favor, a las personas que viven con usted y en su oficina de correos. Si aun así no aparece, llámenos. Le diremos qué más puede hacer.",
				),
			},
		},
		{
			issue, NotMailed,
			with("We have not mailed your %s yet", "Todavía no enviamos su %s"),
			[]cris.Phrase{
				with(
					"We checked your case. We have not mailed your %s yet. Once it is ready, we will mail it to the mailing address that we have for you.",
					"Revisamos su caso. Todavía no enviamos su %s. El envío se hará, en cuanto sea posible, a la dirección postal que tenemos de usted.",
				),
				say("If it does not come, you may ask us again on or after {ask_again}.", "Si no llega, puede preguntarnos otra vez a partir del {ask_again}."),
				moved,
			},
		},
	}
}

var (
	// checkIt ends the letters that tell of a correction.
	checkIt = say(
		"Please check everything that you receive from us from now on. If anything in it is still wrong, please tell us.",
		"Revise, por favor, lo que reciba de nosotros desde ahora. Si algo todavía está mal, díganoslo.",
	)
	// sendACopy ends the letters that ask for a copy of a document.
	sendACopy = []cris.Phrase{
		say(
			"Please send us a copy of an official document that shows it, such as a birth certificate, a passport or a court order. Do not send the original. Write your receipt number and your confirmation number on the copy.",
			"Envíenos, por favor, una copia de un documento oficial que lo muestre, como un acta de nacimiento, un pasaporte o una orden judicial. No envíe el original. Escriba en la copia su número de recibo y su número de confirmación.",
		),
		say(
			"The copy has to reach us by {send_by}. If you do not know where to send it, please call us.",
			"La copia debe llegarnos a más tardar el {send_by}. Si no sabe adónde enviarla, llámenos, por favor.",
		),
	}
)

func aboutErrors() []ownText {
	const issue = erequest.TypographicalError
	return []ownText{
		{
			issue, NeedsEvidence,
			say("We need a document from you", "Necesitamos que nos envíe un documento"),
			slices.Concat([]cris.Phrase{say(
				"Thank you for telling us. Before we can correct the error, we need to see the correct information.",
				"Gracias por avisarnos. Antes de corregir el error, necesitamos ver qué es lo correcto.",
			)}, sendACopy),
		},
		{
			issue, Corrected,
			say("We corrected the error", "Corregimos el error"),
			[]cris.Phrase{
				say(
					"Thank you for telling us, and we are sorry about the error. We corrected it in our records on {done_on}.",
					"Gracias por avisarnos. Lamentamos el error. Lo corregimos en nuestros registros el {done_on}.",
				),
				checkIt,
			},
		},
		{
			issue, NoError,
			say("We found no error on our side", "No encontramos ningún error de nuestra parte"),
			[]cris.Phrase{
				say(
					"We compared what you told us with our records, and found no error on our side.",
					"Comparamos lo que usted nos dijo con nuestros registros y no encontramos ningún error de nuestra parte.",
				),
				say(
					"If the information was not correct when you gave it to us, or has changed since then, please call us. We will tell you how to have it changed.",
					"Si la información no era correcta cuando nos la dio, o cambió desde entonces, llámenos, por favor. Le diremos cómo pedir que se cambie.",
				),
			},
		},
	}
}

func aboutBeneficiaries() []ownText {
	const issue = erequest.BeneficiaryChange
	return []ownText{
		{
			issue, NeedsEvidence,
			say("We need a document from you", "Necesitamos que nos envíe un documento"),
			slices.Concat([]cris.Phrase{say(
				"Thank you for telling us. Before we can change the information about the beneficiary, we need to see the correct information.",
				"Gracias por avisarnos. Antes de cambiar la información del beneficiario, necesitamos ver qué es lo correcto.",
			)}, sendACopy),
		},
		{
			issue, Corrected,
			say("We changed the information about the beneficiary", "Cambiamos la información del beneficiario"),
			[]cris.Phrase{
				say(
					"Thank you for telling us. We changed the information about the beneficiary in our records on {done_on}.",
					"Gracias por avisarnos. Cambiamos la información del beneficiario en nuestros registros el {done_on}.",
				),
				checkIt,
			},
		},
	}
}

func aboutAppointments() []ownText {
	const issue = erequest.AppointmentAccommodation
	return []ownText{
		{
			issue, Arranged,
			say("We arranged what you need for your appointment", "Preparamos lo que usted necesita para su cita"),
			[]cris.Phrase{
				say(
					"Thank you for telling us. On {done_on}, we arranged what you need for your appointment. There is no charge for it.",
					"Gracias por avisarnos. El {done_on} preparamos lo que usted necesita para su cita. No tiene ningún costo.",
				),
				say(
					"Please come on the day and at the time that your appointment notice shows, and bring this letter. If you need something else, please call us before that day.",
					"Venga, por favor, el día y a la hora que indica su aviso de cita, y traiga esta carta. Si necesita otra cosa, llámenos antes de ese día.",
				),
			},
		},
		{
			issue, NoAppointment,
			say("You have no appointment yet", "Usted todavía no tiene una cita"),
			[]cris.Phrase{
				say(
					"We checked your case and found no appointment for you, so there is nothing that we can arrange yet.",
					"Revisamos su caso y no encontramos ninguna cita para usted. Por eso todavía no hay nada que podamos preparar.",
				),
				say(
					"Once you get an appointment notice, please call us as soon as you can, and tell us what you need. There is no charge for it.",
					"Cuando reciba un aviso de cita, llámenos, por favor, lo antes posible y díganos qué necesita. No tiene ningún costo.",
				),
			},
		},
	}
}

// say is a text in both languages.
func say(english, spanish string) cris.Phrase { return cris.Phrase{English: english, Spanish: spanish} }
