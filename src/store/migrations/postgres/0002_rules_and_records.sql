-- Rules, alerts, accounts and what goes with them. Times are UTC in milliseconds since 1970, hours of the day
-- "08:00-17:00" by the site's clock, days of the week numbers from 0 (Monday).

ALTER TABLE persons ADD COLUMN id_number TEXT NOT NULL DEFAULT '';
ALTER TABLE persons ADD COLUMN id_type TEXT NOT NULL DEFAULT '';

CREATE INDEX persons_by_department ON persons (department);
CREATE INDEX persons_by_email ON persons (email);

ALTER TABLE face_templates ADD COLUMN is_primary BOOLEAN NOT NULL DEFAULT FALSE;

ALTER TABLE attendances ADD COLUMN first_in_source TEXT NOT NULL DEFAULT 'auto';
ALTER TABLE attendances ADD COLUMN last_out_source TEXT NOT NULL DEFAULT 'auto';
ALTER TABLE attendances ADD COLUMN approved_by TEXT NOT NULL DEFAULT '';
ALTER TABLE attendances ADD COLUMN approved_at BIGINT;
ALTER TABLE attendances ADD COLUMN created_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE attendances ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;

CREATE INDEX sightings_by_camera ON sightings (camera_id, at, id);
CREATE INDEX presence_edges_by_person ON presence_edges (person_id, at, id);

-- Photos of people; the bytes are in the picture store.
CREATE TABLE person_images (
  id TEXT COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  person_id TEXT COLLATE "C" NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  size BIGINT NOT NULL DEFAULT 0,
  is_primary BOOLEAN NOT NULL DEFAULT FALSE,
  quality DOUBLE PRECISION NOT NULL DEFAULT 0,
  face_x DOUBLE PRECISION,
  face_y DOUBLE PRECISION,
  face_width DOUBLE PRECISION,
  face_height DOUBLE PRECISION,
  created_at BIGINT NOT NULL
);
CREATE INDEX person_images_by_person ON person_images (person_id, created_at, id);

-- Settings that judgements depend on, from a moment on. Versions are never changed.
CREATE TABLE site_policies (
  valid_from BIGINT PRIMARY KEY NOT NULL,
  time_zone TEXT NOT NULL,
  day_starts_at_min BIGINT NOT NULL,
  present_timeout_ms BIGINT NOT NULL,
  alert_threshold_ms BIGINT NOT NULL,
  alert_min_interval_ms BIGINT NOT NULL,
  first_in_overwrite BOOLEAN NOT NULL,
  auto_attendance BOOLEAN NOT NULL,
  auto_check_in DOUBLE PRECISION NOT NULL,
  auto_check_out DOUBLE PRECISION NOT NULL,
  manual_review DOUBLE PRECISION NOT NULL,
  duplicate_window_min BIGINT NOT NULL
);

-- The site's schedule, from a moment on. Versions are never changed.
CREATE TABLE schedules (
  id TEXT COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  valid_from BIGINT NOT NULL UNIQUE,
  work_hours TEXT NOT NULL,
  lunch_break TEXT,
  working_days TEXT NOT NULL,
  grace_min BIGINT NOT NULL,
  mode TEXT NOT NULL,
  manual_tracking BOOLEAN NOT NULL,
  paused BOOLEAN NOT NULL,
  pause_until BIGINT,
  changed_by TEXT NOT NULL DEFAULT '',
  remarks TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL
);

-- Shifts, from a moment on. Versions are never changed.
CREATE TABLE attendance_sessions (
  id TEXT COLLATE "C" NOT NULL CHECK (id <> ''),
  valid_from BIGINT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  hours TEXT NOT NULL,
  lunch_break TEXT,
  working_days TEXT,
  expected_duration_min BIGINT NOT NULL DEFAULT 0,
  grace_min BIGINT NOT NULL DEFAULT 0,
  is_active BOOLEAN NOT NULL DEFAULT TRUE,
  organisation TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (id, valid_from)
);

