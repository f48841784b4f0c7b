package srmt_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/srmt"
)

func TestWords_SayEverything(t *testing.T) {
	words := cris.NewWords(srmt.Words()...)
	var messages []cris.Message
	for _, r := range srmt.Reasons() {
		messages = append(messages, r.Message())
	}
	for _, v := range srmt.Statuses() {
		messages = append(messages, v.Message())
	}
	for _, v := range srmt.StepKinds() {
		messages = append(messages, v.Message())
	}
	for _, v := range srmt.Outcomes() {
		messages = append(messages, v.Message())
	}
	for _, v := range srmt.Roles() {
		messages = append(messages, v.Message())
	}
	for _, v := range srmt.AllMeans() {
		messages = append(messages, v.Message())
	}
	for _, v := range srmt.Directions() {
		messages = append(messages, v.Message())
	}
	for _, v := range srmt.TransferReasons() {
		messages = append(messages, v.Message())
	}
	for _, m := range messages {
		require.True(t, words.Has(m.Code), m.Code)
	}
}
