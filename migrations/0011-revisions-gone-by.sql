-- Which revisions of a report anything goes by, beside what progress counts: statistics look at every report, and only
-- few rows have figures that `handed_in` has not.
DROP INDEX reports_year;
CREATE INDEX reports_year ON reports (
  year DESC, agency_id, status, counted_revision, first_submitted_at, revision, published_revision
);
