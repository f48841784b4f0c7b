package integration_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/adapters/sqlstore"
	"github.com/seed28e20331/cris/casestatus"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/addresschange"
	"github.com/seed28e20331/cris/erequest/addresschange/addresschangetest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
	"github.com/seed28e20331/cris/selfcheck"
	"github.com/seed28e20331/cris/selfcheck/access"
	"github.com/seed28e20331/cris/selfcheck/access/accesstest"
	"github.com/seed28e20331/cris/selfcheck/disclosure"
	"github.com/seed28e20331/cris/selfcheck/disclosure/disclosuretest"
	"github.com/seed28e20331/cris/selfcheck/selfchecktest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/gateway"
	"github.com/seed28e20331/cris/srmt/gateway/gatewaytest"
	"github.com/seed28e20331/cris/srmt/srmttest"
	"github.com/seed28e20331/cris/tracking"
	"github.com/seed28e20331/cris/tracking/trackingtest"
)

// everyPort is a database with all that it keeps.
type everyPort struct {
	cases      casestatus.Cases
	deliveries casestatus.Deliveries
	times      casestatus.ProcessingTimes
	scans      tracking.Store
	requests   erequest.Store
	reports    addresschange.Store
	service    srmt.Store
	looks      srmt.Looks
	calls      gateway.Calls
	checks     selfcheck.Store
	accounts   disclosure.Accountings
	trails     access.Trails
	outbox     cris.Outbox
	retention  cris.RetentionStore
	classes    []cris.RecordClass
}

func portsOfMemory() everyPort {
	db := memory.New()
	return everyPort{
		db.Cases(), db.Deliveries(), db.ProcessingTimes(), db.Scans(), db.ERequests(), db.AddressChanges(), db.ServiceRequests(), db.Looks(),
		db.Calls(), db.SelfChecks(), db.Accountings(), db.Trails(), db.Outbox(), db.Retention(), memory.RecordClasses(),
	}
}

func portsOf(db *sqlstore.DB) everyPort {
	return everyPort{
		db.Cases(), db.Deliveries(), db.ProcessingTimes(), db.Scans(), db.ERequests(), db.AddressChanges(), db.ServiceRequests(), db.Looks(),
		db.Calls(), db.SelfChecks(), db.Accountings(), db.Trails(), db.Outbox(), db.Retention(), sqlstore.RecordClasses(),
	}
}

// onEachRetention runs check with memory and with each kind of database.
func onEachRetention(t *testing.T, check func(t *testing.T, open func(t *testing.T) everyPort)) {
	t.Helper()
	t.Run("memory", func(t *testing.T) { check(t, func(*testing.T) everyPort { return portsOfMemory() }) })
	onEachDatabase(t, func(t *testing.T, open func(t *testing.T) *sqlstore.DB) {
		check(t, func(t *testing.T) everyPort {
			t.Helper()
			return portsOf(open(t))
		})
	})
}

// retentionOf carries out the store's own schedule.
func retentionOf(t *testing.T, p everyPort, today cris.Date, edits ...func(*cris.RetentionOptions)) *cris.Retention {
	t.Helper()
	schedule, err := cris.NewSchedule(p.classes...)
	require.NoError(t, err)
	options := &cris.RetentionOptions{Now: func() time.Time { return noon(today) }, Batch: 7}
	for _, edit := range edits {
		edit(options)
	}
	retention, err := cris.NewRetention(p.retention, schedule, options)
	require.NoError(t, err)
	return retention
}

// noon is an instant of the day in the agency's zone, with microseconds.
func noon(day cris.Date) time.Time {
	return day.Start(cris.AgencyZone()).Add(12*time.Hour + 123456*time.Microsecond)
}

// filed is a record that was put on file, as the model knows it.
type filed struct {
	class   cris.Code
	id      string
	started cris.Date
	open    bool
	names   string // the receipt number of a case, or ""
}

// put puts the n-th record of the class on file. Where names can be given, it names that case.
func put(t *testing.T, p everyPort, class cris.Code, n int, started cris.Date, open bool, names string) filed {
	t.Helper()
	record := filed{class: class, started: started, open: open, id: fmt.Sprintf("record-%06d", n)}
	require.NoError(t, puts[class](t.Context(), p, n, &record, names))
	return record
}

