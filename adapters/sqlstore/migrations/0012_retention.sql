-- Legal holds: what they are on is not purged. They hold no personal value.
CREATE TABLE cris_retention_holds (
    id        TEXT   COLLATE "binary" PRIMARY KEY,
    class     TEXT   NOT NULL, -- of records; empty for all classes
    record    TEXT   NOT NULL, -- ID of the one record that is held; empty for the whole class
    why       TEXT   NOT NULL, -- a code, or the number of a file
    by_staff  TEXT   NOT NULL,
    since     BIGINT NOT NULL, -- Unix microseconds
    lifted    BIGINT NOT NULL, -- Unix microseconds; those of the year 1 while it holds
    lifted_by TEXT   NOT NULL
);

-- A case stays while a request or a report of a new address names it.
CREATE INDEX cris_srmt_requests_by_receipt ON cris_srmt_requests (receipt);
CREATE INDEX cris_address_change_cases_by_receipt ON cris_address_change_cases (receipt);

-- When something of a file was saved first, in Unix microseconds: what a file without dates counts
-- from. 0 for files from before this column.
ALTER TABLE cris_scan_files ADD COLUMN received BIGINT NOT NULL DEFAULT 0;
