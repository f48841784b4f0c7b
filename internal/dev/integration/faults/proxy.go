package main

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// place is where something is cut: a connection, or the life of a process.
type place string

const (
	beforeCommit place = "before commit" // the database never hears of the commit
	atCommit     place = "at commit"     // the database hears of it, and nobody waits for the answer
	afterCommit  place = "after commit"  // the answer is lost
	anywhere     place = "anywhere"      // in the middle of any message
)

// proxy stands between a program and PostgreSQL, at a Unix socket of its own, and cuts connections.
// It understands as much of the protocol as it takes to see a commit.
type proxy struct {
	folder   string // of the socket: the host of the connection string
	listener net.Listener
	target   string // the socket of the server
	place    place

	mu     sync.Mutex
	random *rand.Rand
	left   int // cuts to be made
	made   int
}

const socketName = ".s.PGSQL.5432"

// replaceHost returns the connection string with another folder of the socket.
func replaceHost(dsn, from, to string) string {
	return strings.Replace(dsn, "host="+from, "host="+to, 1)
}

// newProxy listens at a socket in a folder of its own, until it is closed.
func newProxy(ctx context.Context, server string, at place, random *rand.Rand) (*proxy, error) {
	folder, err := os.MkdirTemp("", "cris-cut")
	if err != nil {
		return nil, err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "unix", filepath.Join(folder, socketName))
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	p := &proxy{folder: folder, listener: listener, target: filepath.Join(server, socketName), place: at, random: random}
	go p.accept(ctx)
	return p, nil
}

func (p *proxy) close() error { return errors.Join(p.listener.Close(), os.RemoveAll(p.folder)) }

// cut has so many connections cut from now on.
func (p *proxy) cut(times int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.left = times
}

// cuts returns how many were made.
func (p *proxy) cuts() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.made
}

// isDone reports whether all of them were made.
func (p *proxy) isDone() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.left == 0
}

// isCut decides whether the next cut is made here: once in so many times.
func (p *proxy) isCut(inSoMany int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.left == 0 || p.random.IntN(inSoMany) != 0 {
		return false
	}
	p.left--
	p.made++
	return true
}

func (p *proxy) accept(ctx context.Context) {
	for {
		program, err := p.listener.Accept()
		if err != nil {
			return // it was closed
		}
		var dialer net.Dialer
		server, err := dialer.DialContext(ctx, "unix", p.target)
		if err != nil {
			_ = program.Close()
			continue
		}
		c := &connection{proxy: p, program: program, server: server}
		go c.forward()
		go c.answer()
	}
}

// connection is one connection of a program, and the one that the proxy has made for it.
type connection struct {
	*proxy

	program, server net.Conn

	mu        sync.Mutex
	committed bool // the answer to the commit is to be lost
}

func (c *connection) end() { _, _ = c.program.Close(), c.server.Close() }

// forward hands the messages of the program to the server.
func (c *connection) forward() {
	defer c.end()
	first, err := message(c.program, 0) // it has no type
	if err != nil {
		return
	}
	if _, err := c.server.Write(first); err != nil {
		return
	}
	for {
		next, err := message(c.program, 1)
		if err != nil {
			return
		}
		isCommit := next[0] == 'Q' && strings.EqualFold(strings.Trim(string(next[5:]), "\x00 ;"), "commit")
		switch {
		case c.place == anywhere && c.isCut(20):
			_, _ = c.server.Write(next[:len(next)/2])
			return
		case c.place == beforeCommit && isCommit && c.isCut(3):
			return
		case c.place == atCommit && isCommit && c.isCut(3):
			_, _ = c.server.Write(next)
			return
		case c.place == afterCommit && isCommit && c.isCut(3):
			c.mu.Lock()
			c.committed = true
			c.mu.Unlock()
		}
		if _, err := c.server.Write(next); err != nil {
			return
		}
	}
}

// answer hands the messages of the server to the program.
func (c *connection) answer() {
	defer c.end()
	for {
		next, err := message(c.server, 1)
		if err != nil {
			return
		}
		c.mu.Lock()
		isLost := c.committed
		c.mu.Unlock()
		if isLost {
			if next[0] == 'Z' { // the server is ready for the next query: it has committed
				return
			}
			continue
		}
		if _, err := c.program.Write(next); err != nil {
			return
		}
	}
}

// message reads one message, whose length stands behind so many bytes.
func message(from io.Reader, before int) ([]byte, error) {
	head := make([]byte, before+4)
	if _, err := io.ReadFull(from, head); err != nil {
		return nil, err
	}
	length := binary.BigEndian.Uint32(head[before:])
	const most = 64 << 20
	if length < 4 || length > most {
		return nil, errors.New("not a message of PostgreSQL")
	}
	body := make([]byte, length-4)
	if _, err := io.ReadFull(from, body); err != nil {
		return nil, err
	}
	return append(head, body...), nil
}
