package gateway

import (
	"slices"
	"sync"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// DefaultLibrary returns the scripts of [Drafts] (GW-1).
func DefaultLibrary() Library { return defaultLibrary() }

// defaultLibrary panics if a draft of this package has a fault, which the tests rule out.
var defaultLibrary = sync.OnceValue(func() Library {
	var scripts []Script
	for _, draft := range Drafts() {
		scripts = append(scripts, must(NewScript(draft)))
	}
	return must(NewLibrary(scripts...))
})

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// Drafts returns the scripts of this package, which are in words of its own: one for each issue
// that may be reported (ER-1), which may end in opening a request about it, and one for changes of
// address. The caller may keep and change them.
func Drafts() []Draft {
	return []Draft{
		processingTime(),
		mail("notice-not-received", erequest.NoticeNotReceived,
			bilingual("A notice did not arrive", "No llegó un aviso"),
			aloud("Which notice are you waiting for? It may be a receipt notice, an appointment notice, a request for evidence or a decision.",
				"¿Qué aviso está esperando? Puede ser un aviso de recibo, un aviso de cita, una solicitud de evidencia o una decisión."),
			[]Citation{{8, CFR, "103.8"}}, "I-797"),
		mail("document-not-received", erequest.DocumentNotReceived,
			bilingual("A document did not arrive", "No llegó un documento"),
			aloud("Which document are you waiting for? It may be a travel document or a certificate.",
				"¿Qué documento está esperando? Puede ser un documento de viaje o un certificado."),
			[]Citation{{8, CFR, "103.2"}}, "I-131", "N-565"),
		mail("card-not-received", erequest.CardNotReceived,
			bilingual("A card did not arrive", "No llegó una tarjeta"),
			aloud("Which card are you waiting for? It may be a permanent resident card or an employment authorization card.",
				"¿Qué tarjeta está esperando? Puede ser una tarjeta de residente permanente o una tarjeta de autorización de empleo."),
			[]Citation{{8, CFR, "264.5"}}, "I-90", "I-765"),
		typographicalError(),
		beneficiaryChange(),
		accommodation(),
		changeOfAddress(),
	}
}

// firstEdition is the first day on which the scripts of this package are in force.
func firstEdition() cris.Date { return cris.MustParseDate("2013-08-15") }

func processingTime() Draft {
	return Draft{
		ID: "processing-time", Edition: firstEdition(), Issue: erequest.OutsideProcessingTime, Start: "greeting",
		Title: bilingual("The case takes longer than the posted processing time", "El caso tarda más que el tiempo de trámite publicado"),
		Nodes: slices.Concat(opening("compare"), []Node{
			{
				ID: "compare",
				Blocks: []Block{
					aloud("I am comparing the day on which you filed with the processing time that we post for your form.",
						"Voy a comparar el día en que usted presentó su formulario con el tiempo de trámite que publicamos para él."),
					note("Look the case up. The posted time depends on the form, its type and the office.",
						"Consulte el caso. El tiempo publicado depende del formulario, de su tipo y de la oficina."),
				},
				Law: []Citation{{8, CFR, "103.2"}},
				Choices: []Choice{
					option("outside", "The case is outside the posted time", "El caso está fuera del tiempo publicado", "request"),
					option("within", "The case is within the posted time", "El caso está dentro del tiempo publicado", "wait"),
					option("unknown", "No time is posted, or the case is decided", "No hay un tiempo publicado, o el caso ya está decidido", "officer"),
				},
			},
			{
				ID: "wait",
				Blocks: []Block{
					aloud("Your case is within the time that we post for this form. You do not have to do anything now.",
						"Su caso está dentro del tiempo que publicamos para este formulario. Usted no tiene que hacer nada por ahora."),
					aloud("If that time has passed and you have not heard from us, please call again.",
						"Si ese tiempo ya pasó y usted no ha recibido noticias nuestras, vuelva a llamar, por favor."),
				},
				End: End{Kind: Answered},
			},
			request(erequest.OutsideProcessingTime),
		}),
	}
}

// mail is a script about something that was mailed and did not come.
func mail(id ScriptID, issue erequest.Issue, title cris.Phrase, which Block, law []Citation, forms ...casestatus.FormNumber) Draft {
	return Draft{
		ID: id, Edition: firstEdition(), Issue: issue, Start: "greeting", Title: title,
		Nodes: slices.Concat(opening("moved"), []Node{
			{
				ID: "moved",
				Blocks: []Block{
					which,
					aloud("Have you moved since you filed?", "¿Se ha mudado desde que presentó su formulario?"),
				},
				Law: law, Forms: forms,
				Choices: []Choice{
					option("same", "The address is the same", "La dirección es la misma", "mailed"),
					option("new", "The caller has moved and not told us", "La persona se mudó y no nos ha avisado", "address"),
				},
			},
			{
				ID: "address",
				Blocks: []Block{
					aloud("Then the mail may have gone to your old address. First we enter your new address. If the mail does not come after that, please call again.",
						"Entonces es posible que el envío haya ido a su dirección anterior. Primero registramos su nueva dirección. Si después de eso el envío no llega, vuelva a llamar, por favor."),
				},
				Law: []Citation{{8, CFR, "265.1"}, {8, USC, "1305"}}, Forms: []casestatus.FormNumber{"AR-11"},
				End: End{Kind: ChangeOfAddress},
			},
			{
				ID: "mailed",
				Blocks: []Block{
					aloud("I am looking up when we mailed it, and what the Postal Service says about it. Do you know on which day it was mailed?",
						"Voy a consultar cuándo se hizo el envío y qué dice de él el Servicio Postal. ¿Sabe usted qué día se envió?"),
					note("The case shows from which day on the mail may be reported.",
						"El caso muestra a partir de qué día se puede informar sobre el envío."),
				},
				Choices: []Choice{
					option("late", "The mail should have come by now", "El envío ya debería haber llegado", "request"),
					option("early", "The mail may still come", "El envío todavía puede llegar", "wait"),
					option("none", "Nothing was mailed yet", "Todavía no se ha enviado nada", "officer"),
				},
			},
			{
				ID: "wait",
				Blocks: []Block{
					aloud("The mail may still come. I will tell you the day until which you should wait. If it has not come by then, please call again.",
						"El envío todavía puede llegar. Le diré hasta qué día conviene esperar. Si para entonces no ha llegado, vuelva a llamar, por favor."),
					note("Tell the caller the day that the case shows.", "Diga a la persona el día que muestra el caso."),
				},
				End: End{Kind: Answered},
			},
			request(issue),
		}),
	}
}

func typographicalError() Draft {
	return Draft{
		ID: "typographical-error", Edition: firstEdition(), Issue: erequest.TypographicalError, Start: "greeting",
		Title: bilingual("A typographical error: something is misprinted on a notice, a document or a card",
			"Un error tipográfico: algo está mal impreso en un aviso, un documento o una tarjeta"),
		Nodes: slices.Concat(opening("mistake"), []Node{
			{
				ID: "mistake",
				Blocks: []Block{
					aloud("Is it printed differently from what you wrote on your form?",
						"¿Está impreso de manera distinta de lo que usted escribió en su formulario?"),
					note("A name that changed after the form was filed is not a typographical error.",
						"Un nombre que cambió después de presentar el formulario no es un error tipográfico."),
				},
				Choices: []Choice{
					option("misprint", "We printed it differently", "Lo imprimimos de manera distinta", "request"),
					option("changed", "It was right then, and has changed since", "Entonces era correcto y ha cambiado desde entonces", "changed"),
					option("moved", "Only the address has changed", "Solo ha cambiado la dirección", "address"),
				},
			},
			{
				ID: "changed",
				Blocks: []Block{
					aloud("Then it was right when we printed it. For a card or a certificate with your new information you file a form and send proof of the change.",
						"Entonces era correcto cuando lo imprimimos. Para obtener una tarjeta o un certificado con sus nuevos datos, usted presenta un formulario y envía una prueba del cambio."),
				},
				Law: []Citation{{8, CFR, "103.2"}, {8, CFR, "264.5"}}, Forms: []casestatus.FormNumber{"I-90", "N-565"},
				End: End{Kind: Answered},
			},
			{
				ID: "address",
				Blocks: []Block{
					aloud("Then we enter your new address for you.", "Entonces registramos su nueva dirección."),
				},
				Law: []Citation{{8, CFR, "265.1"}, {8, USC, "1305"}}, Forms: []casestatus.FormNumber{"AR-11"},
				End: End{Kind: ChangeOfAddress},
			},
			request(erequest.TypographicalError,
				aloud("Please tell me what is printed, word for word, and what it should be. Keep the document until we tell you what to do with it.",
					"Dígame, por favor, qué está impreso, palabra por palabra, y qué debería decir. Conserve el documento hasta que le digamos qué hacer con él.")),
		}),
	}
}

func beneficiaryChange() Draft {
	return Draft{
		ID: "beneficiary-change", Edition: firstEdition(), Issue: erequest.BeneficiaryChange, Start: "greeting",
		Title: bilingual("Information about a beneficiary has changed", "Cambiaron los datos de un beneficiario"),
		Forms: []casestatus.FormNumber{"I-129", "I-129F", "I-130", "I-140", "I-360", "I-600", "I-730", "I-800"},
		Nodes: slices.Concat(opening("what"), []Node{
			{
				ID: "what",
				Blocks: []Block{
					aloud("What has changed about the person for whom the petition was filed?",
						"¿Qué ha cambiado de la persona para quien se presentó la petición?"),
				},
				Law: []Citation{{8, CFR, "103.2"}},
				Choices: []Choice{
					option("data", "Name, address, date or country of birth, or A-Number", "El nombre, la dirección, la fecha o el país de nacimiento, o el número A", "request"),
					option("person", "The petition should be for another person", "La petición debería ser para otra persona", "person"),
					option("other", "Something else, such as a marriage, a divorce or a death", "Otra cosa, como un matrimonio, un divorcio o una muerte", "officer"),
				},
			},
			{
				ID: "person",
				Blocks: []Block{
					aloud("Most petitions cannot be changed to another person. A new petition is filed for that person.",
						"La mayoría de las peticiones no se pueden cambiar a otra persona. Para esa persona se presenta una petición nueva."),
				},
				Law: []Citation{{8, CFR, "103.2"}},
				End: End{Kind: Answered},
			},
			request(erequest.BeneficiaryChange,
				aloud("Please tell me what has changed, and what is right now.", "Dígame, por favor, qué ha cambiado y qué es lo correcto ahora.")),
		}),
	}
}

func accommodation() Draft {
	return Draft{
		ID: "appointment-accommodation", Edition: firstEdition(), Issue: erequest.AppointmentAccommodation, Start: "greeting",
		Title: bilingual("An accommodation at an appointment because of a disability", "Una adaptación en una cita por una discapacidad"),
		Nodes: slices.Concat(opening("need"), []Node{
			{
				ID: "need",
				Blocks: []Block{
					aloud("Do you, or does somebody who comes with you, need something at the appointment because of a disability?",
						"¿Necesita usted, o alguien que viene con usted, algo en la cita por una discapacidad?"),
					note("It may be a sign language interpreter, a room that can be reached in a wheelchair, or more time.",
						"Puede ser un intérprete de lengua de señas, una sala a la que se llegue en silla de ruedas o más tiempo."),
				},
				Law: []Citation{{29, USC, "794"}, {6, CFR, "15.30"}},
				Choices: []Choice{
					option("needs", "Something is needed at the appointment", "Se necesita algo en la cita", "request"),
					option("day", "The caller only needs another day", "La persona solo necesita otro día", "day"),
					option("home", "The caller cannot come at all because of a disability", "La persona no puede venir por una discapacidad", "officer"),
				},
			},
			{
				ID: "day",
				Blocks: []Block{
					aloud("I will look for another day with you. Please have your appointment notice ready.",
						"Vamos a buscar otro día. Tenga a mano, por favor, su aviso de cita."),
				},
				Law: []Citation{{8, CFR, "103.16"}}, Forms: []casestatus.FormNumber{"I-797"},
				End: End{Kind: Appointment},
			},
			request(erequest.AppointmentAccommodation,
				aloud("An officer will ask you what you need before the appointment. There is no charge for it.",
					"Un oficial le preguntará antes de la cita qué necesita. No tiene ningún costo.")),
		}),
	}
}

func changeOfAddress() Draft {
	return Draft{
		ID: "change-of-address", Edition: firstEdition(), Start: "greeting",
		Title: bilingual("Change of address", "Cambio de dirección"),
		Nodes: []Node{
			greeting(
				aloud("Have you moved already, or are you going to move? If you have a case with us, please have your receipt number ready.",
					"¿Ya se mudó o se va a mudar? Si tiene un caso con nosotros, tenga a mano, por favor, su número de recibo."),
				option("moved", "The caller has moved", "La persona ya se mudó", "court"),
				option("later", "The caller is going to move", "La persona se va a mudar", "later")),
			{
				ID: "later",
				Blocks: []Block{
					aloud("Please report your new address once you have moved, and within 10 days. You can do that online, or call again.",
						"Informe su nueva dirección, por favor, cuando ya se haya mudado y en un plazo de 10 días. Puede hacerlo en línea o volver a llamar."),
				},
				Law: []Citation{{8, CFR, "265.1"}, {8, USC, "1305"}}, Forms: []casestatus.FormNumber{"AR-11"},
				End: End{Kind: Answered},
			},
			{
				ID: "court",
				Blocks: []Block{
					aloud("Do you have a case before an immigration court?", "¿Tiene un caso ante un tribunal de inmigración?"),
				},
				Choices: []Choice{
					option("yes", "There is a case before a court", "Hay un caso ante un tribunal", "tell-court"),
					option("no", "There is none", "No lo hay", "report"),
				},
			},
			{
				ID: "tell-court",
				Blocks: []Block{
					aloud("We do not tell the court that you have moved. Please tell the court yourself, within five days, on Form EOIR-33.",
						"Nosotros no avisamos al tribunal que usted se mudó. Avise usted al tribunal, por favor, en un plazo de cinco días, con el Formulario EOIR-33."),
				},
				Law: []Citation{{8, CFR, "1003.15"}}, Forms: []casestatus.FormNumber{"EOIR-33"},
				Choices: []Choice{option("understood", "The caller has understood", "La persona ha comprendido", "report")},
			},
			{
				ID: "report",
				Blocks: []Block{
					aloud("Please tell me your full name, your date of birth, the address where you live now, the address before it, and the day on which you moved.",
						"Dígame, por favor, su nombre completo, su fecha de nacimiento, la dirección donde vive ahora, la dirección anterior y el día en que se mudó."),
					aloud("Tell me also if your mail goes to another address, and which cases should get the new one.",
						"Dígame también si su correo va a otra dirección y en qué casos se debe registrar la nueva."),
					note("For each case, ask for the receipt number, the form and its type, the day on which it was filed and the ZIP code of the mailing address.",
						"Para cada caso, pregunte el número de recibo, el formulario y su tipo, el día en que se presentó y el código postal de la dirección postal."),
					aloud("Most people who are not citizens have to report a new address within 10 days. If more have passed, report it anyway. You will get a confirmation number.",
						"La mayoría de las personas que no son ciudadanas deben informar su nueva dirección en un plazo de 10 días. Si ya pasaron más, infórmela de todos modos. Recibirá un número de confirmación."),
				},
				Law: []Citation{{8, CFR, "265.1"}, {8, USC, "1305"}}, Forms: []casestatus.FormNumber{"AR-11"},
				End: End{Kind: ChangeOfAddress},
			},
		},
	}
}

// greeting is the node with which every script starts: nothing is asked before the Privacy Act
// Statement was read (ER-7).
func greeting(question Block, choices ...Choice) Node {
	return Node{
		ID: "greeting",
		Blocks: []Block{
			aloud("Thank you for calling U.S. Citizenship and Immigration Services. I am here to help you.",
				"Gracias por llamar al Servicio de Ciudadanía e Inmigración de Estados Unidos. Estoy aquí para ayudarle."),
			{
				Text: bilingual("Before I ask you for anything, I will read you why we ask and what happens with what you tell me.",
					"Antes de pedirle cualquier dato, le leeré por qué lo pedimos y qué se hace con lo que usted me diga."),
				ReadAloud: true, Statement: true,
			},
			question,
		},
		Law:     []Citation{{5, USC, "552a(e)(3)"}},
		Choices: choices,
	}
}

// opening has the nodes by which the case is found, and then leads to the question.
func opening(question NodeID) []Node {
	start := greeting(
		aloud("Please tell me your receipt number. It has three letters and ten digits.",
			"Dígame, por favor, su número de recibo. Tiene tres letras y diez dígitos."),
		option("receipt", "The caller has the receipt number", "La persona tiene el número de recibo", question),
		option("none", "The caller does not have it", "La persona no lo tiene", "no-receipt"))
	start.Blocks = append(start.Blocks,
		note("Ask also for the form and its type, the day on which it was filed and the ZIP code of the mailing address.",
			"Pregunte también el formulario y su tipo, el día en que se presentó y el código postal de la dirección postal."))
	return []Node{
		start,
		{
			ID: "no-receipt",
			Blocks: []Block{
				aloud("The receipt number is on the notice that we mailed to you when we received your form, Form I-797. Can you find it?",
					"El número de recibo está en el aviso que le enviamos cuando recibimos su formulario, el Formulario I-797. ¿Puede encontrarlo?"),
			},
			Forms: []casestatus.FormNumber{"I-797"},
			Choices: []Choice{
				option("found", "The caller has found it", "La persona lo encontró", question),
				option("lost", "The caller cannot find it", "La persona no lo encuentra", "officer"),
			},
		},
		{
			ID: "officer",
			Blocks: []Block{
				aloud("I will transfer you to an officer, who can look further. Please stay on the line.",
					"Voy a transferir su llamada a un oficial, que puede buscar más información. No cuelgue, por favor."),
			},
			End: End{Kind: TierTwo},
		},
	}
}

// request is the node that ends in opening a request about the issue. What is asked for with the
// issue alone stands before what happens next.
func request(issue erequest.Issue, asked ...Block) Node {
	return Node{
		ID: "request",
		Blocks: slices.Concat(
			[]Block{
				aloud("I am opening a service request for you. Please tell me your full name, your date of birth, your country of birth and your country of citizenship.",
					"Voy a abrir una solicitud de servicio para usted. Dígame, por favor, su nombre completo, su fecha de nacimiento, su país de nacimiento y su país de ciudadanía."),
				note("Ask for the A-Number if the caller has one. Forms I-90, I-751 and I-829 need it. A representative has a Form G-28.",
					"Pregunte el número A si la persona tiene uno. Los Formularios I-90, I-751 e I-829 lo necesitan. Un representante tiene un Formulario G-28."),
			},
			asked,
			[]Block{
				aloud("How do you want our response: by letter, by e-mail or by telephone? Please tell me the address or the number.",
					"¿Cómo quiere recibir nuestra respuesta: por carta, por correo electrónico o por teléfono? Dígame, por favor, la dirección o el número."),
				aloud("We intend to respond within 30 days. Please wait until then before you ask about this again. You will get a confirmation number.",
					"Tenemos previsto responderle en un plazo de 30 días. Espere hasta entonces, por favor, antes de volver a preguntar por este asunto. Recibirá un número de confirmación."),
			}),
		Law: []Citation{{8, CFR, "103.2"}}, Forms: []casestatus.FormNumber{"G-28"},
		End: End{Kind: OpenRequest, Issue: issue},
	}
}

// bilingual is a text in both languages.
func bilingual(english, spanish string) cris.Phrase {
	return cris.Phrase{English: english, Spanish: spanish}
}

// aloud is a block that is read to the caller.
func aloud(english, spanish string) Block {
	return Block{Text: bilingual(english, spanish), ReadAloud: true}
}

// note is a block for the representative.
func note(english, spanish string) Block { return Block{Text: bilingual(english, spanish)} }

func option(id ChoiceID, english, spanish string, to NodeID) Choice {
	return Choice{ID: id, Text: bilingual(english, spanish), To: to}
}
