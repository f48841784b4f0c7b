package srmt_test

import (
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/srmt"
	"github.com/seed28e20331/cris/srmt/srmttest"
)

// said is an event, what it says and what reads it.
type said struct {
	event cris.Event
	read  func(cris.Event) (any, error)
	want  any
}

// readable has an event of each type.
var readable = map[string]said{
	"received": readableAs(srmt.RequestReceived{RequestID: "r1", Step: 1, Office: "NSC", Due: cris.MustParseDate("2013-09-14")}, srmt.ReadReceived),
	"assigned": readableAs(srmt.RequestAssigned{RequestID: "r1", Step: 2, Office: "NSC", Officer: "iio"}, srmt.ReadAssigned),
	"reassigned": readableAs(srmt.RequestReassigned{
		RequestID: "r1", Step: 3, Office: "NSC", Officer: "iio", Why: srmt.StaffChange,
	}, srmt.ReadReassigned),
	"returned": readableAs(srmt.RequestReturned{RequestID: "r1", Step: 6, Office: "NSC", Officer: "iio"}, srmt.ReadReturned),
	"redirected": readableAs(srmt.RequestRedirected{
		RequestID: "r1", Step: 4, From: "NSC", To: "SSC", Why: srmt.OfficeBandwidth,
	}, srmt.ReadRedirected),
	"answered": readableAs(srmt.ResponseSent{
		RequestID: "r1", Step: 5, Office: "SSC", Officer: "iio", Means: erequest.ByEmail, Finding: mailedAgain, On: cris.MustParseDate("2013-08-16"),
	}, srmt.ReadResponseSent),
}

func readableAs[T interface {
	Event(at time.Time) cris.Event
}](content T, read func(cris.Event) (T, error)) said {
	return said{content.Event(srmttest.Start()), func(e cris.Event) (any, error) { return read(e) }, content}
}

func TestEvents_ReadBackAsTheyWereSaid(t *testing.T) {
	for name, test := range readable {
		require.Equal(t, "cris.srmt."+name, test.event.Type)
		require.Equal(t, "r1", test.event.Subject)
		require.Equal(t, srmttest.Start(), test.event.Time)
		wire, err := test.event.MarshalJSON()
		require.NoError(t, err)
		var arrived cris.Event
		require.NoError(t, arrived.UnmarshalJSON(wire))
		read, err := test.read(arrived)
		require.NoError(t, err, name)
		require.Equal(t, test.want, read)
		for other, reader := range readable {
			if other != name {
				_, err := reader.read(arrived)
				require.Error(t, err, "%s read as %s", name, other)
			}
		}
	}
}

func TestEvents_WhatIsDamagedIsAnErrorThatRepeatsNothing(t *testing.T) {
	damaged := []string{"", "Xyzzyva", "0", "-1", "1.5", "2013-02-30"}
	for name, test := range readable {
		for field := range test.event.Data {
			for _, value := range damaged {
				if value != "" && (field == "office" || field == "from" || field == "officer") {
					continue // any text may be one
				}
				event := test.event
				event.Data = maps.Clone(event.Data)
				event.Data[field] = value
				read, err := test.read(event)
				require.Error(t, err, "%s with the %s %q", name, field, value)
				require.NotContains(t, err.Error(), "Xyzzyva")
				require.Zero(t, read)
			}
		}
		event := test.event
		event.Subject = ""
		_, err := test.read(event)
		require.Error(t, err, name)
		event = test.event
		event.Data = nil
		_, err = test.read(event)
		require.Error(t, err, name)
	}
}

func TestSR8_TheResponseIsReadByERequestToo(t *testing.T) {
	sent := readable["answered"]
	read, err := erequest.ReadResponseSent(sent.event)
	require.NoError(t, err)
	require.Equal(t, erequest.ResponseSent{RequestID: "r1", On: cris.MustParseDate("2013-08-16")}, read)
}
