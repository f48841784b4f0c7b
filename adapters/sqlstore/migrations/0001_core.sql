-- A row per scope of an atomic Update. Writing it is the first statement of every
-- transaction that decides something, and so its lock.
CREATE TABLE scopes (
    scope   TEXT   PRIMARY KEY,
    version BIGINT NOT NULL
);

-- Events on their way out, saved with the change they tell of.
CREATE TABLE outbox (
    id        TEXT   PRIMARY KEY,
    position  BIGINT NOT NULL,
    type      TEXT   NOT NULL,
    source    TEXT   NOT NULL,
    subject   TEXT   NOT NULL,
    at        BIGINT NOT NULL, -- Unix microseconds
    data      TEXT   NOT NULL, -- JSON object, or empty
    delivered BIGINT NOT NULL  -- 0 or 1
);

CREATE INDEX outbox_position ON outbox (position);
CREATE INDEX outbox_pending ON outbox (position, id) WHERE delivered = 0;
