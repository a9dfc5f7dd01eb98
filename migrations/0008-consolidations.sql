-- Which revision the figures others go by are of: a sum says from what it was made.
ALTER TABLE handed_in ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

UPDATE handed_in
SET revision = (SELECT r.counted_revision FROM reports AS r WHERE r.id = handed_in.report_id);

-- The revisions that were written as the sum of the children's reports (汇总), one row each: for the audit.
CREATE TABLE consolidations (
  report_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  -- The children's reports it adds up: JSON, a list of agency and revision.
  contributors TEXT NOT NULL,
  actor TEXT NOT NULL,
  consolidated_at TEXT NOT NULL,
  PRIMARY KEY (report_id, revision),
  FOREIGN KEY (report_id, revision) REFERENCES revisions (report_id, revision) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TRIGGER consolidations_are_immutable
BEFORE UPDATE ON consolidations
BEGIN
  SELECT RAISE(ABORT, 'the record of a consolidation is immutable');
END;
