-- The history of each service request, which is only ever added to. Empty text
-- means none: each kind of step fills the columns that belong to it.
CREATE TABLE srmt_steps (
    request_id TEXT   NOT NULL,
    seq        BIGINT NOT NULL, -- from 1
    kind       TEXT   NOT NULL,
    at         BIGINT NOT NULL, -- Unix microseconds
    by_staff   TEXT   NOT NULL,
    why        TEXT   NOT NULL,
    channel    TEXT   NOT NULL,
    receipt    TEXT   NOT NULL,
    issue      TEXT   NOT NULL,
    filed      TEXT   NOT NULL, -- 2006-01-02
    due        TEXT   NOT NULL, -- 2006-01-02
    office     TEXT   NOT NULL,
    officer    TEXT   NOT NULL,
    direction  TEXT   NOT NULL,
    means      TEXT   NOT NULL,
    content    TEXT   NOT NULL, -- personal
    PRIMARY KEY (request_id, seq)
);

-- What each history adds up to, for the lists.
CREATE TABLE srmt_requests (
    id      TEXT   COLLATE "binary" PRIMARY KEY,
    channel TEXT   NOT NULL,
    receipt TEXT   NOT NULL,
    issue   TEXT   NOT NULL,
    filed   TEXT   NOT NULL, -- 2006-01-02
    due     TEXT   NOT NULL, -- 2006-01-02
    office  TEXT   NOT NULL,
    officer TEXT   NOT NULL,
    status  TEXT   NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX srmt_requests_order ON srmt_requests (filed, id);
CREATE INDEX srmt_requests_office ON srmt_requests (office, status, filed, id);
CREATE INDEX srmt_requests_officer ON srmt_requests (officer, filed, id);
CREATE INDEX srmt_requests_open ON srmt_requests (office, filed, id) WHERE status <> 'closed';

-- The staff, by the one office where each works.
CREATE TABLE srmt_staff (
    id     TEXT PRIMARY KEY,
    role   TEXT NOT NULL,
    office TEXT NOT NULL
);
