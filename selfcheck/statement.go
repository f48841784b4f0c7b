package selfcheck

import (
	"fmt"

	"github.com/seed28e20331/cris"
)

// Statements returns the Privacy Act Statements of this package. The words are the library's own;
// the routine uses are A to I of the notice. The caller may keep and change the slice.
func Statements() cris.Statements {
	return cris.Statements{{
		Edition: "self check 2011-02-16",
		From:    cris.MustParseDate("2011-02-16"),
		Authority: cris.Phrase{
			English: "The Illegal Immigration Reform and Immigrant Responsibility Act of 1996 (Public Law 104-208; 8 U.S.C. 1324a and its note) allows us to ask for this information.",
			Spanish: "La Ley de Reforma de la Inmigración Ilegal y Responsabilidad del Inmigrante de 1996 (Ley Pública 104-208; 8 U.S.C. 1324a y su nota) nos permite pedir esta información.",
		},
		Purpose: cris.Phrase{
			English: "A company that we hired uses it to confirm who you are. We use it to check whether government records confirm that you may work in the United States.",
			Spanish: "Una empresa que contratamos la usa para confirmar quién es usted. Nosotros la usamos para revisar si los registros del gobierno confirman que usted puede trabajar en los Estados Unidos.",
		},
		RoutineUses: cris.Phrase{
			English: "Outside the Department of Homeland Security we may share it only " +
				"(A) with the Department of Justice, another agency or a court, for a lawsuit; " +
				"(B) with an office of Congress that you asked for help; " +
				"(C) with the National Archives or another agency that inspects how records are kept; " +
				"(D) with those who audit or oversee us as the law allows; " +
				"(E) with those who help if the information may have been exposed; " +
				"(F) with contractors and others who do this work for us; " +
				"(G) with authorities that enforce the law, if a record points to a violation of the E-Verify program; " +
				"(H) with you; " +
				"(I) with the company that confirms who you are: only your name, date of birth, address and, if you give it, Social Security number. " +
				"The system of records notice DHS/USCIS-013 (76 FR 9034) has the details.",
			Spanish: "Fuera del Departamento de Seguridad Nacional solo podemos compartirla " +
				"(A) con el Departamento de Justicia, otra agencia o un tribunal, para un juicio; " +
				"(B) con una oficina del Congreso a la que usted pidió ayuda; " +
				"(C) con los Archivos Nacionales u otra agencia que inspecciona cómo se conservan los registros; " +
				"(D) con quienes nos auditan o supervisan según lo permite la ley; " +
				"(E) con quienes ayudan si la información pudo quedar expuesta; " +
				"(F) con contratistas y otros que hacen este trabajo para nosotros; " +
				"(G) con autoridades que hacen cumplir la ley, si un registro señala una infracción del programa E-Verify; " +
				"(H) con usted; " +
				"(I) con la empresa que confirma quién es usted: solo su nombre, fecha de nacimiento, dirección y, si lo da, número de Seguro Social. " +
				"El aviso del sistema de registros DHS/USCIS-013 (76 FR 9034) tiene los detalles.",
		},
		Disclosure: cris.Phrase{
			English: "Self Check is voluntary, and you do not have to give any of this information. " +
				"You may leave out your Social Security number when we confirm who you are, but we cannot check your records without it or without the other information that we ask for.",
			Spanish: "Self Check es voluntario y usted no está obligado a dar esta información. " +
				"Puede omitir su número de Seguro Social cuando confirmamos quién es usted, pero no podemos revisar sus registros sin ese número ni sin los demás datos que pedimos.",
		},
	}}
}

// Statement returns the Privacy Act Statement to show today, before anything is asked (ER-7).
// Begin takes its edition. The error matches cris.ErrNotFound if none is in force, and
// cris.ErrClock if the clock is not set.
func (s *Service) Statement() (cris.Statement, error) {
	now, err := s.start("statement")
	if err != nil {
		return cris.Statement{}, err
	}
	statement, err := s.policy.Statements.On(cris.DateOf(now, s.policy.Zone))
	if err != nil {
		return cris.Statement{}, fmt.Errorf("selfcheck: statement: %w", err)
	}
	return statement, nil
}
