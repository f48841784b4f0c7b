package erequest

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/seed28e20331/cris"
)

// Confirmation is the notice that a customer gets for an accepted request (ER-8).
type Confirmation struct {
	Number    ConfirmationNumber
	RespondBy cris.Date // the agency intends to respond by the end of this day
}

// Confirmation returns the notice in its short form, and whether the submission was accepted at
// all. Service.Notice writes it out in full.
func (f Filing) Confirmation() (Confirmation, bool) {
	if f.Outcome != Accepted && f.Outcome != AlreadyAccepted {
		return Confirmation{}, false
	}
	return Confirmation{f.Request.Confirmation, f.Request.RespondBy}, true
}

// Message returns the words of the confirmation notice (ER-8).
func (c Confirmation) Message() cris.Message {
	return cris.Message{Code: "erequest.confirmation", Args: []any{c.Number.String(), c.RespondBy}}
}

// NewNotice returns the template of a confirmation notice for a request that was placed online.
// It shows in both languages {number}, the confirmation number; {filed}, the day of filing;
// {respond_by}, the day by which the agency intends to respond; {ask_again}, the first day on
// which a new inquiry may be made online; and {repeat_from}, the first day on which this request
// may be placed again if it has not been answered. Its error is that of cris.NewTemplate.
func NewNotice(text cris.TemplateText) (cris.Template, error) {
	return cris.NewTemplate(text, "number", "filed", "respond_by", "ask_again", "repeat_from")
}

// NewStaffNotice returns the template of a confirmation notice for a request that staff took. It
// shows {number}, {filed} and {respond_by} as for NewNotice. It sends nobody online: the case
// may be one that the law protects, which is not there (8 USC 1367). Its error is that of
// cris.NewTemplate.
func NewStaffNotice(text cris.TemplateText) (cris.Template, error) {
	return cris.NewTemplate(text, "number", "filed", "respond_by")
}

// Notices returns the confirmation notices of this package for online requests, in the library's
// own words. The caller may keep and change the slice.
func Notices() cris.Templates { return slices.Clone(notices()) }

// StaffNotices returns those for requests that staff took. The caller may keep and change the
// slice.
func StaffNotices() cris.Templates { return slices.Clone(staffNotices()) }

// They are loaded once: a default policy is made often.
var (
	notices      = sync.OnceValue(func() cris.Templates { return cris.Templates{cris.MustTemplate(NewNotice(noticeText))} })
	staffNotices = sync.OnceValue(func() cris.Templates { return cris.Templates{cris.MustTemplate(NewStaffNotice(staffNoticeText))} })
)

var noticeText = cris.TemplateText{
	Edition: "e-request notice 2013-08-15",
	From:    cris.MustParseDate("2013-08-15"),
	Subject: cris.Phrase{English: "We received your request", Spanish: "Recibimos su solicitud"},
	Paragraphs: []cris.Phrase{
		{
			English: "Your confirmation number is {number}. Please keep it. You can use it with your receipt number to check the status of your request.",
			Spanish: "Su número de confirmación es {number}. Guárdelo. Con él y con su número de recibo podrá ver el estado de su solicitud.",
		},
		{
			English: "You filed your request on {filed}. We intend to respond by {respond_by}.",
			Spanish: "Usted presentó su solicitud el {filed}. Tenemos la intención de responder a más tardar el {respond_by}.",
		},
		{
			English: "Your request goes to the office that has your case. An officer there will look into it and respond in the way you chose. The officer may ask you for more information first.",
			Spanish: "Su solicitud va a la oficina que tiene su caso. Un oficial de esa oficina la examinará y le responderá de la manera que usted eligió. Antes, es posible que le pida más información.",
		},
		{
			English: "You do not need to send this request again. You may make a new inquiry online on or after {ask_again}. If we have not responded by {respond_by}, you may place this request again on or after {repeat_from}.",
			Spanish: "No necesita enviar esta solicitud otra vez. Podrá hacer una nueva consulta en línea a partir del {ask_again}. Si no respondemos a más tardar el {respond_by}, podrá hacer esta solicitud de nuevo a partir del {repeat_from}.",
		},
	},
}

var staffNoticeText = cris.TemplateText{
	Edition: "e-request staff notice 2013-08-15",
	From:    cris.MustParseDate("2013-08-15"),
	Subject: noticeText.Subject,
	Paragraphs: []cris.Phrase{
		{
			English: "Your confirmation number is {number}. Please keep it, and give it to us when you call or write to us about this request.",
			Spanish: "Su número de confirmación es {number}. Guárdelo y dénoslo cuando nos llame o nos escriba sobre esta solicitud.",
		},
		noticeText.Paragraphs[1],
		noticeText.Paragraphs[2],
		{
			English: "You do not need to make this request again. If we have not responded by {respond_by}, please call us or write to us.",
			Spanish: "No necesita hacer esta solicitud otra vez. Si no respondemos a más tardar el {respond_by}, llámenos o escríbanos.",
		},
	},
}

// Notice returns the confirmation notice of an accepted request, from the template that was in
// force on the day of filing: what a customer keeps, as text or as HTML (ER-8 to ER-10). Its days
// take account of what else was filed for the case. It holds no personal value. The error
// matches cris.ErrNotFound if no template of the policy was in force on that day: the request is
// on file all the same, and Filing.Confirmation has words for it. Any other error is that of the
// store.
func (s *Service) Notice(ctx context.Context, request Request, language cris.Language) (cris.Letter, error) {
	templates := s.policy.StaffNotices
	if request.Channel == Online {
		templates = s.policy.Notices
	}
	template, err := templates.On(request.Filed)
	if err != nil {
		return cris.Letter{}, fmt.Errorf("erequest: notice: %w", err)
	}
	entries, err := s.store.Entries(ctx, request.Receipt)
	if err != nil {
		return cris.Letter{}, fmt.Errorf("erequest: notice: %w", err)
	}
	again := askAgain(entries, request.Issue, request.Filed, s.policy)
	return template.Fill(language, map[string]any{
		"number": request.Confirmation, "filed": request.Filed, "respond_by": request.RespondBy, "ask_again": again,
		"repeat_from": slices.MaxFunc([]cris.Date{again, request.RespondBy.AddDays(1)}, cris.Date.Compare),
	}), nil
}
