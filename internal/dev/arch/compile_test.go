package arch_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// mustNotCompile are programs that take the steps of Self Check out of order, alter what was
// proved, or carry on what may not go on. Each is a statement that the compiler refuses with
// the words beside it.
var mustNotCompile = []struct {
	statement, refusal string
}{
	// SC-1: a query follows from a proved identity, and the way to one is the individual's token.
	{`selfcheck.DecideQuery(applicant, entered, today)`, "cannot use applicant"},
	{`selfcheck.DecideQuery(entered, entered, today)`, "cannot use entered"},
	{`service.Query(ctx, id, entered)`, "cannot use id"},
	{`service.Query(ctx, pass, entered)`, "cannot use pass"},
	{`service.Query(ctx, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", entered)`, "cannot use \"ABCDEFGHIJKLMNOPQRSTUVWXYZ\""},
	{`everify.Open(ctx, id, entered)`, "cannot use entered"},
	{`everify.Open(ctx, id, applicant)`, "cannot use applicant"},
	{`everify.Open(ctx, id, selfcheck.Query{Identity: applicant})`, "cannot use applicant"},
	{`everify.Open(ctx, id, selfcheck.Query{Identity: pass})`, "cannot use pass"},
	// SC-2: the provider is sent the applicant and nothing else.
	{`idp.Begin(ctx, selfcheck.Beginning{Applicant: entered})`, "cannot use entered"},
	{`idp.Begin(ctx, selfcheck.Beginning{Transaction: id})`, "unknown field Transaction"},
	{`_ = selfcheck.Applicant{ANumber: "A087654321"}`, "unknown field ANumber"},
	// SC-5: there is no place for a person in a failure, and none for an answer in a report.
	{`_ = selfcheck.Failure{Name: applicant.Name}`, "unknown field Name"},
	{`_ = selfcheck.Failure{BirthDate: applicant.BirthDate}`, "unknown field BirthDate"},
	{`_ = selfcheck.Report{Answers: nil}`, "unknown field Answers"},
	{`_ = selfcheck.ProofingFailed{Name: applicant.Name}`, "unknown field Name"},
	// SC-6: the address of residence does not go on.
	{`_ = selfcheck.PassedProofing{Residence: applicant.Residence}`, "unknown field Residence"},
	{`_ = selfcheck.Query{Residence: applicant.Residence}`, "unknown field Residence"},
	// SC-7: what was proved cannot be altered.
	{`locked.name = applicant.Name`, "locked.name undefined"},
	{`_ = selfcheck.LockedIdentity{id, applicant.Name, applicant.BirthDate, applicant.SSN}`, "implicit assignment to unexported field"},
	{`_ = selfcheck.LockedIdentity{transaction: id}`, "cannot refer to unexported field transaction"},
	{`locked.Name() = applicant.Name`, "cannot assign to locked.Name()"},
	{`_ = selfcheck.LockedIdentity(pass)`, "cannot convert pass"},
	// SC-11: only an official settles.
	{`service.SettleFound(ctx, "clerk-1", id, "2013227000001EV")`, "cannot use \"clerk-1\""},
}

// program is a file that compiles without the statements, and holds every name that they use.
const program = `package snippet

import (
	"context"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/selfcheck"
)

func use(ctx context.Context, service *selfcheck.Service, everify selfcheck.EVerify, idp selfcheck.IdP, applicant selfcheck.Applicant,
	entered selfcheck.I9, pass selfcheck.PassedProofing, locked selfcheck.LockedIdentity, id selfcheck.TransactionID, today cris.Date) {
	selfcheck.DecideQuery(pass.Identity(), entered, today)
	_, _ = idp.Begin(ctx, selfcheck.Beginning{Applicant: applicant})
	_, _ = everify.Open(ctx, id, selfcheck.Query{Identity: locked})
	_, _ = service.Query(ctx, selfcheck.NewToken(), entered)
`

func TestSC1_WhatMustNotHappenDoesNotCompile(t *testing.T) {
	root, err := filepath.Abs(root(t))
	require.NoError(t, err)
	first := strings.Count(program, "\n") + 1 // the line of the first statement
	var source strings.Builder
	source.WriteString(program)
	for _, row := range mustNotCompile {
		source.WriteString("\t" + row.statement + "\n")
	}
	source.WriteString("}\n")
	require.Empty(t, compile(t, root, program+"}\n"), "the program compiles without them")
	refused := map[int]string{}
	for line := range strings.Lines(compile(t, root, source.String())) {
		parts := strings.SplitN(line, ":", 4)
		if len(parts) < 4 {
			continue
		}
		if n, err := strconv.Atoi(parts[1]); err == nil {
			refused[n] += parts[3]
		}
	}
	for i, row := range mustNotCompile {
		require.Contains(t, refused[first+i], row.refusal, row.statement)
	}
}

// compile returns what the compiler says about a file of a package of its own in this module,
// and nothing if it compiles.
func compile(t *testing.T, root, source string) string {
	t.Helper()
	folder := t.TempDir()
	file, overlay := filepath.Join(folder, "snippet.go"), filepath.Join(folder, "overlay.json")
	require.NoError(t, os.WriteFile(file, []byte(source), 0o600))
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(root, "internal/dev/arch/snippet/snippet.go"): file}})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(overlay, replace, 0o600))
	command := exec.CommandContext(t.Context(), "go", "build", "-gcflags=-e", "-overlay", overlay, "./internal/dev/arch/snippet")
	command.Dir = root
	said, err := command.CombinedOutput()
	if err == nil {
		return ""
	}
	return string(said)
}
