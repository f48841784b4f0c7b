-- Service requests as customers filed them. Empty text and 0 mean none.
CREATE TABLE cris_e_requests (
    id                             TEXT   COLLATE "binary" PRIMARY KEY,
    request_key                    TEXT   NOT NULL,
    confirmation                   TEXT   NOT NULL UNIQUE,
    receipt                        TEXT   NOT NULL,
    position                       BIGINT NOT NULL, -- order of filing within the case, from 1
    issue                          TEXT   NOT NULL,
    channel                        TEXT   NOT NULL,
    taken_by                       TEXT   NOT NULL, -- who of the staff took it; empty if it came online
    form                           TEXT   NOT NULL, -- of the screening, as the next three
    form_type                      TEXT   NOT NULL,
    date_filed                     TEXT   NOT NULL,
    mailing_zip                    TEXT   NOT NULL,
    filed_at                       BIGINT NOT NULL, -- Unix microseconds
    filed                          TEXT   NOT NULL, -- 2006-01-02
    respond_by                     TEXT   COLLATE "binary" NOT NULL,
    repeats                        TEXT   NOT NULL,
    assigned                       TEXT   NOT NULL, -- first day on which an officer had it, as the next two empty until then
    overdue                        TEXT   NOT NULL, -- day on which it was raised that no answer had come in time
    answered                       TEXT   NOT NULL,
    statement                      TEXT   NOT NULL, -- edition of the Privacy Act Statement that was shown
    language                       TEXT   NOT NULL, -- in which the customer wants to be answered
    family_name                    TEXT   NOT NULL,
    given_name                     TEXT   NOT NULL,
    middle_name                    TEXT   NOT NULL,
    maiden_name                    TEXT   NOT NULL,
    date_of_birth                  TEXT   NOT NULL,
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
    compared_name                  TEXT   NOT NULL, -- how it agreed with the case on file, as the next two
    compared_date_of_birth         TEXT   NOT NULL,
    compared_representative        TEXT   NOT NULL,
    mailed                         TEXT   NOT NULL, -- as the customer knows it
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
    UNIQUE (receipt, position)
);

-- Requests that wait for their answer, by the day on which it is due; and those of them that
-- were not raised as overdue yet.
CREATE INDEX cris_e_requests_due ON cris_e_requests (respond_by, id) WHERE answered = '';
CREATE INDEX cris_e_requests_unraised ON cris_e_requests (respond_by, id) WHERE answered = '' AND overdue = '';
