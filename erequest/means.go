package erequest

import (
	"github.com/seed28e20331/cris"
)

// Means is how a message travels between the agency and a customer.
type Means string

// The means.
const (
	ByLetter    Means = "letter"
	ByEmail     Means = "email"
	ByTelephone Means = "telephone"
)

// AllMeans lists the means. The caller may keep and change the slice.
func AllMeans() []Means { return []Means{ByLetter, ByEmail, ByTelephone} }

// Message returns what the means is called.
func (m Means) Message() cris.Message { return cris.Message{Code: "erequest.means." + cris.Code(m)} }
