package ridp

import (
	"bytes"
	"context"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

// The fields of the forms.
const (
	fieldReference = "reference"
	fieldQuiz      = "quiz"
	fieldAct       = "act" // what the individual pressed; none when the program sends the individual here
	fieldAnswer    = "answer"

	actAnswer = "answer"
	actLeave  = "leave"
)

// FieldReturned is the field of the form that comes back to Config.ReturnURL with POST. Its
// value, "" if there is no report, is what selfcheck.Service.Conclude is given.
const FieldReturned = "returned"

// maxForm is the most bytes of a form that are read.
const maxForm = maxSealed + 8<<10

// Handler returns the page of the quiz, for the path of Config.PageURL. It works without
// JavaScript, in English and Spanish. It logs nothing, and shows nothing that was submitted.
//
// The page opens the sealed quiz and shows the questions. When the individual has answered, it
// sends the answers, once, and shows a button that takes the sealed report to Config.ReturnURL.
// After a step back or a second click, the process that sent the answers gives the same report.
// If another process sends them again, the service refuses them, and the page says that they were
// sent before. If the individual leaves, answers that are under way are still sent.
//
// The statuses: 200 with questions or a report; 400 for a quiz that was not sealed here; 405 for
// anything but POST; 409 for answers that the service refuses; 410 for a quiz whose time is up;
// 413 for a form of more than 264 KiB; 415 for a body that is not a form; 422 for a question
// without an answer; 500 if the clock is not set.
//
// The server's write timeout must be longer than Config.Deadline.
func (p *Provider) Handler() http.Handler { return http.HandlerFunc(p.serve) }

func (p *Provider) serve(w http.ResponseWriter, r *http.Request) {
	language := cris.MatchLanguage(r.Header.Get("Accept-Language")) // until the quiz is open
	refuse := func(status int) { p.show(w, page{Language: language, Message: refused}, status) }
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		refuse(http.StatusMethodNotAllowed)
		return
	}
	form, status := readForm(w, r)
	if status != 0 {
		refuse(status)
		return
	}
	now, err := p.now()
	if err != nil {
		refuse(http.StatusInternalServerError)
		return
	}
	reference := selfcheck.Reference(form.Get(fieldReference))
	var quiz sealedQuiz
	if !p.sealer.open(forPage, reference, form.Get(fieldQuiz), &quiz) {
		refuse(http.StatusBadRequest)
		return
	}
	visit := visit{p, reference, quiz, now}
	if now.UnixMicro() > quiz.Until {
		p.show(w, visit.page(expired), http.StatusGone)
		return
	}
	next, status := visit.act(r.Context(), form)
	p.show(w, next, status)
}

// readForm returns what was posted, or the status with which it is refused.
func readForm(w http.ResponseWriter, r *http.Request) (url.Values, int) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, http.StatusUnsupportedMediaType
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		if _, isLarge := errors.AsType[*http.MaxBytesError](err); isLarge {
			return nil, http.StatusRequestEntityTooLarge
		}
		return nil, http.StatusBadRequest
	}
	for _, values := range r.PostForm {
		if len(values) != 1 {
			return nil, http.StatusBadRequest
		}
	}
	return r.PostForm, 0
}

// visit is one request for the page, with the quiz open.
type visit struct {
	provider  *Provider
	reference selfcheck.Reference
	quiz      sealedQuiz
	now       time.Time
}

// act does what the individual pressed, and returns what to show.
func (v visit) act(ctx context.Context, form url.Values) (page, int) {
	switch form.Get(fieldAct) {
	case "":
		return v.questions(nil)
	case actLeave:
		return v.ended(left, sealedReport{Outcome: selfcheck.IdPAbandoned})
	case actAnswer:
	default:
		return v.page(refused), http.StatusBadRequest
	}
	choices, isForm := v.choices(form)
	if !isForm {
		return v.page(refused), http.StatusBadRequest
	}
	if slices.Contains(choices, 0) {
		return v.questions(choices)
	}
	return v.provider.answered.once(v.reference, v.quiz, v.now, func() (page, int) { return v.answer(ctx, choices) })
}

