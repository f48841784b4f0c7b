package ridp

// message is what a page is about.
type message string

const (
	toAnswer    message = "to_answer"
	answersSent message = "answers_sent"
	left        message = "left"
	notChecked  message = "not_checked"
	sentBefore  message = "sent_before"
	expired     message = "expired"
	refused     message = "refused"
)

// texts are the words of the page, in English and Spanish. The questions are the service's.
var texts = map[string]struct{ English, Spanish string }{
	"to_answer_title": {"Questions to confirm who you are", "Preguntas para confirmar quién es usted"},
	"to_answer": {
		"Choose one answer to each question. You can send your answers only once. The questions and your answers are not kept.",
		"Elija una respuesta para cada pregunta. Puede enviar sus respuestas una sola vez. Las preguntas y sus respuestas no se guardan.",
	},
	"answers_sent_title": {"Your answers were sent", "Se enviaron sus respuestas"},
	"answers_sent":       {"Continue to see the result.", "Continúe para ver el resultado."},
	"left_title":         {"You did not answer the questions", "Usted no respondió las preguntas"},
	"left": {
		"If you continue, your identity is not confirmed. To answer the questions after all, go back one page in your browser.",
		"Si continúa, su identidad no se confirmará. Si prefiere responder las preguntas, regrese una página en su navegador.",
	},
	"not_checked_title": {"We could not check your answers", "No pudimos verificar sus respuestas"},
	"not_checked": {
		"Something went wrong on our side. It does not count against you. Please continue.",
		"Algo falló de nuestra parte. Esto no cuenta en su contra. Continúe, por favor.",
	},
	"sent_before_title": {"These questions cannot be answered again", "Estas preguntas no se pueden responder otra vez"},
	"sent_before": {
		"Answers can be sent only once, and the ones you sent now were not accepted. If you answered in another window, continue there.",
		"Las respuestas se pueden enviar una sola vez, y las que envió ahora no se aceptaron. Si respondió en otra ventana, continúe allí.",
	},
	"expired_title": {"The time to answer is over", "Se acabó el tiempo para responder"},
	"expired": {
		"These questions can no longer be answered. Please continue.",
		"Ya no se pueden responder estas preguntas. Continúe, por favor.",
	},
	"refused_title": {"This page cannot be shown", "No se puede mostrar esta página"},
	"refused": {
		"The page was not opened in the usual way, or something in it was changed. Please continue and start from there.",
		"La página no se abrió de la manera habitual, o se cambió algo en ella. Continúe y empiece desde allí.",
	},
	"error":            {"Error", "Error"},
	"missing":          {"Some questions have no answer", "Hay preguntas sin respuesta"},
	"missing_question": {"Choose an answer to question", "Elija una respuesta para la pregunta"},
	"missing_answer":   {"Choose one answer.", "Elija una respuesta."},
	"until":            {"You can send your answers until", "Puede enviar sus respuestas hasta el"},
	"send":             {"Send my answers", "Enviar mis respuestas"},
	"leaving": {
		"If you leave without answering, your identity is not confirmed.",
		"Si sale sin responder, su identidad no se confirmará.",
	},
	"leave":    {"Leave without answering", "Salir sin responder"},
	"continue": {"Continue", "Continuar"},
}
