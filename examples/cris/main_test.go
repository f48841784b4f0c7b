package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// play runs the program as its user does and returns what it printed.
func play(t *testing.T, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	var out, errs bytes.Buffer
	status = command(args, &out, &errs)
	return out.String(), errs.String(), status
}

func story(t *testing.T) []entry {
	t.Helper()
	out, errs, status := play(t, "--json")
	require.Zero(t, status, errs)
	var entries []entry
	for line := range strings.Lines(out) {
		var e entry
		require.NoError(t, json.Unmarshal([]byte(line), &e), line)
		entries = append(entries, e)
	}
	return entries
}

func TestStory_HasEveryTurn(t *testing.T) {
	entries := story(t)
	for _, want := range []struct {
		what, outcome, fact, value string
		times                      int
	}{
		{"I-765 147-C8 at SSC", "posted", "posted time in days", "231", 1},
		{"I-821D 149-ECA at CSC", "posted without figures", "", "", 1},
		{"I-526 526 at IPO", "set aside", "field", "range[0].value", 1},

		{"Boris, MSC*****4502: I-485", "within", "outside from", "2022-03-18", 1},
		{"Ana, IOE*****5701: I-765", "outside", "inquiry date", "2021-07-03", 1},
		{"Eli, IOE*****5705: I-192", "not_posted", "", "", 1},

		{"Boris, MSC*****4502: e-Request, outside", "screened_out", "outside from", "2022-03-18", 1},
		{"Ana, IOE*****5701: e-Request, outside", "accepted", "response intended by", "2022-03-21", 1},
		{"Ana, IOE*****5701: e-Request, card", "advised_to_wait", "a new inquiry may be made on", "2022-03-21", 1},
		{"Gus, LIN*****3407: 16 e-Requests at the same instant", "1 accepted", "advised_to_wait", "15", 1},
		{"Chen, IOE*****5703: e-Request, typographical_error", "accepted", "repeats", "request-2", 1},
		{"Boris, MSC*****4502: e-Request, outside", "accepted", "response intended by", "2022-04-17", 1},

		{"the call about IOE*****5703 opens a request", "allowed", "steps", "18", 1},
		{"the call about IOE*****5703 opens a request", "already_done", "steps", "18", 1},

		{"Fay, YSC*****3406: I-90", "decided", "", "", 1},
		{"Ana, IOE*****5701: Employment", "mailed", "on", "2022-02-21", 1},
		{"Gus, LIN*****3407: Travel", "mailed", "on", "2022-02-28", 1},
		{"the case side asks for updates", "3 received", "delivery status changed", "3", 1},
		{"the case side asks for updates", "0 received", "delivery status changed", "0", 1},

		{"accepted requests that SRMT has once each", "4 of 4", "service requests in SRMT", "4", 1},
		{"SRMT receives request-3", "received", "office", "UNROUTED", 1},
		{"SSC supervisor looks at the unassigned requests", "1 found", "", "", 1},
		{"SSC officer assigns", "refused", "", "", 1},
		{"SSC supervisor assigns it", "allowed", "", "", 1},
		{"SSC supervisor assigns it in a second window", "overtaken", "", "", 1},
		{"SSC officer answers by letter, and Ana gave an e-mail address alone", "refused", "", "a response goes by a means that its recipient gave (SR-7)", 1},
		{"SSC officer answers that the case was decided, and it was not", "refused", "", "the letter says that the case was decided, and it was not (SR-7)", 1},
		{"SSC officer answers by e-mail", "allowed", "", "", 1},
		{"NSC supervisor reassigns:", "allowed", "", "", 1},
		{"NEW supervisor redirects to New York City", "allowed", "", "", 1},
		{"e-Request learns of the answer", "answered", "on", "2022-02-22", 1},
		{"NYC supervisor looks at the overdue requests", "1 found", "", "", 1},

		{"Dina, WAC*****5604: calls, and the SSC officer takes", "denied", "", "", 1},
		{"Dina, WAC*****5604: calls, and the call center representative takes", "accepted", "taken by", "call center representative", 1},
		{"Dina, WAC*****5604: calls, and the call center representative takes", "already_accepted", "channel", "telephone", 1},
		{"Dina calls again: how far is the request", "told", "office", "CSC", 1},
		{"the call center representative opens the file", "denied", "", "", 1},

		{"requests without an answer in time are raised", "3 raised", "", "", 1},
		{"Chen, IOE*****5703: how far is the request", "overdue", "response intended by", "2022-03-21", 1},
		{"the notice about it, in Spanish", "Recibimos su solicitud", "", "", 1},

		{"Extract File cris-20220304-01", "broken off", "", "", 1},
		{"Extract File cris-20220304-01", "read", "new scans on file", "0", 1},
		{"a damaged record", "set aside", "where", "cris-20220304-01: line 7, byte 145: event time: wrong_character", 1},
		{"Employment Authorization Document", "delivered", "scans", "17", 1},
		{"Permanent Resident Card", "return_completed", "event code", "01", 1},
		{"Travel Document", "in_network", "event code", "10", 1},
		{"status of \"IOE0912345799\"", "not_shown", "", "", 1},
		{"status of \"IOEO912345701\"", "malformed", "", "", 1},

		{"Eli reports a new address", "accepted", "in effect from", "2022-03-23", 1},
		{"Eli, IOE*****5705: the address", "changed", "", "", 1},
		{"Ana, IOE*****5701: the address", "not_changed", "", "", 1},
		{"Eli's case has the new address", "entered", "addresses kept", "1", 1},

		{"Hana queries E-Verify", "work_authorization_confirmed", "open", "false", 1},
		{"Hana begins the identity proofing", "quiz_to_take", "", "", 1},
		{"Hana comes back from the quiz", "authenticated", "", "", 1},
		{"Ignatz begins the identity proofing", "not_authenticated", "", "", 1},
		{"Jolanthe comes back from the quiz", "not_authenticated", "", "", 1},
		{"Karl chooses to resolve", "resolve_with_ssa", "", "", 1},
		{"Lena chooses to resolve", "resolve_with_uscis", "earliest call", "2022-03-26 10:00 EDT", 1},
		{"Milo chooses to decline", "declined", "case at E-Verify", "CLOSED", 1},
		{"what is kept of the proofing of Ignatz", "could_not_generate_questions", "error code", "HE000050", 1},
		{"what is kept of the proofing of Jolanthe", "answered_incorrectly", "error code", "RF2", 1},
		{"Nadezhda queries E-Verify", "unconfirmed", "asks to confirm", "passport_number", 1},
		{"Nadezhda mends a typing error", "work_authorization_confirmed", "open", "false", 1},
		{"Otis queries E-Verify", "waiting", "open", "true", 1},
		{"Otis comes back the next day", "both_mismatches", "open", "true", 1},
		{"Otis chooses to resolve", "resolve_with_both", "earliest call", "2022-03-26 10:00 EDT", 1},
		{"Philippa leaves", "waits for quiz", "", "", 1},
		{"what is kept of the proofing of Philippa", "answered_incorrectly", "", "", 1},
		{"Quentin leaves", "waits for query", "", "", 1},
		{"Quentin comes back too late", "refused", "open", "false", 1},
		{"the operator is told", "selfcheck: begin proofing: unreachable", "", "", 1},
		{"Rosamund begins the identity proofing", "not_authenticated", "", "", 1},
		{"what is kept of the proofing of Rosamund", "system_error", "", "", 1},
		{"the sweep ends what was left", "done", "quizzes ended", "1", 1},
		{"the sweep ends what was left", "done", "passes removed", "1", 1},
		{"the sweep ends what was left", "done", "cases closed", "3", 1},
		{"the sweep ends what was left", "done", "cases still open", "0", 1},
		{"the settling officer counts", "denied", "", "", 1},
		{"the records clerk counts", "3 counts", "", "", 1},
		{"the records clerk looks for Hana", "1 found", "", "", 1},
		{"personal values of", "0 of 10 found", "", "", 4},
	} {
		found := 0
		for _, e := range entries {
			if strings.HasPrefix(e.What, want.what) && e.Outcome == want.outcome &&
				(want.fact == "" || e.Facts[want.fact] == want.value) {
				found++
			}
		}
		// A prefix may stand for a longer line too ("assigns it", "assigns it in a second window").
		require.Equal(t, want.times, found, "%s -> %s %s %s", want.what, want.outcome, want.fact, want.value)
	}
}

