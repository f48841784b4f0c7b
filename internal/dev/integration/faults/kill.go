package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/seed28e20331/cris"
)

// childEnv tells a copy of this program that it is to work and to be killed: the shift as JSON.
const childEnv = "CRIS_FAULTS_SHIFT"

// shift is the work of one process.
type shift struct {
	Driver, DSN, EVerify string
	Began                time.Time // of the clock
	From                 map[person]int
	People               []person
	Seed                 uint64
	Place                place // where it kills itself; "" if somebody else does
	Commit               int   // at the commit of this number
}

// isChild reports whether this process is to do a shift and nothing else.
func isChild() bool { return os.Getenv(childEnv) != "" }

// runChild does the shift that the environment tells, and says on out what happens.
func runChild(ctx context.Context, out io.Writer) error {
	var s shift
	if err := json.Unmarshal([]byte(os.Getenv(childEnv)), &s); err != nil {
		return err
	}
	pool, err := s.open()
	if err != nil {
		return err
	}
	defer pool.Close()
	clock := &clock{began: s.Began}
	services, err := servicesOver(ctx, pool, s.EVerify, clock.now)
	if err != nil {
		return err
	}
	w := &load{
		services: services, to: &teller{out: out}, isOver: func() bool { return false }, from: s.From, people: s.People, callers: 3,
		deadline: 10 * time.Second, random: rand.New(rand.NewPCG(s.Seed, 0)),
	}
	return w.run(ctx)
}

func (s shift) open() (*sqlx.DB, error) {
	if s.Driver == "pgx" {
		return sqlx.Open("pgx", s.DSN)
	}
	h := &hooks{}
	var commits atomic.Int64
	isIt := func() bool { return commits.Add(1) == int64(s.Commit) }
	switch s.Place {
	case beforeCommit:
		h.before = func() error {
			if isIt() {
				killSelf()
			}
			return nil
		}
	case atCommit:
		random := rand.New(rand.NewPCG(s.Seed, 1))
		h.before = func() error {
			if isIt() {
				time.AfterFunc(time.Duration(random.IntN(300))*time.Microsecond, killSelf)
			}
			return nil
		}
	case afterCommit:
		h.after = func() error {
			if isIt() {
				killSelf()
			}
			return nil
		}
	default: // somebody else kills it
	}
	return openHooked(s.DSN, h), nil
}

func killSelf() { _ = syscall.Kill(os.Getpid(), syscall.SIGKILL) }

// said is a line that a process writes for its parent.
type said struct {
	What   string // try, ack, fail, refuse or tell
	Person person
	Call   string
	How    refusal
	Event  *cris.Event `json:",omitempty"`
}

// teller writes down what happens, for another process. It is safe for concurrent use.
type teller struct {
	mu  sync.Mutex
	out io.Writer
}

func (t *teller) say(s said) {
	line, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	_, _ = t.out.Write(append(line, '\n'))
}

func (t *teller) try(p person, call string)     { t.say(said{What: "try", Person: p, Call: call}) }
func (t *teller) acknowledge(p person)          { t.say(said{What: "ack", Person: p}) }
func (t *teller) refuse(call string, r refusal) { t.say(said{What: "refuse", Call: call, How: r}) }
func (t *teller) tell(event cris.Event)         { t.say(said{What: "tell", Event: &event}) }
func (t *teller) fail(p person, call string, r refusal) {
	t.say(said{What: "fail", Person: p, Call: call, How: r})
}
func (*teller) giveUp(person) {}
func (*teller) wait(int)      {}

// note puts what another process said into the ledger.
func (l *ledger) note(s said) {
	switch s.What {
	case "try":
		l.try(s.Person, s.Call)
	case "ack":
		l.acknowledge(s.Person)
	case "fail":
		l.fail(s.Person, s.Call, s.How)
	case "refuse":
		l.refuse(s.Call, s.How)
	case "tell":
		l.tell(*s.Event)
	}
}