-- Who works which shift from a moment on: a person, or everybody of a department.
CREATE TABLE shift_assignments (
  id TEXT COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  person_id TEXT COLLATE "C" REFERENCES persons (id) ON DELETE CASCADE,
  department TEXT COLLATE "C" NOT NULL DEFAULT '',
  session_id TEXT COLLATE "C",
  valid_from BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX shift_assignments_by_person ON shift_assignments (person_id);

-- Attendance policies, from a moment on. Versions are never changed.
CREATE TABLE attendance_rules (
  id TEXT COLLATE "C" NOT NULL CHECK (id <> ''),
  valid_from BIGINT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  department TEXT COLLATE "C" NOT NULL DEFAULT '',
  working_days TEXT NOT NULL,
  hours TEXT,
  min_presence_percentage DOUBLE PRECISION NOT NULL DEFAULT 0,
  auto_check_in DOUBLE PRECISION NOT NULL,
  auto_check_out DOUBLE PRECISION NOT NULL,
  manual_review DOUBLE PRECISION NOT NULL,
  duplicate_window_min BIGINT NOT NULL,
  is_active BOOLEAN NOT NULL DEFAULT TRUE,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (id, valid_from)
);

-- Holidays, leave and special days; without a person: for everybody.
CREATE TABLE attendance_exceptions (
  id TEXT COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  person_id TEXT COLLATE "C" REFERENCES persons (id) ON DELETE CASCADE,
  day DATE NOT NULL,
  type TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  requires_approval BOOLEAN NOT NULL DEFAULT TRUE,
  approved BOOLEAN NOT NULL DEFAULT FALSE,
  approved_by TEXT NOT NULL DEFAULT '',
  approved_at BIGINT,
  withdrawn_at BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX attendance_exceptions_by_day ON attendance_exceptions (day, id);
CREATE INDEX attendance_exceptions_by_person ON attendance_exceptions (person_id);

-- Times in which a camera saw nothing.
CREATE TABLE camera_outages (
  camera_id TEXT COLLATE "C" NOT NULL,
  from_at BIGINT NOT NULL,
  until_at BIGINT,
  PRIMARY KEY (camera_id, from_at)
);
CREATE INDEX camera_outages_by_time ON camera_outages (from_at, camera_id);

-- Absences in tracked time, with the schedule as it was then.
CREATE TABLE alert_logs (
  id TEXT COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  person_id TEXT COLLATE "C" NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  day DATE NOT NULL,
  camera_id TEXT COLLATE "C" NOT NULL,
  last_seen BIGINT NOT NULL,
  opened_at BIGINT NOT NULL,
  resolved_at BIGINT,
  schedule_id TEXT COLLATE "C" NOT NULL,
  work_hours TEXT NOT NULL,
  lunch_break TEXT NOT NULL,
  mode TEXT NOT NULL,
  tracking_active BOOLEAN NOT NULL,
  in_work_hours BOOLEAN NOT NULL,
  in_lunch_break BOOLEAN NOT NULL,
  paused BOOLEAN NOT NULL,
  CONSTRAINT alert_logs__opened_at_key UNIQUE (person_id, opened_at)
);
CREATE INDEX alert_logs_by_time ON alert_logs (opened_at, id);
CREATE INDEX alert_logs_by_day ON alert_logs (person_id, day, opened_at);
CREATE INDEX alert_logs_unresolved ON alert_logs (person_id, opened_at) WHERE resolved_at IS NULL;

CREATE TABLE notifications (
  id TEXT COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  type TEXT NOT NULL,
  person_id TEXT COLLATE "C" REFERENCES persons (id) ON DELETE CASCADE,
  camera_id TEXT COLLATE "C",
  alert_id TEXT COLLATE "C",
  message TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  is_read BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX notifications_by_time ON notifications (created_at, id);
CREATE INDEX notifications_by_person ON notifications (person_id);
CREATE INDEX notifications_unread ON notifications (created_at, id) WHERE is_read = FALSE;

-- Messages on their way out.
CREATE TABLE outbox (
  id TEXT COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  channel TEXT NOT NULL,
  recipient TEXT NOT NULL,
  body TEXT NOT NULL,
  picture TEXT NOT NULL DEFAULT '',
  state TEXT COLLATE "C" NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  last_error TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  sent_at BIGINT
);
CREATE INDEX outbox_by_state ON outbox (state, due_at, id);

-- Permissions are separated by commas.
CREATE TABLE roles (
  name TEXT COLLATE "C" PRIMARY KEY CHECK (name <> ''),
  description TEXT NOT NULL DEFAULT '',
  permissions TEXT NOT NULL
);

-- password_hash: Argon2id; the password is kept nowhere.
CREATE TABLE users (
  id TEXT COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  name TEXT COLLATE "C" NOT NULL CONSTRAINT users__name_key UNIQUE CHECK (name <> ''),
  display_name TEXT NOT NULL DEFAULT '',
  password_hash TEXT NOT NULL DEFAULT '',
  is_active BOOLEAN NOT NULL DEFAULT TRUE,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  last_login_at BIGINT
);
CREATE TABLE user_roles (
  user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  role TEXT COLLATE "C" NOT NULL REFERENCES roles (name),
  PRIMARY KEY (user_id, position)
);
CREATE INDEX user_roles_by_role ON user_roles (role);

-- hash: SHA-256 of the key, which is kept nowhere.
CREATE TABLE api_keys (
  id TEXT COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  hash TEXT COLLATE "C" NOT NULL CONSTRAINT api_keys__hash_key UNIQUE CHECK (hash <> ''),
  prefix TEXT NOT NULL,
  permissions TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  last_used_at BIGINT,
  revoked_at BIGINT
);
CREATE INDEX api_keys_by_user ON api_keys (user_id);

-- Who did what: added to, never changed.
CREATE TABLE audit_log (
  id TEXT COLLATE "C" PRIMARY KEY CHECK (id <> ''),
  at BIGINT NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  action TEXT NOT NULL,
  subject TEXT COLLATE "C" NOT NULL,
  detail TEXT NOT NULL,
  address TEXT NOT NULL DEFAULT ''
);
CREATE INDEX audit_log_by_time ON audit_log (at, id);
CREATE INDEX audit_log_by_actor ON audit_log (actor, at, id);
CREATE INDEX audit_log_by_subject ON audit_log (subject, at, id);
