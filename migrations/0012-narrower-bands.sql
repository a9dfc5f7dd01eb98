-- A band names its year and its section itself, in six bytes: writing many reports at once writes most of this table anew
-- with every commit, and it is half as large now. What is compared by was made from the texts and is made again when the
-- program starts, since every report is then judged anew.
DROP TABLE signature_bands;

CREATE TABLE signature_bands (
  band INTEGER NOT NULL,
  report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  PRIMARY KEY (band, report_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX signature_bands_report ON signature_bands (report_id);

DELETE FROM signatures;

DELETE FROM settings WHERE name = 'rulesVersion';
