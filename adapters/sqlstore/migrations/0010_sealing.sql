-- What the store says of itself, such as how personal columns are kept.
CREATE TABLE cris_settings (
    name  TEXT COLLATE "binary" PRIMARY KEY,
    value TEXT NOT NULL
);

-- The key of each record of a person, wrapped by a key that is not in this database. A record is
-- shredded by removing its row.
CREATE TABLE cris_record_keys (
    class   TEXT COLLATE "binary" NOT NULL, -- table whose row the record begins with
    id      TEXT COLLATE "binary" NOT NULL, -- key of that row
    key_id  TEXT COLLATE "binary" NOT NULL, -- of the key that wraps
    wrapped TEXT NOT NULL, -- base64
    PRIMARY KEY (class, id)
);

CREATE INDEX cris_record_keys_by_key ON cris_record_keys (key_id, class, id);
