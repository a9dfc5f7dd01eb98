-- Everything that was ever written, in order: the audit trail, and what others follow to know of changes. An entry is
-- written in the transaction of what it tells, and carries the hash of the one before.
CREATE TABLE events (
  sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  act TEXT NOT NULL,
  kind TEXT NOT NULL,
  agency_id TEXT,
  year INTEGER,
  part TEXT,
  moved_from TEXT,
  key_id TEXT,
  role TEXT,
  address TEXT,
  request_id TEXT,
  revision_before INTEGER,
  revision_after INTEGER,
  reason TEXT,
  -- The resource after it, JSON; NULL where it is gone.
  state TEXT,
  -- SHA-256 of the content of a revision it made.
  content_hash TEXT,
  hash TEXT NOT NULL
) STRICT;

CREATE INDEX events_resource ON events (agency_id, year, sequence);

CREATE TRIGGER events_are_immutable
BEFORE UPDATE ON events
BEGIN
  SELECT RAISE(ABORT, 'an event is immutable');
END;

CREATE TRIGGER events_are_kept
BEFORE DELETE ON events
BEGIN
  SELECT RAISE(ABORT, 'an event is kept');
END;
