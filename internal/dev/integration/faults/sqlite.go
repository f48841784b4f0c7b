package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"
)

// failing is a hook that fails so many times, once in three commits.
type failing struct {
	lab *lab

	mu   sync.Mutex
	left int
	made int
}

func (f *failing) err() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.left == 0 || f.lab.random.IntN(3) != 0 {
		return nil
	}
	f.left--
	f.made++
	return ioError{}
}

func (f *failing) isDone() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.left == 0
}

// failCommits lets commits fail with an I/O error: before they are done, or after.
func failCommits(at place) func(ctx context.Context, l *lab) (result, error) {
	return func(ctx context.Context, l *lab) (result, error) {
		f := &failing{lab: l}
		h := &hooks{}
		if at == beforeCommit {
			h.before = f.err
		} else {
			h.after = f.err
		}
		x, err := l.open(ctx, openHooked(l.sqliteFile("", patient), h))
		if err != nil {
			return result{}, err
		}
		defer x.close()
		return x.strike(ctx, func(ctx context.Context, done <-chan struct{}) (int, error) {
			f.mu.Lock()
			f.left = l.cuts
			f.mu.Unlock()
			until(ctx, done, f.isDone)
			f.mu.Lock()
			defer f.mu.Unlock()
			return f.made, nil
		})
	}
}

// openSQLite opens a pool on a file that does not exist yet.
func (l *lab) openSQLite(ctx context.Context, folder, more string) (x *experiment, h *hooks, dsn string, err error) {
	h, dsn = &hooks{}, l.sqliteFile(folder, more)
	x, err = l.open(ctx, openHooked(dsn, h))
	return x, h, dsn, err
}

// limitSQLite sets a pragma on every connection while the fault lasts, and another afterwards.
func limitSQLite(begin func(ctx context.Context, x *experiment) (pragma string, err error), end string) func(ctx context.Context, l *lab) (result, error) {
	return func(ctx context.Context, l *lab) (result, error) {
		x, h, _, err := l.openSQLite(ctx, "", patient)
		if err != nil {
			return result{}, err
		}
		defer x.close()
		return x.strike(ctx, x.while(
			func(ctx context.Context) error {
				pragma, err := begin(ctx, x)
				h.set(pragma)
				return err
			},
			func(context.Context) error { h.set(end); return nil }, time.Second))
	}
}

// atItsSize returns the pragma that lets the file grow no more.
func atItsSize(ctx context.Context, x *experiment) (string, error) {
	var pages int
	err := x.pool.GetContext(ctx, &pages, "PRAGMA page_count")
	return fmt.Sprintf("PRAGMA max_page_count = %d", pages), err
}

// fullSQLite fills the disk on which the file is.
func fullSQLite(ctx context.Context, l *lab) (r result, err error) {
	disk, err := mountDisk(filepath.Join(l.folder, fmt.Sprint("disk", l.schemas)))
	if err != nil {
		return result{}, err
	}
	defer func() { err = errors.Join(err, disk.unmount()) }()
	x, _, _, err := l.openSQLite(ctx, disk.folder, patient)
	if err != nil {
		return result{}, err
	}
	defer x.close()
	return x.strike(ctx, x.while(disk.fill, disk.free, time.Second))
}

// lockedSQLite lets another program hold the write lock for longer than anybody waits.
func lockedSQLite(ctx context.Context, l *lab) (result, error) {
	x, _, dsn, err := l.openSQLite(ctx, "", "&_pragma=busy_timeout(20)")
	if err != nil {
		return result{}, err
	}
	defer x.close()
	other, err := sqlx.Open("sqlite", strings.Replace(dsn, "busy_timeout(20)", "busy_timeout(10000)", 1))
	if err != nil {
		return result{}, err
	}
	defer other.Close()
	holder, err := other.Connx(ctx)
	if err != nil {
		return result{}, err
	}
	defer holder.Close()
	do := func(statement string) func(ctx context.Context) error {
		return func(ctx context.Context) error {
			_, err := holder.ExecContext(ctx, statement)
			return err
		}
	}
	return x.strike(ctx, x.while(do("BEGIN IMMEDIATE"), do("ROLLBACK"), 2*time.Second))
}

