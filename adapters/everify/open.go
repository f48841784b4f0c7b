package everify

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

// maxCandidates is the most cases of one person that are looked through for one of the transaction.
const maxCandidates = 100

const (
	lookName  = "look for the case"
	checkName = "check the fields"
	draftName = "open a draft"
)

// Open returns the case of the transaction, or opens a draft for it. It asks E-Verify for the
// cases of the Social Security number first, and compares the employer's case ID of each with
// the transaction.
//
// The error matches selfcheck.ErrNoCase only once E-Verify has said that it has no case of this
// transaction.
func (c *Client) Open(ctx context.Context, transaction selfcheck.TransactionID, query selfcheck.Query) (selfcheck.CaseState, error) {
	f := fieldsOf(query)
	if !employerID.MatchString(string(transaction)) || query.Identity.IsZero() || query.SSN.IsZero() {
		// Nothing like it was ever sent.
		refused := &Error{Request: lookName, Kind: KindRefused, isUnsent: true}
		for _, name := range []string{"first_name", "last_name", "date_of_birth", "ssn"} {
			if f[name] == nil {
				refused.Fields = append(refused.Fields, name)
			}
		}
		return selfcheck.CaseState{}, refused.meaning(selfcheck.ErrRefused)
	}
	done, err := c.takeTurn(ctx, transaction)
	if err != nil {
		return selfcheck.CaseState{}, &Error{Request: lookName, Kind: KindNotReached, cause: err, isUnsent: true}
	}
	defer done()
	before, failed := c.look(ctx, transaction, query)
	switch {
	case failed != nil:
		return selfcheck.CaseState{}, failed
	case before.of.Number != "":
		return c.whole(ctx, before.of)
	}
	if failed := c.check(ctx, f, query); failed != nil {
		return selfcheck.CaseState{}, failed
	}
	opened, failed := c.draft(ctx, transaction, f, before.hasOther)
	switch {
	case failed == nil:
		return c.whole(ctx, opened)
	case failed.means != nil:
		return selfcheck.CaseState{}, failed
	}
	// Nobody knows whether there is one: it is not opened again before E-Verify has been asked.
	if after, lost := c.look(ctx, transaction, query); lost == nil && after.of.Number != "" {
		return c.whole(ctx, after.of)
	}
	return selfcheck.CaseState{}, failed
}

