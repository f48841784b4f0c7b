package integration_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/letter"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// 16 supervisors assign 20,000 requests to 50 officers, none of whom may hold more than 20, on each
// database. They distribute at once; then the officers answer what they hold. After every round
// nobody holds more than the cap, and nobody holds two more than another.
func BenchmarkDistribution_SQLite(b *testing.B)     { benchmarkDistribution(b, "sqlite") }
func BenchmarkDistribution_PostgreSQL(b *testing.B) { benchmarkDistribution(b, "pgx") }

const (
	distributed           = 20_000
	distributedOfficers   = 50
	distributors          = 16
	distributionCap       = 20
	distributedEachRound  = 55 // by each supervisor, which fills nobody up
	distributionSetupStep = 500
)

func benchmarkDistribution(b *testing.B, driver string) {
	b.Helper()
	for b.Loop() {
		b.StopTimer()
		service, store := openDistribution(b, driver)
		b.StartTimer()
		for left := distributed; left > 0; {
			var group sync.WaitGroup
			failed := make([]error, distributors)
			for n := range distributors {
				group.Go(func() {
					_, failed[n] = service.Distribute(b.Context(), srmt.Distribution{By: distributor(n), Office: "NSC", AtMost: distributedEachRound})
				})
			}
			group.Wait()
			for _, err := range failed {
				require.NoError(b, err)
			}
			b.StopTimer()
			assigned := answerAll(b, store, left)
			b.StartTimer()
			left -= assigned
		}
	}
	b.ReportMetric(float64(distributed)*float64(b.N)/b.Elapsed().Seconds(), "assigned/s")
}

func distributor(n int) srmt.StaffID { return srmttest.Supervisor("NSC", n+1).ID }

// openDistribution has everything wait at one office.
func openDistribution(b *testing.B, driver string) (*srmt.Service, srmt.Store) {
	b.Helper()
	dsn := fmt.Sprintf("file:%s/distribution.db?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(60000)", b.TempDir())
	if driver == "pgx" {
		dsn = postgresBench(b)
	}
	pool, err := sqlx.Open(driver, dsn)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, pool.Close()) })
	db := migrated(b, pool)
	store := db.ServiceRequests()
	var staff []srmt.Staff
	for n := range distributors {
		staff = append(staff, srmttest.Supervisor("NSC", n+1))
	}
	for n := range distributedOfficers {
		staff = append(staff, srmttest.Officer("NSC", n+1))
	}
	require.NoError(b, srmttest.PutStaff(b.Context(), store, staff...))
	for begin := 0; begin < distributed; begin += distributionSetupStep {
		scope, change := srmt.Scope{}, srmt.Change{Steps: map[string][]srmt.Step{}}
		for n := range distributionSetupStep {
			id := fmt.Sprintf("request-%05d", begin+n)
			scope.Requests = append(scope.Requests, id)
			change.Steps[id] = []srmt.Step{srmttest.NewReceived(id, cris.MustParseDate("2013-08-15"), "NSC", func(step *srmt.Step) { step.Origin.Language = cris.English })}
		}
		require.NoError(b, store.Update(b.Context(), scope, func(srmt.Prior) (srmt.Change, error) { return change, nil }))
	}
	policy := srmt.Policy{MostOpen: distributionCap}
	ports := srmt.Ports{Store: store, Requests: db.ERequests(), Cases: db.Cases(), Looks: db.Looks()}
	return srmt.NewService(ports, &srmt.Options{Now: srmttest.NewClock("2013-08-16T13:00:00Z").Now, Policy: &policy}), store
}

// answerAll looks at what each officer holds, closes all of it and returns how much that was.
func answerAll(b *testing.B, store srmt.Store, left int) int {
	b.Helper()
	loads, scope, change := make([]int, distributedOfficers), srmt.Scope{}, srmt.Change{Steps: map[string][]srmt.Step{}}
	for n := range loads {
		for request, err := range store.List(b.Context(), srmt.Query{Officer: srmttest.Officer("NSC", n+1).ID, Status: srmt.Assigned}) {
			require.NoError(b, err)
			loads[n]++
			scope.Requests = append(scope.Requests, request.ID)
			change.Steps[request.ID] = []srmt.Step{{
				Seq: request.Version + 1, Kind: srmt.StepResponded, At: srmttest.Start(), By: request.Officer,
				Message: srmttest.NewMessage(srmt.ToCustomer, erequest.ByLetter), Finding: letter.MailedAgain,
			}}
		}
	}
	if most, fewest := slices.Max(loads), slices.Min(loads); most > distributionCap || most-fewest > 1 {
		b.Fatalf("the officers hold %v", loads)
	}
	if want := min(left, distributors*distributedEachRound); len(scope.Requests) != want {
		b.Fatalf("%d requests were assigned, want %d", len(scope.Requests), want)
	}
	require.NoError(b, store.Update(b.Context(), scope, func(srmt.Prior) (srmt.Change, error) { return change, nil }))
	return len(scope.Requests)
}