func TestStory_EveryDecisionOfARuleCitesIt(t *testing.T) {
	decided := map[string]bool{
		"within": true, "outside": true, "decided": true, "not_posted": true, "suppressed": true,
		"screened_out": true, "accepted": true, "advised_to_wait": true, "already_accepted": true, "1 accepted": true,
		"received": true, "already received": true, "allowed": true, "refused": true, "overtaken": true,
		"shown": true, "not_shown": true, "malformed": true, "superseded": true,
		"delivered": true, "return_completed": true, "in_network": true,
		"authenticated": true, "not_authenticated": true, "work_authorization_confirmed": true,
		"ssa_mismatch": true, "immigration_mismatch": true,
		"both_mismatches": true, "unconfirmed": true, "waiting": true,
		"resolve_with_ssa": true, "resolve_with_uscis": true, "resolve_with_both": true, "declined": true,
	}
	for _, e := range story(t) {
		if decided[e.Outcome] {
			require.NotEmpty(t, e.Reasons, "%s -> %s", e.What, e.Outcome)
		}
	}
}

func TestStory_NamesTheRuleThatItShows(t *testing.T) {
	shown := map[string][]string{} // what was told: the rules behind it
	what := ""
	for _, e := range story(t) {
		if e.What != "" {
			what = e.What + " -> " + e.Outcome
			if e.Facts["new scans on file"] == "0" {
				what += " nothing new"
			}
		}
		if rule, _, ok := strings.Cut(e.Text, ": "); ok && regexp.MustCompile(`^[A-Z]{2}-[0-9]+[a-z]?$`).MatchString(rule) {
			shown[what] = append(shown[what], rule)
		}
	}
	require.Equal(t, map[string][]string{
		"accepted requests that SRMT has once each -> 4 of 4":                    {"ER-12"},
		"SSC supervisor looks at the unassigned requests -> 1 found":             {"SR-3"},
		"the fallback queue -> 1 found":                                          {"SR-12"},
		"the history of request-1 -> 3 steps":                                    {"SR-10"},
		"e-Request learns of the answer to request-1 -> answered":                {"ER-10"},
		"Gus, LIN*****3407: Travel Document -> mailed":                           {"CS-8"},
		"Extract File cris-20220303-01 -> read":                                  {"TR-1", "TR-2"},
		"a damaged record -> set aside":                                          {"TR-6"},
		"Extract File cris-20220304-01 -> read nothing new":                      {"TR-5"},
		"Extract File cris-20220303-01-again -> read nothing new":                {"TR-5"},
		"the case side asks for updates -> 0 received":                           {"CS-5"},
		"NYC supervisor looks at the overdue requests -> 1 found":                {"SR-9"},
		"SSC officer opens the file -> opened":                                   {"SR-7"},
		"Dina calls again: how far is the request -> told":                       {"SR-1"},
		"the notice about it sends nobody online -> We received your request":    {"ER-8"},
		"everybody reads the Privacy Act Statement -> shown first":               {"ER-7"},
		"everybody reads this before the questions -> shown first":               {"SC-19"},
		"Ignatz begins the identity proofing -> not_authenticated":               {"SC-14"},
		"what is kept of the proofing of Ignatz -> could_not_generate_questions": {"SC-5"},
		"Jolanthe comes back from the quiz -> not_authenticated":                 {"SC-14"},
		"what is kept of the proofing of Jolanthe -> answered_incorrectly":       {"SC-5"},
		"Rosamund begins the identity proofing -> not_authenticated":             {"SC-14"},
		"what is kept of the proofing of Rosamund -> system_error":               {"SC-5"},
		"what is kept of the proofing of Philippa -> answered_incorrectly":       {"SC-5"},
		"the sweep ends what was left -> done":                                   {"SC-11", "SC-11"},
		"the records clerk counts the failed proofings of March -> 3 counts":     {"SC-15"},
		"the records clerk looks for Hana, in another spelling -> 1 found":       {"SC-16"},
		"personal values of Ignatz in the database -> 0 of 10 found":             {"SC-5"},
		"personal values of Jolanthe in the database -> 0 of 10 found":           {"SC-5"},
		"personal values of Philippa in the database -> 0 of 10 found":           {"SC-5"},
		"personal values of Rosamund in the database -> 0 of 10 found":           {"SC-5"},
	}, shown)
}

