-- What people can be found by, without case and accents (store/sql/search_text). The program fills it.
ALTER TABLE persons ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
CREATE INDEX persons_without_search_text ON persons (id) WHERE search_text = '';
CREATE INDEX persons_by_change ON persons (updated_at, id);