// takeTurn waits until no other goroutine is opening a case for the transaction: two that looked
// at the same time would each open one. Between processes the caller must see to that, as
// selfcheck.Service does. The turn lasts until done is called.
func (c *Client) takeTurn(ctx context.Context, transaction selfcheck.TransactionID) (done func(), err error) {
	for {
		c.mu.Lock()
		taken := c.opening[transaction]
		if taken == nil {
			over := make(chan struct{})
			c.opening[transaction] = over
			c.mu.Unlock()
			return func() {
				c.mu.Lock()
				defer c.mu.Unlock()
				delete(c.opening, transaction)
				close(over)
			}, nil
		}
		c.mu.Unlock()
		select {
		case <-taken:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// onFile is what E-Verify has on a person.
type onFile struct {
	of       workflow // the case of the transaction; zero if there is none
	hasOther bool     // another case of the person is open
}

// look looks for the case of the transaction: for one that is open first.
func (c *Client) look(ctx context.Context, transaction selfcheck.TransactionID, query selfcheck.Query) (onFile, *Error) {
	var answer duplicates
	body := fields{"ssn": query.SSN.Reveal()}
	body.set("client_company_id", c.config.ClientCompanyID)
	failed := c.do(ctx, request{name: lookName, method: http.MethodPost, path: "/duplicate_check", body: body, isIdempotent: true}, &answer)
	switch {
	case failed != nil && failed.Kind == KindRefused && slices.Equal(failed.Fields, []string{"ssn"}):
		// A number that E-Verify does not take at all is not the number of a case.
		return onFile{}, failed.meaning(selfcheck.ErrRefused)
	case failed != nil:
		return onFile{}, failed
	}
	slices.SortStableFunc(answer.Results, func(a, b candidate) int { return cmp.Compare(a.rank(), b.rank()) })
	var is onFile
	for i, result := range answer.Results {
		if i == maxCandidates {
			return onFile{}, &Error{Request: lookName, Kind: KindTooLarge, Status: http.StatusOK}
		}
		candidate, failed := c.ask(ctx, selfcheck.CaseNumber(result.Number))
		switch {
		case failed != nil:
			// It may be the one: a case that cannot be read is not taken for another's.
			return onFile{}, failed.meaning(nil)
		case candidate.EmployerID == string(transaction):
			return onFile{of: candidate}, nil
		}
		is.hasOther = is.hasOther || candidate.Status != statusClosed
	}
	if answer.Total > len(answer.Results) {
		return onFile{}, &Error{Request: lookName, Kind: KindIncomplete, Status: http.StatusOK}
	}
	return is, nil
}

// rank is 0 for a case that is open and 1 for one that is closed.
func (c candidate) rank() int {
	if c.Status == statusClosed {
		return 1
	}
	return 0
}

// check asks which fields E-Verify wants, and completes them. Whatever goes wrong, there is no
// case.
func (c *Client) check(ctx context.Context, f fields, query selfcheck.Query) *Error {
	var asked neededFields
	body := f.checked()
	body.set("client_company_id", c.config.ClientCompanyID)
	failed := c.do(ctx, request{name: checkName, method: http.MethodPost, path: "/checks/case_fields", body: body, isIdempotent: true}, &asked)
	if failed != nil {
		return failed.asNoCase()
	}
	missing := f.complete(query, asked)
	if len(missing) == 0 {
		return nil
	}
	refused := &Error{Request: checkName, Kind: KindRefused, Status: http.StatusOK, Codes: []string{codeRequired}}
	for _, name := range wireFields {
		if slices.Contains(missing, name) {
			refused.Fields = append(refused.Fields, name)
		}
	}
	for _, name := range missing {
		if !slices.Contains(wireFields, name) {
			c.unknown("field_name", name)
		}
	}
	return refused.meaning(selfcheck.ErrRefused)
}

// asNoCase returns the error as that of a query for which there is certainly no case.
func (e *Error) asNoCase() *Error {
	// What the program filled in is not for the individual to mend.
	if e.Kind == KindRefused && !isHostFault(e.Fields) {
		return e.meaning(selfcheck.ErrRefused)
	}
	return e.meaning(selfcheck.ErrNoCase)
}

// draft opens a draft, once. An error that means nothing to the port leaves open whether there
// is one.
func (c *Client) draft(ctx context.Context, transaction selfcheck.TransactionID, f fields, hasOther bool) (workflow, *Error) {
	now, err := c.now()
	if err != nil {
		clock := &Error{Request: draftName, Kind: KindNotReached, cause: err, isUnsent: true}
		return workflow{}, clock.asNoCase()
	}
	f["employer_case_id"] = string(transaction)
	f["date_of_hire"] = c.config.DateOfHire(cris.DateOf(now, c.config.Zone)).String()
	f["case_creator_name"] = c.config.Creator.Name
	f["case_creator_email_address"] = c.config.Creator.Email
	f["case_creator_phone_number"] = c.config.Creator.Phone
	f.set("case_creator_phone_number_extension", c.config.Creator.PhoneExtension)
	f.set("client_company_id", c.config.ClientCompanyID)
	if hasOther {
		f[duplicateReason] = anotherCaseIsOpen
	}
	made := request{name: draftName, method: http.MethodPost, path: "/cases", body: f}
	var opened workflow
	failed := c.do(ctx, made, &opened)
	if failed.isAbout(duplicateReason) {
		// E-Verify takes other cases for duplicates, or another was opened or closed meanwhile.
		// It opened none.
		if f[duplicateReason] == nil {
			f[duplicateReason] = anotherCaseIsOpen
		} else {
			delete(f, duplicateReason)
		}
		failed = c.do(ctx, made, &opened)
	}
	switch {
	case failed != nil && failed.hasNoEffect():
		return workflow{}, failed.asNoCase()
	case failed != nil:
		return workflow{}, failed
	case opened.Number == "":
		return workflow{}, &Error{Request: draftName, Kind: KindIncomplete, Status: http.StatusCreated}
	}
	// The answer could be another's: the case says itself for which transaction it is.
	is, failed := c.ask(ctx, selfcheck.CaseNumber(opened.Number))
	switch {
	case failed != nil:
		return workflow{}, failed.meaning(nil)
	case is.EmployerID != string(transaction):
		return workflow{}, &Error{Request: draftName, Kind: KindWrongCase, Status: http.StatusOK}
	}
	return is, nil
}

const duplicateReason = "duplicate_continue_reason_code"

// isAbout reports whether E-Verify refused the request because the field is missing or not
// wanted, and for nothing else.
func (e *Error) isAbout(field string) bool {
	return e != nil && e.Kind == KindRefused && slices.Equal(e.Fields, []string{field}) &&
		(slices.Equal(e.Codes, []string{codeRequired}) || slices.Equal(e.Codes, []string{codeExtraneous}))
}
