package addresschange

import (
	"fmt"

	"github.com/seed28e20331/cris"
)

// Statements returns the Privacy Act Statements of this package, which are in words of its
// own. The caller may keep and change the slice.
func Statements() cris.Statements {
	return cris.Statements{{
		Edition: "change of address 2013-08-15",
		From:    cris.MustParseDate("2013-08-15"),
		Authority: cris.Phrase{
			English: "Sections 103 and 265 of the Immigration and Nationality Act (8 U.S.C. 1103 and 1305) allow us to ask for this information.",
			Spanish: "Las secciones 103 y 265 de la Ley de Inmigración y Nacionalidad (8 U.S.C. 1103 y 1305) nos permiten pedir esta información.",
		},
		Purpose: cris.Phrase{
			English: "We use it to record where you live, and to send what we mail about your cases to your new address.",
			Spanish: "La usamos para registrar dónde vive usted y para enviar a su nueva dirección lo que mandamos por correo sobre sus casos.",
		},
		RoutineUses: cris.Phrase{
			English: "We may share it outside the agency only as the routine uses of our system of records notices allow.",
			Spanish: "Solo podemos compartirla fuera de la agencia como lo permiten los usos rutinarios de nuestros avisos de sistemas de registros.",
		},
		Disclosure: cris.Phrase{
			English: "The law requires most people who are not citizens to report a new address within ten days. Naming your cases is voluntary; the address of a case that you do not name stays as it is.",
			Spanish: "La ley exige a la mayoría de las personas que no son ciudadanas informar una nueva dirección en un plazo de diez días. Mencionar sus casos es voluntario; la dirección de un caso que no mencione queda como está.",
		},
	}}
}

// Statement returns the Privacy Act Statement to show today, before anything is asked (ER-7);
// a Report names its edition. The error matches cris.ErrNotFound if none is in force, and
// cris.ErrClock if the clock is not set.
func (s *Service) Statement() (cris.Statement, error) {
	now, err := s.now()
	if err != nil {
		return cris.Statement{}, fmt.Errorf("addresschange: statement: %w", err)
	}
	statement, err := s.policy.Statements.On(cris.DateOf(now, s.policy.Zone))
	if err != nil {
		return cris.Statement{}, fmt.Errorf("addresschange: statement: %w", err)
	}
	return statement, nil
}
