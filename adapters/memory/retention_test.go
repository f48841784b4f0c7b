package memory_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed28e20331/cris"
	"github.com/seed28e20331/cris/adapters/memory"
	"github.com/seed28e20331/cris/casestatus/casestatustest"
	"github.com/seed28e20331/cris/cristest"
	"github.com/seed28e20331/cris/erequest"
	"github.com/seed28e20331/cris/erequest/erequesttest"
)

func TestRetention_KeepsTheContract(t *testing.T) {
	cristest.TestRetention(t, func(*testing.T) cristest.Retained {
		db := memory.New()
		put := func(ctx context.Context, id string, started cris.Date, open bool) error {
			var n int
			if _, err := fmt.Sscanf(id, "record-%d", &n); err != nil {
				return err
			}
			request := erequesttest.NewRequest(casestatustest.Receipt(n), n, func(r *erequest.Request) {
				r.ID = id
				if !open {
					r.Answered = started
				}
			})
			return db.ERequests().Update(ctx, request.Receipt, func([]erequest.Entry) (erequest.Change, error) {
				return erequest.Change{File: []erequest.Request{request}}, nil
			})
		}
		return cristest.Retained{RetentionStore: db.Retention(), Outbox: db.Outbox(), Class: erequest.ERequestRecords, Put: put}
	})
}

// PV-4: what a database keeps is in its schedule, and the schedule is one.
func TestPV4_MemoryKeepsEveryClassOfItsSchedule(t *testing.T) {
	schedule, err := cris.NewSchedule(memory.RecordClasses()...)
	require.NoError(t, err)
	var codes []cris.Code
	for _, class := range schedule.Classes() {
		codes = append(codes, class.Code)
	}
	require.Equal(t, codes, memory.New().Retention().RecordClasses())
	_, err = cris.NewRetention(memory.New().Retention(), cris.Schedule{}, nil)
	for _, code := range codes {
		require.ErrorContains(t, err, string(code), "a class without a period would be kept forever")
	}
}
