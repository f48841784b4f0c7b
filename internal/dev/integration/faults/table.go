package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// tableHead are the first lines of the table.
const tableHead = "| fault | database | what was done | times | acknowledged | refused, and with what | on file, untold | entered again | lost | doubled | recovered |\n" +
	"| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"

// row is the line of the table.
func (f fault) row(r result) string {
	refused := "0"
	if r.refused > 0 {
		refused = fmt.Sprintf("%d: %s", r.refused, refusalText(r.refusals))
	}
	recovered := "at the first try"
	if r.tries > 1 {
		recovered = fmt.Sprintf("after %d tries", r.tries)
	}
	if f.needsPerson {
		recovered = "once a person restored the file"
	}
	done := f.done
	if r.note != "" {
		done += "; " + r.note
	}
	if r.acked == 0 {
		recovered = "no"
	}
	return fmt.Sprintf("| %s | %s | %s | %d | %d | %s | %d | %d | %d | %d | %s |",
		f.name, f.database, done, r.times, r.acked, refused, r.partial, r.again, r.lost, r.doubled, recovered)
}

// err says what is wrong with what came out, if anything is.
func (f fault) err(r result) error {
	wrong := r.wrong
	for says := range r.refusals {
		if f.isConflict && !strings.Contains(says, "conflict") && says != errNotYet.Error() {
			wrong = append(wrong, "an error that does not match cris.ErrConflict: "+says)
		}
	}
	if r.lost+r.doubled == 0 && len(wrong) == 0 {
		return nil
	}
	return errors.New(strings.Join(wrong, "\n"))
}

// The marks between which the table stands in the document.
const (
	tableBegins = "<!-- The table is written by `make faults`. -->\n"
	tableEnds   = "<!-- End of the table. -->\n"
)

// replaceTable puts the table in place of the one in the document.
func replaceTable(file, table string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, hasBegin := strings.Cut(string(text), tableBegins)
	_, after, hasEnd := strings.Cut(rest, tableEnds)
	if !hasBegin || !hasEnd {
		return fmt.Errorf("%s has no place for the table", file)
	}
	return os.WriteFile(file, []byte(before+tableBegins+"\n"+table+"\n"+tableEnds+after), 0o600)
}
