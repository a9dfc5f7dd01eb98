-- Keys for others than the operator: of a role, bound to an agency, for a time, taken back. A key has a secret or two, so
-- that its holder can change over from one to the next.
ALTER TABLE keys RENAME TO keys_before;

CREATE TABLE keys (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT,
  role TEXT NOT NULL,
  -- No reference: a key that was revoked is told of for ever, its agency may go.
  agency_id TEXT,
  created_at TEXT NOT NULL,
  -- The key it was issued with; NULL where the program made it.
  created_by TEXT,
  expires_at TEXT,
  revoked_at TEXT,
  last_used_at TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX keys_agency ON keys (agency_id) WHERE agency_id IS NOT NULL;

INSERT INTO keys (id, role, created_at)
SELECT id, role, created_at
FROM keys_before;

-- In the order they were made. Of a secret only its SHA-256 is kept.
CREATE TABLE key_secrets (
  hash TEXT NOT NULL PRIMARY KEY,
  key_id TEXT NOT NULL REFERENCES keys (id),
  created_at TEXT NOT NULL,
  expires_at TEXT
) STRICT;

CREATE INDEX key_secrets_key ON key_secrets (key_id);

INSERT INTO key_secrets (hash, key_id, created_at)
SELECT hash, id, created_at
FROM keys_before;

DROP TABLE keys_before;
