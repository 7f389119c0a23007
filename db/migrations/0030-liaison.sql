-- In step with the manufacturers: who to call and about what; remembered names and codes of lists; lots on hold.

CREATE TABLE supplier_contact (
  contact_id INTEGER PRIMARY KEY,
  place_id   INTEGER NOT NULL REFERENCES supplier,
  name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  post       TEXT NOT NULL DEFAULT '',
  phone      TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX supplier_contact_place ON supplier_contact (place_id);

-- 证照: what a supplier may make, under which standard, until when.
CREATE TABLE supplier_licence (
  licence_id  INTEGER PRIMARY KEY,
  place_id    INTEGER NOT NULL REFERENCES supplier,
  item_id     INTEGER REFERENCES item,              -- null: of the supplier as a whole
  number      TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 60),
  standard    TEXT NOT NULL DEFAULT '',
  valid_until TEXT CHECK (valid_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;
CREATE INDEX supplier_licence_place ON supplier_licence (place_id);

-- 卡点: what keeps a manufacturer from making an item.
CREATE TABLE blocker (
  blocker_id  INTEGER PRIMARY KEY,
  place_id    INTEGER NOT NULL REFERENCES supplier,
  item_id     INTEGER REFERENCES item,              -- null: all it makes
  kind        TEXT NOT NULL CHECK (kind IN ('raw-material', 'machine', 'labour', 'transport', 'other')),
  note        TEXT NOT NULL DEFAULT '',
  since       INTEGER NOT NULL,
  person_id   INTEGER NOT NULL REFERENCES person,
  resolved_at INTEGER,
  resolved_by INTEGER REFERENCES person
) STRICT;
CREATE INDEX blocker_open ON blocker (place_id, item_id) WHERE resolved_at IS NULL;

-- 联络记录, and when to call next with whom.
CREATE TABLE call_log (
  call_seq   INTEGER PRIMARY KEY AUTOINCREMENT,
  place_id   INTEGER NOT NULL REFERENCES supplier,
  item_id    INTEGER REFERENCES item,
  spoke_with TEXT NOT NULL DEFAULT '',
  note       TEXT NOT NULL CHECK (length(note) BETWEEN 1 AND 500),
  next_on    TEXT CHECK (next_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  next_with  TEXT NOT NULL DEFAULT '',
  at         INTEGER NOT NULL,
  person_id  INTEGER NOT NULL REFERENCES person
) STRICT;
CREATE INDEX call_log_place ON call_log (place_id, call_seq DESC);

-- Names as lists write them, by their comparing key; the newest choice stands.
CREATE TABLE name_alias (
  kind       TEXT NOT NULL CHECK (kind IN ('item', 'unit', 'supplier')),
  alias_key  TEXT NOT NULL CHECK (length(alias_key) BETWEEN 1 AND 200),
  alias      TEXT NOT NULL,
  target_id  INTEGER NOT NULL,                      -- item_id or place_id
  at         INTEGER NOT NULL,
  person_id  INTEGER NOT NULL REFERENCES person,
  PRIMARY KEY (kind, alias_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_alias_target ON name_alias (kind, target_id);

-- What a scanned code means: GTIN or any other code, and how many pieces one such pack holds.
CREATE TABLE item_code (
  code           TEXT PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 100),
  item_id        INTEGER NOT NULL REFERENCES item,
  pack_size_base INTEGER NOT NULL CHECK (pack_size_base BETWEEN 1 AND 1000000),
  at             INTEGER NOT NULL,
  person_id      INTEGER NOT NULL REFERENCES person
) STRICT, WITHOUT ROWID;
CREATE INDEX item_code_item ON item_code (item_id);

-- The columns of a layout, as a clerk confirmed them, by sender and layout.
CREATE TABLE list_mapping (
  mapping_key TEXT PRIMARY KEY CHECK (length(mapping_key) BETWEEN 1 AND 300),
  mapping     TEXT NOT NULL CHECK (json_valid(mapping)),
  at          INTEGER NOT NULL,
  person_id   INTEGER NOT NULL REFERENCES person
) STRICT, WITHOUT ROWID;

-- Lists taken in before, by the fingerprint of their cells.
CREATE TABLE list_taken (
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) BETWEEN 8 AND 64),
  name        TEXT NOT NULL,
  document    TEXT NOT NULL,                        -- number of the delivery, or what it became
  at          INTEGER NOT NULL,
  person_id   INTEGER NOT NULL REFERENCES person,
  PRIMARY KEY (fingerprint, document)
) STRICT, WITHOUT ROWID;

-- Why a lot may not be given out. While one of these is open, lot.hold is 1.
CREATE TABLE lot_hold (
  hold_id     INTEGER PRIMARY KEY,
  lot_id      INTEGER NOT NULL REFERENCES lot,
  kind        TEXT NOT NULL CHECK (kind IN ('inspection', 'recall', 'doubt')),
  reason      TEXT NOT NULL DEFAULT '',
  posting_seq INTEGER REFERENCES posting,           -- the delivery that waits for its inspection
  at          INTEGER NOT NULL,
  person_id   INTEGER NOT NULL REFERENCES person,
  outcome     TEXT CHECK (outcome IN ('released', 'rejected')),
  outcome_note TEXT NOT NULL DEFAULT '',
  closed_at   INTEGER,
  closed_by   INTEGER REFERENCES person,
  CHECK ((outcome IS NULL) = (closed_at IS NULL))
) STRICT;
CREATE INDEX lot_hold_lot ON lot_hold (lot_id);
CREATE INDEX lot_hold_open ON lot_hold (kind, hold_id) WHERE closed_at IS NULL;
CREATE TRIGGER lot_hold_holds AFTER INSERT ON lot_hold
  BEGIN UPDATE lot SET hold = 1 WHERE lot_id = NEW.lot_id AND NEW.closed_at IS NULL; END;
CREATE TRIGGER lot_hold_releases AFTER UPDATE OF closed_at ON lot_hold BEGIN
  UPDATE lot SET hold = EXISTS (SELECT 1 FROM lot_hold h WHERE h.lot_id = NEW.lot_id AND h.closed_at IS NULL)
    WHERE lot_id = NEW.lot_id;
END;
CREATE TRIGGER lot_hold_no_delete BEFORE DELETE ON lot_hold BEGIN SELECT RAISE(ABORT, 'a hold is closed, never removed'); END;
CREATE TRIGGER lot_hold_closed_stays BEFORE UPDATE ON lot_hold WHEN OLD.closed_at IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a closed hold stays as it is'); END;
