package srmt

import "github.com/seed28e20331/cris"

// Words lists what this package says to people, mostly to staff, in English and Spanish:
// every reason and every value of an enumeration. The words are the library's own. The
// caller may keep and change the slice.
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
	// Where a request stands
	{"srmt.status.unassigned", "Waiting to be assigned", "En espera de asignación"},
	{"srmt.status.assigned", "Assigned to an officer", "Asignada a un oficial"},
	{"srmt.status.closed", "Closed", "Cerrada"},

	// What happened
	{"srmt.step_kind.received", "Received", "Recibida"},
	{"srmt.step_kind.assigned", "Assigned", "Asignada"},
	{"srmt.step_kind.reassigned", "Reassigned", "Reasignada"},
	{"srmt.step_kind.returned", "Waiting again, after a staff change", "En espera de nuevo, tras un cambio de personal"},
	{"srmt.step_kind.redirected", "Sent to another office", "Enviada a otra oficina"},
	{"srmt.step_kind.corresponded", "Message", "Mensaje"},
	{"srmt.step_kind.noted", "Note among staff", "Nota entre el personal"},
	{"srmt.step_kind.responded", "Response", "Respuesta"},
	{"srmt.step_kind.proposed", "Response waiting for review", "Respuesta en espera de revisión"},
	{"srmt.step_kind.sent_back", "Response sent back", "Respuesta devuelta"},
	{"srmt.step_kind.approved", "Response approved and sent", "Respuesta aprobada y enviada"},
	{"srmt.step_kind.corrected", "Correction of the response", "Corrección de la respuesta"},

	// Acts
	{"srmt.outcome.allowed", "Done.", "Hecho."},
	{"srmt.outcome.already_done", "This was already done.", "Esto ya se había hecho."},
	{"srmt.outcome.refused", "This is not possible.", "Esto no es posible."},
	{
		"srmt.outcome.overtaken",
		"Someone else acted on the request in the meantime. Please look at it again.",
		"Alguien más intervino en la solicitud mientras tanto. Revísela de nuevo.",
	},

	// Where a request came from and goes to
	{"srmt.intake_outcome.received", "We received the request.", "Recibimos la solicitud."},
	{"srmt.intake_outcome.already_received", "We already have this request.", "Ya tenemos esta solicitud."},
	{
		"srmt.routing_outcome.routed",
		"The request goes to the office that has the case.",
		"La solicitud va a la oficina que tiene el caso.",
	},
	{
		"srmt.routing_outcome.succeeded",
		"The request goes to the office that took over the work of a closed office.",
		"La solicitud va a la oficina que se hizo cargo del trabajo de una oficina cerrada.",
	},
	{
		"srmt.routing_outcome.routed_by_rule",
		"The case names no office. The request goes to the office that a rule names.",
		"El caso no indica ninguna oficina. La solicitud va a la oficina que indica una regla.",
	},
	{
		"srmt.routing_outcome.unroutable",
		"The right office is not known yet. The request waits until someone finds it.",
		"Aún no se sabe cuál es la oficina correcta. La solicitud espera hasta que alguien la encuentre.",
	},

	// Staff and messages
	{"srmt.opened.history", "The history of the request", "El historial de la solicitud"},
	{"srmt.opened.file", "The file of the request", "El expediente de la solicitud"},
	{"srmt.opened.status", "How far the request is", "El estado de la solicitud"},
	{"srmt.party.system", "The system", "El sistema"},
	{"srmt.party.supervisor", "A supervisor of the office", "Un supervisor de la oficina"},
	{"srmt.party.holder", "The officer who holds the request", "El oficial que tiene a cargo la solicitud"},
	{
		"srmt.party.reviewer",
		"A supervisor other than the holder, while a response waits for review",
		"Un supervisor que no tiene a cargo la solicitud, mientras una respuesta espera revisión",
	},
	{"srmt.role.iio", "Immigration Information Officer", "Oficial de información de inmigración"},
	{"srmt.role.siio", "Supervisory Immigration Information Officer", "Oficial supervisor de información de inmigración"},
	{"srmt.role.csr", "Customer Service Representative", "Representante de servicio al cliente"},
	{"srmt.bulk.together", "All of them or none", "Todas o ninguna"},
	{"srmt.bulk.each", "Each on its own", "Cada una por separado"},
	{"srmt.direction.to_customer", "To the customer", "Al cliente"},
	{"srmt.direction.from_customer", "From the customer", "Del cliente"},

	// What became of a request of another system
	{"srmt.import_outcome.imported", "Imported", "Importada"},
	{"srmt.import_outcome.imported_before", "Imported before", "Importada anteriormente"},
	{"srmt.import_outcome.changed_since", "Not imported, because what is on file is different", "No importada, porque lo que está registrado es distinto"},
	{"srmt.import_outcome.not_imported", "Not imported", "No importada"},

	// Why a request is reassigned or redirected
	{"srmt.transfer_reason.staff_change", "Staff change", "Cambio de personal"},
	{"srmt.transfer_reason.office_location_alignment", "Office location alignment", "Ajuste de la oficina correspondiente"},
	{"srmt.transfer_reason.customer_with_disabilities", "Customer with disabilities", "Cliente con discapacidad"},
	{"srmt.transfer_reason.office_bandwidth", "Office bandwidth", "Capacidad de la oficina"},

	// Reasons
	{"srmt.request_closed", "The request is closed.", "La solicitud está cerrada."},
	{"srmt.received_before", "We already have this request.", "Ya tenemos esta solicitud."},
	{
		"srmt.routed_to_office_of_case",
		"The case is in process at this office.",
		"El caso está en trámite en esta oficina.",
	},
	{
		"srmt.routed_to_successor",
		"The office that had the case is closed. This office took over its work.",
		"La oficina que tenía el caso está cerrada. Esta oficina se hizo cargo de su trabajo.",
	},
	{
		"srmt.routed_by_rule",
		"A rule names the office for a request like this.",
		"Una regla indica la oficina para una solicitud como esta.",
	},
	{
		"srmt.no_case_on_file",
		"No case is on file with this receipt number.",
		"No hay ningún caso registrado con este número de recibo.",
	},
	{"srmt.case_names_no_office", "The case on file names no office.", "El caso registrado no indica ninguna oficina."},
	{"srmt.office_unknown", "The office of the case is not known.", "No se conoce la oficina del caso."},
	{
		"srmt.office_closed",
		"The office is closed, and no open office took over its work.",
		"La oficina está cerrada y ninguna oficina abierta se hizo cargo de su trabajo.",
	},
	{
		"srmt.office_is_heading",
		"The case names a group of offices, which cannot receive a request.",
		"El caso indica un grupo de oficinas, que no puede recibir solicitudes.",
	},
	{"srmt.where_it_belongs", "The request is at the right office.", "La solicitud está en la oficina correcta."},
	{
		"srmt.assigned_by_supervisor",
		"A supervisor assigned the request to an officer.",
		"Un supervisor asignó la solicitud a un oficial.",
	},
	{
		"srmt.only_supervisor_assigns",
		"Only a supervisor of the office can assign the request.",
		"Solo un supervisor de la oficina puede asignar la solicitud.",
	},
	{
		"srmt.assigned_already",
		"The request is already assigned. Reassign it instead.",
		"La solicitud ya está asignada. Reasígnela.",
	},
	{"srmt.not_an_officer_there", "Choose an officer of the office.", "Elija un oficial de la oficina."},
	{"srmt.officer_absent", "This person is absent that day. Choose someone else.", "Esta persona está ausente ese día. Elija a otra persona."},
	{"srmt.officer_full", "This person has as many open requests as allowed. Choose someone else.", "Esta persona ya tiene el máximo de solicitudes abiertas. Elija a otra persona."},
	{
		"srmt.chosen_by_load",
		"This officer had the fewest open requests.",
		"Este oficial era el que menos solicitudes abiertas tenía.",
	},
	{"srmt.nobody_on_duty", "No officer of the office is on duty that day.", "Ese día no hay ningún oficial en la oficina."},
	{
		"srmt.nobody_suited",
		"No officer on duty that day can answer this customer.",
		"Ningún oficial que esté ese día puede atender a este cliente.",
	},
	{
		"srmt.everybody_full",
		"Every officer who could take the request has as many open requests as allowed.",
		"Todos los oficiales que podrían recibir la solicitud tienen ya el máximo de solicitudes abiertas.",
	},
	{
		"srmt.not_all_allowed",
		"Nothing was done, because another of these requests was refused.",
		"No se hizo nada, porque otra de estas solicitudes fue rechazada.",
	},
	{
		"srmt.only_holder_keeps_messages",
		"Only the officer who has the request and the supervisors of the office can add messages.",
		"Solo el oficial que tiene la solicitud y los supervisores de la oficina pueden agregar mensajes.",
	},
	{
		"srmt.only_holder_responds",
		"Only the officer who has the request can respond to it.",
		"Solo el oficial que tiene la solicitud puede responderla.",
	},
	{
		"srmt.only_reviewer_reviews",
		"Only a supervisor of the office who does not have the request can review a response, and only while one waits for review.",
		"Solo un supervisor de la oficina que no tenga la solicitud puede revisar una respuesta, y solo mientras una espera revisión.",
	},
	{
		"srmt.only_holder_corrects",
		"Only the officer who responded and the supervisors of the office can correct the response.",
		"Solo el oficial que respondió y los supervisores de la oficina pueden corregir la respuesta.",
	},
	{"srmt.reassigned_by_supervisor", "A supervisor reassigned the request.", "Un supervisor reasignó la solicitud."},
	{
		"srmt.redirected_by_supervisor",
		"A supervisor sent the request to another office.",
		"Un supervisor envió la solicitud a otra oficina.",
	},
	{
		"srmt.only_supervisor_reassigns",
		"Only a supervisor of the office can reassign the request.",
		"Solo un supervisor de la oficina puede reasignar la solicitud.",
	},
	{
		"srmt.only_supervisor_redirects",
		"Only a supervisor of the office can send the request to another office.",
		"Solo un supervisor de la oficina puede enviar la solicitud a otra oficina.",
	},
	{
		"srmt.not_assigned_yet",
		"The request is not assigned yet. Assign it instead.",
		"La solicitud aún no está asignada. Asígnela.",
	},
	{
		"srmt.not_staff_there",
		"Choose an officer or supervisor of the office.",
		"Elija un oficial o supervisor de la oficina.",
	},
	{"srmt.held_already", "This person already has the request.", "Esta persona ya tiene la solicitud."},
	{"srmt.destination_unknown", "No office has this code. Check the code.", "Ninguna oficina tiene este código. Revise el código."},
	{
		"srmt.destination_is_heading",
		"This code stands for a group of offices. Choose one office.",
		"Este código corresponde a un grupo de oficinas. Elija una sola oficina.",
	},
	{
		"srmt.destination_closed",
		"This office is not open. Choose another office.",
		"Esta oficina no está abierta. Elija otra oficina.",
	},
	{
		"srmt.destination_kind_not_admitted",
		"Choose a Field Office or a Service Center.",
		"Elija una oficina local o un centro de servicio.",
	},
	{"srmt.returns_exhausted", "This request has come back too often to offices that had sent it on. Please answer it here.", "Esta solicitud ha vuelto demasiadas veces a oficinas que la habían enviado a otra. Contéstela aquí, por favor."},
	{"srmt.return_needs_explanation", "That office has already sent this request on. Explain why it should get it back.", "Esa oficina ya había enviado la solicitud a otra. Explique por qué la recibe de nuevo."},
	{"srmt.explanation_unreadable", "The explanation cannot be read. Please write it again.", "No se puede leer la explicación. Escríbala de nuevo, por favor."},
	{
		"srmt.returned_by_staff_change",
		"The person who had the request no longer works at this office. The request waits to be assigned.",
		"La persona que tenía la solicitud ya no trabaja en esta oficina. La solicitud espera a ser asignada.",
	},
	{"srmt.holder_is_there", "The person who has the request still works at this office.", "La persona que tiene la solicitud todavía trabaja en esta oficina."},
	{
		"srmt.accommodation_not_theirs",
		"Choose someone who answers customers with disabilities.",
		"Elija a alguien que atienda a clientes con discapacidades.",
	},
	{"srmt.there_already", "The request is already at that office.", "La solicitud ya está en esa oficina."},
	{"srmt.transfer_reason_unknown", "Choose one of the four reasons.", "Elija uno de los cuatro motivos."},
	{
		"srmt.response_recorded",
		"The response is on file, and the request is closed.",
		"La respuesta está registrada y la solicitud está cerrada.",
	},
	{"srmt.response_means_unknown", "Choose letter, e-mail or telephone.", "Elija carta, correo electrónico o teléfono."},
	{"srmt.response_not_to_them", "A response goes to the customer, to the representative, or to both, as the request says.", "La respuesta se envía al cliente, al representante o a ambos, según lo indica la solicitud."},
	{"srmt.response_means_not_given", "A response must go by a means that its recipient gave.", "La respuesta debe enviarse por un medio que su destinatario haya indicado."},
	{
		"srmt.response_unreadable",
		"Enter the text of the response. It may be at most 20,000 bytes long.",
		"Escriba el texto de la respuesta. Puede tener un máximo de 20,000 bytes.",
	},
	{
		"srmt.response_two_texts",
		"Choose a letter from a template, or write the response yourself, but not both.",
		"Elija una carta de una plantilla o escriba usted la respuesta, pero no ambas.",
	},
	{
		"srmt.attachment_not_on_file",
		"An attached file is not on file, or has changed. Attach it again.",
		"Un archivo adjunto no está registrado o ha cambiado. Adjúntelo otra vez.",
	},
	{"srmt.finding_missing", "Say what the research has shown.", "Indique qué se averiguó."},
	{"srmt.finding_unsuited", "Choose a finding that suits the issue of the request.", "Elija un resultado que corresponda al asunto de la solicitud."},
	{
		"srmt.needs_review",
		"A supervisor has to review a response with this finding. Propose it instead.",
		"Un supervisor tiene que revisar una respuesta con este resultado. Propóngala.",
	},
	{"srmt.proposal_kept", "The response is waiting for a supervisor to review it.", "La respuesta espera la revisión de un supervisor."},
	{"srmt.proposal_gone", "Another response is waiting for review now. Please read it first.", "Ahora espera revisión otra respuesta. Léala primero."},
	{
		"srmt.proposal_sent_back",
		"The response went back to the officer who proposed it.",
		"La respuesta volvió al oficial que la propuso.",
	},
	{
		"srmt.only_holder_keeps_notes",
		"Only the officer who has the request and the supervisors of the office can add notes.",
		"Solo el oficial que tiene la solicitud y los supervisores de la oficina pueden agregar notas.",
	},
	{"srmt.note_kept", "The note is on file, for staff only.", "La nota está registrada, solo para el personal."},
	{"srmt.note_unreadable", "Enter the text of the note. It may be at most 20,000 bytes long.", "Escriba el texto de la nota. Puede tener un máximo de 20,000 bytes."},
	{"srmt.message_kept", "The message is on file.", "El mensaje está registrado."},
	{
		"srmt.message_direction_unknown",
		"Say whether the message goes to the customer or comes from the customer.",
		"Indique si el mensaje va al cliente o viene del cliente.",
	},
	{"srmt.message_means_unknown", "Choose letter, e-mail or telephone.", "Elija carta, correo electrónico o teléfono."},
	{
		"srmt.message_unreadable",
		"Enter the text of the message. It may be at most 20,000 bytes long.",
		"Escriba el texto del mensaje. Puede tener un máximo de 20,000 bytes.",
	},
	{
		"srmt.message_cannot_ask",
		"Only a message to the customer about an open request can ask for something.",
		"Solo un mensaje al cliente sobre una solicitud abierta puede pedir algo.",
	},
	{"srmt.message_with_attachments", "Only a response can have attached files.", "Solo una respuesta puede tener archivos adjuntos."},
	{"srmt.correction_kept", "The correction is on file.", "La corrección está registrada."},
	{
		"srmt.nothing_to_correct",
		"The request has no response yet. Respond to it instead.",
		"La solicitud aún no tiene respuesta. Respóndala.",
	},
	{
		"srmt.supervisor_corrects",
		"A supervisor who did not have the request has to send a correction with this finding.",
		"Un supervisor que no haya tenido la solicitud tiene que enviar una corrección con este resultado.",
	},
	{
		"srmt.overtaken_by_others",
		"Someone else acted on the request in the meantime.",
		"Alguien más intervino en la solicitud mientras tanto.",
	},
	{"srmt.done_before", "You already did this.", "Usted ya hizo esto."},
	{
		"srmt.waits_in_fallback_queue",
		"The request waits until someone finds the right office.",
		"La solicitud espera hasta que alguien encuentre la oficina correcta.",
	},
	{"srmt.not_staff", "Only members of staff can do this.", "Solo el personal puede hacer esto."},

	// Requests of another system
	{"srmt.legacy_request_missing", "There is a history, but no request.", "Hay un historial, pero ninguna solicitud."},
	{"srmt.legacy_channel_unknown", "Say how the request came in.", "Indique cómo llegó la solicitud."},
	{"srmt.legacy_issue_unknown", "Say what the request is about.", "Indique de qué trata la solicitud."},
	{"srmt.legacy_receipt_missing", "Give the receipt number of the case, and use the same one everywhere.", "Indique el número de recibo del caso, y el mismo en todas partes."},
	{"srmt.legacy_office_unknown", "The history names an office that is not known. Check the codes.", "El historial indica una oficina desconocida. Revise los códigos."},
	{"srmt.legacy_days_impossible", "Check the day of filing and the due date.", "Revise el día de presentación y la fecha límite."},
	{"srmt.imported", "The request is on file with its history.", "La solicitud está registrada con su historial."},
	{"srmt.imported_before", "This request was already imported.", "Esta solicitud ya se había importado."},
	{"srmt.changed_since", "What is on file for this request of the other system is different.", "Lo que está registrado para esta solicitud del otro sistema es distinto."},
	{"srmt.legacy_unnamed", "Give the name of the other system and its identifier for the request.", "Indique el nombre del otro sistema y su identificador de la solicitud."},
	{"srmt.legacy_unreadable", "Some text of the request or its history cannot be read.", "No se puede leer parte del texto de la solicitud o de su historial."},
	{"srmt.legacy_out_of_order", "The times of the history are not in order.", "Las horas del historial no están en orden."},
	{"srmt.legacy_in_future", "Something in the history has not happened yet.", "Algo en el historial aún no ha ocurrido."},
	{"srmt.legacy_does_not_add_up", "The history has a step that cannot follow the one before it.", "El historial tiene un paso que no puede seguir al anterior."},
	{"srmt.legacy_not_taken", "The request could not be saved. Check its confirmation number, and import it again.", "No se pudo guardar la solicitud. Revise su número de confirmación e impórtela de nuevo."},
}
