-- What remains of failed identity proofings. This table has no column about the
-- individual, and none may be added.
CREATE TABLE selfcheck_failures (
    transaction_id  TEXT   COLLATE "binary" PRIMARY KEY,
    idp_transaction TEXT   NOT NULL,
    reason          TEXT   NOT NULL,
    at              BIGINT NOT NULL, -- Unix microseconds
    error_code      TEXT   NOT NULL
);

-- Passed identity proofings, written once. There is no address.
CREATE TABLE selfcheck_passes (
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

-- E-Verify queries, with what was added to the identity of the passed proofing.
-- Columns that do not apply are empty.
CREATE TABLE selfcheck_queries (
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
    card_number     TEXT   NOT NULL,
    document_number TEXT   NOT NULL,
    state           TEXT   NOT NULL,
    expiration_date TEXT   NOT NULL, -- 2006-01-02
    submitted_at    BIGINT NOT NULL, -- Unix microseconds
    case_number     TEXT   NOT NULL,
    result          TEXT   NOT NULL,
    choice          TEXT   NOT NULL,
    is_open         BIGINT NOT NULL, -- 1 while the case is still to be closed, else 0
    closed_at       BIGINT NOT NULL, -- Unix microseconds, year 1 while it is open
    closure         TEXT   NOT NULL
);

CREATE INDEX selfcheck_queries_open ON selfcheck_queries (transaction_id) WHERE is_open = 1;
