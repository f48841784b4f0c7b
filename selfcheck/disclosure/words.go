package disclosure

import "github.com/seed28e20331/cris"

// Words lists what this package says to officials and to individuals who read the accounting,
// in English and Spanish. The words are the library's own. The caller may keep and change the
// slice.
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
	// Outcomes
	{"disclosure.outcome.allowed", "The disclosure is allowed and on record.", "La divulgación está permitida y registrada."},
	{"disclosure.outcome.refused", "The disclosure is not allowed.", "La divulgación no está permitida."},

	// Uses
	{"disclosure.use.litigation", "Litigation (routine use A)", "Litigio (uso rutinario A)"},
	{"disclosure.use.congress", "Inquiry from an office of Congress that you asked for help (routine use B)", "Consulta de una oficina del Congreso a la que usted pidió ayuda (uso rutinario B)"},
	{"disclosure.use.records_inspection", "Inspection of how records are kept (routine use C)", "Inspección de cómo se conservan los registros (uso rutinario C)"},
	{"disclosure.use.audit", "Audit or oversight (routine use D)", "Auditoría o supervisión (uso rutinario D)"},
	{"disclosure.use.compromise", "Response to information that may have been exposed (routine use E)", "Respuesta a información que pudo quedar expuesta (uso rutinario E)"},
	{"disclosure.use.department_work", "Work for the department (routine use F)", "Trabajo para el departamento (uso rutinario F)"},
	{"disclosure.use.law_enforcement", "Law enforcement (routine use G)", "Aplicación de la ley (uso rutinario G)"},
	{"disclosure.use.own_check", "Your own Self Check (routine use H)", "Su propia consulta de Self Check (uso rutinario H)"},
	{"disclosure.use.identity_proofing", "Confirmation of who you are (routine use I)", "Confirmación de su identidad (uso rutinario I)"},
	{"disclosure.use.written_consent", "Your written request or consent", "Su solicitud o consentimiento por escrito"},

	// Purposes
	{"disclosure.purpose.litigation", "A lawsuit", "Una demanda judicial"},
	{"disclosure.purpose.proceedings", "Proceedings before a court or another body that decides", "Un procedimiento ante un tribunal u otro órgano que decide"},
	{"disclosure.purpose.congressional_inquiry", "An answer to an office of Congress", "Una respuesta a una oficina del Congreso"},
	{"disclosure.purpose.records_management_inspection", "An inspection of how records are managed", "Una inspección de la gestión de registros"},
	{"disclosure.purpose.audit", "An audit", "Una auditoría"},
	{"disclosure.purpose.oversight", "Oversight", "Supervisión"},
	{"disclosure.purpose.response_to_compromise", "To prevent or limit harm after information may have been exposed", "Prevenir o limitar daños después de que la información pudo quedar expuesta"},
	{"disclosure.purpose.agency_function", "Work that the agency needs done", "Un trabajo que la agencia necesita"},
	{"disclosure.purpose.investigation", "An investigation", "Una investigación"},
	{"disclosure.purpose.prosecution", "A prosecution", "Un proceso penal"},
	{"disclosure.purpose.enforcement", "To enforce a law, rule, regulation or order", "Hacer cumplir una ley, norma, reglamento u orden"},
	{"disclosure.purpose.own_work_authorization", "To tell you about your own work authorization", "Informarle de su propia autorización de empleo"},
	{"disclosure.purpose.authentication", "To confirm who you are", "Confirmar su identidad"},
	{"disclosure.purpose.request_of_individual", "What you asked for", "Lo que usted pidió"},

	// Recipients
	{"disclosure.recipient_kind.justice_department", "Department of Justice", "Departamento de Justicia"},
	{"disclosure.recipient_kind.federal_agency", "Federal agency", "Agencia federal"},
	{"disclosure.recipient_kind.other_agency", "State, tribal, local, foreign or international agency", "Agencia estatal, tribal, local, extranjera o internacional"},
	{"disclosure.recipient_kind.congressional_office", "Office of Congress", "Oficina del Congreso"},
	{"disclosure.recipient_kind.national_archives", "National Archives", "Archivos Nacionales"},
	{"disclosure.recipient_kind.enforcing_authority", "Law enforcement agency or other authority that enforces the law", "Agencia u otra autoridad que hace cumplir la ley"},
	{"disclosure.recipient_kind.contractor", "Contractor or other who works for the department", "Contratista u otro que trabaja para el departamento"},
	{"disclosure.recipient_kind.organization", "Organization", "Organización"},
	{"disclosure.recipient_kind.person", "Person", "Persona"},
	{"disclosure.recipient_kind.individual", "You", "Usted"},
	{"disclosure.recipient_kind.identity_provider", "Company that confirms who you are", "Empresa que confirma su identidad"},

	// Classes of data
	{"disclosure.class.name", "Name", "Nombre"},
	{"disclosure.class.birth_date", "Date of birth", "Fecha de nacimiento"},
	{"disclosure.class.residence", "Address of residence", "Dirección de residencia"},
	{"disclosure.class.ssn", "Social Security number", "Número de Seguro Social"},
	{"disclosure.class.citizenship_status", "Citizenship status", "Situación de ciudadanía"},
	{"disclosure.class.documents", "Documents", "Documentos"},
	{"disclosure.class.a_number", "A-Number", "Número A"},
	{"disclosure.class.passport_number", "Passport number", "Número de pasaporte"},
	{"disclosure.class.i94_number", "I-94 number", "Número I-94"},
	{"disclosure.class.card_number", "Card number", "Número de tarjeta"},
	{"disclosure.class.document_number", "Document number", "Número del documento"},
	{"disclosure.class.expiration_date", "Expiration date of the document", "Fecha de vencimiento del documento"},
	{"disclosure.class.proofing_outcome", "Whether your identity was confirmed", "Si se confirmó su identidad"},
	{"disclosure.class.case_number", "E-Verify case number", "Número de caso de E-Verify"},
	{"disclosure.class.query_result", "Result of the query", "Resultado de la consulta"},
	{"disclosure.class.resolution", "What you chose to do about the result", "Lo que usted decidió hacer sobre el resultado"},
	{"disclosure.class.disagreement", "Your statement of disagreement", "Su declaración de desacuerdo"},
	{"disclosure.class.accounting", "List of disclosures", "Lista de divulgaciones"},

	// Conditions, for officials to attest
	{"disclosure.condition.department_is_party", "The department or a component of it is a party to the litigation or has an interest in it.", "El departamento o uno de sus componentes es parte en el litigio o tiene interés en él."},
	{"disclosure.condition.employee_is_party_officially", "An employee of the department is a party or has an interest in an official capacity.", "Un empleado del departamento es parte o tiene interés a título oficial."},
	{"disclosure.condition.employee_is_party_personally", "An employee of the department is a party or has an interest as an individual, and the Department of Justice or this department agreed to represent the employee.", "Un empleado del departamento es parte o tiene interés a título personal, y el Departamento de Justicia o este departamento aceptó representarlo."},
	{"disclosure.condition.united_states_is_party", "The United States or an agency of it is a party or has an interest.", "Los Estados Unidos o una de sus agencias es parte o tiene interés."},
	{"disclosure.condition.necessary_to_litigation", "The disclosure is necessary to the litigation.", "La divulgación es necesaria para el litigio."},
	{"disclosure.condition.determined_relevant", "The department determined that the records are both relevant and necessary to the litigation.", "El departamento determinó que los registros son pertinentes y necesarios para el litigio."},
	{"disclosure.condition.compatible_with_purpose", "The department determined that this use is compatible with the purpose for which the records were collected.", "El departamento determinó que este uso es compatible con el fin para el que se recopilaron los registros."},
	{"disclosure.condition.office_inquired", "The office of Congress made an inquiry.", "La oficina del Congreso hizo una consulta."},
	{"disclosure.condition.individual_asked_office", "The individual to whom the record pertains asked the office to inquire.", "La persona a quien se refiere el registro pidió la consulta a la oficina."},
	{"disclosure.condition.inspection_under_title_44", "The inspection is conducted under 44 U.S.C. 2904 and 2906.", "La inspección se realiza según 44 U.S.C. 2904 y 2906."},
	{"disclosure.condition.audit_authorized_by_law", "The audit or oversight is authorized by law.", "La ley autoriza la auditoría o la supervisión."},
	{"disclosure.condition.necessary_to_audit", "The information is necessary and relevant to the audit or oversight.", "La información es necesaria y pertinente para la auditoría o la supervisión."},
	{"disclosure.condition.compromise_suspected", "The department suspects or confirmed that information was compromised.", "El departamento sospecha o confirmó que hubo información comprometida."},
	{"disclosure.condition.risk_of_harm_determined", "The department determined that there is a risk of harm.", "El departamento determinó que existe riesgo de daño."},
	{"disclosure.condition.necessary_to_response", "The disclosure is reasonably necessary to help respond, and to prevent, limit or repair the harm.", "La divulgación es razonablemente necesaria para ayudar a responder y para prevenir, limitar o reparar el daño."},
	{"disclosure.condition.works_for_department", "The recipient works on a contract, service, grant, cooperative agreement or other assignment for the department.", "El destinatario trabaja en un contrato, servicio, subvención, acuerdo de cooperación u otro encargo para el departamento."},
	{"disclosure.condition.necessary_to_function", "The disclosure is necessary to accomplish an agency function that concerns this system of records.", "La divulgación es necesaria para cumplir una función de la agencia relacionada con este sistema de registros."},
	{"disclosure.condition.bound_by_privacy_act", "The recipient is bound by the Privacy Act as officers and employees of the department are.", "El destinatario está obligado por la Ley de Privacidad como los funcionarios y empleados del departamento."},
	{"disclosure.condition.record_indicates_violation", "The record indicates a violation or potential violation of the E-Verify program.", "El registro indica una infracción o posible infracción del programa E-Verify."},
	{"disclosure.condition.recipient_enforces", "The recipient is charged with investigating or prosecuting it, or with enforcing or implementing the law.", "El destinatario tiene a su cargo investigarla o procesarla, o hacer cumplir o aplicar la ley."},
	{"disclosure.condition.consistent_with_duties", "The disclosure is proper and consistent with my official duties.", "La divulgación es apropiada y compatible con mis funciones oficiales."},
	{"disclosure.condition.checks_own_authorization", "The individual uses Self Check to learn about his or her own work authorization.", "La persona usa Self Check para conocer su propia autorización de empleo."},
	{"disclosure.condition.provider_under_contract", "The provider is under contract with the department.", "El proveedor tiene un contrato con el departamento."},
	{"disclosure.condition.individual_seeks_access", "The individual seeks access to Self Check and is to be authenticated for it.", "La persona quiere usar Self Check y debe autenticarse para ello."},
	{"disclosure.condition.proofing_not_concluded", "The identity proofing is not concluded.", "La verificación de identidad no ha terminado."},
	{"disclosure.condition.consent_is_written", "The individual asked for the disclosure or agreed to it in writing.", "La persona pidió o aceptó la divulgación por escrito."},
	{"disclosure.condition.consent_covers_disclosure", "The writing covers this recipient and these records.", "El escrito abarca a este destinatario y estos registros."},
	{"disclosure.condition.identity_of_requester_checked", "It was checked that the individual signed the writing.", "Se comprobó que la persona firmó el escrito."},

	// Reasons
	{"disclosure.within_routine_use", "The disclosure stays within its routine use.", "La divulgación se ajusta a su uso rutinario."},
	{"disclosure.use_unknown", "Choose the routine use under which you disclose.", "Elija el uso rutinario según el cual divulga."},
	{"disclosure.recipient_not_in_use", "This routine use does not allow a disclosure to such a recipient.", "Este uso rutinario no permite divulgar a un destinatario así."},
	{"disclosure.purpose_not_in_use", "This routine use does not allow a disclosure for this purpose.", "Este uso rutinario no permite divulgar para este fin."},
	{"disclosure.nothing_asked", "Choose what to disclose.", "Elija qué divulgar."},
	{"disclosure.class_not_in_use", "This routine use does not allow the disclosure of everything that you chose.", "Este uso rutinario no permite divulgar todo lo que eligió."},
	{"disclosure.class_not_necessary", "Disclose only what was determined to be necessary and relevant.", "Divulgue solo lo que se determinó que es necesario y pertinente."},
	{"disclosure.condition_not_attested", "Attest every condition of this routine use.", "Dé fe de cada condición de este uso rutinario."},
	{"disclosure.person_named", "Leave out the name and the address of a person. Keep them in the file.", "Omita el nombre y la dirección de una persona. Guárdelos en el expediente."},
	{"disclosure.recipient_name_missing", "Enter the name of the recipient in one line.", "Escriba el nombre del destinatario en una línea."},
	{"disclosure.recipient_address_missing", "Enter the address of the recipient in one line.", "Escriba la dirección del destinatario en una línea."},
	{"disclosure.file_missing", "Enter the number of the file that has the name and the address of the person.", "Escriba el número del expediente que tiene el nombre y la dirección de la persona."},
	{"disclosure.file_number_malformed", "The number of the file cannot be right. Do not enter the number of a person.", "El número del expediente no puede ser correcto. No escriba el número de una persona."},
	{"disclosure.handle_missing", "The disclosure cannot be recorded, because the record cannot be found.", "La divulgación no se puede registrar porque no se encuentra el registro."},
	{"disclosure.duty_missing", "You may not do this. Ask someone whose duty it is.", "Usted no puede hacer esto. Pídalo a quien corresponda."},
	{"disclosure.individual_consents", "The individual asked for the disclosure or agreed to it.", "La persona pidió o aceptó la divulgación."},
	{"disclosure.disagreement_left_out", "Include the statement of disagreement, because the individual disputes what you disclose.", "Incluya la declaración de desacuerdo, porque la persona disputa lo que usted divulga."},
	{"disclosure.recipient_told", "The recipient got what was corrected or is disputed.", "El destinatario recibió lo que se corrigió o se disputa."},
}
