-- For other programs that open the file: the form as rows, which the program fills from its editions when it starts, and
-- views whose names and columns stay as they are. Figures are read from the revisions' JSON, so that any SQLite will do.
CREATE TABLE form_cells (
  edition TEXT NOT NULL,
  -- `section.row.column`: the address everywhere else, and the path in a revision's JSON.
  cell TEXT NOT NULL,
  section TEXT NOT NULL,
  row_key TEXT NOT NULL,
  column_key TEXT NOT NULL,
  position INTEGER NOT NULL,
  label_zh TEXT NOT NULL,
  label_en TEXT NOT NULL,
  unit_zh TEXT,
  unit_en TEXT,
  -- A total that people state.
  is_total INTEGER NOT NULL CHECK (is_total IN (0, 1)),
  PRIMARY KEY (edition, position),
  UNIQUE (edition, cell)
) STRICT, WITHOUT ROWID;

CREATE TABLE form_indicators (
  edition TEXT NOT NULL,
  indicator TEXT NOT NULL,
  position INTEGER NOT NULL,
  label_zh TEXT NOT NULL,
  label_en TEXT NOT NULL,
  -- What is divided by what, in the words of the form.
  formula_zh TEXT NOT NULL,
  formula_en TEXT NOT NULL,
  -- 0 for a count, which is a numerator alone.
  is_ratio INTEGER NOT NULL CHECK (is_ratio IN (0, 1)),
  PRIMARY KEY (edition, position),
  UNIQUE (edition, indicator)
) STRICT, WITHOUT ROWID;

-- The cells whose sum a side of an indicator is.
CREATE TABLE form_indicator_terms (
  edition TEXT NOT NULL,
  indicator TEXT NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('numerator', 'denominator')),
  position INTEGER NOT NULL,
  cell TEXT NOT NULL,
  sign INTEGER NOT NULL CHECK (sign IN (1, -1)),
  PRIMARY KEY (edition, indicator, side, position),
  FOREIGN KEY (edition, indicator) REFERENCES form_indicators (edition, indicator) ON DELETE CASCADE,
  FOREIGN KEY (edition, cell) REFERENCES form_cells (edition, cell) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- `CROSS JOIN` below keeps the order of the tables: reports are few once agency or year is asked for, and a revision is
-- long to read.

CREATE VIEW v_reports AS
SELECT
  r.agency_id, a.name AS agency_name, a.level, a.kind, a.consolidates, a.vertical, a.parent_id, p.name AS parent_name,
  r.year, r.edition, r.status, r.revision, r.published_revision, r.verdict, r.published_verdict, r.errors, r.warnings,
  r.submitted_at, r.first_submitted_at, r.published_at, r.updated_at, json_extract(r.facts, '$.zeroReport') AS zero_report,
  json_extract(r.facts, '$.asPrinted') AS as_printed
FROM reports AS r
CROSS JOIN agencies AS a ON a.id = r.agency_id
LEFT JOIN agencies AS p ON p.id = a.parent_id;

CREATE VIEW v_cells AS
SELECT
  r.agency_id, a.name AS agency_name, a.level, a.kind, a.consolidates, a.vertical, a.parent_id, p.name AS parent_name,
  r.year, r.edition, r.status, c.cell, c.section, c.row_key, c.column_key, c.position, c.label_zh, c.label_en, c.unit_zh,
  c.unit_en, c.is_total, json_extract(v.content, '$.sections.' || c.cell) AS value,
  json_extract(pv.content, '$.sections.' || c.cell) AS published_value
FROM reports AS r
CROSS JOIN agencies AS a ON a.id = r.agency_id
CROSS JOIN revisions AS v ON v.report_id = r.id AND v.revision = r.revision
CROSS JOIN form_cells AS c ON c.edition = r.edition
LEFT JOIN agencies AS p ON p.id = a.parent_id
LEFT JOIN revisions AS pv ON pv.report_id = r.id AND pv.revision = r.published_revision;

