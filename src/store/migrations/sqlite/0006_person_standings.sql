-- What judgements depend on of a person, as it was until it changed: earlier days are judged by it for good.
CREATE TABLE person_standings (
  person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  until_at INTEGER NOT NULL,
  department TEXT NOT NULL,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (person_id, until_at)
) STRICT, WITHOUT ROWID;
