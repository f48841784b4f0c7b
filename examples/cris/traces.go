package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/seed28e20331/cris/selfcheck"
)

// searchTraces reads the bytes of the database, free pages and journal included, and
// looks for every personal value of the workers whose proofing failed.
func (w *world) searchTraces(ctx context.Context) error {
	w.clock.set("2022-04-24", 10)
	content, err := w.databaseBytes()
	if err != nil {
		return err
	}
	// A search that finds nothing proves something only if it can find: the family name
	// of a worker who passed must be there, since the record of the query is kept.
	control := workers[0].applicant.Name.Reveal().Family
	if !contains(content, control) {
		return errors.New("the search does not find what is on record")
	}
	searched := 0
	for _, worker := range workers {
		record, err := w.store.SelfChecks().Record(ctx, tokenOf(worker).Transaction())
		if err != nil && !errors.Is(err, selfcheck.ErrNotFound) {
			return err
		}
		if record.Failure == (selfcheck.Failure{}) {
			continue
		}
		found := 0
		values := personalValues(worker)
		for _, value := range values {
			if contains(content, value) {
				found++
			}
		}
		searched += len(values)
		w.journal.tell("personal values of "+worker.name+" in the database",
			fmt.Sprintf("%d of %d found", found, len(values)), facts{"searched", fmt.Sprint(len(content)/1024, " KB")}, nil)
		w.journal.cite("SC-5")
		if found > 0 {
			return fmt.Errorf("%d personal values of a failed proofing are in the database", found)
		}
	}
	if searched == 0 {
		return errors.New("no proofing failed: there was nothing to search for")
	}
	return nil
}

// databaseBytes reads every file that belongs to the database.
func (w *world) databaseBytes() ([]byte, error) {
	var content []byte
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		part, err := os.ReadFile(w.file + suffix) //nolint:gosec // the program's own database
		if errors.Is(err, fs.ErrNotExist) && suffix != "" {
			continue
		}
		if err != nil {
			return nil, err
		}
		content = append(content, part...)
	}
	return content, nil
}

// personalValues are all values of an applicant in the forms in which a program might
// have stored them.
func personalValues(worker worker) []string {
	name, home := worker.applicant.Name.Reveal(), worker.applicant.Residence.Reveal()
	born, ssn := worker.applicant.BirthDate.Reveal(), worker.applicant.SSN.Reveal()
	year, month, dayOfMonth := born.Date()
	return []string{
		name.Given, name.Family,
		born.String(), strings.ReplaceAll(born.String(), "-", ""), fmt.Sprintf("%02d/%02d/%04d", month, dayOfMonth, year),
		home.Street, home.City, home.ZIP.String(),
		ssn, strings.ReplaceAll(ssn, "-", ""),
	}
}

// contains ignores the case of letters.
func contains(content []byte, value string) bool {
	return bytes.Contains(bytes.ToLower(content), []byte(strings.ToLower(value)))
}
