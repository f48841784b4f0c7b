-- The history of each service request, which is only ever added to. Empty text
-- means none: each kind of step fills the columns that belong to it.
CREATE TABLE cris_srmt_steps (
    request_id TEXT   COLLATE "binary" NOT NULL,
    seq        BIGINT NOT NULL, -- from 1
    kind       TEXT   NOT NULL,
    at         BIGINT NOT NULL, -- Unix microseconds
    by_staff   TEXT   NOT NULL,
    why        TEXT   NOT NULL,
    channel    TEXT   NOT NULL,
    receipt    TEXT   NOT NULL,
    issue      TEXT   NOT NULL,
    language   TEXT   NOT NULL,
    filed      TEXT   NOT NULL, -- 2006-01-02
    due        TEXT   NOT NULL, -- 2006-01-02
    source     TEXT   NOT NULL, -- the system that a request was imported from
    source_id  TEXT   NOT NULL, -- its identifier there
    source_steps BIGINT NOT NULL, -- how many steps come from there
    imported   TEXT   NOT NULL, -- 2006-01-02
    taken_by   TEXT   NOT NULL, -- who of the staff took the request; empty if it came online
    office     TEXT   NOT NULL,
    officer    TEXT   NOT NULL,
    direction  TEXT   NOT NULL,
    means      TEXT   NOT NULL,
    means_to_representative TEXT NOT NULL,
    content    TEXT   NOT NULL, -- personal
    attached   TEXT   NOT NULL, -- personal: what srmt.NewAttached writes
    asks       BIGINT NOT NULL, -- 1 for a message to which an answer is awaited
    finding    TEXT   NOT NULL,
    letter     TEXT   NOT NULL, -- the edition of the template
    PRIMARY KEY (request_id, seq)
);

-- What each history adds up to.
CREATE TABLE cris_srmt_requests (
    id      TEXT   COLLATE "binary" PRIMARY KEY,
    channel TEXT   NOT NULL,
    receipt TEXT   NOT NULL,
    issue   TEXT   NOT NULL,
    language TEXT  NOT NULL,
    filed   TEXT   COLLATE "binary" NOT NULL, -- 2006-01-02
    due     TEXT   COLLATE "binary" NOT NULL, -- 2006-01-02
    office  TEXT   COLLATE "binary" NOT NULL,
    officer TEXT   COLLATE "binary" NOT NULL,
    status  TEXT   COLLATE "binary" NOT NULL,
    accommodation BIGINT NOT NULL, -- 1 for a customer who needs one
    trail   TEXT   NOT NULL, -- the codes of the offices that sent it on, with blanks between
    returns BIGINT NOT NULL, -- how often it came back to one of them
    waiting BIGINT NOT NULL, -- Unix microseconds; of January 1 of the year 1 while no answer is awaited
    proposed BIGINT NOT NULL, -- the seq of the step that waits for a review, or 0
    version BIGINT NOT NULL
);

-- Every list is merged from ranges of one of these: what a query compares with = comes first, and
-- then the order of the days.
CREATE INDEX cris_srmt_requests_by_status ON cris_srmt_requests (status, accommodation, due, filed, id);
CREATE INDEX cris_srmt_requests_by_office_status ON cris_srmt_requests (office, status, accommodation, due, filed, id);
CREATE INDEX cris_srmt_requests_by_officer_status ON cris_srmt_requests (officer, status, accommodation, due, filed, id);
CREATE INDEX cris_srmt_requests_by_office_officer_status ON cris_srmt_requests (office, officer, status, accommodation, due, filed, id);

-- Who was shown what is personal in a request.
CREATE TABLE cris_srmt_looks (
    id         TEXT   COLLATE "binary" PRIMARY KEY,
    at         BIGINT NOT NULL, -- Unix microseconds
    by_staff   TEXT   COLLATE "binary" NOT NULL,
    request_id TEXT   COLLATE "binary" NOT NULL,
    opened     TEXT   NOT NULL
);

CREATE INDEX cris_srmt_looks_by_time ON cris_srmt_looks (at, id);
CREATE INDEX cris_srmt_looks_by_staff ON cris_srmt_looks (by_staff, at, id);
CREATE INDEX cris_srmt_looks_by_request ON cris_srmt_looks (request_id, at, id);

-- The staff. Lists are JSON; empty text is an empty list.
CREATE TABLE cris_srmt_staff (
    id             TEXT   COLLATE "binary" PRIMARY KEY,
    posts          TEXT   NOT NULL,
    absences       TEXT   NOT NULL,
    languages      TEXT   NOT NULL,
    accommodations BIGINT NOT NULL -- 1 for one who answers customers with disabilities
);

-- Who has a post at an office, whatever its days.
CREATE TABLE cris_srmt_posts (
    office   TEXT COLLATE "binary" NOT NULL,
    staff_id TEXT COLLATE "binary" NOT NULL,
    PRIMARY KEY (office, staff_id)
);

CREATE INDEX cris_srmt_posts_by_staff ON cris_srmt_posts (staff_id);
