package addresschange

import (
	"fmt"
	"slices"
	"sync"

	"github.com/seed28e20331/cris"
)

// NewNotice returns the template of a confirmation notice. It shows in both languages {number},
// the confirmation number, and {effective}, the day on which the report came and from which
// mail goes to the new address. Its error is that of cris.NewTemplate.
func NewNotice(text cris.TemplateText) (cris.Template, error) {
	return cris.NewTemplate(text, "number", "effective")
}

// NewLateNotice returns the template of the confirmation notice for a report that came late. It
// shows what that of NewNotice shows, and {due_by}, the last day on which the report was in
// time. Its error is that of cris.NewTemplate.
func NewLateNotice(text cris.TemplateText) (cris.Template, error) {
	return cris.NewTemplate(text, "number", "effective", "due_by")
}

// Notices returns the confirmation notices of this package for reports that came in time, in the
// library's own words. The caller may keep and change the slice.
func Notices() cris.Templates { return slices.Clone(notices()) }

// LateNotices returns those for reports that came late. The caller may keep and change the slice.
func LateNotices() cris.Templates { return slices.Clone(lateNotices()) }

// They are loaded once: a default policy is made often.
var (
	notices     = sync.OnceValue(func() cris.Templates { return cris.Templates{cris.MustTemplate(NewNotice(noticeText()))} })
	lateNotices = sync.OnceValue(func() cris.Templates { return cris.Templates{cris.MustTemplate(NewLateNotice(lateNoticeText()))} })
)

// noticeText says nothing of a single case: Filing.Answers does, and a notice is shown to
// others more readily than a list of cases. Nor does it repeat an address (PV-1).
func noticeText() cris.TemplateText {
	return cris.TemplateText{
		Edition: "change of address notice 2013-08-15",
		From:    cris.MustParseDate("2013-08-15"),
		Subject: cris.Phrase{English: "We received your new address", Spanish: "Recibimos su nueva dirección"},
		Paragraphs: []cris.Phrase{
			{
				English: "Your confirmation number is {number}. Please keep it.",
				Spanish: "Su número de confirmación es {number}. Guárdelo.",
			},
			{
				English: "You reported your new address on {effective}. Starting that day, mail about the cases whose address we changed goes to the new address. Mail that was already on its way may still go to the old one.",
				Spanish: "Usted informó su nueva dirección el {effective}. A partir de ese día, el correo sobre los casos cuya dirección cambiamos va a la nueva dirección. El correo que ya estaba en camino todavía puede llegar a la anterior.",
			},
			{
				English: "If we did not change the address of a case that you named, check your receipt notice, or change the address by telephone or by letter.",
				Spanish: "Si no cambiamos la dirección de un caso que mencionó, revise su aviso de recibo, o cambie la dirección por teléfono o por carta.",
			},
			{
				English: "We do not tell the immigration court. If you have a case there, you must tell the court yourself.",
				Spanish: "No informamos al tribunal de inmigración. Si tiene un caso allí, usted mismo debe informar al tribunal.",
			},
			{
				English: "You do not need to send this report again. If you move again, or if something in this report was wrong, send a new report.",
				Spanish: "No necesita enviar este informe otra vez. Si vuelve a mudarse, o si algo en este informe era incorrecto, envíe un informe nuevo.",
			},
		},
	}
}

// lateNoticeText is the notice with a paragraph more, after the one that says the day.
func lateNoticeText() cris.TemplateText {
	late := noticeText()
	late.Edition = "change of address late notice 2013-08-15"
	late.Paragraphs = slices.Insert(late.Paragraphs, 2, cris.Phrase{
		English: "The last day to report your new address was {due_by}. Please report on time if you move again.",
		Spanish: "El último día para informar su nueva dirección era el {due_by}. Si vuelve a mudarse, infórmela a tiempo.",
	})
	return late
}

// Notice returns the confirmation notice of an accepted report, in time or late, from the
// template that was in force on the day of the report: what a customer keeps, as text or as
// HTML (CA-1). It holds no personal value and names no case. The error matches
// cris.ErrNotFound if no template of the policy was in force on that day; the report is on file
// all the same, and Confirmation has its words.
func (s *Service) Notice(record Record, language cris.Language) (cris.Letter, error) {
	templates := s.policy.Notices
	if record.Late() {
		templates = s.policy.LateNotices
	}
	template, err := templates.On(record.Effective)
	if err != nil {
		return cris.Letter{}, fmt.Errorf("addresschange: notice: %w", err)
	}
	return template.Fill(language, map[string]any{
		"number": record.Confirmation, "effective": record.Effective, "due_by": record.DueBy,
	}), nil
}
