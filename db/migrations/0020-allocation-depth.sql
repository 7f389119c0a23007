-- What the allocation rule needs at its full depth: substitutes, who may draw on which depot, and requests.

-- 替代: `substitute_id` may be given in place of `item_id` (not the other way round).
CREATE TABLE item_substitute (
  item_id       INTEGER NOT NULL REFERENCES item,
  substitute_id INTEGER NOT NULL REFERENCES item,
  PRIMARY KEY (item_id, substitute_id),
  CHECK (item_id <> substitute_id)
) STRICT, WITHOUT ROWID;

-- A unit without a row draws on every depot at no cost. With rows, on those that are `allowed`, and the nearer first.
CREATE TABLE unit_depot (
  unit_id  INTEGER NOT NULL REFERENCES unit,
  depot_id INTEGER NOT NULL REFERENCES place,
  allowed  INTEGER NOT NULL CHECK (allowed IN (0, 1)),
  metres   INTEGER NOT NULL CHECK (metres BETWEEN 0 AND 10000000),
  PRIMARY KEY (unit_id, depot_id)
) STRICT, WITHOUT ROWID;

-- 申领: what a unit asks for. The newest since its last dispatch counts, and only caps.
CREATE TABLE unit_request (
  request_seq   INTEGER PRIMARY KEY AUTOINCREMENT,
  unit_id       INTEGER NOT NULL REFERENCES unit,
  item_id       INTEGER NOT NULL REFERENCES item,
  quantity_base INTEGER NOT NULL CHECK (quantity_base BETWEEN 0 AND 1000000000),
  requested_on  TEXT NOT NULL CHECK (requested_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  note          TEXT NOT NULL DEFAULT '',
  withdrawn_at  INTEGER,
  at            INTEGER NOT NULL,
  person_id     INTEGER NOT NULL REFERENCES person
) STRICT;
CREATE INDEX unit_request_newest ON unit_request (unit_id, item_id, requested_on DESC, request_seq DESC);
