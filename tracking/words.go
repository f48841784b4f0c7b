package tracking

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
	// The latest delivery status
	{"tracking.class.no_scan", "Not scanned yet", "Aún no se ha escaneado"},
	{
		"tracking.class.unknown",
		"Scanned, but we do not know what the code means",
		"Escaneado, pero no sabemos qué significa el código",
	},
	{"tracking.class.informational", "Information from the Postal Service", "Información del Servicio Postal"},
	{"tracking.class.pre_shipment", "Shipping information sent to the Postal Service", "Información de envío transmitida al Servicio Postal"},
	{"tracking.class.accepted", "Picked up by the Postal Service", "Recogido por el Servicio Postal"},
	{"tracking.class.in_network", "On its way", "En camino"},
	{"tracking.class.at_unit", "At your local post office", "En su oficina de correos local"},
	{"tracking.class.out_for_delivery", "Out for delivery", "En reparto"},
	{"tracking.class.attempted", "Delivery was attempted", "Se intentó la entrega"},
	{
		"tracking.class.held_for_pickup",
		"Ready for you to pick up at the post office",
		"Listo para que lo recoja en la oficina de correos",
	},
	{"tracking.class.forwarded", "Forwarded to another address", "Reenviado a otra dirección"},
	{"tracking.class.delivered", "Delivered", "Entregado"},
	{"tracking.class.lost", "Lost or destroyed", "Perdido o destruido"},
	{"tracking.class.return_started", "On its way back to the sender", "De regreso al remitente"},
	{"tracking.class.return_completed", "Returned to the sender", "Devuelto al remitente"},

	// Alerts
	{"tracking.alert_kind.delivered_elsewhere", "Delivered to another place", "Entregado en otro lugar"},
	{"tracking.alert_kind.return_started", "Being returned to the sender", "En devolución al remitente"},
	{"tracking.alert_kind.return_completed", "Returned to the sender", "Devuelto al remitente"},
	{"tracking.alert_kind.lost", "Lost or destroyed", "Perdido o destruido"},
	{"tracking.alert_kind.quiet", "Not scanned for some time", "Sin escanear desde hace tiempo"},
	{"tracking.alert_kind.delivered_twice", "Delivered twice", "Entregado dos veces"},
	{"tracking.alert_kind.readdressed", "On its way to an old address", "En camino a una dirección anterior"},

	// Reasons
	{
		"tracking.unknown_code",
		"We do not know what this code means, so we draw no conclusion from it.",
		"No sabemos qué significa este código, así que no sacamos ninguna conclusión.",
	},
	{
		"tracking.unknown_shown",
		"Some of the scans have codes that we do not know.",
		"Algunos de los escaneos tienen códigos que no conocemos.",
	},
	{
		"tracking.unknown_decides",
		"We do not know any of the codes of the scans.",
		"No conocemos ninguno de los códigos de los escaneos.",
	},
	{"tracking.no_scan_yet", "The Postal Service has not scanned it yet.", "El Servicio Postal aún no lo ha escaneado."},
	{
		"tracking.latest_stands",
		"The status comes from the latest of the scans that matter most.",
		"El estado se toma del último de los escaneos más importantes.",
	},
	{
		"tracking.number_reused",
		"Another piece of mail had this number before. Its scans do not count.",
		"Otro envío tuvo antes este número. Sus escaneos no cuentan.",
	},
	{
		"tracking.number_given_on",
		"Another piece of mail has this number now. Its scans do not count.",
		"Otro envío tiene ahora este número. Sus escaneos no cuentan.",
	},
	{
		"tracking.order_unsure",
		"Another scan that matters as much may be later.",
		"Otro escaneo igual de importante podría ser posterior.",
	},
	{"tracking.may_be_the_later", "This scan may be the later one.", "Este escaneo podría ser el posterior."},
	{
		"tracking.after_return",
		"It was being returned before it was delivered. It may have been delivered to the sender.",
		"Se estaba devolviendo antes de la entrega. Es posible que se entregara al remitente.",
	},
	{"tracking.same_delivery", "This is the same delivery, scanned again.", "Es la misma entrega, escaneada otra vez."},
	{"tracking.repeated", "A later scan shows the same status.", "Un escaneo posterior indica el mismo estado."},
	{
		"tracking.overruled",
		"A later scan shows that the journey ended in another way.",
		"Un escaneo posterior indica que el recorrido terminó de otra manera.",
	},
	{
		"tracking.return_stands",
		"It was returned to the sender. No scan changes that.",
		"Se devolvió al remitente. Ningún escaneo cambia eso.",
	},
	{"tracking.journey_over", "The journey had already ended.", "El recorrido ya había terminado."},
	{
		"tracking.not_scanned",
		"The Postal Service calculated this event. Nobody scanned the piece.",
		"El Servicio Postal calculó este evento. Nadie escaneó el envío.",
	},
	{"tracking.announced_late", "The Postal Service already had the piece.", "El Servicio Postal ya tenía el envío."},
	{"tracking.says_nothing", "This event does not show where the piece is.", "Este evento no indica dónde está el envío."},
	{
		"tracking.reached_address",
		"It was delivered in the ZIP code of your address on file.",
		"Se entregó en el código postal de la dirección que tenemos registrada.",
	},
	{
		"tracking.no_address_on_file",
		"We have no address on file, so we cannot confirm the delivery.",
		"No tenemos una dirección registrada, así que no podemos confirmar la entrega.",
	},
	{
		"tracking.no_place_named",
		"The scan does not show where it was delivered, so we cannot confirm the delivery.",
		"El escaneo no indica dónde se entregó, así que no podemos confirmar la entrega.",
	},
	{
		"tracking.code_disputed",
		"The code of the scan may not mean a delivery, so we cannot confirm it.",
		"Es posible que el código del escaneo no signifique una entrega, así que no podemos confirmarla.",
	},
	{
		"tracking.not_surely_last",
		"Another scan may be later, so we cannot confirm the delivery.",
		"Otro escaneo podría ser posterior, así que no podemos confirmar la entrega.",
	},
	{
		"tracking.seen_afterwards",
		"It was scanned again after the delivery, so we cannot confirm the delivery.",
		"Se escaneó otra vez después de la entrega, así que no podemos confirmarla.",
	},
	{
		"tracking.before_mailing",
		"The delivery was scanned before we mailed it, so we cannot confirm the delivery.",
		"La entrega se escaneó antes de que lo enviáramos, así que no podemos confirmarla.",
	},
	{
		"tracking.long_before_mailing",
		"It was scanned long before we mailed it, so we cannot confirm the delivery.",
		"Se escaneó mucho antes de que lo enviáramos, así que no podemos confirmar la entrega.",
	},
	{
		"tracking.maybe_anothers",
		"The number may have been given to another piece of mail, so we cannot confirm the delivery.",
		"Es posible que el número se haya asignado a otro envío, así que no podemos confirmar la entrega.",
	},
	{
		"tracking.delivered_elsewhere",
		"It was delivered outside the ZIP code of your address on file.",
		"Se entregó fuera del código postal de la dirección que tenemos registrada.",
	},
	{
		"tracking.return_started",
		"The Postal Service is returning it to the sender.",
		"El Servicio Postal lo está devolviendo al remitente.",
	},
	{
		"tracking.return_completed",
		"The Postal Service returned it to the sender.",
		"El Servicio Postal lo devolvió al remitente.",
	},
	{"tracking.lost_or_destroyed", "It was lost or destroyed.", "Se perdió o se destruyó."},
	{
		"tracking.gone_quiet",
		"The Postal Service has not scanned it for some time.",
		"El Servicio Postal no lo ha escaneado desde hace tiempo.",
	},
	{"tracking.delivered_twice", "Two deliveries of it were scanned.", "Se escanearon dos entregas."},
	{
		"tracking.readdressed",
		"It is on its way to an address that was changed after we mailed it.",
		"Está en camino a una dirección que se cambió después de que lo enviamos.",
	},
}