func transactionOf(n int) selfcheck.TransactionID {
	return selfchecktest.Token(n).Transaction()
}

func receiptOf(names string, n int) casestatus.ReceiptNumber {
	if names != "" {
		return casestatus.MustParseReceiptNumber(names)
	}
	return casestatustest.Receipt(500_000 + n)
}

// scansFile is from where on the files are numbered that scans come with.
const scansFile = 900_000

// puts puts a record of each class on file.
var puts = map[cris.Code]func(ctx context.Context, p everyPort, n int, record *filed, names string) error{
	casestatus.CaseRecords: func(ctx context.Context, p everyPort, n int, record *filed, _ string) error {
		onFile := casestatustest.NewCase(n, func(c *casestatus.Case) {
			c.Filed, c.Mailings, c.Addresses = record.started.AddDays(-9), nil, nil
			c.History = []casestatus.StatusEntry{{On: record.started, Title: "Case Was Approved"}}
			if record.open {
				c.History[0].Title = "Case Was Received"
			}
		})
		record.id = onFile.Receipt.String()
		return casestatustest.PutCase(ctx, p.cases, onFile)
	},
	casestatus.PieceRecords: func(ctx context.Context, p everyPort, n int, record *filed, _ string) error {
		piece := casestatustest.NewPiece(n, 2, func(piece *casestatus.Piece) {
			piece.Scans[0].At = tracking.MustParseLocalTime(record.started.AddDays(-3).String() + "T10:00")
			piece.Scans[1].At = tracking.MustParseLocalTime(record.started.String() + "T23:59")
			piece.Alerts = []casestatus.MailAlert{casestatustest.NewAlert(piece.Number, n, func(a *casestatus.MailAlert) { a.Since = record.started })}
		})
		record.id, record.open = piece.Number.String(), false
		return p.deliveries.Update(ctx, []tracking.Number{piece.Number}, func(casestatus.Filed) (casestatus.DeliveryChange, error) {
			return casestatus.DeliveryChange{Pieces: []casestatus.Piece{piece}}, nil
		})
	},
	casestatus.ProcessingTimeRecords: func(ctx context.Context, p everyPort, n int, record *filed, _ string) error {
		posted := casestatustest.NewProcessingTime(func(p *casestatus.ProcessingTime) {
			p.Office, p.ReadOn = casestatus.OfficeCode(fmt.Sprintf("T%d", n)), record.started
		})
		record.id = string(posted.ID())
		all := []casestatus.ProcessingTime{posted}
		record.open = true // the later one is not in the model: it has an office of its own
		return p.times.Post(ctx, all...)
	},
	tracking.ScanRecords: func(ctx context.Context, p everyPort, n int, record *filed, _ string) error {
		number := trackingtest.Number(n)
		record.id, record.open = number.String(), false
		file := trackingtest.NewFile(scansFile + n)
		return p.scans.Update(ctx, file.ID, func(tracking.File) (tracking.Batch, error) {
			return tracking.Batch{File: tracking.File{Done: false}, Scans: []tracking.Scan{
				trackingtest.NewScan(number, "10", record.started.AddDays(-2).String()+"T08:00"), trackingtest.NewScan(number, "01", record.started.String()+"T08:00"),
			}}, nil
		})
	},
	tracking.FileRecords: func(ctx context.Context, p everyPort, n int, record *filed, _ string) error {
		file := trackingtest.NewFile(n, func(f *tracking.File) {
			f.Done, f.Last = !record.open, tracking.MustParseLocalTime(record.started.String()+"T08:00")
		})
		record.id = file.ID.String()
		return p.scans.Update(ctx, file.ID, func(tracking.File) (tracking.Batch, error) {
			return tracking.Batch{File: file, Damage: []tracking.Damage{trackingtest.NewDamage(3)}}, nil
		})
	},
	addresschange.ReportRecords: func(ctx context.Context, p everyPort, n int, record *filed, names string) error {
		record.names = receiptOf(names, n).String()
		report := addresschangetest.NewRecord(n, func(r *addresschange.Record) {
			r.ReportedAt = noon(record.started)
			r.Cases = r.Cases[:1]
			r.Cases[0].Screening.Receipt = receiptOf(names, n)
			if record.open {
				r.Cases[0].Entered = cris.Date{}
			}
		})
		record.id = report.ID
		return p.reports.Update(ctx, report.Key, func(addresschange.Record) (addresschange.Change, error) {
			return addresschange.Change{Record: &report}, nil
		})
	},
	erequest.ERequestRecords: func(ctx context.Context, p everyPort, n int, record *filed, names string) error {
		record.names = receiptOf(names, n).String()
		request := erequesttest.NewRequest(receiptOf(names, n), n, func(r *erequest.Request) {
			r.ID = record.id
			if !record.open {
				r.Answered = record.started
			}
		})
		return p.requests.Update(ctx, request.Receipt, func([]erequest.Entry) (erequest.Change, error) {
			return erequest.Change{File: []erequest.Request{request}}, nil
		})
	},
	srmt.ServiceRequestRecords: func(ctx context.Context, p everyPort, n int, record *filed, names string) error {
		record.names = receiptOf(names, n).String()
		history := srmttest.NewHistory(record.id, func(steps []srmt.Step) {
			for i := range steps {
				steps[i].At = noon(record.started).Add(time.Duration(i) * time.Second)
			}
			steps[0].Origin.Receipt = receiptOf(names, n)
		})
		if record.open {
			history = history[:3]
		}
		return p.service.Update(ctx, srmt.Scope{Requests: []string{record.id}}, func(srmt.Prior) (srmt.Change, error) {
			return srmt.Change{Steps: map[string][]srmt.Step{record.id: history}}, nil
		})
	},
	srmt.LookRecords: func(ctx context.Context, p everyPort, n int, record *filed, _ string) error {
		record.open = false
		look := srmttest.NewLook(n, func(l *srmt.Look) { l.ID, l.At = record.id, noon(record.started) })
		return p.looks.Record(ctx, look)
	},
	gateway.CallRecords: func(ctx context.Context, p everyPort, _ int, record *filed, _ string) error {
		record.open = false
		steps := gatewaytest.NewHistory(casestatustest.NewCase(1), func(steps []gateway.Step) {
			for i := range steps {
				steps[i].At = noon(record.started).Add(time.Duration(i) * time.Second)
			}
		})
		return gatewaytest.PutCall(ctx, p.calls, record.id, steps...)
	},
	selfcheck.PassRecords: func(ctx context.Context, p everyPort, n int, record *filed, _ string) error {
		record.id, record.open = string(transactionOf(n)), false
		pass := passAt(n, record.started)
		return p.checks.Update(ctx, pass.Transaction, func(selfcheck.Record) (selfcheck.Change, error) { return selfcheck.Change{Pass: &pass}, nil })
	},
	selfcheck.QueryRecords: func(ctx context.Context, p everyPort, n int, record *filed, _ string) error {
		record.id = string(transactionOf(n))
		pass := passAt(n, record.started)
		query := selfchecktest.NewQueryRecord(pass.Transaction, func(q *selfcheck.QueryRecord) {
			q.Query.Identity, q.Submitted, q.Case = pass.Identity(), noon(record.started), selfchecktest.CaseNumber(n)
			if !record.open {
				q.Closed, q.Closure = q.Submitted.Add(time.Hour), selfcheck.ClosureReasons()[0]
			}
		})
		return p.checks.Update(ctx, pass.Transaction, func(selfcheck.Record) (selfcheck.Change, error) {
			return selfcheck.Change{Pass: &pass, Query: &query}, nil
		})
	},
	selfcheck.FailureRecords: func(ctx context.Context, p everyPort, n int, record *filed, _ string) error {
		record.id, record.open = string(transactionOf(n)), false
		failure := selfchecktest.NewFailure(transactionOf(n), func(f *selfcheck.Failure) { f.At = noon(record.started) })
		return p.checks.Update(ctx, failure.Transaction, func(selfcheck.Record) (selfcheck.Change, error) {
			return selfcheck.Change{Failure: &failure}, nil
		})
	},
	disclosure.EntryRecords: func(ctx context.Context, p everyPort, n int, record *filed, _ string) error {
		record.open = false
		return p.accounts.Record(ctx, disclosuretest.NewEntry(n, func(e *disclosure.Entry) {
			e.ID, e.At, e.KeptUntil = record.id, noon(record.started), record.started.AddMonths(60)
		}))
	},
	access.StepRecords: func(ctx context.Context, p everyPort, n int, record *filed, _ string) error {
		record.open = false
		return p.trails.Record(ctx, accesstest.NewStep(n, func(s *access.Step) {
			s.ID, s.At, s.KeptUntil = record.id, noon(record.started), record.started.AddMonths(60)
		}))
	},
}

