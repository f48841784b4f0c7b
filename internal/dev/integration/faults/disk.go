package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// errNotHere means that a fault cannot be made on this machine.
var errNotHere = errors.New("it takes the right to mount a file system")

// disk is a small disk that can be filled.
type disk struct{ folder string }

// mountDisk mounts a disk of 8 MB in a folder that does not exist yet.
func mountDisk(folder string) (*disk, error) {
	if err := os.Mkdir(folder, 0o755); err != nil {
		return nil, err
	}
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=8m"); err != nil {
		return nil, fmt.Errorf("%w: %w", errNotHere, err)
	}
	return &disk{folder}, nil
}

func (d *disk) unmount() error {
	return errors.Join(syscall.Unmount(d.folder, syscall.MNT_DETACH), os.RemoveAll(d.folder))
}

func (d *disk) filler() string { return filepath.Join(d.folder, "filler") }

// fill leaves no room.
func (d *disk) fill(context.Context) error {
	file, err := os.Create(d.filler())
	if err != nil {
		return err
	}
	defer file.Close()
	for page := make([]byte, 4096); err == nil; {
		_, err = file.Write(page)
	}
	if errors.Is(err, syscall.ENOSPC) {
		return nil
	}
	return err
}

func (d *disk) free(context.Context) error { return os.Remove(d.filler()) }
