package erequest

import (
	"fmt"

	"github.com/seed28e20331/cris"
)

// Statements returns the Privacy Act Statements of this package, which are in words of its
// own. The caller may keep and change the slice.
func Statements() cris.Statements {
	return cris.Statements{{
		Edition: "e-request 2013-08-15",
		From:    cris.MustParseDate("2013-08-15"),
		Authority: cris.Phrase{
			English: "Section 103 of the Immigration and Nationality Act (8 U.S.C. 1103) allows us to ask for this information.",
			Spanish: "La sección 103 de la Ley de Inmigración y Nacionalidad (8 U.S.C. 1103) nos permite pedir esta información.",
		},
		Purpose: cris.Phrase{
			English: "We use it to find your case, to make sure that you may ask about it, and to respond to you.",
			Spanish: "La usamos para encontrar su caso, para comprobar que usted puede preguntar por él y para responderle.",
		},
		RoutineUses: cris.Phrase{
			English: "We may share it outside the agency only as the routine uses of our system of records notices allow.",
			Spanish: "Solo podemos compartirla fuera de la agencia como lo permiten los usos rutinarios de nuestros avisos de sistemas de registros.",
		},
		Disclosure: cris.Phrase{
			English: "You do not have to give it. If you do not, we may not be able to respond to your request.",
			Spanish: "Usted no está obligado a darla. Si no la da, es posible que no podamos responder a su solicitud.",
		},
	}}
}

// Statement returns the Privacy Act Statement to show today, before anything is asked (ER-7);
// a Submission names its edition. The error matches cris.ErrNotFound if none is in force, and
// cris.ErrClock if the clock is not set.
func (s *Service) Statement() (cris.Statement, error) {
	now, err := s.now()
	if err != nil {
		return cris.Statement{}, fmt.Errorf("erequest: statement: %w", err)
	}
	statement, err := s.policy.Statements.On(cris.DateOf(now, s.policy.Zone))
	if err != nil {
		return cris.Statement{}, fmt.Errorf("erequest: statement: %w", err)
	}
	return statement, nil
}