// choices returns the choice for each question, from 1 and 0 for none, and reports whether
// they can come from the page.
func (v visit) choices(form url.Values) (choices []int, isForm bool) {
	for i, question := range v.quiz.Questions {
		text := form.Get(fieldAnswer + strconv.Itoa(i+1))
		choice := 0
		if text != "" {
			n, err := strconv.Atoi(text)
			if err != nil || n < 1 || n > len(question.Set.Choices) {
				return nil, false
			}
			choice = n
		}
		choices = append(choices, choice)
	}
	return choices, true
}

// answer sends the answers. They are sent to the end even if the browser does not wait:
// whoever could stop them on the way would have one more try (SC-8).
func (v visit) answer(ctx context.Context, choices []int) (page, int) {
	report, failed := v.provider.answer(context.WithoutCancel(ctx), v.quiz, choices)
	switch {
	case failed == nil:
		return v.ended(answersSent, report)
	case failed.isRefusal():
		// The service has answers to this quiz, and a report that says anything else would
		// be one more try.
		return v.page(sentBefore), http.StatusConflict
	}
	return v.ended(notChecked, sealedReport{Outcome: selfcheck.IdPSystemError, Code: failed.Code})
}

// questions returns the page with the questions. If choices are given, it says which of them
// have no answer.
func (v visit) questions(choices []int) (page, int) {
	next, status := v.page(toAnswer), http.StatusOK
	sealed, err := v.provider.sealer.seal(forPage, v.reference, v.quiz)
	if err != nil {
		return v.page(refused), http.StatusInternalServerError
	}
	next.Reference, next.Quiz = string(v.reference), sealed
	next.Until = next.Language.Time(time.UnixMicro(v.quiz.Until), cris.AgencyZone())
	for i, question := range v.quiz.Questions {
		shown := shownQuestion{Number: i + 1, Text: question.Set.Text}
		for j, choice := range question.Set.Choices {
			shown.Choices = append(shown.Choices, shownChoice{j + 1, choice.Text})
		}
		if choices != nil && choices[i] == 0 {
			shown.IsMissing = true
			next.Missing = append(next.Missing, i+1)
			status = http.StatusUnprocessableEntity
		}
		next.Questions = append(next.Questions, shown)
	}
	return next, status
}

// ended returns the page that sends the individual back with the sealed report.
func (v visit) ended(message message, report sealedReport) (page, int) {
	now, err := v.provider.now()
	if err != nil {
		return v.page(refused), http.StatusInternalServerError
	}
	report.At, report.Until = now.UnixMicro(), now.Add(v.provider.life).UnixMicro()
	report.Questions, report.Reference = len(v.quiz.Questions), v.quiz.Reference
	if report.Outcome == selfcheck.IdPPassed {
		report.Person = v.quiz.Person
	}
	next := v.page(message)
	next.Returned, err = v.provider.sealer.seal(forConclusion, v.reference, report)
	if err != nil {
		return v.page(refused), http.StatusInternalServerError
	}
	return next, http.StatusOK
}

// page returns a page with a message and a way back.
func (v visit) page(message message) page {
	language := cris.English
	if v.quiz.Person.Language == "spa" {
		language = cris.Spanish
	}
	return page{Language: language, Message: message}
}

// show writes a page. Nobody keeps it, frames it or learns where it came from.
func (p *Provider) show(w http.ResponseWriter, page page, status int) {
	page.ReturnURL = p.returnURL
	var body bytes.Buffer
	if err := pages().Execute(&body, page); err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Language", string(page.Language))
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Security-Policy", "default-src 'none'; style-src '"+styleHash()+"'; form-action 'self' "+p.returnOrigin+
		"; base-uri 'none'; frame-ancestors 'none'")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("X-Frame-Options", "DENY")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // whoever is gone misses it
}
