-- Why a report was returned or reopened, for as long as it is so.
ALTER TABLE reports ADD COLUMN reason TEXT;
-- `submitted_at` is the last time it was handed in; whether it was late is a matter of the first.
ALTER TABLE reports ADD COLUMN first_submitted_at TEXT;

UPDATE reports SET first_submitted_at = submitted_at;

-- What an act was answered with the first time, so that the same request sent again gets the same answer.
CREATE TABLE replies (
  key_id TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  -- What was asked for: another request under the same key is a mistake.
  request TEXT NOT NULL,
  reply TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (key_id, idempotency_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX replies_created ON replies (created_at);