// damagedSQLite damages the file, and has it restored by a person, from a backup: then the program
// opens it anew. It is the one fault that no program mends.
func damagedSQLite(damage func(content []byte)) func(ctx context.Context, l *lab) (result, error) {
	return func(ctx context.Context, l *lab) (result, error) {
		x, _, dsn, err := l.openSQLite(ctx, "", patient)
		if err != nil {
			return result{}, err
		}
		defer func() { x.close() }()
		for round := range l.rounds {
			people := []person{person(2 * round), person(2*round + 1)}
			if err := x.work(ctx, people[:1]); err != nil {
				return result{}, err
			}
			if err := x.damage(ctx, dsn, damage, people[1]); err != nil {
				return result{}, err
			}
			if err := x.work(ctx, people[1:]); err != nil {
				return result{}, err
			}
		}
		var people []person
		for n := range 2 * l.rounds {
			people = append(people, person(n))
		}
		return x.result(ctx, l.rounds, people)
	}
}

// work serves some people, from the act after those that were acknowledged.
func (x *experiment) work(ctx context.Context, people []person) error {
	ctx, cancel := context.WithTimeout(ctx, giveUpAfter)
	defer cancel()
	w := &load{
		services: x.services, to: x.ledger, isOver: func() bool { return true }, people: people, callers: 2, from: map[person]int{},
		deadline: 5 * time.Second, random: rand.New(rand.NewPCG(x.random.Uint64(), 0)),
	}
	for _, p := range people {
		w.from[p] = x.acked[p]
	}
	return w.run(ctx)
}

// damage damages the file, lets somebody call every service meanwhile, and restores it: what was
// acknowledged before must be there again.
func (x *experiment) damage(ctx context.Context, dsn string, damage func(content []byte), p person) error {
	file := fileOf(dsn)
	backup := file + ".backup"
	if _, err := x.pool.ExecContext(ctx, "VACUUM INTO '"+backup+"'"); err != nil {
		return err
	}
	if err := x.pool.Close(); err != nil {
		return err
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	damage(content)
	if err := os.WriteFile(file, content, 0o600); err != nil {
		return err
	}
	if err := x.reopen(ctx, dsn); err != nil {
		x.refuse("sqlstore.Open", refusalOf(err))
	} else {
		for _, act := range acts() {
			x.try(p, act.call)
			if err := act.do(ctx, x.services, p); err != nil {
				x.fail(p, act.call, refusalOf(err))
			}
		}
		x.mu.Lock()
		delete(x.inDoubt, p)
		delete(x.tried, p)
		x.mu.Unlock()
	}
	if err := x.pool.Close(); err != nil {
		return err
	}
	for _, name := range []string{file, file + "-wal", file + "-shm"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	if err := os.Rename(backup, file); err != nil {
		return err
	}
	return x.reopen(ctx, dsn)
}

// reopen opens the file anew, as a program that was started again does.
func (x *experiment) reopen(ctx context.Context, dsn string) (err error) {
	x.pool = openHooked(dsn, &hooks{})
	x.services, err = servicesOver(ctx, x.pool, x.url, x.clock.now)
	return err
}

func fileOf(dsn string) string {
	file, _, _ := strings.Cut(strings.TrimPrefix(dsn, "file:"), "?")
	return file
}

// inThePages overwrites everything behind the first page.
func inThePages(content []byte) {
	const page = 4096
	for i := page; i < len(content); i++ {
		content[i] = byte(i)
	}
}

// inTheHeader overwrites the beginning of the file.
func inTheHeader(content []byte) {
	for i := range 100 {
		content[i] = byte(i)
	}
}
