package cris_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
)

func TestLetter_IsAnAccessiblePage(t *testing.T) {
	letter := cris.Letter{Language: cris.Spanish, Subject: `A <b> & "c"`, Paragraphs: []string{"Uno <script>alert(1)</script>", "Dos"}}
	require.Equal(t, `<!DOCTYPE html>
<html lang="es">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>A &lt;b&gt; &amp; &#34;c&#34;</title>
</head>
<body>
<main>
<h1>A &lt;b&gt; &amp; &#34;c&#34;</h1>
<p>Uno &lt;script&gt;alert(1)&lt;/script&gt;</p>
<p>Dos</p>
</main>
</body>
</html>
`, letter.HTML())
	require.Equal(t, `<article lang="es">
<h2>A &lt;b&gt; &amp; &#34;c&#34;</h2>
<p>Uno &lt;script&gt;alert(1)&lt;/script&gt;</p>
<p>Dos</p>
</article>
`, letter.HTMLFragment())
}

// sheet is a letter with everything that letters can have.
func sheet() cris.Letter {
	return cris.Letter{
		Language: cris.English, Subject: "Possible mismatch", Paragraphs: []string{"It is your choice."},
		Values: []cris.LabeledValue{{Label: "Número", Value: "A&B"}, {Label: "Date and time", Value: "<now>"}},
		Sections: []cris.LetterSection{
			{Heading: "What to do", Steps: []string{"Go & see.", "Ask."}, Notes: []string{"Then wait."}},
			{Heading: "Good to know", Notes: []string{"It is free."}},
		},
	}
}

func TestLetter_WithValuesAndSectionsAsText(t *testing.T) {
	require.Equal(t, `Possible mismatch

It is your choice.

Número:        A&B
Date and time: <now>

What to do

1. Go & see.
2. Ask.

Then wait.

Good to know

It is free.
`, sheet().Text())
}

func TestLetter_WithValuesAndSectionsAsAPage(t *testing.T) {
	inside := func(h1, h2 string) string {
		return `<` + h1 + `>Possible mismatch</` + h1 + `>
<p>It is your choice.</p>
<dl>
<dt>Número</dt>
<dd>A&amp;B</dd>
<dt>Date and time</dt>
<dd>&lt;now&gt;</dd>
</dl>
<` + h2 + `>What to do</` + h2 + `>
<ol>
<li>Go &amp; see.</li>
<li>Ask.</li>
</ol>
<p>Then wait.</p>
<` + h2 + `>Good to know</` + h2 + `>
<p>It is free.</p>
`
	}
	require.Equal(t, `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>Possible mismatch</title>
</head>
<body>
<main>
`+inside("h1", "h2")+`</main>
</body>
</html>
`, sheet().HTML())
	require.Equal(t, "<article lang=\"en\">\n"+inside("h2", "h3")+"</article>\n", sheet().HTMLFragment())
}

// Whatever stands in a letter, the page is well-formed and shows it as it is.
func FuzzLetter_HTML(f *testing.F) {
	for _, seed := range []string{"7K3M-9QTR", "<script>alert(1)</script>", "</dd></dl>", "]]>", "&amp;", "\"'><", "<!--"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if !isLineOfXML(value) {
			return
		}
		l := cris.Letter{
			Language: cris.Language(value), Subject: value, Paragraphs: []string{value}, Values: []cris.LabeledValue{{Label: value, Value: value}},
			Sections: []cris.LetterSection{{Heading: value, Steps: []string{value}, Notes: []string{value}}},
		}
		want := []string{value, value, value, value, value, value, value}
		require.Equal(t, want, said(t, l.HTMLFragment()))
		require.Equal(t, append(want, value), said(t, l.HTML()), "the title too")
	})
}

// isLineOfXML reports whether there is something to see in s, which XML can say as it is.
func isLineOfXML(s string) bool {
	if strings.TrimSpace(s) == "" || !utf8.ValidString(s) {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == 0xFFFE || r == 0xFFFF })
}
