-- Every scan event once. The whole row is the key: two records with equal rows tell of
-- one event. Text is in the order of its bytes, which is also compared the fastest.
CREATE TABLE cris_scans (
    number    TEXT   COLLATE "binary" NOT NULL,
    at        TEXT   COLLATE "binary" NOT NULL, -- 2006-01-02T15:04, local to the place
    code      TEXT   COLLATE "binary" NOT NULL,
    zip       TEXT   COLLATE "binary" NOT NULL, -- of the place, or empty
    country   TEXT   COLLATE "binary" NOT NULL, -- of the place, or empty
    to_sender BIGINT                  NOT NULL, -- 0 or 1
    position  BIGINT                  NOT NULL, -- in the sequence of additions
    PRIMARY KEY (number, at, code, zip, country, to_sender)
);

CREATE INDEX cris_scans_position ON cris_scans (position);

-- The last position that was given away: one row. Whoever adds scans updates it in the
-- same transaction, and so positions become visible in their order.
CREATE TABLE cris_scan_positions (
    id   BIGINT PRIMARY KEY, -- 1
    last BIGINT NOT NULL
);

-- The additions in batches, so that a cursor can say which history it belongs to.
CREATE TABLE cris_scan_batches (
    last BIGINT PRIMARY KEY,                -- position
    mark TEXT   COLLATE "binary" NOT NULL   -- random
);

-- What is known of each file.
CREATE TABLE cris_scan_files (
    file       TEXT   COLLATE "binary" PRIMARY KEY, -- SHA-256 of the content
    name       TEXT   NOT NULL,
    mailer     TEXT   NOT NULL, -- of the series of the day, or empty
    day        TEXT   NOT NULL, -- 2006-01-02, or empty
    series     BIGINT NOT NULL, -- from 1, or 0
    announces  BIGINT NOT NULL, -- 0 or 1
    announced  BIGINT NOT NULL,
    records    BIGINT NOT NULL,
    damaged    BIGINT NOT NULL,
    new_scans  BIGINT NOT NULL,
    done       BIGINT NOT NULL, -- 0 or 1
    first_scan TEXT   NOT NULL, -- 2006-01-02T15:04, or empty
    last_scan  TEXT   NOT NULL
);

-- Damaged records: where they are, what is wrong, and what may be kept of them until
-- somebody has looked at them.
CREATE TABLE cris_scan_damage (
    file     TEXT   COLLATE "binary" NOT NULL,
    line     BIGINT NOT NULL,
    position BIGINT NOT NULL, -- byte of the line, from 1
    field    TEXT   NOT NULL,
    cause    TEXT   NOT NULL,
    kept     TEXT   NOT NULL, -- the record, with spaces or its mere shape for what is not kept, or empty
    PRIMARY KEY (file, line)
);
