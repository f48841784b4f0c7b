-- Cases on file. Empty text means none.
CREATE TABLE cases (
    receipt               TEXT   PRIMARY KEY,
    form                  TEXT   NOT NULL,
    form_type             TEXT   NOT NULL,
    filed                 TEXT   NOT NULL, -- 2006-01-02
    office                TEXT   NOT NULL,
    withheld              BIGINT NOT NULL, -- 0 or 1
    mailing_zip           TEXT   NOT NULL,
    representative_family TEXT   NOT NULL,
    representative_given  TEXT   NOT NULL,
    representative_middle TEXT   NOT NULL,
    representative_maiden TEXT   NOT NULL
);

-- What became of a case, oldest first.
CREATE TABLE case_history (
    receipt  TEXT   NOT NULL REFERENCES cases (receipt),
    position BIGINT NOT NULL, -- from 1
    on_day   TEXT   NOT NULL,
    title    TEXT   NOT NULL,
    PRIMARY KEY (receipt, position)
);

-- What was mailed in a case, oldest first.
CREATE TABLE case_mailings (
    receipt  TEXT   NOT NULL REFERENCES cases (receipt),
    position BIGINT NOT NULL, -- from 1
    mailed   TEXT   NOT NULL,
    document TEXT   NOT NULL,
    number   TEXT   NOT NULL, -- USPS tracking number
    PRIMARY KEY (receipt, position)
);

-- Publications of processing times, each once for each day on which it was read.
-- All columns but the position make up what a publication is.
CREATE TABLE processing_times (
    form            TEXT   NOT NULL,
    form_type       TEXT   NOT NULL,
    office          TEXT   NOT NULL,
    read_on         TEXT   NOT NULL,
    published_on    TEXT   NOT NULL,
    inquiry_date    TEXT   NOT NULL,
    threshold       TEXT   NOT NULL, -- decimal number, without zeros at its end
    threshold_unit  TEXT   NOT NULL,
    other           TEXT   NOT NULL,
    other_unit      TEXT   NOT NULL,
    as_of           TEXT   NOT NULL,
    position        BIGINT NOT NULL UNIQUE, -- order of posting
    PRIMARY KEY (form, form_type, office, read_on, published_on, inquiry_date,
        threshold, threshold_unit, other, other_unit, as_of)
);
