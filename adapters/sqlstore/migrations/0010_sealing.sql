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

-- The personal columns of a row, sealed together. In a sealed store they are empty themselves, in one
-- in clear this is.
ALTER TABLE cris_cases ADD COLUMN sealed TEXT NOT NULL DEFAULT '';
ALTER TABLE cris_case_addresses ADD COLUMN sealed TEXT NOT NULL DEFAULT '';
ALTER TABLE cris_e_requests ADD COLUMN sealed TEXT NOT NULL DEFAULT '';
ALTER TABLE cris_srmt_steps ADD COLUMN sealed TEXT NOT NULL DEFAULT '';
ALTER TABLE cris_gateway_said ADD COLUMN sealed TEXT NOT NULL DEFAULT '';
ALTER TABLE cris_selfcheck_passes ADD COLUMN sealed TEXT NOT NULL DEFAULT '';
ALTER TABLE cris_selfcheck_queries ADD COLUMN sealed TEXT NOT NULL DEFAULT '';
ALTER TABLE cris_address_changes ADD COLUMN sealed TEXT NOT NULL DEFAULT '';
ALTER TABLE cris_address_change_cases ADD COLUMN sealed TEXT NOT NULL DEFAULT '';
ALTER TABLE cris_scan_damage ADD COLUMN sealed TEXT NOT NULL DEFAULT '';

-- What earlier versions kept is in clear. A database without rows becomes what its first opener says.
INSERT INTO cris_settings (name, value) SELECT 'sealing', 'clear'
    WHERE EXISTS (SELECT 1 FROM cris_cases)
       OR EXISTS (SELECT 1 FROM cris_case_addresses)
       OR EXISTS (SELECT 1 FROM cris_e_requests)
       OR EXISTS (SELECT 1 FROM cris_srmt_steps)
       OR EXISTS (SELECT 1 FROM cris_gateway_said)
       OR EXISTS (SELECT 1 FROM cris_selfcheck_passes)
       OR EXISTS (SELECT 1 FROM cris_selfcheck_queries)
       OR EXISTS (SELECT 1 FROM cris_address_changes)
       OR EXISTS (SELECT 1 FROM cris_address_change_cases)
       OR EXISTS (SELECT 1 FROM cris_scan_damage)
       OR EXISTS (SELECT 1 FROM cris_selfcheck_keys);
