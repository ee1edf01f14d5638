-- Rules, alerts, accounts and what goes with them. Times are UTC in milliseconds since 1970, hours of the day
-- "08:00-17:00" by the site's clock, days of the week numbers from 0 (Monday).

ALTER TABLE persons ADD COLUMN id_number TEXT NOT NULL DEFAULT '';
ALTER TABLE persons ADD COLUMN id_type TEXT NOT NULL DEFAULT '';

CREATE INDEX persons_by_department ON persons (department);
CREATE INDEX persons_by_email ON persons (email);

ALTER TABLE face_templates ADD COLUMN is_primary INTEGER NOT NULL DEFAULT 0;

ALTER TABLE attendances ADD COLUMN first_in_source TEXT NOT NULL DEFAULT 'auto';
ALTER TABLE attendances ADD COLUMN last_out_source TEXT NOT NULL DEFAULT 'auto';
ALTER TABLE attendances ADD COLUMN approved_by TEXT NOT NULL DEFAULT '';
ALTER TABLE attendances ADD COLUMN approved_at INTEGER;
ALTER TABLE attendances ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attendances ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;

CREATE INDEX sightings_by_camera ON sightings (camera_id, at, id);
CREATE INDEX presence_edges_by_person ON presence_edges (person_id, at, id);

