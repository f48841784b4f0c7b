package ridp

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"sync"

	"github.com/seed28e20331/cris"
)

// page is what the template shows.
type page struct {
	Language  cris.Language
	Message   message
	ReturnURL string

	// With questions
	Reference string
	Quiz      string // sealed anew; what was submitted is not shown
	Until     string
	Questions []shownQuestion
	Missing   []int // numbers of the questions without an answer

	Returned string // the sealed report; "" if there is none
}

type shownQuestion struct {
	Number    int
	Text      string
	Choices   []shownChoice
	IsMissing bool
}

type shownChoice struct {
	Number int
	Text   string
}

// Say returns a text of the page.
func (p page) Say(name string) string {
	words := texts[name]
	return p.Language.Pick(words.English, words.Spanish)
}

// Title returns the heading of the page.
func (p page) Title() string { return p.Say(string(p.Message) + "_title") }

// Text returns what the page says under its heading.
func (p page) Text() string { return p.Say(string(p.Message)) }

// style fits a screen of 320 pixels and leaves type and colors to the browser, but for errors.
const style = `body{margin:0 auto;max-width:40rem;padding:1rem;font:1.125rem/1.5 sans-serif;overflow-wrap:break-word}` +
	`fieldset{margin:1.5rem 0;padding:.5rem 1rem;min-width:0}legend{font-weight:bold}` +
	`label{display:flex;gap:.75rem;padding:.5rem 0}input{flex:none;width:1.5rem;height:1.5rem;margin:0}` +
	`button{font:inherit;min-height:2.75rem;padding:.5rem 1rem;margin:.5rem .5rem .5rem 0}` +
	`.error{border-left:.5rem solid #b50909;padding-left:1rem}`

// styleHash returns what the content security policy calls the style.
var styleHash = sync.OnceValue(func() string {
	sum := sha256.Sum256([]byte(style))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
})

var pages = sync.OnceValue(func() *template.Template { return template.Must(template.New("page").Parse(markup)) })

const markup = `<!DOCTYPE html>
<html lang="{{.Language}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{if .Missing}}{{.Say "error"}}: {{end}}{{.Title}}</title>
<style>` + style + `</style>
</head>
<body>
<main>
<h1>{{.Title}}</h1>
{{- if .Missing}}
<div class="error" role="alert">
<h2>{{.Say "missing"}}</h2>
<ul>
{{- range .Missing}}
<li><a href="#answer{{.}}-1">{{$.Say "missing_question"}} {{.}}</a></li>
{{- end}}
</ul>
</div>
{{- end}}
<p>{{.Text}}</p>
{{- if .Questions}}
<p>{{.Say "until"}} {{.Until}}.</p>
<form method="post" autocomplete="off">
<input type="hidden" name="reference" value="{{.Reference}}">
<input type="hidden" name="quiz" value="{{.Quiz}}">
{{- range $question := .Questions}}
<fieldset{{if .IsMissing}} class="error" aria-describedby="missing{{.Number}}"{{end}}>
<legend>{{.Number}}. {{.Text}}</legend>
{{- if .IsMissing}}
<p id="missing{{.Number}}">{{$.Say "missing_answer"}}</p>
{{- end}}
{{- range .Choices}}
<label for="answer{{$question.Number}}-{{.Number}}"><input type="radio" id="answer{{$question.Number}}-{{.Number}}" name="answer{{$question.Number}}" value="{{.Number}}" required> <span>{{.Text}}</span></label>
{{- end}}
</fieldset>
{{- end}}
<button name="act" value="answer">{{.Say "send"}}</button>
<p>{{.Say "leaving"}}</p>
<button name="act" value="leave" formnovalidate>{{.Say "leave"}}</button>
</form>
{{- else}}
<form method="post" action="{{.ReturnURL}}">
<input type="hidden" name="returned" value="{{.Returned}}">
<button>{{.Say "continue"}}</button>
</form>
{{- end}}
</main>
</body>
</html>
`
