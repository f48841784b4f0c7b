-- Where the agency mailed to in a case, oldest first, the present address last. None if it never changed.
CREATE TABLE cris_case_addresses (
    receipt     TEXT   NOT NULL REFERENCES cris_cases (receipt),
    position    BIGINT NOT NULL, -- from 1
    from_day    TEXT   NOT NULL, -- 2006-01-02, or empty: from the beginning
    origin      TEXT   NOT NULL, -- ID of the report of a new address that brought it, or empty
    reported_at BIGINT NOT NULL, -- Unix microseconds
    entered     TEXT   NOT NULL, -- 2006-01-02, or empty: on from_day
    street      TEXT   NOT NULL,
    unit        TEXT   NOT NULL,
    city        TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    zip         TEXT   NOT NULL,
    PRIMARY KEY (receipt, position)
);

-- Reports of new addresses. Empty text means none.
CREATE TABLE cris_address_changes (
    id                    TEXT   COLLATE "binary" PRIMARY KEY,
    report_key            TEXT   NOT NULL UNIQUE,
    confirmation          TEXT   NOT NULL UNIQUE,
    channel               TEXT   NOT NULL,
    statement             TEXT   NOT NULL, -- edition of the Privacy Act Statement that was shown
    family_name           TEXT   NOT NULL,
    given_name            TEXT   NOT NULL,
    middle_name           TEXT   NOT NULL,
    maiden_name           TEXT   NOT NULL,
    date_of_birth         TEXT   NOT NULL, -- 2006-01-02
    a_number              TEXT   NOT NULL,
    present_street        TEXT   NOT NULL,
    present_unit          TEXT   NOT NULL,
    present_city          TEXT   NOT NULL,
    present_state         TEXT   NOT NULL,
    present_zip           TEXT   NOT NULL,
    previous_street       TEXT   NOT NULL,
    previous_unit         TEXT   NOT NULL,
    previous_city         TEXT   NOT NULL,
    previous_state        TEXT   NOT NULL,
    previous_zip          TEXT   NOT NULL,
    mailing_street        TEXT   NOT NULL,
    mailing_unit          TEXT   NOT NULL,
    mailing_city          TEXT   NOT NULL,
    mailing_state         TEXT   NOT NULL,
    mailing_zip           TEXT   NOT NULL,
    moved_on              TEXT   NOT NULL, -- 2006-01-02
    signed_by_family_name TEXT   NOT NULL,
    signed_by_given_name  TEXT   NOT NULL,
    signed_by_middle_name TEXT   NOT NULL,
    signed_by_maiden_name TEXT   NOT NULL,
    signed_on             TEXT   NOT NULL, -- 2006-01-02
    reported_at           BIGINT NOT NULL, -- Unix microseconds
    effective             TEXT   NOT NULL, -- 2006-01-02
    due_by                TEXT   NOT NULL  -- 2006-01-02
);

-- The cases that reports name, with what was decided about each.
CREATE TABLE cris_address_change_cases (
    report      TEXT   COLLATE "binary" NOT NULL REFERENCES cris_address_changes (id),
    position    BIGINT NOT NULL, -- from 1
    receipt     TEXT   NOT NULL,
    form        TEXT   NOT NULL, -- as entered, as the next three
    form_type   TEXT   NOT NULL,
    date_filed  TEXT   NOT NULL,
    mailing_zip TEXT   NOT NULL,
    outcome     TEXT   NOT NULL,
    because     TEXT   NOT NULL, -- code of the reason
    entered     TEXT   NOT NULL, -- 2006-01-02: when the address was entered in the case; empty if it was not
    PRIMARY KEY (report, position)
);