-- Photos of people; the bytes are in the picture store.
CREATE TABLE person_images (
  id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
  person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  size INTEGER NOT NULL DEFAULT 0,
  is_primary INTEGER NOT NULL DEFAULT 0,
  quality REAL NOT NULL DEFAULT 0,
  face_x REAL,
  face_y REAL,
  face_width REAL,
  face_height REAL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX person_images_by_person ON person_images (person_id, created_at, id);

-- Settings that judgements depend on, from a moment on. Versions are never changed.
CREATE TABLE site_policies (
  valid_from INTEGER PRIMARY KEY NOT NULL,
  time_zone TEXT NOT NULL,
  day_starts_at_min INTEGER NOT NULL,
  present_timeout_ms INTEGER NOT NULL,
  alert_threshold_ms INTEGER NOT NULL,
  alert_min_interval_ms INTEGER NOT NULL,
  first_in_overwrite INTEGER NOT NULL,
  auto_attendance INTEGER NOT NULL,
  auto_check_in REAL NOT NULL,
  auto_check_out REAL NOT NULL,
  manual_review REAL NOT NULL,
  duplicate_window_min INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The site's schedule, from a moment on. Versions are never changed.
CREATE TABLE schedules (
  id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
  valid_from INTEGER NOT NULL UNIQUE,
  work_hours TEXT NOT NULL,
  lunch_break TEXT,
  working_days TEXT NOT NULL,
  grace_min INTEGER NOT NULL,
  mode TEXT NOT NULL,
  manual_tracking INTEGER NOT NULL,
  paused INTEGER NOT NULL,
  pause_until INTEGER,
  changed_by TEXT NOT NULL DEFAULT '',
  remarks TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Shifts, from a moment on. Versions are never changed.
CREATE TABLE attendance_sessions (
  id TEXT NOT NULL CHECK (id <> ''),
  valid_from INTEGER NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  hours TEXT NOT NULL,
  lunch_break TEXT,
  working_days TEXT,
  expected_duration_min INTEGER NOT NULL DEFAULT 0,
  grace_min INTEGER NOT NULL DEFAULT 0,
  is_active INTEGER NOT NULL DEFAULT 1,
  organisation TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (id, valid_from)
) STRICT, WITHOUT ROWID;

-- Who works which shift from a moment on: a person, or everybody of a department.
CREATE TABLE shift_assignments (
  id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
  person_id TEXT REFERENCES persons (id) ON DELETE CASCADE,
  department TEXT NOT NULL DEFAULT '',
  session_id TEXT,
  valid_from INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX shift_assignments_by_person ON shift_assignments (person_id);

-- Attendance policies, from a moment on. Versions are never changed.
CREATE TABLE attendance_rules (
  id TEXT NOT NULL CHECK (id <> ''),
  valid_from INTEGER NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  department TEXT NOT NULL DEFAULT '',
  working_days TEXT NOT NULL,
  hours TEXT,
  min_presence_percentage REAL NOT NULL DEFAULT 0,
  auto_check_in REAL NOT NULL,
  auto_check_out REAL NOT NULL,
  manual_review REAL NOT NULL,
  duplicate_window_min INTEGER NOT NULL,
  is_active INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (id, valid_from)
) STRICT, WITHOUT ROWID;

-- Holidays, leave and special days; without a person: for everybody.
CREATE TABLE attendance_exceptions (
  id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
  person_id TEXT REFERENCES persons (id) ON DELETE CASCADE,
  day TEXT NOT NULL,
  type TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  requires_approval INTEGER NOT NULL DEFAULT 1,
  approved INTEGER NOT NULL DEFAULT 0,
  approved_by TEXT NOT NULL DEFAULT '',
  approved_at INTEGER,
  withdrawn_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_exceptions_by_day ON attendance_exceptions (day, id);
CREATE INDEX attendance_exceptions_by_person ON attendance_exceptions (person_id);

-- Times in which a camera saw nothing.
CREATE TABLE camera_outages (
  camera_id TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  until_at INTEGER,
  PRIMARY KEY (camera_id, from_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX camera_outages_by_time ON camera_outages (from_at, camera_id);

-- Absences in tracked time, with the schedule as it was then.
CREATE TABLE alert_logs (
  id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
  person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  day TEXT NOT NULL,
  camera_id TEXT NOT NULL,
  last_seen INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  resolved_at INTEGER,
  schedule_id TEXT NOT NULL,
  work_hours TEXT NOT NULL,
  lunch_break TEXT NOT NULL,
  mode TEXT NOT NULL,
  tracking_active INTEGER NOT NULL,
  in_work_hours INTEGER NOT NULL,
  in_lunch_break INTEGER NOT NULL,
  paused INTEGER NOT NULL,
  UNIQUE (person_id, opened_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_logs_by_time ON alert_logs (opened_at, id);
CREATE INDEX alert_logs_by_day ON alert_logs (person_id, day, opened_at);
CREATE INDEX alert_logs_unresolved ON alert_logs (person_id, opened_at) WHERE resolved_at IS NULL;

CREATE TABLE notifications (
  id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
  type TEXT NOT NULL,
  person_id TEXT REFERENCES persons (id) ON DELETE CASCADE,
  camera_id TEXT,
  alert_id TEXT,
  message TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  is_read INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX notifications_by_time ON notifications (created_at, id);
CREATE INDEX notifications_by_person ON notifications (person_id);
CREATE INDEX notifications_unread ON notifications (created_at, id) WHERE is_read = FALSE;

-- Messages on their way out.
CREATE TABLE outbox (
  id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
  channel TEXT NOT NULL,
  recipient TEXT NOT NULL,
  body TEXT NOT NULL,
  picture TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  last_error TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  sent_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_by_state ON outbox (state, due_at, id);

-- Permissions are separated by commas.
CREATE TABLE roles (
  name TEXT PRIMARY KEY NOT NULL CHECK (name <> ''),
  description TEXT NOT NULL DEFAULT '',
  permissions TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- password_hash: Argon2id; the password is kept nowhere.
CREATE TABLE users (
  id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
  name TEXT NOT NULL UNIQUE CHECK (name <> ''),
  display_name TEXT NOT NULL DEFAULT '',
  password_hash TEXT NOT NULL DEFAULT '',
  is_active INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  last_login_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE user_roles (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  role TEXT NOT NULL REFERENCES roles (name),
  PRIMARY KEY (user_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_roles_by_role ON user_roles (role);

-- hash: SHA-256 of the key, which is kept nowhere.
CREATE TABLE api_keys (
  id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE CHECK (hash <> ''),
  prefix TEXT NOT NULL,
  permissions TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  last_used_at INTEGER,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX api_keys_by_user ON api_keys (user_id);

-- Who did what: added to, never changed.
CREATE TABLE audit_log (
  id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  address TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_log_by_time ON audit_log (at, id);
CREATE INDEX audit_log_by_actor ON audit_log (actor, at, id);
CREATE INDEX audit_log_by_subject ON audit_log (subject, at, id);
