-- Events of which several relays share the delivery. An event that failed, or is parked, is out
-- of the way of those that look for what comes next.
ALTER TABLE cris_outbox ADD COLUMN stage BIGINT NOT NULL DEFAULT 0; -- 0 waits for its turn, 1 failed and is tried again, 2 parked

DROP INDEX cris_outbox_pending;
CREATE INDEX cris_outbox_pending ON cris_outbox (stage, position, id) WHERE delivered_at = 0;

-- The subjects that are held back: by a lease, under which one relay delivers their events, or
-- by an event that failed, until it is tried again. There is no row for any other subject.
CREATE TABLE cris_relay_subjects (
    subject  TEXT   COLLATE "binary" PRIMARY KEY,
    lease    TEXT   COLLATE "binary" NOT NULL, -- ID of the lease, or empty
    until    BIGINT NOT NULL, -- Unix microseconds: end of the lease or of the wait
    failed   TEXT   COLLATE "binary" NOT NULL, -- ID of the event that failed, or empty
    tries    BIGINT NOT NULL, -- how often it failed
    code     TEXT   NOT NULL, -- why it failed last
    position BIGINT NOT NULL  -- of the last event that was seen when the lease was given
);

CREATE INDEX cris_relay_subjects_until ON cris_relay_subjects (until);

-- What is told of a parked event beside the event.
CREATE TABLE cris_parked_events (
    id        TEXT   COLLATE "binary" PRIMARY KEY,
    parked_at BIGINT NOT NULL, -- Unix microseconds
    tries     BIGINT NOT NULL,
    code      TEXT   NOT NULL
);
