-- Which of these files were run. Each ends with a row of its own, whoever runs it.
CREATE TABLE cris_migrations (
    version BIGINT PRIMARY KEY, -- number of the file
    name    TEXT   NOT NULL,    -- of the file, without .sql
    ran_at  BIGINT NOT NULL     -- Unix microseconds
);

-- A row per scope of an atomic Update. Writing it is the first statement of every
-- transaction that decides something, and so its lock. What a scope is called is known to
-- those who ask for it: the name may be a secret, such as the identifier of a transaction.
CREATE TABLE cris_scopes (
    scope   TEXT   COLLATE "binary" PRIMARY KEY, -- SHA-256 of its name
    version BIGINT NOT NULL, -- one more with each Update
    updated BIGINT NOT NULL -- Unix microseconds
);

-- Events on their way out, saved with the change they tell of.
CREATE TABLE cris_outbox (
    id           TEXT   COLLATE "binary" PRIMARY KEY,
    position     BIGINT NOT NULL,
    type         TEXT   NOT NULL,
    source       TEXT   NOT NULL,
    subject      TEXT   NOT NULL,
    at           BIGINT NOT NULL, -- Unix microseconds
    data         TEXT   NOT NULL, -- JSON object, or empty
    delivered_at BIGINT NOT NULL  -- Unix microseconds, or 0 until then
);

CREATE INDEX cris_outbox_pending ON cris_outbox (position, id) WHERE delivered_at = 0;
CREATE INDEX cris_outbox_delivered ON cris_outbox (delivered_at) WHERE delivered_at > 0;