func passAt(n int, day cris.Date) selfcheck.PassedProofing {
	return selfchecktest.NewPassedProofing(transactionOf(n), func(p *selfcheck.PassedProofing) {
		p.At, p.IdPTransaction = noon(day), selfcheck.IdPTransactionID("IDP-"+strconv.Itoa(n))
	})
}

// yearsKept is what the documents say, and what was decided where they are silent.
func yearsKept(class cris.Code) int {
	if strings.HasPrefix(string(class), "selfcheck.") {
		return 1
	}
	return 5
}

// retentionWalk is a store beside a model of what should be on file.
type retentionWalk struct {
	everyPort
	random  *rand.Rand
	today   cris.Date
	n       int
	onFile  map[cris.Code]map[string]filed
	holds   map[string]cris.Hold
	removed map[cris.Code]int
}

func newRetentionWalk(p everyPort, seed uint64) *retentionWalk {
	w := &retentionWalk{
		everyPort: p, random: rand.New(rand.NewPCG(seed, 4)), today: cris.MustParseDate("2024-02-27"),
		onFile: map[cris.Code]map[string]filed{}, holds: map[string]cris.Hold{}, removed: map[cris.Code]int{},
	}
	for class := range puts {
		w.onFile[class] = map[string]filed{}
	}
	return w
}

