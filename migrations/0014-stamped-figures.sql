-- A name for the figures of a row, drawn whenever they are written: what was read once is known by it again, and what was
-- written in a transaction that was undone is never taken for what was written after. 53 bits, since they are read as a
-- double.
ALTER TABLE handed_in ADD COLUMN stamp INTEGER NOT NULL DEFAULT 0;

UPDATE handed_in SET stamp = random() >> 11;

-- Who has handed in, without the figures: a row with them is long, and a sum of thousands looks at each of them.
CREATE INDEX handed_in_year ON handed_in (year, agency_id, revision, stamp);

-- A sum looks at all children of an agency, and at this of them.
DROP INDEX agencies_parent;
CREATE INDEX agencies_parent ON agencies (parent_id, id, name, vertical, active_from, active_to);
