package integration_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

// The environment tells a copy of this test binary that it is one of those that race, which
// one, and over which database.
const (
	raceDriver  = "CRIS_RACE_DRIVER"
	raceDSN     = "CRIS_RACE_DSN"
	raceProcess = "CRIS_RACE_PROCESS"
)

const (
	racedCases     = 1500
	racedEach      = 8 // submissions for each case
	racedTogether  = 3 // of them have one key: two are retries
	racedProcesses = 3
)

// racedSubmission returns the i-th of the submissions about a case that race.
func racedSubmission(of casestatus.Case, i int) erequest.Submission {
	key := "together"
	if i >= racedTogether {
		key = fmt.Sprint("alone ", i)
	}
	return erequesttest.NewSubmission(key, of, erequest.TypographicalError)
}

// TestRaceChild is no test. It is a process of TestER9_RacingSubmissions...
func TestRaceChild(t *testing.T) {
	if os.Getenv(raceDriver) == "" {
		t.Skip("it is run by another test")
	}
	own, err := strconv.Atoi(os.Getenv(raceProcess))
	require.NoError(t, err)
	db := opened(t, openDatabase(t, os.Getenv(raceDriver), os.Getenv(raceDSN)))
	status := casestatus.NewService(db.Cases(), db.ProcessingTimes(), db.Deliveries(), nil)
	service := erequest.NewService(db.ERequests(), db.Cases(), status, &erequest.Options{Now: erequesttest.Start})
	fmt.Println("ready")
	_, err = bufio.NewReader(os.Stdin).ReadString('\n')
	require.NoError(t, err)

	var mu sync.Mutex
	counted := map[erequest.FilingOutcome]int{}
	for n := range racedCases {
		of := casestatustest.NewCase(n)
		var submitting sync.WaitGroup
		for i := own; i < racedEach; i += racedProcesses {
			submitting.Go(func() {
				filing, err := service.Submit(t.Context(), racedSubmission(of, i))
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					t.Error(err)
				}
				counted[filing.Outcome]++
			})
		}
		submitting.Wait()
	}
	told, err := json.Marshal(counted)
	require.NoError(t, err)
	fmt.Println(string(told))
}

// ER-9: whatever races, and from however many processes, one request of each case is accepted;
// its retries find it, and whoever comes with another is advised to wait.
func TestER9_RacingSubmissionsOfManyProcessesLeaveOneRequestPerCase(t *testing.T) {
	onEachKind(t, func(t *testing.T, kind database) {
		dsn := kind.empty(t)
		store := migrated(t, openDatabase(t, kind.driver, dsn))
		for n := range racedCases {
			require.NoError(t, casestatustest.PutCase(t.Context(), store.Cases(), casestatustest.NewCase(n)))
		}
		counted := map[erequest.FilingOutcome]int{}
		var racers []racer
		for n := range racedProcesses {
			racers = append(racers, startRacer(t, kind.driver, dsn, n))
		}
		for _, r := range racers {
			r.start(t)
		}
		for _, r := range racers {
			for outcome, n := range r.finish(t) {
				counted[outcome] += n
			}
		}

		want := map[erequest.FilingOutcome]int{}
		onFile := map[string]int{}
		for n := range racedCases {
			entries, err := store.ERequests().Entries(t.Context(), casestatustest.Receipt(n))
			require.NoError(t, err)
			require.Len(t, entries, 1)
			onFile[entries[0].ID]++
			want[erequest.Accepted]++
			retries := 0
			if entries[0].Key == "together" {
				retries = racedTogether - 1
				want[erequest.AlreadyAccepted] += retries
			}
			want[erequest.Advised] += racedEach - 1 - retries
		}
		require.Equal(t, want, counted)
		told := map[string]int{}
		events, err := store.Outbox().Pending(t.Context(), 0)
		require.NoError(t, err)
		for _, event := range events {
			accepted, err := erequest.ReadAccepted(event)
			require.NoError(t, err)
			told[accepted.RequestID]++
		}
		require.Len(t, onFile, racedCases)
		require.Equal(t, onFile, told, "one event for each")
	})
}

// racer is a process that submits.
type racer struct {
	cmd    *exec.Cmd
	gun    io.WriteCloser
	output *bufio.Reader
}

func startRacer(t *testing.T, driver, dsn string, n int) racer {
	t.Helper()
	cmd := childProcess(t, "TestRaceChild", raceDriver+"="+driver, raceDSN+"="+dsn, raceProcess+"="+strconv.Itoa(n))
	gun, err := cmd.StdinPipe()
	require.NoError(t, err)
	output, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	r := racer{cmd, gun, bufio.NewReader(output)}
	require.Equal(t, "ready\n", r.line(t))
	return r
}

func (r racer) line(t *testing.T) string {
	t.Helper()
	line, err := r.output.ReadString('\n')
	require.NoError(t, err)
	return line
}

func (r racer) start(t *testing.T) {
	t.Helper()
	_, err := io.WriteString(r.gun, "go\n")
	require.NoError(t, err)
}

func (r racer) finish(t *testing.T) (counted map[erequest.FilingOutcome]int) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(r.line(t)), &counted))
	_, err := io.Copy(io.Discard, r.output)
	require.NoError(t, err)
	require.NoError(t, r.cmd.Wait())
	return counted
}