// anyOf returns one of the records of a class, or "" if there is none.
func (w *retentionWalk) anyOf(class cris.Code) string {
	ids := slices.Sorted(maps.Keys(w.onFile[class]))
	if len(ids) == 0 {
		return ""
	}
	return ids[w.random.IntN(len(ids))]
}

func (w *retentionWalk) anyClass() cris.Code {
	classes := slices.Sorted(maps.Keys(puts))
	return classes[w.random.IntN(len(classes))]
}

func (w *retentionWalk) step(t *testing.T) {
	t.Helper()
	switch w.random.IntN(8) {
	case 0, 1, 2, 3:
		class := w.anyClass()
		for range 1 + w.random.IntN(9) {
			w.n++
			started := w.today.AddDays(-w.random.IntN(366 * (yearsKept(class) + 1)))
			names := ""
			if w.random.IntN(2) == 0 {
				names = w.anyOf(casestatus.CaseRecords)
			}
			record := put(t, w.everyPort, class, w.n, started, w.random.IntN(4) == 0, names)
			w.onFile[class][record.id] = record
		}
	case 4:
		w.hold(t)
	case 5:
		w.lift(t, 1)
	case 6:
		w.today = w.today.AddDays(1 + w.random.IntN(120))
	default:
		w.purge(t)
	}
}

// lift lifts so many of the holds.
func (w *retentionWalk) lift(t *testing.T, n int) {
	t.Helper()
	for _, id := range slices.Sorted(maps.Keys(w.holds))[:min(n, len(w.holds))] {
		require.NoError(t, retentionOf(t, w.everyPort, w.today).Lift(t.Context(), id, "staff-2"))
		delete(w.holds, id)
	}
}

func (w *retentionWalk) hold(t *testing.T) {
	t.Helper()
	w.n++
	hold := cris.Hold{ID: "hold-" + strconv.Itoa(w.n), Why: "OGC-" + strconv.Itoa(w.n), By: "staff-1"}
	if w.random.IntN(5) > 0 {
		hold.Class = w.anyClass()
		if w.random.IntN(3) > 0 {
			hold.Record = w.anyOf(hold.Class)
		}
	}
	require.NoError(t, retentionOf(t, w.everyPort, w.today).Put(t.Context(), hold))
	w.holds[hold.ID] = hold
}

// purge purges, sometimes with a context that ends on the way, and compares what is left.
func (w *retentionWalk) purge(t *testing.T) {
	t.Helper()
	retention := retentionOf(t, w.everyPort, w.today)
	if w.random.IntN(3) == 0 {
		w.cutShort(t)
	}
	would, err := retention.DryRun(t.Context())
	require.NoError(t, err)
	did, err := retention.Purge(t.Context())
	require.NoError(t, err)
	require.Equal(t, would.Classes[2:], did.Classes[2:], "a dry run is the same without removing; but for events and scopes")
	w.expire(nothing)
	for class, want := range w.onFile {
		require.Equal(t, slices.Sorted(maps.Keys(want)), w.ids(t, class), class)
	}
}

