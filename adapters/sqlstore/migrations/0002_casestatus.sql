-- Cases on file. Empty text means none.
CREATE TABLE cris_cases (
    receipt                    TEXT   PRIMARY KEY,
    form                       TEXT   NOT NULL,
    form_type                  TEXT   NOT NULL,
    filed                      TEXT   NOT NULL, -- 2006-01-02
    office                     TEXT   NOT NULL,
    withheld                   BIGINT NOT NULL, -- 0 or 1
    moved                      BIGINT NOT NULL, -- 1 if there are rows in cris_case_addresses, 0 if not
    applicant_family_name      TEXT   NOT NULL,
    applicant_given_name       TEXT   NOT NULL,
    applicant_middle_name      TEXT   NOT NULL,
    applicant_maiden_name      TEXT   NOT NULL,
    date_of_birth              TEXT   NOT NULL, -- of the applicant, 2006-01-02
    street                     TEXT   NOT NULL, -- of the mailing address, as the next four
    unit                       TEXT   NOT NULL,
    city                       TEXT   NOT NULL,
    state                      TEXT   NOT NULL,
    zip                        TEXT   NOT NULL,
    representative_family_name TEXT   NOT NULL,
    representative_given_name  TEXT   NOT NULL,
    representative_middle_name TEXT   NOT NULL,
    representative_maiden_name TEXT   NOT NULL
);

-- What became of a case, oldest first.
CREATE TABLE cris_case_history (
    receipt  TEXT   NOT NULL REFERENCES cris_cases (receipt),
    position BIGINT NOT NULL, -- from 1
    on_day   TEXT   NOT NULL,
    title    TEXT   NOT NULL,
    title_es TEXT   NOT NULL, -- in Spanish, or empty
    PRIMARY KEY (receipt, position)
);

-- What was mailed in a case, oldest first.
CREATE TABLE cris_case_mailings (
    receipt  TEXT   NOT NULL REFERENCES cris_cases (receipt),
    position BIGINT NOT NULL, -- from 1
    mailed   TEXT   NOT NULL,
    document TEXT   NOT NULL,
    number   TEXT   NOT NULL, -- USPS tracking number
    PRIMARY KEY (receipt, position)
);

CREATE INDEX cris_case_mailings_number ON cris_case_mailings (number);

-- Publications of processing times, each once for each day on which it was read.
CREATE TABLE cris_processing_times (
    id              TEXT   PRIMARY KEY, -- digest of all that makes up a publication
    form            TEXT   NOT NULL,
    form_type       TEXT   NOT NULL,
    office          TEXT   NOT NULL,
    read_on         TEXT   NOT NULL,
    published_on    TEXT   NOT NULL,
    inquiry_date    TEXT   NOT NULL,
    stated_days     BIGINT NOT NULL, -- 0 if not known
    threshold       TEXT   NOT NULL, -- decimal number
    threshold_unit  TEXT   NOT NULL,
    other           TEXT   NOT NULL,
    other_unit      TEXT   NOT NULL,
    as_of           TEXT   NOT NULL,
    form_note_en    TEXT   NOT NULL,
    form_note_es    TEXT   NOT NULL,
    note_en         TEXT   NOT NULL,
    note_es         TEXT   NOT NULL,
    position        BIGINT NOT NULL UNIQUE -- order of posting
);

CREATE INDEX cris_processing_times_posted_under ON cris_processing_times (form, form_type, office, read_on, position);

-- How far the mail side was read. One row.
CREATE TABLE cris_delivery_cursor (
    id       BIGINT PRIMARY KEY, -- 1
    position TEXT   NOT NULL -- the cursor, as it was given
);

-- The pieces of mail that were looked at.
CREATE TABLE cris_delivery_pieces (
    number     TEXT COLLATE "binary" PRIMARY KEY, -- tracking number
    look_again TEXT COLLATE "binary" NOT NULL     -- 2006-01-02: when silence is raised; empty if on no day
);

CREATE INDEX cris_delivery_pieces_look_again ON cris_delivery_pieces (look_again, number);

-- What was raised about pieces of mail.
CREATE TABLE cris_mail_alerts (
    id             TEXT   COLLATE "binary" PRIMARY KEY,
    number         TEXT   COLLATE "binary" NOT NULL, -- tracking number
    receipt        TEXT   COLLATE "binary" NOT NULL,
    document       TEXT   NOT NULL, -- of the mailing, as the next
    mailed         TEXT   NOT NULL, -- 2006-01-02, or empty
    raised_at      BIGINT NOT NULL, -- Unix microseconds
    kind           TEXT   NOT NULL,
    since          TEXT   NOT NULL, -- 2006-01-02
    scan_at        TEXT   NOT NULL, -- of the scan that is the cause, as the next four; all empty if there is none
    scan_code      TEXT   NOT NULL,
    scan_zip       TEXT   NOT NULL,
    scan_country   TEXT   NOT NULL,
    scan_to_sender BIGINT NOT NULL
);

CREATE INDEX cris_mail_alerts_number ON cris_mail_alerts (number);
CREATE INDEX cris_mail_alerts_receipt ON cris_mail_alerts (receipt, id);

-- What was received of it: all scans of each piece, as the mail side has them.
CREATE TABLE cris_delivery_scans (
    number    TEXT   NOT NULL, -- tracking number
    at        TEXT   NOT NULL, -- 2006-01-02T15:04, local to the place
    code      TEXT   NOT NULL,
    zip       TEXT   NOT NULL, -- of the place, or empty
    country   TEXT   NOT NULL, -- of the place, or empty
    to_sender BIGINT NOT NULL, -- 0 or 1
    PRIMARY KEY (number, at, code, zip, country, to_sender)
);
