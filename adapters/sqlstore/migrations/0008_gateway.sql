-- The calls of a call center, with what a list tells of them. Empty text means none.
CREATE TABLE cris_gateway_calls (
    id         TEXT   COLLATE "binary" PRIMARY KEY,
    by_staff   TEXT   COLLATE "binary" NOT NULL, -- the representative
    script     TEXT   NOT NULL,
    edition    TEXT   NOT NULL, -- 2006-01-02
    started    BIGINT NOT NULL, -- Unix microseconds
    ended      BIGINT NOT NULL, -- Unix microseconds; those of the year 1 while the call goes on
    request_id TEXT   NOT NULL, -- the service request that was opened from the call
    version    BIGINT NOT NULL
);

CREATE INDEX cris_gateway_calls_by_time ON cris_gateway_calls (started, id);
CREATE INDEX cris_gateway_calls_by_staff ON cris_gateway_calls (by_staff, started, id);

-- The history of each call, which is only ever added to. Empty text and 0 mean none: each kind of
-- step fills the columns that belong to it.
CREATE TABLE cris_gateway_steps (
    call_id    TEXT   COLLATE "binary" NOT NULL,
    seq        BIGINT NOT NULL, -- from 1
    kind       TEXT   NOT NULL,
    at         BIGINT NOT NULL, -- Unix microseconds
    by_staff   TEXT   NOT NULL,
    script     TEXT   NOT NULL,
    edition    TEXT   NOT NULL, -- 2006-01-02
    language   TEXT   NOT NULL,
    statement  TEXT   NOT NULL, -- edition of the Privacy Act Statement that the call has read
    node       TEXT   NOT NULL,
    block      BIGINT NOT NULL, -- from 1
    choice     TEXT   NOT NULL,
    filing     TEXT   NOT NULL, -- why e-Request did not take what was said
    request_id TEXT   NOT NULL,
    PRIMARY KEY (call_id, seq)
);

-- What callers said, with the number of the step that kept it. Empty text means that nothing was.
CREATE TABLE cris_gateway_said (
    call_id                        TEXT   COLLATE "binary" NOT NULL,
    seq                            BIGINT NOT NULL,
    receipt                        TEXT   NOT NULL,
    form                           TEXT   NOT NULL, -- as said, as the next three
    form_type                      TEXT   NOT NULL,
    date_filed                     TEXT   NOT NULL, -- 2006-01-02
    mailing_zip                    TEXT   NOT NULL,
    family_name                    TEXT   NOT NULL,
    given_name                     TEXT   NOT NULL,
    middle_name                    TEXT   NOT NULL,
    maiden_name                    TEXT   NOT NULL,
    date_of_birth                  TEXT   NOT NULL, -- 2006-01-02
    country_of_birth               TEXT   NOT NULL,
    country_of_citizenship         TEXT   NOT NULL,
    a_number                       TEXT   NOT NULL,
    email                          TEXT   NOT NULL,
    phone                          TEXT   NOT NULL,
    street                         TEXT   NOT NULL,
    unit                           TEXT   NOT NULL,
    city                           TEXT   NOT NULL,
    state                          TEXT   NOT NULL,
    zip                            TEXT   NOT NULL,
    preferred_means                TEXT   NOT NULL,
    representative_family_name     TEXT   NOT NULL,
    representative_given_name      TEXT   NOT NULL,
    representative_middle_name     TEXT   NOT NULL,
    representative_maiden_name     TEXT   NOT NULL,
    representative_firm            TEXT   NOT NULL,
    representative_email           TEXT   NOT NULL,
    representative_phone           TEXT   NOT NULL,
    representative_street          TEXT   NOT NULL,
    representative_unit            TEXT   NOT NULL,
    representative_city            TEXT   NOT NULL,
    representative_state           TEXT   NOT NULL,
    representative_zip             TEXT   NOT NULL,
    representative_preferred_means TEXT   NOT NULL,
    representative_appearance      TEXT   NOT NULL,
    representative_respond_to      TEXT   NOT NULL,
    mailed                         TEXT   NOT NULL, -- 2006-01-02
    document                       TEXT   NOT NULL,
    name_printed                   TEXT   NOT NULL,
    name_correct                   TEXT   NOT NULL,
    address_printed                TEXT   NOT NULL,
    address_correct                TEXT   NOT NULL,
    date_of_birth_printed          TEXT   NOT NULL,
    date_of_birth_correct          TEXT   NOT NULL,
    country_of_birth_printed       TEXT   NOT NULL,
    country_of_birth_correct       TEXT   NOT NULL,
    a_number_printed               TEXT   NOT NULL,
    a_number_correct               TEXT   NOT NULL,
    PRIMARY KEY (call_id, seq)
);
