package attempt

import "github.com/seed28e20331/cris"

// Words lists what this package says to individuals, in English and Spanish. The words are
// the library's own. The caller may keep and change the slice.
func Words() []cris.Phrase {
	return []cris.Phrase{
		{
			Code:    "attempt.outcome.allowed",
			English: "You may answer the questions now.",
			Spanish: "Puede responder las preguntas ahora.",
		},
		{
			Code: "attempt.outcome.locked",
			English: "You cannot try to confirm your identity again yet. You may try again on %s or later. " +
				"If you try earlier, your wait does not get longer.",
			Spanish: "Todavía no puede volver a intentar confirmar su identidad. Podrá intentarlo de nuevo a partir del %s. " +
				"Si lo intenta antes, su espera no se alarga.",
		},
		{
			Code:    "attempt.too_many_attempts",
			English: "There were too many attempts to confirm your identity in the last few days.",
			Spanish: "Hubo demasiados intentos de confirmar su identidad en los últimos días.",
		},
	}
}