// cutShort purges until the context ends, after a few batches.
func (w *retentionWalk) cutShort(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	p := w.everyPort
	p.retention = &cutRetention{RetentionStore: p.retention, left: w.random.IntN(6), cancel: cancel}
	if _, err := retentionOf(t, p, w.today).Purge(ctx); err != nil {
		require.ErrorIs(t, err, context.Canceled)
	}
	left := map[cris.Code][]string{}
	for class := range w.onFile {
		left[class] = w.ids(t, class)
	}
	w.expire(func(class cris.Code, id string) bool { return slices.Contains(left[class], id) })
}

// cutRetention cancels the context with one of the removals.
type cutRetention struct {
	cris.RetentionStore

	left   int
	cancel func()
}

func (r *cutRetention) Remove(ctx context.Context, class cris.Code, ids []string, decide func([]cris.RetentionRecord, []cris.Hold) (cris.Removal, error)) error {
	if r.left--; r.left < 0 {
		r.cancel()
	}
	return r.RetentionStore.Remove(ctx, class, ids, decide)
}

// expire removes from the model what a purge removes, unless it is still on file after one that was
// cut short.
func (w *retentionWalk) expire(stillThere func(class cris.Code, id string) bool) {
	named := map[string]bool{}
	for _, records := range w.onFile {
		for _, record := range records {
			named[record.names] = true
		}
	}
	for class, records := range w.onFile {
		maps.DeleteFunc(records, func(id string, record filed) bool {
			over := w.today.After(record.started.AddMonths(12 * yearsKept(class)))
			isOpen := record.open || class == casestatus.CaseRecords && named[id]
			for _, hold := range w.holds {
				if (hold.Class == "" || hold.Class == class) && (hold.Record == "" || hold.Record == id) {
					return false
				}
			}
			goes := over && !isOpen && !stillThere(class, id)
			if goes {
				w.removed[class]++
			}
			return goes
		})
	}
}

func nothing(cris.Code, string) bool { return false }

func (w *retentionWalk) ids(t *testing.T, class cris.Code) (ids []string) {
	t.Helper()
	for record, err := range w.retention.Records(t.Context(), class, cris.Page[string]{}) {
		require.NoError(t, err)
		if isOfQuery := class == selfcheck.PassRecords && record.Open; !isOfQuery && !w.isScansFile(record.ID) {
			ids = append(ids, record.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// wantEvents checks that the events of all purges add up to what is gone.
func (w *retentionWalk) wantEvents(t *testing.T) {
	t.Helper()
	events, err := w.outbox.Pending(t.Context(), 0)
	require.NoError(t, err)
	told := map[cris.Code]int{}
	for _, event := range events {
		if _, ours := w.onFile[cris.Code(event.Subject)]; ours && event.Type == cris.EventPurged {
			n, err := strconv.Atoi(event.Data["removed"])
			require.NoError(t, err)
			told[cris.Code(event.Subject)] += n
		}
	}
	require.Equal(t, w.removed, told)
}

// isScansFile reports whether the file is one that a piece of the model came with.
func (w *retentionWalk) isScansFile(id string) bool {
	for n := range w.n + 1 {
		if trackingtest.FileID(scansFile+n).String() == id {
			return true
		}
	}
	return false
}

// Whatever is filed, held and lifted, and however often a purge is cut short: what is over is gone,
// with what belongs to it, and everything else is there.
func TestPV4_APurgeRemovesWhatIsOverAndNothingElse(t *testing.T) {
	onEachRetention(t, func(t *testing.T, open func(t *testing.T) everyPort) {
		seeds := 2
		if strings.HasSuffix(t.Name(), "memory") {
			seeds = 40
		}
		for range seeds {
			seed := rand.Uint64()
			t.Logf("seed %d", seed)
			w := newRetentionWalk(open(t), seed)
			for range 60 {
				w.step(t)
			}
			w.purge(t)
			w.today = w.today.AddMonths(12 * 7)
			w.lift(t, len(w.holds))
			w.purge(t)
			require.NotEmpty(t, w.removed)
			w.wantEvents(t)
		}
	})
}
