-- Later due dates granted to single agencies.
CREATE TABLE extensions (
  year INTEGER NOT NULL REFERENCES years (year),
  agency_id TEXT NOT NULL REFERENCES agencies (id),
  due TEXT NOT NULL,
  reason TEXT NOT NULL,
  granted_by TEXT NOT NULL,
  granted_at TEXT NOT NULL,
  PRIMARY KEY (year, agency_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX extensions_agency ON extensions (agency_id);

-- The lists' order, and beside it what progress counts: a report's row is long, and thousands are counted at once.
DROP INDEX reports_year;
CREATE INDEX reports_year ON reports (year DESC, agency_id, status, counted_revision, first_submitted_at);
