CREATE TABLE agencies (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  level TEXT NOT NULL,
  kind TEXT NOT NULL,
  parent_id TEXT REFERENCES agencies (id) DEFERRABLE INITIALLY DEFERRED,
  consolidates INTEGER NOT NULL CHECK (consolidates IN (0, 1)),
  vertical INTEGER NOT NULL CHECK (vertical IN (0, 1)),
  credit_code TEXT,
  division_code TEXT,
  contact TEXT,
  active_from TEXT,
  active_to TEXT,
  succeeded_by TEXT REFERENCES agencies (id) DEFERRABLE INITIALLY DEFERRED,
  -- Which of a year's due dates the agency has; follows from level and kind.
  due_level TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX agencies_parent ON agencies (parent_id);
CREATE INDEX agencies_successor ON agencies (succeeded_by) WHERE succeeded_by IS NOT NULL;

CREATE TABLE years (
  year INTEGER NOT NULL PRIMARY KEY,
  edition TEXT NOT NULL,
  status TEXT NOT NULL
) STRICT;

CREATE TABLE year_dates (
  year INTEGER NOT NULL REFERENCES years (year) ON DELETE CASCADE,
  level TEXT NOT NULL,
  due TEXT NOT NULL,
  publish_by TEXT NOT NULL,
  PRIMARY KEY (year, level)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
  -- Never given to another report, since a report's ETag is made of it.
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  agency_id TEXT NOT NULL REFERENCES agencies (id),
  year INTEGER NOT NULL REFERENCES years (year),
  edition TEXT NOT NULL,
  status TEXT NOT NULL,
  revision INTEGER NOT NULL,
  published_revision INTEGER,
  version INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  errors INTEGER NOT NULL,
  warnings INTEGER NOT NULL,
  submitted_at TEXT,
  published_at TEXT,
  updated_at TEXT NOT NULL,
  -- What rules look at in the current revision, so that a check reads one row: its figures, and as a JSON array the
  -- keys of the sections without text.
  figures BLOB NOT NULL,
  blank_texts TEXT NOT NULL,
  -- What a reader is sent, UTF-8 JSON; the second without a key.
  answer BLOB NOT NULL,
  published_answer BLOB,
  UNIQUE (agency_id, year)
) STRICT;

CREATE INDEX reports_year ON reports (year DESC, agency_id);
CREATE INDEX reports_verdict ON reports (verdict, year DESC, agency_id);
CREATE INDEX reports_status ON reports (status, year DESC, agency_id);
CREATE INDEX reports_updated ON reports (updated_at);

CREATE TABLE revisions (
  report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  errors INTEGER NOT NULL,
  warnings INTEGER NOT NULL,
  actor TEXT,
  created_at TEXT NOT NULL,
  -- Canonical JSON of the sections and what belongs to them.
  content TEXT NOT NULL,
  -- The same figures in the edition's permanent cell order: doubles, little-endian, blank is NaN.
  figures BLOB NOT NULL,
  PRIMARY KEY (report_id, revision)
) STRICT;

CREATE TRIGGER revisions_are_immutable
BEFORE UPDATE ON revisions
BEGIN
  SELECT RAISE(ABORT, 'a revision is immutable');
END;

-- The rules a revision fails, so that every report failing a rule is an indexed query.
CREATE TABLE failed_rules (
  rule TEXT NOT NULL,
  report_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (rule, report_id, revision),
  FOREIGN KEY (report_id, revision) REFERENCES revisions (report_id, revision) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX failed_rules_revision ON failed_rules (report_id, revision);

CREATE TABLE keys (
  id TEXT NOT NULL PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
