-- Identity proofings that were begun and are not over. There is nothing to read about the
-- individual: what was entered is sealed under a key that is not kept.
CREATE TABLE cris_selfcheck_begun (
    transaction_id  TEXT   COLLATE "binary" PRIMARY KEY,
    begun_at        BIGINT NOT NULL, -- Unix microseconds
    asked_at        BIGINT NOT NULL, -- Unix microseconds, year 1 before the first quiz
    idp_transaction TEXT   NOT NULL, -- empty until the provider named one
    quizzes         BIGINT NOT NULL,
    sealed          TEXT   NOT NULL  -- base64
);

-- What remains of failed identity proofings. This table has no column about the
-- individual, and none may be added.
CREATE TABLE cris_selfcheck_failures (
    transaction_id  TEXT   COLLATE "binary" PRIMARY KEY,
    idp_transaction TEXT   NOT NULL,
    reason          TEXT   NOT NULL,
    at              BIGINT NOT NULL, -- Unix microseconds
    error_code      TEXT   NOT NULL
);

CREATE INDEX cris_selfcheck_failures_by_idp ON cris_selfcheck_failures (idp_transaction, transaction_id);
CREATE INDEX cris_selfcheck_failures_by_reason ON cris_selfcheck_failures (reason, transaction_id);
CREATE INDEX cris_selfcheck_failures_by_time ON cris_selfcheck_failures (at, reason);

-- Passed identity proofings, written once. There is no address.
CREATE TABLE cris_selfcheck_passes (
    transaction_id  TEXT   COLLATE "binary" PRIMARY KEY,
    idp_transaction TEXT   NOT NULL,
    at              BIGINT NOT NULL, -- Unix microseconds
    statement       TEXT   NOT NULL, -- edition of the Privacy Act Statement that was shown
    family_name     TEXT   NOT NULL,
    given_name      TEXT   NOT NULL,
    middle_name     TEXT   NOT NULL,
    maiden_name     TEXT   NOT NULL,
    birth_date      TEXT   NOT NULL, -- 2006-01-02
    ssn             TEXT   NOT NULL  -- empty if it was not given
);

CREATE UNIQUE INDEX cris_selfcheck_passes_idp ON cris_selfcheck_passes (idp_transaction) WHERE idp_transaction <> '';

-- E-Verify queries, with what was added to the identity of the passed proofing.
-- Columns that do not apply are empty.
CREATE TABLE cris_selfcheck_queries (
    transaction_id  TEXT   COLLATE "binary" PRIMARY KEY,
    status          TEXT   NOT NULL,
    list_a          TEXT   NOT NULL,
    list_b          TEXT   NOT NULL,
    list_c          TEXT   NOT NULL,
    ssn             TEXT   NOT NULL,
    a_number        TEXT   NOT NULL,
    passport_number TEXT   NOT NULL,
    country         TEXT   NOT NULL,
    i94_number      TEXT   NOT NULL,
    visa_number     TEXT   NOT NULL,
    sevis_number    TEXT   NOT NULL,
    card_number     TEXT   NOT NULL,
    document_number TEXT   NOT NULL,
    state           TEXT   NOT NULL,
    expiration_date TEXT   NOT NULL, -- 2006-01-02
    handle          TEXT   NOT NULL, -- leads to the accounting of disclosures and the trail of amendments
    submitted_at    BIGINT NOT NULL, -- Unix microseconds
    claimed_until   BIGINT NOT NULL, -- Unix microseconds, year 1 while the conversation is nobody's
    case_number     TEXT   NOT NULL, -- empty until E-Verify has opened a case
    settled_by      TEXT   NOT NULL, -- who of the staff settled the query; empty if nobody had to
    stage           TEXT   NOT NULL,
    finding_ssa     BIGINT NOT NULL, -- 1 if the records of this agency do not match, else 0
    finding_dhs     BIGINT NOT NULL,
    finding_state   BIGINT NOT NULL,
    result          TEXT   NOT NULL,
    choice          TEXT   NOT NULL,
    chosen_at       BIGINT NOT NULL, -- Unix microseconds, year 1 without a choice
    is_closed       BIGINT NOT NULL, -- 1 once the case was closed, else 0
    closed_at       BIGINT NOT NULL, -- Unix microseconds, year 1 while it is open
    closure         TEXT   NOT NULL
);

CREATE UNIQUE INDEX cris_selfcheck_queries_case ON cris_selfcheck_queries (case_number) WHERE case_number <> '';
CREATE INDEX cris_selfcheck_queries_closed ON cris_selfcheck_queries (submitted_at) WHERE is_closed = 1;

-- What each transaction waits for, written with every change of it. What waits for nothing
-- has no row.
CREATE TABLE cris_selfcheck_unfinished (
    transaction_id  TEXT   COLLATE "binary" PRIMARY KEY,
    step            TEXT   NOT NULL,
    since           BIGINT NOT NULL, -- Unix microseconds
    case_number     TEXT   NOT NULL,
    stage           TEXT   NOT NULL
);

-- What queries are found by, written with every change of the pass or the query.
CREATE TABLE cris_selfcheck_keys (
    transaction_id  TEXT   COLLATE "binary" NOT NULL,
    kind            TEXT   NOT NULL,
    value           TEXT   NOT NULL, -- personal
    PRIMARY KEY (transaction_id, kind, value)
);

CREATE INDEX cris_selfcheck_keys_by_value ON cris_selfcheck_keys (kind, value, transaction_id);

-- Attempts at identity proofing are counted by day. These tables have no column about an
-- individual or a transaction, and none may be added.
CREATE TABLE cris_selfcheck_attempt_days (
    day   TEXT   COLLATE "binary" PRIMARY KEY, -- 2006-01-02
    key   TEXT   NOT NULL, -- of the fingerprints of that day, in hexadecimal; it dies with the day
    width BIGINT NOT NULL  -- counters in a row of the sketch
);

-- The counters that are not zero.
CREATE TABLE cris_selfcheck_attempt_cells (
    day      TEXT   COLLATE "binary" NOT NULL, -- 2006-01-02
    cell     BIGINT NOT NULL,
    attempts BIGINT NOT NULL, -- at most 255
    PRIMARY KEY (day, cell)
);

-- Tickets that were given back: random numbers, so that none is given back twice.
CREATE TABLE cris_selfcheck_attempt_returns (
    day    TEXT COLLATE "binary" NOT NULL, -- 2006-01-02
    number TEXT COLLATE "binary" NOT NULL, -- in hexadecimal
    PRIMARY KEY (day, number)
);
