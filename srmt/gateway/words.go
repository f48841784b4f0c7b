package gateway

import "github.com/seed28e20331/cris"

// Words lists what this package says to representatives, in English and Spanish: every reason
// and every value of an enumeration. What they read to callers stands in scripts. The words are
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
	// What may be done
	{"gateway.outcome.allowed", "Done.", "Hecho."},
	{"gateway.outcome.already_done", "This was already done.", "Esto ya se había hecho."},
	{"gateway.outcome.refused", "This is not possible.", "Esto no es posible."},
	{
		"gateway.outcome.overtaken",
		"The call has gone on in the meantime. Please look at it again.",
		"La llamada ha continuado mientras tanto. Por favor, vuelva a verla.",
	},

	// What a script ends in
	{"gateway.end_kind.answered", "The question is answered", "La pregunta está respondida"},
	{"gateway.end_kind.open_request", "Open a service request", "Abrir una solicitud de servicio"},
	{"gateway.end_kind.change_of_address", "Report a change of address", "Informar un cambio de dirección"},
	{"gateway.end_kind.tier_two", "Transfer to an officer", "Transferir a un oficial"},
	{"gateway.end_kind.appointment", "Make or change an appointment", "Hacer o cambiar una cita"},

	// What happened
	{"gateway.step_kind.started", "Call started", "Llamada iniciada"},
	{"gateway.step_kind.shown", "Shown", "Mostrado"},
	{"gateway.step_kind.read", "Read aloud", "Leído en voz alta"},
	{"gateway.step_kind.chosen", "Chosen", "Elegido"},
	{"gateway.step_kind.said", "Said by the caller", "Dicho por la persona que llama"},
	{"gateway.step_kind.ended", "Script ended", "Guion terminado"},
	{"gateway.step_kind.broken_off", "Call broken off", "Llamada interrumpida"},
	{"gateway.step_kind.submitted", "Handed to e-Request", "Entregado a e-Request"},
	{"gateway.step_kind.returned", "Not accepted by e-Request", "No aceptado por e-Request"},
	{"gateway.step_kind.opened", "Service request opened", "Solicitud de servicio abierta"},

	// Reasons
	{"gateway.call_started", "The call has started.", "La llamada ha comenzado."},
	{"gateway.representative_missing", "Say who is taking the call.", "Indique quién atiende la llamada."},
	{"gateway.script_not_in_force", "Choose a script that is in force today.", "Elija un guion que esté vigente hoy."},
	{
		"gateway.statement_not_named",
		"Say which Privacy Act Statement is read in this call.",
		"Indique qué declaración de la Ley de Privacidad se lee en esta llamada.",
	},
	{"gateway.call_not_started", "Start the call first.", "Primero inicie la llamada."},
	{"gateway.call_ended", "The call has ended.", "La llamada ha terminado."},
	{"gateway.node_shown", "This part of the script is shown.", "Se muestra esta parte del guion."},
	{
		"gateway.node_not_next",
		"Another part of the script comes next.",
		"A continuación viene otra parte del guion.",
	},
	{
		"gateway.node_not_shown",
		"Show the next part of the script first.",
		"Primero muestre la parte siguiente del guion.",
	},
	{"gateway.block_read", "You read this to the caller.", "Usted leyó esto a la persona que llama."},
	{
		"gateway.block_not_to_read",
		"This part of the script has no such text to read aloud.",
		"Esta parte del guion no tiene ese texto para leer en voz alta.",
	},
	{
		"gateway.block_out_of_turn",
		"First read the text that comes before this one.",
		"Lea primero el texto que está antes de este.",
	},
	{"gateway.choice_taken", "The script goes on.", "El guion continúa."},
	{
		"gateway.choice_not_here",
		"Choose one of the answers that are shown.",
		"Elija una de las respuestas que se muestran.",
	},
	{
		"gateway.said_kept",
		"What the caller said is kept.",
		"Se guarda lo que dijo la persona que llama.",
	},
	{"gateway.nothing_said", "Enter what the caller said.", "Escriba lo que dijo la persona que llama."},
	{
		"gateway.statement_unread",
		"Read the Privacy Act Statement to the caller before you ask for anything.",
		"Lea la declaración de la Ley de Privacidad a la persona que llama antes de preguntar nada.",
	},
	{"gateway.end_reached", "The script has come to its end.", "El guion ha llegado a su fin."},
	{
		"gateway.no_end_here",
		"The script does not end here. Choose an answer.",
		"El guion no termina aquí. Elija una respuesta.",
	},
	{
		"gateway.blocks_unread",
		"Read the rest of this text to the caller first.",
		"Primero lea el resto de este texto a la persona que llama.",
	},
	{
		"gateway.call_broken_off",
		"The call ended before the script did.",
		"La llamada terminó antes que el guion.",
	},
	{
		"gateway.request_submitted",
		"What the caller said goes to e-Request.",
		"Lo que dijo la persona que llama va a e-Request.",
	},
	{
		"gateway.request_returned",
		"The service request was not opened. Enter what has to be corrected, and open it again.",
		"La solicitud de servicio no se abrió. Escriba lo que hay que corregir y vuelva a abrirla.",
	},
	{
		"gateway.request_opened",
		"A service request is opened with what the caller said.",
		"Se abre una solicitud de servicio con lo que dijo la persona que llama.",
	},
	{
		"gateway.call_goes_on",
		"Go to the end of the script first.",
		"Primero llegue al final del guion.",
	},
	{
		"gateway.opens_no_request",
		"This call does not open a service request.",
		"Esta llamada no abre ninguna solicitud de servicio.",
	},
	{
		"gateway.request_opened_before",
		"The service request of this call is already open.",
		"La solicitud de servicio de esta llamada ya está abierta.",
	},
	{
		"gateway.request_awaited",
		"It is not known yet whether the service request was opened. Open it again.",
		"Aún no se sabe si la solicitud de servicio se abrió. Vuelva a abrirla.",
	},
	{
		"gateway.request_not_awaited",
		"Open the service request first.",
		"Primero abra la solicitud de servicio.",
	},
	{
		"gateway.answer_missing",
		"Say whether the service request was opened.",
		"Indique si la solicitud de servicio se abrió.",
	},
	{
		"gateway.call_went_on",
		"The call has gone on in the meantime.",
		"La llamada ha continuado mientras tanto.",
	},
	{"gateway.done_before", "You already did this.", "Usted ya hizo esto."},
}
