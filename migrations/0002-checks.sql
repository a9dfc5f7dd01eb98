-- What a check looks at besides the figures: what the narratives say, what others go by, what resembles what. The rows
-- there are get theirs when the program starts, since it then judges every report anew (see `settings`).

ALTER TABLE reports DROP COLUMN blank_texts;
-- What is kept of the current revision's content beside its figures, JSON.
ALTER TABLE reports ADD COLUMN facts TEXT NOT NULL DEFAULT '{"zeroReport":false,"asPrinted":false,"readings":{}}';
-- The revision others go by: published, else handed in; absent for a draft.
ALTER TABLE reports ADD COLUMN counted_revision INTEGER;
ALTER TABLE reports ADD COLUMN check_version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE reports ADD COLUMN published_version INTEGER;
-- How what was published was judged, so that it is found by that without a key as well.
ALTER TABLE reports ADD COLUMN published_verdict TEXT;

CREATE INDEX reports_published_verdict ON reports (published_verdict, year DESC, agency_id)
WHERE published_verdict IS NOT NULL;

UPDATE reports
SET counted_revision = published_revision, published_version = version, published_verdict = (
  SELECT v.verdict FROM revisions AS v WHERE v.report_id = reports.id AND v.revision = reports.published_revision
)
WHERE published_revision IS NOT NULL;

UPDATE reports
SET counted_revision = revision
WHERE published_revision IS NULL
  AND (
    status IN ('submitted', 'accepted')
    OR EXISTS (
      SELECT 1
      FROM revisions AS v
      WHERE v.report_id = reports.id AND v.revision = reports.revision AND json_extract(v.content, '$.asPrinted')
    )
  );

-- The figures of the revision others go by, apart from everything else: a sum of thousands reads each of them.
CREATE TABLE handed_in (
  report_id INTEGER NOT NULL PRIMARY KEY REFERENCES reports (id) ON DELETE CASCADE,
  agency_id TEXT NOT NULL,
  year INTEGER NOT NULL,
  edition TEXT NOT NULL,
  figures BLOB NOT NULL,
  UNIQUE (agency_id, year)
) STRICT;

INSERT INTO handed_in (report_id, agency_id, year, edition, figures)
SELECT r.id, r.agency_id, r.year, r.edition, v.figures
FROM reports AS r
JOIN revisions AS v ON v.report_id = r.id AND v.revision = r.counted_revision;

-- How each revision was judged last. A verdict changes with what others hand in, a revision never does.
CREATE TABLE assessments (
  report_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  errors INTEGER NOT NULL,
  warnings INTEGER NOT NULL,
  PRIMARY KEY (report_id, revision),
  FOREIGN KEY (report_id, revision) REFERENCES revisions (report_id, revision) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

INSERT INTO assessments (report_id, revision, verdict, errors, warnings)
SELECT report_id, revision, verdict, errors, warnings
FROM revisions;

ALTER TABLE revisions DROP COLUMN verdict;
ALTER TABLE revisions DROP COLUMN errors;
ALTER TABLE revisions DROP COLUMN warnings;

-- In the order of the lists as well, so that the first page of a rule that thousands fail is read and no more.
ALTER TABLE failed_rules RENAME TO failed_rules_before;
DROP INDEX failed_rules_revision;

CREATE TABLE failed_rules (
  report_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  rule TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  year INTEGER NOT NULL,
  PRIMARY KEY (report_id, revision, rule),
  FOREIGN KEY (report_id, revision) REFERENCES revisions (report_id, revision) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX failed_rules_rule ON failed_rules (rule, year DESC, agency_id);

INSERT INTO failed_rules (report_id, revision, rule, agency_id, year)
SELECT f.report_id, f.revision, f.rule, r.agency_id, r.year
FROM failed_rules_before AS f
JOIN reports AS r ON r.id = f.report_id;

DROP TABLE failed_rules_before;

-- What was said in defence of an error that may be waived, bound to the values of its terms (JSON).
CREATE TABLE waivers (
  report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  rule TEXT NOT NULL,
  at TEXT NOT NULL,
  term_values TEXT NOT NULL,
  explanation TEXT,
  explained_by TEXT,
  explained_at TEXT,
  reason TEXT,
  waived_by TEXT,
  waived_at TEXT,
  PRIMARY KEY (report_id, rule, at)
) STRICT, WITHOUT ROWID;

-- MinHash signatures of the current revision's narratives, and their bands: texts much the same share one.
CREATE TABLE signatures (
  report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  section TEXT NOT NULL,
  signature BLOB NOT NULL,
  PRIMARY KEY (report_id, section)
) STRICT, WITHOUT ROWID;

CREATE TABLE signature_bands (
  year INTEGER NOT NULL,
  section TEXT NOT NULL,
  band INTEGER NOT NULL,
  report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  PRIMARY KEY (year, section, band, report_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX signature_bands_report ON signature_bands (report_id);

-- The reports whose narratives were found to be much the same, as the finding of `report_id` tells them.
CREATE TABLE likenesses (
  report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  section TEXT NOT NULL,
  other_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  share REAL NOT NULL,
  PRIMARY KEY (report_id, section, other_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX likenesses_other ON likenesses (other_id);

-- What the program keeps for itself: by which rules every report was judged.
CREATE TABLE settings (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
