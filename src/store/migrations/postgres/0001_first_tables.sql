-- The tables of sqlite/0001_first_tables.sql for PostgreSQL. Times are UTC in milliseconds since 1970, enumerations the
-- words of core/records.hpp. Texts compare byte by byte (COLLATE "C"), so lists have the same order on every database.
-- Constraints are named TABLE__COLUMN_key where a message names the column.

CREATE TABLE database_info (
  name TEXT COLLATE "C" PRIMARY KEY,
  value BYTEA NOT NULL
);

CREATE TABLE persons (
  id TEXT COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  employee_code TEXT COLLATE "C" NOT NULL CONSTRAINT persons__employee_code_key UNIQUE CHECK (employee_code <> ''),
  name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
  first_name TEXT NOT NULL DEFAULT '',
  last_name TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  department TEXT COLLATE "C" NOT NULL DEFAULT '',
  role TEXT NOT NULL DEFAULT '',
  organisation TEXT NOT NULL DEFAULT '',
  type TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  metadata TEXT NOT NULL DEFAULT '{}',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX persons_by_name ON persons (name, employee_code);

-- embedding: version, nonce and XChaCha20-Poly1305 of the values, bound to template, person and model.
CREATE TABLE face_templates (
  id TEXT COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  person_id TEXT COLLATE "C" NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  model_name TEXT COLLATE "C" NOT NULL,
  model_sha256 TEXT COLLATE "C" NOT NULL,
  embedding BYTEA NOT NULL,
  pose TEXT NOT NULL DEFAULT '',
  quality DOUBLE PRECISION NOT NULL DEFAULT 0,
  source TEXT NOT NULL DEFAULT '',
  photo TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL
);
CREATE INDEX face_templates_by_person ON face_templates (person_id);
CREATE INDEX face_templates_by_model ON face_templates (model_sha256, model_name);

-- "This face is not that person", said by an operator.
CREATE TABLE rejections (
  id TEXT COLLATE "C" PRIMARY KEY,
  person_id TEXT COLLATE "C" NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  model_name TEXT COLLATE "C" NOT NULL,
  model_sha256 TEXT COLLATE "C" NOT NULL,
  embedding BYTEA NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX rejections_by_person ON rejections (person_id);
CREATE INDEX rejections_by_model ON rejections (model_sha256, model_name);

CREATE TABLE cameras (
  id TEXT COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  detect_url TEXT NOT NULL DEFAULT '',
  location TEXT NOT NULL DEFAULT '',
  enabled BOOLEAN NOT NULL DEFAULT TRUE,
  config_path TEXT NOT NULL DEFAULT ''
);

-- The journal. It names cameras without a reference: what a camera saw outlives the camera.
CREATE TABLE sightings (
  id TEXT COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  camera_id TEXT COLLATE "C" NOT NULL,
  track BIGINT NOT NULL,
  person_id TEXT COLLATE "C" REFERENCES persons (id) ON DELETE SET NULL,
  confidence DOUBLE PRECISION NOT NULL,
  similarity DOUBLE PRECISION NOT NULL,
  at BIGINT NOT NULL,
  pts_ms BIGINT NOT NULL,
  box_x DOUBLE PRECISION NOT NULL,
  box_y DOUBLE PRECISION NOT NULL,
  box_width DOUBLE PRECISION NOT NULL,
  box_height DOUBLE PRECISION NOT NULL,
  frame_width INTEGER NOT NULL,
  frame_height INTEGER NOT NULL,
  liveness DOUBLE PRECISION,
  picture TEXT NOT NULL DEFAULT ''
);
CREATE INDEX sightings_by_time ON sightings (at, id);
CREATE INDEX sightings_by_person ON sightings (person_id, at, id);

CREATE TABLE presence (
  person_id TEXT COLLATE "C" PRIMARY KEY REFERENCES persons (id) ON DELETE CASCADE,
  status TEXT COLLATE "C" NOT NULL,
  last_seen BIGINT NOT NULL,
  camera_id TEXT COLLATE "C" NOT NULL,
  changed_at BIGINT NOT NULL
);

-- In the order in which they were found out; the same change is recorded once.
CREATE TABLE presence_edges (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id TEXT COLLATE "C" NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  kind TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  camera_id TEXT COLLATE "C" NOT NULL,
  UNIQUE (person_id, at, kind)
);
CREATE INDEX presence_edges_by_time ON presence_edges (at, id);

CREATE TABLE attendances (
  person_id TEXT COLLATE "C" NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  day DATE NOT NULL,
  first_in_at BIGINT,
  first_in_camera TEXT,
  first_in_confidence DOUBLE PRECISION,
  first_in_sighting TEXT,
  first_in_picture TEXT,
  last_out_at BIGINT,
  last_out_camera TEXT,
  last_out_confidence DOUBLE PRECISION,
  last_out_sighting TEXT,
  last_out_picture TEXT,
  status TEXT COLLATE "C" NOT NULL,
  entry_type TEXT COLLATE "C" NOT NULL,
  remarks TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (person_id, day)
);
CREATE INDEX attendances_by_day ON attendances (day, person_id);
