package extract

import (
	"bufio"
	"compress/gzip"
	"io"
)

// gunzip reads what is packed in the members of a gzip file. Noughts behind a member, with
// which a file is filled up to whole blocks, are skipped, as gzip(1) does.
type gunzip struct {
	in     *bufio.Reader
	member *gzip.Reader
}

func newGunzip(content io.Reader) (*gunzip, error) {
	in := bufio.NewReader(content)
	member, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	member.Multistream(false)
	return &gunzip{in, member}, nil
}

func (g *gunzip) Read(p []byte) (int, error) {
	for {
		n, err := g.member.Read(p)
		if atEnd(err) {
			err = g.nextMember()
		}
		if n > 0 || err != nil || len(p) == 0 { // a member may be empty
			return n, err
		}
	}
}

// nextMember returns io.EOF if there is none.
func (g *gunzip) nextMember() error {
	for {
		c, err := g.in.ReadByte()
		if err != nil {
			return err
		}
		if c != 0 {
			break
		}
	}
	if err := g.in.UnreadByte(); err != nil {
		return err
	}
	if err := g.member.Reset(g.in); err != nil {
		return err
	}
	g.member.Multistream(false)
	return nil
}