func TestStory_TextAndJSONTellTheSame(t *testing.T) {
	text, errs, status := play(t)
	require.Zero(t, status, errs)
	for _, e := range story(t) {
		if strings.Contains(e.What, "at the same instant") || strings.Contains(e.What, gus.Receipt.Masked()) {
			continue // which of the sixteen is accepted differs from time to time
		}
		require.Contains(t, text, "== "+e.Act+" ==\n")
		for line := range strings.Lines(e.Text) {
			require.Contains(t, text, "       | "+strings.TrimSuffix(line, "\n")+"\n")
		}
		if e.What != "" {
			require.Contains(t, text, fmt.Sprintf("%s  %s\n    -> %s", e.At, e.What, e.Outcome))
		}
		for name, value := range e.Facts {
			if name == "searched" {
				continue // how large the database is depends on which of the sixteen comes first
			}
			require.Contains(t, text, name+" "+value)
		}
		for _, reason := range e.Reasons {
			require.Contains(t, text, "       because "+reason.String()+"\n")
		}
	}
}

func TestPV1_TheStoryPrintsNoPersonalValue(t *testing.T) {
	text, _, _ := play(t)
	for _, worker := range workers {
		for _, value := range personalValues(worker) {
			if value == worker.name || value == worker.applicant.Name.Reveal().Family {
				continue // the form of SC-12 shows its owner the name
			}
			require.NotContains(t, text, value)
		}
	}
	for _, c := range caseload {
		require.NotContains(t, text, strings.ToLower(c.owner)+"@example.org")
	}
}

