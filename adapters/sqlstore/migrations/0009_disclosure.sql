-- The account of disclosures of Self Check records. It holds nothing personal about the
-- individual and no number of a transaction, and no such column may be added: only the
-- handle, which is kept in the record, leads to its rows.
CREATE TABLE cris_selfcheck_disclosures (
    id                TEXT   COLLATE "binary" PRIMARY KEY,
    handle            TEXT   COLLATE "binary" NOT NULL,
    at                BIGINT NOT NULL, -- Unix microseconds
    used_for          TEXT   NOT NULL, -- the routine use
    authority         TEXT   NOT NULL,
    purpose           TEXT   NOT NULL,
    recipient_kind    TEXT   NOT NULL,
    recipient_name    TEXT   NOT NULL, -- of an office or organization; empty for a person
    recipient_address TEXT   NOT NULL, -- the same
    file_number       TEXT   NOT NULL, -- of the agency's file on the matter, or empty
    classes           TEXT   NOT NULL, -- of the data disclosed, a JSON array
    by_official       TEXT   NOT NULL,
    kept_until        TEXT   COLLATE "binary" NOT NULL -- 2006-01-02, included
);

CREATE INDEX cris_selfcheck_disclosures_by_record ON cris_selfcheck_disclosures (handle, at, id);
CREATE INDEX cris_selfcheck_disclosures_by_end ON cris_selfcheck_disclosures (kept_until);

-- The trails of amendments of Self Check records, under the same handles. They say what was
-- amended, refused or disputed, and hold no value: those before it stay with the record. No
-- column about the individual may be added.
CREATE TABLE cris_selfcheck_trails (
    id          TEXT   COLLATE "binary" PRIMARY KEY,
    handle      TEXT   COLLATE "binary" NOT NULL,
    at          BIGINT NOT NULL, -- Unix microseconds
    by_official TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    classes     TEXT   NOT NULL, -- of the data, a JSON array
    finding     TEXT   NOT NULL, -- why; empty for a statement of disagreement
    kept_until  TEXT   COLLATE "binary" NOT NULL -- 2006-01-02, included
);

CREATE INDEX cris_selfcheck_trails_by_record ON cris_selfcheck_trails (handle, at, id);
CREATE INDEX cris_selfcheck_trails_by_end ON cris_selfcheck_trails (kept_until);
