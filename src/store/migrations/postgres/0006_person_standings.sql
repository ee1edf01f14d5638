-- What judgements depend on of a person, as it was until it changed: earlier days are judged by it for good.
CREATE TABLE person_standings (
  person_id TEXT COLLATE "C" NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
  until_at BIGINT NOT NULL,
  department TEXT COLLATE "C" NOT NULL,
  type TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (person_id, until_at)
);
