-- Service requests as customers filed them. Empty text and 0 mean none.
CREATE TABLE e_requests (
    id                     TEXT   COLLATE "binary" PRIMARY KEY,
    request_key            TEXT   NOT NULL,
    confirmation           TEXT   NOT NULL UNIQUE,
    receipt                TEXT   NOT NULL,
    position               BIGINT NOT NULL, -- order of filing within the case, from 1
    issue                  TEXT   NOT NULL,
    channel                TEXT   NOT NULL,
    form                   TEXT   NOT NULL, -- of the screening, as the next three
    form_type              TEXT   NOT NULL,
    date_filed             TEXT   NOT NULL,
    mailing_zip            TEXT   NOT NULL,
    filed_at               BIGINT NOT NULL, -- Unix microseconds
    filed                  TEXT   NOT NULL, -- 2006-01-02
    respond_by             TEXT   NOT NULL,
    repeats                TEXT   NOT NULL,
    answered               TEXT   NOT NULL,
    family_name            TEXT   NOT NULL,
    given_name             TEXT   NOT NULL,
    middle_name            TEXT   NOT NULL,
    maiden_name            TEXT   NOT NULL,
    date_of_birth          TEXT   NOT NULL,
    country_of_birth       TEXT   NOT NULL,
    country_of_citizenship TEXT   NOT NULL,
    a_number               TEXT   NOT NULL,
    email                  TEXT   NOT NULL,
    phone                  TEXT   NOT NULL,
    street                 TEXT   NOT NULL,
    unit                   TEXT   NOT NULL,
    city                   TEXT   NOT NULL,
    state                  TEXT   NOT NULL,
    zip                    TEXT   NOT NULL,
    correction_element     TEXT   NOT NULL,
    correction_text        TEXT   NOT NULL,
    UNIQUE (receipt, position)
);
