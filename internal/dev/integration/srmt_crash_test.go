package integration_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// crashSeed tells the process that works in an office, and is to be killed, what to do.
const crashSeed = "CRIS_CRASH_SEED"

// The office of these tests: officers at NSC come and go, and pairs of requests go together back and
// forth between two offices.
const (
	crashCap   = 4
	crashPairs = 5
)

var (
	crashOfficers = []srmt.StaffID{"iio-nsc-1", "iio-nsc-2", "iio-nsc-3"}
	crashOffices  = []casestatus.OfficeCode{"SSC", "ESC"}
)

func crashPolicy() srmt.Policy { return srmt.Policy{MostOpen: crashCap, MostReturns: 1_000_000} }

// TestOfficeChild is no test. It is the process that TestSR6_KilledAtWork... kills.
func TestOfficeChild(t *testing.T) {
	if os.Getenv(crashSeed) == "" {
		t.Skip("it is run by another test")
	}
	seed, err := strconv.ParseUint(os.Getenv(crashSeed), 10, 64)
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(seed, 0))
	db, policy := opened(t, openDatabase(t, os.Getenv(crashDriver), os.Getenv(crashDSN))), crashPolicy()
	service := srmt.NewService(srmt.Ports{Store: db.ServiceRequests(), Requests: db.ERequests(), Cases: db.Cases(), Looks: db.Looks()}, &srmt.Options{Policy: &policy})
	fmt.Println("begun")
	for range 2000 {
		switch random.IntN(4) {
		case 0:
			_, err = service.Distribute(t.Context(), srmt.Distribution{By: "siio-nsc-1", Office: "NSC", AtMost: 5})
		case 1, 2:
			member := srmt.Staff{ID: crashOfficers[random.IntN(len(crashOfficers))]}
			if random.IntN(2) == 0 {
				member = srmt.NewStaff(member.ID, srmt.IIO, "NSC")
			}
			_, err = service.PutStaff(t.Context(), member)
		default:
			err = movePair(t, service, db, random)
		}
		require.NoError(t, err)
		fmt.Println("done")
	}
}

// movePair sends both requests of a pair to the other office, together.
func movePair(t *testing.T, service *srmt.Service, db *sqlstore.DB, random *rand.Rand) error {
	t.Helper()
	pair := random.IntN(crashPairs)
	var both []srmt.Redirection
	for _, half := range []string{"a", "b"} {
		id := fmt.Sprint("pair-", pair, half)
		history, err := db.ServiceRequests().History(t.Context(), id)
		require.NoError(t, err)
		state, err := srmt.Replay(history)
		require.NoError(t, err)
		from := slices.Index(crashOffices, state.Office)
		both = append(both, srmt.Redirection{
			RequestID: id, By: srmttest.Supervisor(state.Office, 1).ID, Seen: state.Version, To: crashOffices[1-from],
			Why: srmt.OfficeLocationAlignment, Explanation: cris.NewPersonal("back and forth"),
		})
	}
	decisions, err := service.RedirectMany(t.Context(), both, srmt.Together)
	for _, d := range decisions {
		require.Equal(t, srmt.Allowed, d.Outcome, "%v", d.Reasons)
	}
	return err
}

// SR-6, SR-10: processes that distribute, enter staff changes and redirect in bulk are killed
// anywhere. Nothing is lost or doubled, nothing is held by who is gone or beyond the cap, and what
// belongs together stays together.
func TestSR6_KilledAtWorkLosesAndDoublesNothing(t *testing.T) {
	kills := timesToKill(t)
	onEachKind(t, func(t *testing.T, kind database) {
		dsn := kind.empty(t)
		db := migrated(t, openDatabase(t, kind.driver, dsn))
		filed := openCrashOffice(t, db)
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		random := rand.New(rand.NewPCG(seed, 1))
		for n := range kills {
			cmd := childProcess(t, "TestOfficeChild", crashDriver+"="+kind.driver, crashDSN+"="+dsn, crashSeed+"="+strconv.FormatUint(seed+uint64(n), 10))
			output, err := cmd.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, cmd.Start())
			lines := bufio.NewScanner(output)
			for range 1 + random.IntN(12) {
				lines.Scan()
			}
			time.Sleep(time.Duration(random.IntN(6000)) * time.Microsecond)
			require.NoError(t, cmd.Process.Signal(syscall.SIGKILL))
			for lines.Scan() {
			}
			require.EqualError(t, cmd.Wait(), "signal: killed")
			auditCrashOffice(t, db, filed)
		}
	})
}