// kill lets processes work and kills them: at a random moment of a call or, with a place, at a
// commit. The callers whose process was killed come back, or never do.
func kill(at place, open func(ctx context.Context, l *lab) (driver, dsn string, err error)) func(ctx context.Context, l *lab) (result, error) {
	return func(ctx context.Context, l *lab) (result, error) {
		driver, dsn, err := open(ctx, l)
		if err != nil {
			return result{}, err
		}
		s := shift{Driver: driver, DSN: dsn, Place: at}
		pool, err := s.open()
		if err != nil {
			return result{}, err
		}
		x, err := l.open(ctx, pool)
		if err != nil {
			return result{}, err
		}
		defer x.close()
		k := &killer{experiment: x, shift: s, hit: map[string]int{}}
		k.shift.EVerify, k.shift.Began = x.url, x.clock.began
		kills := l.kills
		if at != "" {
			kills = (kills + 1) / 2
		}
		for range kills {
			if err := k.kill(ctx); err != nil {
				return result{}, err
			}
		}
		if err := k.finish(ctx); err != nil {
			return result{}, err
		}
		r, err := x.result(ctx, kills, k.everybody())
		if at == "" {
			r.note = fmt.Sprintf("%d of %d calls were killed", len(k.hit), len(calls()))
		}
		return r, err
	}
}

// calls returns the names of the calls of the acts, each once.
func calls() (names []string) {
	for _, act := range acts() {
		if !slices.Contains(names, act.call) {
			names = append(names, act.call)
		}
	}
	return names
}

// killer kills one process after another.
type killer struct {
	*experiment

	shift  shift
	hit    map[string]int // how often each call was killed
	people int            // who have come so far
	gone   []person       // who never come back
}

func (k *killer) everybody() (all []person) {
	for n := range k.people {
		all = append(all, person(n))
	}
	return all
}

// present returns who is still being served, with whoever comes in place of those who are done.
func (k *killer) present() (people []person) {
	const atOnce = 3
	for _, p := range k.everybody() {
		if k.acked[p] < len(acts()) && !slices.Contains(k.gone, p) {
			people = append(people, p)
		}
	}
	for len(people) < atOnce {
		people = append(people, person(k.people))
		k.people++
	}
	return people
}

// target returns the call to be killed next: of those that are about to be made, the one that was
// killed least often.
func (k *killer) target(people []person) string {
	const soon = 12
	var next []string
	for _, p := range people {
		for _, act := range acts()[k.acked[p]:min(len(acts()), k.acked[p]+soon)] {
			next = append(next, act.call)
		}
	}
	k.random.Shuffle(len(next), func(i, j int) { next[i], next[j] = next[j], next[i] })
	return slices.MinFunc(next, func(a, b string) int { return k.hit[a] - k.hit[b] })
}

// longest is how long most calls take.
func (k *killer) longest() time.Duration {
	if k.shift.Driver == "pgx" {
		return 8 * time.Millisecond
	}
	return 3 * time.Millisecond
}

// kill lets a process work until it is killed.
func (k *killer) kill(ctx context.Context) error {
	people := k.present()
	s, call := k.shift, k.target(people)
	s.People, s.From, s.Seed = people, map[person]int{}, k.random.Uint64()
	for _, p := range people {
		s.From[p] = k.acked[p]
	}
	s.Commit = 1 + k.random.IntN(12)
	told, err := json.Marshal(s)
	if err != nil {
		return err
	}
	binary, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, binary)
	cmd.Env = append(os.Environ(), childEnv+"="+string(told))
	cmd.Stderr = os.Stderr
	output, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	lines, isAimed := bufio.NewScanner(output), s.Place != ""
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var line said
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return fmt.Errorf("a process says %s", strconv.Quote(lines.Text()))
		}
		k.note(line)
		if !isAimed && line.What == "try" && line.Call == call {
			isAimed = true
			k.hit[call]++
			time.AfterFunc(time.Duration(k.random.Int64N(int64(k.longest()))), func() { _ = cmd.Process.Signal(syscall.SIGKILL) })
		}
	}
	if err := cmd.Wait(); err == nil || err.Error() != "signal: killed" {
		return fmt.Errorf("a process that was to be killed ended by itself: %w", err)
	}
	for _, p := range people {
		if k.mayBeThere(p) && k.random.IntN(5) == 0 {
			k.gone = append(k.gone, p)
			k.giveUp(p)
		}
	}
	return nil
}

// finish serves whoever is left, in this process.
func (k *killer) finish(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, giveUpAfter)
	defer cancel()
	k.ended.Store(true)
	w := &load{
		services: k.services, to: k.ledger, isOver: k.ended.Load, from: map[person]int{}, callers: 3,
		deadline: 10 * time.Second, random: rand.New(rand.NewPCG(k.random.Uint64(), 0)),
	}
	for _, p := range k.everybody() {
		if !slices.Contains(k.gone, p) {
			w.people, w.from[p] = append(w.people, p), k.acked[p]
		}
	}
	return w.run(ctx)
}
