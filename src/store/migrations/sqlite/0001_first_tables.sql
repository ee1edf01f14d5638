-- Times are UTC in milliseconds since 1970; days are the site's working days as YYYY-MM-DD; enumerations are the words
-- of core/records.hpp. Ids are texts (UUIDv7), so that rows made on different machines never meet.

-- Facts about this file itself, such as the check that the right key is used with it.
CREATE TABLE database_info (
  name TEXT PRIMARY KEY NOT NULL,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE persons (
  id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
  employee_code TEXT NOT NULL UNIQUE CHECK (employee_code <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  first_name TEXT NOT NULL DEFAULT '',
  last_name TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  department TEXT NOT NULL DEFAULT '',
  role TEXT NOT NULL DEFAULT '',
  organisation TEXT NOT NULL DEFAULT '',
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  metadata TEXT NOT NULL DEFAULT '{}',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX persons_by_name ON persons (name, employee_code);

-- embedding: version, nonce and XChaCha20-Poly1305 of the values, bound to template, person and model.
CREATE TABLE face_templates (
  id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
  person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  model_name TEXT NOT NULL,
  model_sha256 TEXT NOT NULL,
  embedding BLOB NOT NULL,
  pose TEXT NOT NULL DEFAULT '',
  quality REAL NOT NULL DEFAULT 0,
  source TEXT NOT NULL DEFAULT '',
  photo TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX face_templates_by_person ON face_templates (person_id);
CREATE INDEX face_templates_by_model ON face_templates (model_sha256, model_name);

-- "This face is not that person", said by an operator.
CREATE TABLE rejections (
  id TEXT PRIMARY KEY NOT NULL,
  person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  model_name TEXT NOT NULL,
  model_sha256 TEXT NOT NULL,
  embedding BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX rejections_by_person ON rejections (person_id);
CREATE INDEX rejections_by_model ON rejections (model_sha256, model_name);

CREATE TABLE cameras (
  id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  detect_url TEXT NOT NULL DEFAULT '',
  location TEXT NOT NULL DEFAULT '',
  enabled INTEGER NOT NULL DEFAULT 1,
  config_path TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- The journal. It names cameras without a reference: what a camera saw outlives the camera.
CREATE TABLE sightings (
  id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
  camera_id TEXT NOT NULL,
  track INTEGER NOT NULL,
  person_id TEXT REFERENCES persons (id) ON DELETE SET NULL,
  confidence REAL NOT NULL,
  similarity REAL NOT NULL,
  at INTEGER NOT NULL,
  pts_ms INTEGER NOT NULL,
  box_x REAL NOT NULL,
  box_y REAL NOT NULL,
  box_width REAL NOT NULL,
  box_height REAL NOT NULL,
  frame_width INTEGER NOT NULL,
  frame_height INTEGER NOT NULL,
  liveness REAL,
  picture TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX sightings_by_time ON sightings (at, id);
CREATE INDEX sightings_by_person ON sightings (person_id, at, id);

CREATE TABLE presence (
  person_id TEXT PRIMARY KEY NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  status TEXT NOT NULL,
  last_seen INTEGER NOT NULL,
  camera_id TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- In the order in which they were found out; the same change is recorded once.
CREATE TABLE presence_edges (
  id INTEGER PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  camera_id TEXT NOT NULL,
  UNIQUE (person_id, at, kind)
) STRICT;
CREATE INDEX presence_edges_by_time ON presence_edges (at, id);

CREATE TABLE attendances (
  person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  day TEXT NOT NULL,
  first_in_at INTEGER,
  first_in_camera TEXT,
  first_in_confidence REAL,
  first_in_sighting TEXT,
  first_in_picture TEXT,
  last_out_at INTEGER,
  last_out_camera TEXT,
  last_out_confidence REAL,
  last_out_sighting TEXT,
  last_out_picture TEXT,
  status TEXT NOT NULL,
  entry_type TEXT NOT NULL,
  remarks TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (person_id, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendances_by_day ON attendances (day, person_id);
