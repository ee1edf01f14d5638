-- Signing in, and an audit log that shows when it was tampered with.

-- Who a user is among the enrolled.
ALTER TABLE users ADD COLUMN person_id TEXT REFERENCES persons (id) ON DELETE SET NULL;
CREATE INDEX users_by_person ON users (person_id);

-- What a user is narrowed to; none of a kind: everything of that kind.
CREATE TABLE user_scopes (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('camera', 'department')),
  value TEXT NOT NULL,
  PRIMARY KEY (user_id, kind, value)
) STRICT, WITHOUT ROWID;

-- hash: SHA-256 of the cookie, or of the refresh token that is good now.
CREATE TABLE sessions (
  id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('browser', 'token')),
  hash TEXT NOT NULL UNIQUE CHECK (hash <> ''),
  address TEXT NOT NULL DEFAULT '',
  client TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user_id, created_at);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- Refresh tokens that were used: whoever shows one again has stolen it, or was stolen from.
CREATE TABLE spent_tokens (
  hash TEXT PRIMARY KEY NOT NULL CHECK (hash <> ''),
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX spent_tokens_by_session ON spent_tokens (session_id);

-- hash: SHA-256 of what a one-time link holds. Without a user: the link of the first start.
CREATE TABLE invitations (
  hash TEXT PRIMARY KEY NOT NULL CHECK (hash <> ''),
  user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Wrong passwords in a row of an account, an address, an account from an address.
CREATE TABLE login_failures (
  subject TEXT PRIMARY KEY NOT NULL CHECK (subject <> ''),
  failures INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX login_failures_by_time ON login_failures (last_at);

-- The chain: number counts from 1 without a gap, hash is over the entry and the hash before it. Entries that were
-- written before this step stand outside it and have no number.
ALTER TABLE audit_log ADD COLUMN number INTEGER;
ALTER TABLE audit_log ADD COLUMN previous_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE audit_log ADD COLUMN hash TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX audit_log_by_number ON audit_log (number);
CREATE INDEX audit_log_by_action ON audit_log (action, at, id);
-- The newest link, so that entries cut off at the end are missed, too.
CREATE TABLE audit_head (
  only_one INTEGER PRIMARY KEY NOT NULL CHECK (only_one = 1),
  number INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO audit_head (only_one, number, hash) VALUES (1, 0, '');
