-- The bands of narratives follow from their signatures, and are made of them in memory, once for each year: thirty rows a
-- report took longer to write than the report. A year's stamp is drawn anew whenever its signatures change, so that bands
-- in memory are known to be of what is stored.
DROP TABLE signature_bands;

CREATE TABLE signature_stamps (
  year INTEGER NOT NULL PRIMARY KEY,
  -- 53 bits, since it is read as a double.
  stamp INTEGER NOT NULL
) STRICT;
