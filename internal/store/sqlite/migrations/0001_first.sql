-- +goose Up
CREATE TABLE documents (
  key       INTEGER PRIMARY KEY,
  name      TEXT NOT NULL UNIQUE,       -- id, with @2 for its second text
  id        TEXT NOT NULL,
  revision  INTEGER NOT NULL,
  outlet    TEXT NOT NULL,
  url       TEXT NOT NULL,
  title     TEXT NOT NULL,
  lang      TEXT NOT NULL,
  published TEXT NOT NULL,              -- 2006-01-02 or empty
  sha256    BLOB NOT NULL,              -- of identity and text
  engine    TEXT NOT NULL,
  size      INTEGER NOT NULL,           -- bytes of text
  line      BLOB NOT NULL,              -- the coded document, JSON line schema 1, zstd
  UNIQUE (id, sha256)
) STRICT;
CREATE INDEX documents_published ON documents (published, name);

CREATE TABLE events (
  key       INTEGER PRIMARY KEY,
  document  INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
  n         INTEGER NOT NULL,           -- from 1, as in v1
  type      TEXT NOT NULL,
  mode      TEXT NOT NULL,
  cameo     TEXT NOT NULL,
  contexts  TEXT NOT NULL,              -- divided by spaces
  status    TEXT NOT NULL,
  phase     TEXT NOT NULL,
  first_day TEXT NOT NULL,              -- of the event, else of publication, else empty
  last_day  TEXT NOT NULL,
  time      TEXT NOT NULL,              -- TIMEX3 value
  place     TEXT NOT NULL,
  country   TEXT NOT NULL,
  lat       REAL,
  lon       REAL,
  magnitude TEXT NOT NULL,              -- JSON list of {value, unit}
  speaker   TEXT NOT NULL,
  voices    TEXT NOT NULL,
  stance    TEXT NOT NULL,
  sentence  TEXT NOT NULL,
  trigger   TEXT NOT NULL,
  UNIQUE (document, n)
) STRICT;
CREATE INDEX events_day ON events (first_day, document, n);
CREATE INDEX events_type ON events (type, first_day);

CREATE TABLE actors (
  event INTEGER NOT NULL REFERENCES events (key) ON DELETE CASCADE,
  role  TEXT NOT NULL CHECK (role IN ('source', 'target')),
  n     INTEGER NOT NULL,
  name  TEXT NOT NULL,
  code  TEXT NOT NULL,
  PRIMARY KEY (event, role, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX actors_code ON actors (code, role, event);

CREATE TABLE statements (
  key      INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
  n        INTEGER NOT NULL,
  speaker  TEXT NOT NULL,
  code     TEXT NOT NULL,
  voices   TEXT NOT NULL,
  stance   TEXT NOT NULL,
  kind     TEXT NOT NULL,
  cue      TEXT NOT NULL,
  content  TEXT NOT NULL,
  UNIQUE (document, n)
) STRICT;
CREATE INDEX statements_speaker ON statements (speaker);

CREATE TABLE failures (
  key     INTEGER PRIMARY KEY,
  place   TEXT NOT NULL,
  id      TEXT NOT NULL,
  stage   TEXT NOT NULL,
  cause   TEXT NOT NULL,
  hint    TEXT NOT NULL,
  UNIQUE (place, id, stage, cause)
) STRICT;

CREATE VIRTUAL TABLE document_words USING fts5 (title, text, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE event_words USING fts5 (title, sentence, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE statement_words USING fts5 (content, tokenize = 'unicode61 remove_diacritics 2');
