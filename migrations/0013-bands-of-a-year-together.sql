-- What texts are compared by is made otherwise. A band begins with its year and section, so that reports written at once
-- write few pages, however many years are stored; there are fewer of them; and those of a report are made of its
-- signatures, so that neither an index nor a foreign key has to find them. All of it is made again when the program
-- starts, since every report is then judged anew.
DROP TABLE signature_bands;

CREATE TABLE signature_bands (
  band INTEGER NOT NULL,
  report_id INTEGER NOT NULL,
  PRIMARY KEY (band, report_id)
) STRICT, WITHOUT ROWID;

DELETE FROM signatures;

DELETE FROM settings WHERE name = 'rulesVersion';