// openCrashOffice puts staff and requests on file, and returns the IDs of the requests.
func openCrashOffice(t *testing.T, db *sqlstore.DB) []string {
	t.Helper()
	store, day := db.ServiceRequests(), cris.MustParseDate("2013-08-15")
	staff := []srmt.Staff{srmttest.Supervisor("NSC", 1), srmttest.Supervisor("SSC", 1), srmttest.Supervisor("ESC", 1)}
	for _, id := range crashOfficers {
		staff = append(staff, srmt.NewStaff(id, srmt.IIO, "NSC"))
	}
	require.NoError(t, srmttest.PutStaff(t.Context(), store, staff...))
	var filed []string
	receive := func(id string, office casestatus.OfficeCode) {
		first := srmttest.NewReceived(id, day, office, func(step *srmt.Step) { step.Origin.Language = cris.English })
		require.NoError(t, store.Update(t.Context(), srmt.Scope{Requests: []string{id}}, func(srmt.Prior) (srmt.Change, error) {
			return srmt.Change{Steps: map[string][]srmt.Step{id: {first}}}, nil
		}))
		filed = append(filed, id)
	}
	for n := range 20 {
		receive(fmt.Sprint("request-", n), "NSC")
	}
	for n := range crashPairs {
		receive(fmt.Sprint("pair-", n, "a"), "SSC")
		receive(fmt.Sprint("pair-", n, "b"), "SSC")
	}
	return filed
}

// auditCrashOffice holds what is on file against what must be true after every kill.
func auditCrashOffice(t *testing.T, db *sqlstore.DB, filed []string) {
	t.Helper()
	store := db.ServiceRequests()
	listed, held := map[string]srmt.ServiceRequest{}, map[srmt.StaffID]int{}
	for request, err := range store.List(t.Context(), srmt.Query{}) {
		require.NoError(t, err)
		require.NotContains(t, listed, request.ID, "it is in two places")
		listed[request.ID] = request
		if request.Officer != "" {
			held[request.Officer]++
		}
	}
	require.Len(t, listed, len(filed))
	told := map[string]bool{}
	events, err := db.Outbox().Pending(t.Context(), 0)
	require.NoError(t, err)
	for _, event := range events {
		require.False(t, told[event.ID], event.ID)
		told[event.ID] = true
	}
	steps := 0
	for _, id := range filed {
		history, err := store.History(t.Context(), id)
		require.NoError(t, err)
		state, err := srmt.Replay(history)
		require.NoError(t, err)
		require.Equal(t, state, listed[id])
		for n := range history[1:] { // the test itself received them
			require.True(t, told[fmt.Sprint(id, "/", n+2)], "step %d of %s has no event", n+2, id)
			steps++
		}
	}
	require.Len(t, told, steps, "an event tells of no step")
	today := cris.MustParseDate("2026-01-01") // the posts have no days
	for officer, n := range held {
		require.LessOrEqual(t, n, crashCap, officer)
		member, err := store.Staff(t.Context(), officer)
		require.NoError(t, err)
		require.True(t, member.Has(srmt.IIO, "NSC", today), "%s has left and holds %d requests", officer, n)
	}
	for n := range crashPairs {
		a, b := listed[fmt.Sprint("pair-", n, "a")], listed[fmt.Sprint("pair-", n, "b")]
		require.Equal(t, a.Office, b.Office)
		require.Equal(t, a.Version, b.Version)
	}
}

// A made-up agency on each database, for a quarter of a year.
func TestOffice_OnEachDatabase(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		srmttest.TestOffice(t, func(t *testing.T) srmttest.Ports {
			t.Helper()
			db := open(t)
			return srmttest.Ports{Store: db.ServiceRequests(), Requests: db.ERequests(), Cases: db.Cases(), Looks: db.Looks()}
		}, srmttest.Simulation{Seed: 7, Days: 91, Arrivals: 3, MostOpen: 4})
	})
}
