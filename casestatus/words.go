package casestatus

const (
	// withinUntil is the key of the sentence for a case that is within until a date.
	withinUntil = "within until"
	// noAnswer is the key of what is said of an outcome that this package does not have.
	noAnswer = "no answer"
)

// words are what this package says to customers, by a key that is never shown: the kind
// of thing, and what the package calls it. Titles in English are those of the agency, so
// the catalogue has words for the Spanish alone.
var words = map[string]struct{ english, spanish string }{
	withinUntil: {
		"Your case is within the posted processing time. You may ask about it from %s on, if no other time is posted until then.",
		"Su caso está dentro del tiempo de trámite publicado. Podrá preguntar por él a partir del %s, si antes no se publica otro tiempo.",
	},
	noAnswer: {
		"It cannot be said how your case stands to the posted processing time.",
		"No se puede decir cómo está su caso respecto al tiempo de trámite publicado.",
	},
	"eligibility: within": {
		"Your case is within the posted processing time.",
		"Su caso está dentro del tiempo de trámite publicado.",
	},
	"eligibility: outside": {
		"Your case is outside the posted processing time. You may ask about it.",
		"Su caso está fuera del tiempo de trámite publicado. Puede preguntar por él.",
	},
	"eligibility: not posted": {
		"No processing time is posted for cases like yours.",
		"No hay un tiempo de trámite publicado para casos como el suyo.",
	},
	"eligibility: suppressed": {
		"A processing time for cases like yours is posted without figures that give an answer.",
		"El tiempo de trámite para casos como el suyo está publicado sin cifras que den una respuesta.",
	},
	"eligibility: undecided": {
		"The dates of your case do not allow an answer.",
		"Las fechas de su caso no permiten una respuesta.",
	},

	"status: shown":     {"This is the status of your case.", "Este es el estado de su caso."},
	"status: not shown": {"No status can be shown for this receipt number.", "No se puede mostrar un estado para este número de recibo."},
	"status: malformed": {
		"This is not a receipt number. It has three letters and ten digits, or three letters, an asterisk and nine digits.",
		"Esto no es un número de recibo. Tiene tres letras y diez dígitos, o tres letras, un asterisco y nueve dígitos.",
	},

	"delivery: no scan yet":                  {"Not scanned yet", "Aún sin registro de correo"},
	"delivery: unknown event":                {"Scanned; the meaning is not known", "Registrado; el significado no se conoce"},
	"delivery: information":                  {"Information from the Postal Service", "Información del Servicio Postal"},
	"delivery: announced to USPS":            {"Announced to the Postal Service", "Anunciado al Servicio Postal"},
	"delivery: picked up by USPS":            {"Picked up by the Postal Service", "Recogido por el Servicio Postal"},
	"delivery: processed at a USPS facility": {"On its way", "En camino"},
	"delivery: at the delivery unit":         {"At the post office that delivers it", "En la oficina de correos que lo entrega"},
	"delivery: out for delivery":             {"Out for delivery", "En reparto"},
	"delivery: delivery attempted":           {"Delivery was attempted", "Se intentó la entrega"},
	"delivery: held for pickup":              {"Waits for you at the post office", "Le espera en la oficina de correos"},
	"delivery: forwarded":                    {"Forwarded to another address", "Reenviado a otra dirección"},
	"delivery: delivered to addressee":       {"Delivered", "Entregado"},
	"delivery: destroyed or dead mail":       {"Lost or destroyed", "Perdido o destruido"},
	"delivery: being returned to sender":     {"On its way back to the sender", "De regreso al remitente"},
	"delivery: returned to sender":           {"Returned to the sender", "Devuelto al remitente"},

	"document: Permanent Resident Card":           {"Permanent Resident Card", "Tarjeta de Residente Permanente"},
	"document: Travel Document":                   {"Travel Document", "Documento de Viaje"},
	"document: Employment Authorization Document": {"Employment Authorization Document", "Documento de Autorización de Empleo"},

	"label: receipt number":  {"Receipt number", "Número de recibo"},
	"label: form":            {"Form", "Formulario"},
	"label: date filed":      {"Date filed", "Fecha de presentación"},
	"label: office":          {"In process at", "En trámite en"},
	"label: represented":     {"Represented by an attorney or accredited representative", "Representado por un abogado o representante acreditado"},
	"label: history":         {"History", "Historial"},
	"label: mailings":        {"Mailed documents", "Documentos enviados por correo"},
	"label: date mailed":     {"Mailed on", "Enviado el"},
	"label: tracking number": {"Tracking number", "Número de seguimiento"},
	"label: delivery":        {"Latest delivery status", "Último estado de entrega"},
	"label: processing time": {"Processing time", "Tiempo de trámite"},

	"title: Case Was Received":                                                         {"", "Se recibió el caso"},
	"title: Case Was Updated To Show Fingerprints Were Taken":                          {"", "Consta que se tomaron las huellas dactilares"},
	"title: Case Was Approved":                                                         {"", "Se aprobó el caso"},
	"title: Case Was Approved And My Decision Was Emailed":                             {"", "Se aprobó el caso y se envió la decisión por correo electrónico"},
	"title: Case Was Denied":                                                           {"", "Se denegó el caso"},
	"title: Case Was Rejected Because It Was Improperly Filed":                         {"", "Se rechazó el caso por presentarse de forma incorrecta"},
	"title: Case Rejected Because I Sent An Incorrect Fee":                             {"", "Se rechazó el caso por una tarifa incorrecta"},
	"title: Case Was Transferred And A New Office Has Jurisdiction":                    {"", "Se trasladó el caso a otra oficina, que ahora es competente"},
	"title: Fees Were Waived":                                                          {"", "Se eximió del pago de tarifas"},
	"title: Fingerprint Fee Was Received":                                              {"", "Se recibió la tarifa de huellas dactilares"},
	"title: Name Was Updated":                                                          {"", "Se actualizó el nombre"},
	"title: Request for Initial Evidence Was Sent":                                     {"", "Se envió una petición de evidencia inicial"},
	"title: Request for Additional Evidence Was Sent":                                  {"", "Se envió una petición de más evidencia"},
	"title: Response To USCIS' Request For Evidence Was Received":                      {"", "Se recibió la respuesta a la petición de evidencia"},
	"title: Interview Was Scheduled":                                                   {"", "Se programó una entrevista"},
	"title: New Card Is Being Produced":                                                {"", "Se está produciendo una tarjeta nueva"},
	"title: Card Was Mailed To Me":                                                     {"", "Se envió la tarjeta por correo"},
	"title: Card Was Picked Up By The United States Postal Service":                    {"", "El Servicio Postal recogió la tarjeta"},
	"title: Card Was Delivered To Me By The Post Office":                               {"", "El correo entregó la tarjeta"},
	"title: Card Is Being Returned to USCIS by Post Office":                            {"", "El correo está devolviendo la tarjeta"},
	"title: Card Was Returned To USCIS":                                                {"", "Se devolvió la tarjeta"},
	"title: Card Was Destroyed":                                                        {"", "Se destruyó la tarjeta"},
	"title: Document Was Mailed To Me":                                                 {"", "Se envió un documento por correo"},
	"title: Notice Was Returned To USCIS Because The Post Office Could Not Deliver It": {"", "El correo devolvió un aviso que no pudo entregar"},
}