func TestQuiet_PrintsNothing(t *testing.T) {
	out, errs, status := play(t, "--quiet")
	require.Zero(t, status)
	require.Empty(t, out)
	require.Empty(t, errs)
}

func TestDB_IsKeptAndNeverOverwritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "what? a%41 #kept.db")
	_, errs, status := play(t, "--quiet", "--db", file)
	require.Zero(t, status, errs)
	kept, err := os.ReadFile(file)
	require.NoError(t, err)
	require.True(t, bytes.HasPrefix(kept, []byte("SQLite format 3\x00")))

	_, errs, status = play(t, "--quiet", "--db", file)
	require.Equal(t, 2, status)
	require.Equal(t, "cris: --db: "+file+" exists already\n", errs)
	again, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, kept, again)
}

func TestBadCommandLine_IsOneLineAndStatus2(t *testing.T) {
	for _, args := range [][]string{{"--bogus"}, {"--db"}, {"extra"}, {"--json=perhaps"}, {"--quiet", "-x"}} {
		out, errs, status := play(t, args...)
		require.Equal(t, 2, status, args)
		require.Empty(t, out, args)
		require.Regexp(t, `^cris: [^\n]+\n$`, errs, "%v", args)
	}
	out, errs, status := play(t, "--help")
	require.Zero(t, status)
	require.Empty(t, errs)
	require.Contains(t, out, "usage: cris")
}

// The search of the last act must be able to fail: here it looks for a worker whose
// values are on record.
func TestSearchTraces_FindsWhatIsThere(t *testing.T) {
	file := filepath.Join(t.TempDir(), "kept.db")
	_, errs, status := play(t, "--quiet", "--db", file)
	require.Zero(t, status, errs)
	w := &world{file: file}
	content, err := w.databaseBytes()
	require.NoError(t, err)
	passed, failed := workers[0], workers[1]
	require.True(t, contains(content, passed.applicant.Name.Reveal().Family))
	require.True(t, contains(content, passed.applicant.SSN.Reveal()) ||
		contains(content, strings.ReplaceAll(passed.applicant.SSN.Reveal(), "-", "")))
	require.False(t, contains(content, passed.applicant.Residence.Reveal().Street), "SC-6: the address is not passed on")
	for _, value := range personalValues(failed) {
		require.False(t, contains(content, value))
	}
}