-- A sum with a blank in it is no sum. Values have six decimals, as in a check.
CREATE VIEW v_indicators AS
SELECT
  agency_id, agency_name, level, kind, consolidates, vertical, parent_id, parent_name, year, edition, status, indicator,
  position, label_zh, label_en, formula_zh, formula_en, numerator, denominator,
  CASE
    WHEN NOT is_ratio THEN numerator
    WHEN denominator > 0 THEN round(1.0 * numerator / denominator * 1000000) / 1000000
  END AS value,
  published_numerator, published_denominator,
  CASE
    WHEN NOT is_ratio THEN published_numerator
    WHEN published_denominator > 0 THEN round(1.0 * published_numerator / published_denominator * 1000000) / 1000000
  END AS published_value
FROM (
  SELECT
    r.agency_id, a.name AS agency_name, a.level, a.kind, a.consolidates, a.vertical, a.parent_id, p.name AS parent_name,
    r.year, r.edition, r.status, i.indicator, i.position, i.label_zh, i.label_en, i.formula_zh, i.formula_en, i.is_ratio,
    (
      SELECT CASE count(json_extract(v.content, '$.sections.' || t.cell))
        WHEN count(*) THEN sum(t.sign * json_extract(v.content, '$.sections.' || t.cell))
      END
      FROM form_indicator_terms AS t
      WHERE t.edition = i.edition AND t.indicator = i.indicator AND t.side = 'numerator'
    ) AS numerator,
    (
      SELECT CASE count(json_extract(v.content, '$.sections.' || t.cell))
        WHEN count(*) THEN sum(t.sign * json_extract(v.content, '$.sections.' || t.cell))
      END
      FROM form_indicator_terms AS t
      WHERE t.edition = i.edition AND t.indicator = i.indicator AND t.side = 'denominator'
    ) AS denominator,
    (
      SELECT CASE count(json_extract(pv.content, '$.sections.' || t.cell))
        WHEN count(*) THEN sum(t.sign * json_extract(pv.content, '$.sections.' || t.cell))
      END
      FROM form_indicator_terms AS t
      WHERE t.edition = i.edition AND t.indicator = i.indicator AND t.side = 'numerator'
    ) AS published_numerator,
    (
      SELECT CASE count(json_extract(pv.content, '$.sections.' || t.cell))
        WHEN count(*) THEN sum(t.sign * json_extract(pv.content, '$.sections.' || t.cell))
      END
      FROM form_indicator_terms AS t
      WHERE t.edition = i.edition AND t.indicator = i.indicator AND t.side = 'denominator'
    ) AS published_denominator
  FROM reports AS r
  CROSS JOIN agencies AS a ON a.id = r.agency_id
  CROSS JOIN revisions AS v ON v.report_id = r.id AND v.revision = r.revision
  CROSS JOIN form_indicators AS i ON i.edition = r.edition
  LEFT JOIN agencies AS p ON p.id = a.parent_id
  LEFT JOIN revisions AS pv ON pv.report_id = r.id AND pv.revision = r.published_revision
);

-- Who has to report for a year (`hasToReport`), and how far that has come today, as days go in China.
CREATE VIEW v_progress AS
SELECT
  agency_id, agency_name, level, kind, consolidates, parent_id, parent_name, year, year_status, due_on, extended, status,
  handed_in, year_status <> 'planned' AND NOT handed_in AND date('now', '+8 hours') > due_on AS overdue,
  first_submitted_at, first_submitted_at >= due_on || 'T16:00:00.000Z' AS submitted_late
FROM (
  SELECT
    a.id AS agency_id, a.name AS agency_name, a.level, a.kind, a.consolidates, a.parent_id, p.name AS parent_name, y.year,
    y.status AS year_status, max(d.due, coalesce(e.due, d.due)) AS due_on, coalesce(e.due > d.due, FALSE) AS extended,
    coalesce(r.status, 'missing') AS status, r.counted_revision IS NOT NULL AS handed_in, r.first_submitted_at
  FROM years AS y
  CROSS JOIN agencies AS a ON a.vertical = 0
    AND coalesce(a.active_from, '') <= y.year || '-12-31' AND coalesce(a.active_to, '9999') >= y.year || '-12-31'
  CROSS JOIN year_dates AS d ON d.year = y.year AND d.level = a.due_level
  LEFT JOIN agencies AS p ON p.id = a.parent_id
  LEFT JOIN reports AS r ON r.agency_id = a.id AND r.year = y.year
  LEFT JOIN extensions AS e ON e.year = y.year AND e.agency_id = a.id
);
