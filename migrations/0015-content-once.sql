-- What the holder of a key is answered with is made of the row and of the current revision's content when it is asked for:
-- to keep it as well was to write every content twice.
ALTER TABLE reports DROP COLUMN answer;
