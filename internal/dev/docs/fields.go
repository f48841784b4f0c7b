package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/erequest"
)

// fieldTable writes what each issue and form needs as Markdown, from the rule that runs.
func fieldTable() string {
	words := cris.NewWords(erequest.Words()...)
	forms := formNumbers()
	var text strings.Builder
	text.WriteString("| field |")
	for _, issue := range erequest.Issues() {
		fmt.Fprintf(&text, " `%s` |", issue)
	}
	text.WriteString("\n|" + strings.Repeat(" --- |", 1+len(erequest.Issues())) + "\n")
	for _, field := range erequest.Fields() {
		fmt.Fprintf(&text, "| `%s`: %s |", field, words.Say(cris.English, field.Message()))
		for _, issue := range erequest.Issues() {
			fmt.Fprintf(&text, " %s |", need(issue, field, forms))
		}
		text.WriteString("\n")
	}
	return text.String()
}

// need says whether the issue needs the field, and where that depends on the form, for which.
func need(issue erequest.Issue, field erequest.Field, forms []casestatus.FormNumber) string {
	required := needing(issue, field, forms, true)
	optional := needing(issue, field, forms, false)
	switch {
	case len(required) == len(forms):
		return "required"
	case len(optional) == len(forms):
		return "optional"
	case len(required)+len(optional) == 0:
		return "refused"
	case len(required)+len(optional) == len(forms):
		return "required for " + join(required) + ", else optional"
	}
	return "required for " + join(required) + ", optional for " + join(optional) + ", else refused"
}

// needing are the forms for which the issue requires the field, or for which it is optional.
func needing(issue erequest.Issue, field erequest.Field, forms []casestatus.FormNumber, required bool) []casestatus.FormNumber {
	var those []casestatus.FormNumber
	for _, form := range forms {
		if slices.Contains(erequest.Asks(issue, form), erequest.Ask{Field: field, Required: required}) {
			those = append(those, form)
		}
	}
	return those
}

func join(forms []casestatus.FormNumber) string {
	names := make([]string, len(forms))
	for i, form := range forms {
		names[i] = string(form)
	}
	return strings.Join(names, ", ")
}

// formNumbers lists the forms that the library knows.
func formNumbers() []casestatus.FormNumber {
	var numbers []casestatus.FormNumber
	for _, form := range casestatus.Forms() {
		numbers = append(numbers, form.Number)
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}
