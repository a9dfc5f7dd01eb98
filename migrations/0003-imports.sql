-- The documents that became revisions of reports, one row for each revision that was read from one: for the audit, and
-- so that the same bytes sent again are known.
CREATE TABLE imports (
  report_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  file_name TEXT NOT NULL,
  media_type TEXT,
  -- Whether cells printed blank were taken for 0 because a person said so.
  blanks_are_zero INTEGER NOT NULL CHECK (blanks_are_zero IN (0, 1)),
  -- Where in the document each figure stood, as it was printed, and how surely it was read: JSON by cell.
  provenance TEXT NOT NULL,
  actor TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  PRIMARY KEY (report_id, revision),
  FOREIGN KEY (report_id, revision) REFERENCES revisions (report_id, revision) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX imports_sha256 ON imports (sha256, imported_at);

CREATE TRIGGER imports_are_immutable
BEFORE UPDATE ON imports
BEGIN
  SELECT RAISE(ABORT, 'the record of an import is immutable');
END;
