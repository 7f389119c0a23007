-- The ledger, and the nouns that a delivery, a round and a slip need.
-- Quantities are integers in the item's base unit. Business dates are YYYY-MM-DD, instants UTC milliseconds.

-- ---------------------------------------------------------------- people, settings, requests

CREATE TABLE person (
  person_id   INTEGER PRIMARY KEY,
  name        TEXT NOT NULL CHECK (length(name) <= 60), -- empty until the person of a lone desk says it
  roles       TEXT NOT NULL CHECK (json_valid(roles)),
  password    TEXT,                                   -- PHC string; null while no password is needed
  archived_at INTEGER
) STRICT;

CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

-- One row for each command that took effect: the same request again gives the same answer, another under its id is refused.
CREATE TABLE request (
  request_id   TEXT PRIMARY KEY,
  procedure    TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  answer       TEXT NOT NULL CHECK (json_valid(answer)),
  person_id    INTEGER NOT NULL REFERENCES person,
  at           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who changed which row of the catalogue, from what to what.
CREATE TABLE audit (
  audit_seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at        INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  action    TEXT NOT NULL,
  subject   TEXT NOT NULL,
  subject_id INTEGER,
  before    TEXT CHECK (before IS NULL OR json_valid(before)),
  after     TEXT CHECK (after IS NULL OR json_valid(after)),
  hash      TEXT NOT NULL                              -- over the entry before and this one
) STRICT;
CREATE INDEX audit_subject ON audit (subject, subject_id, audit_seq);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

-- Unfinished work of a screen, so that a closed window or a crash loses at most a second of it.
CREATE TABLE draft (
  draft_key  TEXT PRIMARY KEY CHECK (length(draft_key) BETWEEN 1 AND 100),
  person_id  INTEGER NOT NULL REFERENCES person,
  kind       TEXT NOT NULL,
  content    TEXT NOT NULL CHECK (json_valid(content)),
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Running numbers of documents: one row for each text that stands before the number, such as RK20200206-.
CREATE TABLE numbering (
  stem TEXT PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- items, roles, norms

CREATE TABLE item (
  item_id         INTEGER PRIMARY KEY,
  code            TEXT NOT NULL UNIQUE CHECK (length(code) BETWEEN 1 AND 60),
  name            TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  name_en         TEXT NOT NULL DEFAULT '',
  category        TEXT NOT NULL,
  specification   TEXT NOT NULL DEFAULT '',
  standard        TEXT NOT NULL DEFAULT '',            -- 执行标准, e.g. GB 19083-2010
  base_unit       TEXT NOT NULL,                       -- 计量单位: 只, 件, 双, 瓶
  pack_name       TEXT NOT NULL,                       -- 箱, 盒
  pack_size_base  INTEGER NOT NULL CHECK (pack_size_base BETWEEN 1 AND 1000000),
  shelf_life_days INTEGER CHECK (shelf_life_days BETWEEN 1 AND 36500),
  reserve_base    INTEGER NOT NULL DEFAULT 0 CHECK (reserve_base BETWEEN 0 AND 1000000000),
  unit_price_fen  INTEGER CHECK (unit_price_fen BETWEEN 1 AND 100000000),  -- of one base unit; null: unknown
  search          TEXT NOT NULL,                       -- lower case: code, names, pinyin, initials
  archived_at     INTEGER,
  version         INTEGER NOT NULL DEFAULT 1
) STRICT;

-- 在岗角色: what people on duty do, which decides what they use.
CREATE TABLE duty (
  duty_id INTEGER PRIMARY KEY,
  code    TEXT NOT NULL UNIQUE,
  name    TEXT NOT NULL,
  name_en TEXT NOT NULL DEFAULT '',
  sort    INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Use per person and day in thousandths of the item's base unit.
CREATE TABLE norm (
  duty_id              INTEGER NOT NULL REFERENCES duty,
  item_id              INTEGER NOT NULL REFERENCES item,
  milli_per_person_day INTEGER NOT NULL CHECK (milli_per_person_day BETWEEN 1 AND 1000000000),
  PRIMARY KEY (duty_id, item_id)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- places

-- Where stock can be: a depot, a unit, a supplier, or one of the virtual places of the ledger.
CREATE TABLE place (
  place_id    INTEGER PRIMARY KEY,
  kind        TEXT NOT NULL CHECK (kind IN ('depot', 'unit', 'supplier', 'transit', 'consumed', 'lost', 'variance')),
  code        TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 60),
  name        TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  name_en     TEXT NOT NULL DEFAULT '',
  town        TEXT NOT NULL DEFAULT '',
  address     TEXT NOT NULL DEFAULT '',
  contact     TEXT NOT NULL DEFAULT '',
  phone       TEXT NOT NULL DEFAULT '',
  note        TEXT NOT NULL DEFAULT '',
  search      TEXT NOT NULL,
  archived_at INTEGER,
  version     INTEGER NOT NULL DEFAULT 1,
  UNIQUE (kind, code)
) STRICT;

INSERT INTO place (place_id, kind, code, name, name_en, search) VALUES
  (1, 'consumed', 'CONSUMED', '已使用', 'Consumed', ''),
  (2, 'lost', 'LOST', '损失', 'Lost', ''),
  (3, 'variance', 'VARIANCE', '盘点差异', 'Variance', ''),
  (4, 'transit', 'TRANSIT', '调拨在途', 'In transit', '');

CREATE TABLE unit (
  place_id  INTEGER PRIMARY KEY REFERENCES place,
  unit_kind TEXT NOT NULL,
  tier      INTEGER NOT NULL CHECK (tier BETWEEN 1 AND 3),
  route     TEXT NOT NULL DEFAULT ''
) STRICT;

-- 在岗人数 by duty.
CREATE TABLE headcount (
  place_id INTEGER NOT NULL REFERENCES unit,
  duty_id  INTEGER NOT NULL REFERENCES duty,
  people   INTEGER NOT NULL CHECK (people BETWEEN 1 AND 1000000),
  PRIMARY KEY (place_id, duty_id)
) STRICT, WITHOUT ROWID;

-- What a unit says it has, and what it says it used over so many days up to that one. The newest by date, then by
-- sequence, counts.
CREATE TABLE stock_report (
  report_seq   INTEGER PRIMARY KEY AUTOINCREMENT,
  place_id     INTEGER NOT NULL REFERENCES unit,
  item_id      INTEGER NOT NULL REFERENCES item,
  on_hand_base INTEGER NOT NULL CHECK (on_hand_base BETWEEN 0 AND 1000000000),
  used_base    INTEGER CHECK (used_base BETWEEN 0 AND 1000000000),
  used_days    INTEGER CHECK (used_days BETWEEN 1 AND 366),
  reported_on  TEXT NOT NULL CHECK (reported_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  at           INTEGER NOT NULL,
  person_id    INTEGER NOT NULL REFERENCES person,
  CHECK ((used_base IS NULL) = (used_days IS NULL))
) STRICT;
CREATE INDEX stock_report_newest ON stock_report (place_id, item_id, reported_on DESC, report_seq DESC);

CREATE TABLE supplier (
  place_id      INTEGER PRIMARY KEY REFERENCES place,
  supplier_kind TEXT NOT NULL CHECK (supplier_kind IN ('manufacturer', 'donor', 'allotted', 'purchase')),
  licence       TEXT NOT NULL DEFAULT ''
) STRICT;

-- 产能 per item and day.
CREATE TABLE capacity (
  place_id INTEGER NOT NULL REFERENCES supplier,
  item_id  INTEGER NOT NULL REFERENCES item,
  per_day_base INTEGER NOT NULL CHECK (per_day_base BETWEEN 1 AND 1000000000),
  PRIMARY KEY (place_id, item_id)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- the ledger

CREATE TABLE lot (
  lot_id      INTEGER PRIMARY KEY,
  item_id     INTEGER NOT NULL REFERENCES item,
  supplier_id INTEGER NOT NULL REFERENCES supplier,
  number      TEXT NOT NULL DEFAULT '' CHECK (length(number) <= 60),   -- '' where the box bears none
  made_on     TEXT CHECK (made_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  expires_on  TEXT CHECK (expires_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  standard    TEXT NOT NULL DEFAULT '',
  hold        INTEGER NOT NULL DEFAULT 0 CHECK (hold IN (0, 1)),
  UNIQUE (lot_id, item_id)
) STRICT;
CREATE UNIQUE INDEX lot_identity
  ON lot (item_id, supplier_id, number, ifnull(made_on, ''), ifnull(expires_on, ''), standard);

-- A document that moved stock. Never changed, never removed; each holds the hash of the one before it.
CREATE TABLE posting (
  posting_seq   INTEGER PRIMARY KEY AUTOINCREMENT,
  posting_id    TEXT NOT NULL UNIQUE CHECK (length(posting_id) = 36),
  kind          TEXT NOT NULL CHECK (kind IN ('delivery', 'dispatch', 'return', 'transfer', 'stocktake', 'write-off', 'correction', 'signature')),
  number        TEXT NOT NULL UNIQUE,
  business_date TEXT NOT NULL CHECK (business_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  at            INTEGER NOT NULL,
  person_id     INTEGER NOT NULL REFERENCES person,
  corrects_seq  INTEGER REFERENCES posting,
  detail        TEXT NOT NULL CHECK (json_valid(detail)),       -- canonical JSON of what the document says beside its movements
  previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
  hash          TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX posting_day ON posting (business_date, posting_seq);
CREATE INDEX posting_kind ON posting (kind, posting_seq);
CREATE UNIQUE INDEX posting_corrected_once ON posting (corrects_seq) WHERE corrects_seq IS NOT NULL;

CREATE TABLE movement (
  movement_seq  INTEGER PRIMARY KEY AUTOINCREMENT,
  posting_seq   INTEGER NOT NULL REFERENCES posting,
  line          INTEGER NOT NULL CHECK (line >= 1),
  lot_id        INTEGER NOT NULL,
  item_id       INTEGER NOT NULL,
  from_place_id INTEGER NOT NULL REFERENCES place,
  to_place_id   INTEGER NOT NULL REFERENCES place,
  quantity_base INTEGER NOT NULL CHECK (quantity_base BETWEEN 1 AND 1000000000000),
  CHECK (from_place_id <> to_place_id),
  UNIQUE (posting_seq, line),
  FOREIGN KEY (lot_id, item_id) REFERENCES lot (lot_id, item_id)
) STRICT;
CREATE INDEX movement_from ON movement (from_place_id, item_id, movement_seq);
CREATE INDEX movement_to ON movement (to_place_id, item_id, movement_seq);
CREATE INDEX movement_lot ON movement (lot_id, movement_seq);

-- Stock promised to a slip and not yet gone. Written by approval, removed by dispatch, cancelling or expiry.
CREATE TABLE reservation (
  reservation_id INTEGER PRIMARY KEY AUTOINCREMENT,
  slip_id        INTEGER NOT NULL REFERENCES slip,
  line           INTEGER NOT NULL,
  lot_id         INTEGER NOT NULL REFERENCES lot,
  place_id       INTEGER NOT NULL REFERENCES place,
  quantity_base  INTEGER NOT NULL CHECK (quantity_base BETWEEN 1 AND 1000000000000),
  UNIQUE (slip_id, line)
) STRICT;
CREATE INDEX reservation_lot ON reservation (lot_id, place_id);

-- What the ledger says is where. Written by the triggers below alone: depots and units can't go below nothing or
-- below what is promised, so the database itself refuses an oversell. Suppliers and virtual places may be negative.
CREATE TABLE balance (
  place_id INTEGER NOT NULL REFERENCES place,
  lot_id   INTEGER NOT NULL REFERENCES lot,
  item_id  INTEGER NOT NULL,
  bounded  INTEGER NOT NULL,
  on_hand  INTEGER NOT NULL,
  reserved INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (place_id, lot_id),
  CONSTRAINT balance_holds CHECK (bounded = 0 OR (on_hand >= 0 AND reserved BETWEEN 0 AND on_hand))
) STRICT, WITHOUT ROWID;
CREATE INDEX balance_item ON balance (item_id, place_id, lot_id, on_hand, reserved);

-- An upsert would not do: SQLite checks the row it would have inserted (-quantity) before it sees that there is one.
-- changes() catches what a caller's OR IGNORE would make these updates swallow.
CREATE TRIGGER movement_moves AFTER INSERT ON movement BEGIN
  SELECT RAISE(ABORT, 'a movement belongs to the newest posting')
    WHERE NEW.posting_seq <> (SELECT max(posting_seq) FROM posting);
  INSERT INTO balance (place_id, lot_id, item_id, bounded, on_hand)
    SELECT place_id, NEW.lot_id, NEW.item_id, kind IN ('depot', 'unit', 'transit'), 0 FROM place
      WHERE place_id IN (NEW.from_place_id, NEW.to_place_id) AND NOT EXISTS (
        SELECT 1 FROM balance WHERE balance.place_id = place.place_id AND balance.lot_id = NEW.lot_id);
  UPDATE balance SET on_hand = on_hand - NEW.quantity_base WHERE place_id = NEW.from_place_id AND lot_id = NEW.lot_id;
  SELECT RAISE(ABORT, 'balance_holds: there is not as much at this place') WHERE changes() <> 1;
  UPDATE balance SET on_hand = on_hand + NEW.quantity_base WHERE place_id = NEW.to_place_id AND lot_id = NEW.lot_id;
  SELECT RAISE(ABORT, 'balance_holds: the place does not exist') WHERE changes() <> 1;
END;

CREATE TRIGGER reservation_reserves AFTER INSERT ON reservation BEGIN
  UPDATE balance SET reserved = reserved + NEW.quantity_base
    WHERE place_id = NEW.place_id AND lot_id = NEW.lot_id AND bounded = 1;
  SELECT RAISE(ABORT, 'balance_holds: reservation of a lot that is not there') WHERE changes() <> 1;
END;
CREATE TRIGGER reservation_releases AFTER DELETE ON reservation BEGIN
  UPDATE balance SET reserved = reserved - OLD.quantity_base WHERE place_id = OLD.place_id AND lot_id = OLD.lot_id;
END;
CREATE TRIGGER reservation_no_update BEFORE UPDATE ON reservation
  BEGIN SELECT RAISE(ABORT, 'a reservation is made and released, never changed'); END;

CREATE TRIGGER posting_continues_the_chain BEFORE INSERT ON posting BEGIN
  SELECT RAISE(ABORT, 'a posting names the hash of the one before it') WHERE NEW.previous_hash <> ifnull(
    (SELECT hash FROM posting ORDER BY posting_seq DESC LIMIT 1), printf('%064d', 0));
END;
CREATE TRIGGER posting_no_update BEFORE UPDATE ON posting BEGIN SELECT RAISE(ABORT, 'posting is append-only'); END;
CREATE TRIGGER posting_no_delete BEFORE DELETE ON posting BEGIN SELECT RAISE(ABORT, 'posting is append-only'); END;
CREATE TRIGGER movement_no_update BEFORE UPDATE ON movement BEGIN SELECT RAISE(ABORT, 'movement is append-only'); END;
CREATE TRIGGER movement_no_delete BEFORE DELETE ON movement BEGIN SELECT RAISE(ABORT, 'movement is append-only'); END;
CREATE TRIGGER lot_no_delete BEFORE DELETE ON lot BEGIN SELECT RAISE(ABORT, 'lot is append-only'); END;
CREATE TRIGGER lot_identity_fixed BEFORE UPDATE OF lot_id, item_id, supplier_id, number, made_on, expires_on, standard ON lot
  BEGIN SELECT RAISE(ABORT, 'a lot keeps its identity'); END;
CREATE TRIGGER place_kind_fixed BEFORE UPDATE OF kind ON place
  BEGIN SELECT RAISE(ABORT, 'a place keeps its kind'); END;

-- ---------------------------------------------------------------- deliveries and commitments

CREATE TABLE delivery (
  posting_seq INTEGER PRIMARY KEY REFERENCES posting,
  supplier_id INTEGER NOT NULL REFERENCES supplier,
  depot_id    INTEGER NOT NULL REFERENCES place,
  note_number TEXT NOT NULL DEFAULT '' CHECK (length(note_number) <= 60),   -- 送货单号
  note_repeat INTEGER NOT NULL DEFAULT 0 CHECK (note_repeat IN (0, 1)),     -- the clerk said: another delivery under the same number
  note        TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX delivery_note ON delivery (supplier_id, note_number);

CREATE TABLE delivery_line (
  posting_seq    INTEGER NOT NULL REFERENCES delivery,
  line           INTEGER NOT NULL CHECK (line >= 1),
  item_id        INTEGER NOT NULL REFERENCES item,
  lot_id         INTEGER NOT NULL REFERENCES lot,
  packs          INTEGER,                       -- as written on the note, when it counts packs
  pack_size_base INTEGER NOT NULL,
  counted_base   INTEGER NOT NULL CHECK (counted_base BETWEEN 1 AND 1000000000),
  accepted_base  INTEGER NOT NULL CHECK (accepted_base >= 0),
  rejected_base  INTEGER NOT NULL CHECK (rejected_base >= 0),
  reject_reason  TEXT NOT NULL DEFAULT '',
  CHECK (accepted_base + rejected_base = counted_base),
  CHECK (rejected_base = 0 OR reject_reason <> ''),
  PRIMARY KEY (posting_seq, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_line_item ON delivery_line (item_id, posting_seq);
CREATE TRIGGER delivery_no_update BEFORE UPDATE ON delivery BEGIN SELECT RAISE(ABORT, 'delivery is append-only'); END;
CREATE TRIGGER delivery_no_delete BEFORE DELETE ON delivery BEGIN SELECT RAISE(ABORT, 'delivery is append-only'); END;
CREATE TRIGGER delivery_line_no_update BEFORE UPDATE ON delivery_line BEGIN SELECT RAISE(ABORT, 'delivery_line is append-only'); END;
CREATE TRIGGER delivery_line_no_delete BEFORE DELETE ON delivery_line BEGIN SELECT RAISE(ABORT, 'delivery_line is append-only'); END;

-- 供货承诺: a promised quantity by a date; closed early with a reason.
CREATE TABLE commitment (
  commitment_id INTEGER PRIMARY KEY,
  supplier_id   INTEGER NOT NULL REFERENCES supplier,
  item_id       INTEGER NOT NULL REFERENCES item,
  quantity_base INTEGER NOT NULL CHECK (quantity_base BETWEEN 1 AND 1000000000),
  due_on        TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  note          TEXT NOT NULL DEFAULT '',
  closed_at     INTEGER,
  version       INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX commitment_open ON commitment (supplier_id, item_id, due_on) WHERE closed_at IS NULL;

-- Which accepted pieces of which delivery line fulfil which commitment: the oldest first.
CREATE TABLE fulfilment (
  commitment_id INTEGER NOT NULL REFERENCES commitment,
  posting_seq   INTEGER NOT NULL,
  line          INTEGER NOT NULL,
  quantity_base INTEGER NOT NULL CHECK (quantity_base > 0),
  PRIMARY KEY (commitment_id, posting_seq, line),
  FOREIGN KEY (posting_seq, line) REFERENCES delivery_line (posting_seq, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX fulfilment_line ON fulfilment (posting_seq, line);

-- ---------------------------------------------------------------- allocation

CREATE TABLE policy (
  policy_id   INTEGER PRIMARY KEY,
  name        TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 60),
  name_en     TEXT NOT NULL DEFAULT '',
  rounding    TEXT NOT NULL CHECK (rounding IN ('runs-out-first', 'nearest', 'least-over')),
  horizon_days INTEGER NOT NULL CHECK (horizon_days BETWEEN 1 AND 365),
  rungs       TEXT NOT NULL CHECK (json_valid(rungs)),
  rolling_days INTEGER CHECK (rolling_days BETWEEN 1 AND 365),      -- look so many days ahead, hold back what promises may not replace; null: off
  near_expiry INTEGER NOT NULL DEFAULT 0 CHECK (near_expiry IN (0, 1)), -- short-dated packs only to who will use them in time
  used        INTEGER NOT NULL DEFAULT 0 CHECK (used IN (0, 1)),     -- by an approved round: from then on it is only copied
  archived_at INTEGER,
  version     INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE round (
  round_id      INTEGER PRIMARY KEY,
  number        TEXT NOT NULL UNIQUE,
  state         TEXT NOT NULL CHECK (state IN ('approved', 'cancelled')),
  policy_id     INTEGER NOT NULL REFERENCES policy,
  business_date TEXT NOT NULL,
  horizon_days  INTEGER NOT NULL,
  note          TEXT NOT NULL DEFAULT '',
  problem       TEXT NOT NULL CHECK (json_valid(problem)),    -- frontstock-plan/1, pins included
  result        TEXT NOT NULL CHECK (json_valid(result)),     -- frontstock-result/1, certificate included
  problem_hash  TEXT NOT NULL,
  content_hash  TEXT NOT NULL DEFAULT '',                     -- over all of it, its lines and its slips as they were approved
  approved_at   INTEGER NOT NULL,
  approved_by   INTEGER NOT NULL REFERENCES person,
  cancelled_at  INTEGER,
  cancelled_by  INTEGER REFERENCES person,
  CHECK ((state = 'cancelled') = (cancelled_at IS NOT NULL))
) STRICT;

CREATE TABLE round_line (
  round_id       INTEGER NOT NULL REFERENCES round,
  unit_id        INTEGER NOT NULL REFERENCES unit,
  item_id        INTEGER NOT NULL REFERENCES item,
  need_base      INTEGER NOT NULL,
  stock_base     INTEGER NOT NULL,
  use_milli_per_day INTEGER NOT NULL,
  packs          INTEGER NOT NULL CHECK (packs >= 0),
  pack_size_base INTEGER NOT NULL,
  quantity_base  INTEGER NOT NULL,                -- packs of substitutes may be of another size
  pinned         INTEGER NOT NULL CHECK (pinned IN (0, 1)),
  rung           INTEGER NOT NULL,
  reason         TEXT NOT NULL,
  queue_packs    INTEGER,
  credit_milli   INTEGER NOT NULL DEFAULT 0,      -- rounding credit carried to the next round
  PRIMARY KEY (round_id, unit_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX round_line_credit ON round_line (unit_id, item_id, round_id);

CREATE TABLE slip (
  slip_id      INTEGER PRIMARY KEY,
  number       TEXT NOT NULL UNIQUE,
  round_id     INTEGER NOT NULL REFERENCES round,
  unit_id      INTEGER NOT NULL REFERENCES unit,
  depot_id     INTEGER NOT NULL REFERENCES place,
  state        TEXT NOT NULL CHECK (state IN ('approved', 'dispatched', 'signed', 'cancelled', 'reversed')),
  posting_seq  INTEGER REFERENCES posting,
  changed_at   INTEGER NOT NULL,
  UNIQUE (round_id, unit_id, depot_id),
  CHECK ((state IN ('dispatched', 'signed', 'reversed')) = (posting_seq IS NOT NULL))
) STRICT;
CREATE INDEX slip_state ON slip (state, slip_id);
CREATE INDEX slip_unit ON slip (unit_id, slip_id);

CREATE TABLE slip_line (
  slip_id        INTEGER NOT NULL REFERENCES slip,
  line           INTEGER NOT NULL CHECK (line >= 1),
  item_id        INTEGER NOT NULL REFERENCES item,
  lot_id         INTEGER NOT NULL REFERENCES lot,
  packs          INTEGER NOT NULL CHECK (packs >= 1),
  pack_size_base INTEGER NOT NULL CHECK (pack_size_base >= 1),
  quantity_base  INTEGER NOT NULL,
  need_base      INTEGER NOT NULL,
  picked_packs   INTEGER CHECK (picked_packs BETWEEN 0 AND packs), -- null until picked; what goes is picked, or all
  for_item_id    INTEGER REFERENCES item,         -- the item it stands in for, where it is a substitute
  replaces_line  INTEGER,                         -- the line picked short that this one was added for
  CHECK (quantity_base = packs * pack_size_base),
  PRIMARY KEY (slip_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX slip_line_item ON slip_line (item_id, slip_id);
