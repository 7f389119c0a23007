-- The rest of stock's life: signature, returns, transfers, write-offs, stocktakes, corrections, alerts.

-- 签收: who took the goods of a slip, when, and what differed. Always a posting, so that the chain covers who signed.
CREATE TABLE signature (
  slip_id     INTEGER PRIMARY KEY REFERENCES slip,
  signed_by   TEXT NOT NULL CHECK (length(signed_by) BETWEEN 1 AND 60),
  signed_on   TEXT NOT NULL CHECK (signed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  note        TEXT NOT NULL DEFAULT '',
  posting_seq INTEGER NOT NULL UNIQUE REFERENCES posting,
  at          INTEGER NOT NULL,
  person_id   INTEGER NOT NULL REFERENCES person
) STRICT;

-- 移库 between depots: out of one, in transit, into the other.
CREATE TABLE transfer (
  transfer_id  INTEGER PRIMARY KEY,
  number       TEXT NOT NULL UNIQUE,
  from_id      INTEGER NOT NULL REFERENCES place,
  to_id        INTEGER NOT NULL REFERENCES place,
  state        TEXT NOT NULL CHECK (state IN ('in-transit', 'received')),
  note         TEXT NOT NULL DEFAULT '',
  sent_seq     INTEGER NOT NULL REFERENCES posting,
  received_seq INTEGER REFERENCES posting,
  CHECK (from_id <> to_id),
  CHECK ((state = 'received') = (received_seq IS NOT NULL))
) STRICT;
CREATE INDEX transfer_state ON transfer (state, transfer_id);

-- 盘点: what was counted of which lot, and what the ledger said at that moment. The difference is against that, so
-- stock that moves while people count is no difference.
-- 货位: where in a depot an item lies.
CREATE TABLE shelf (
  depot_id INTEGER NOT NULL REFERENCES place,
  item_id  INTEGER NOT NULL REFERENCES item,
  name     TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 30),
  PRIMARY KEY (depot_id, item_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE stocktake (
  stocktake_id INTEGER PRIMARY KEY,
  number       TEXT NOT NULL UNIQUE,
  depot_id     INTEGER NOT NULL REFERENCES place,
  category     TEXT NOT NULL DEFAULT '',            -- empty: all
  shelf        TEXT NOT NULL DEFAULT '',            -- empty: all
  blind        INTEGER NOT NULL CHECK (blind IN (0, 1)),
  state        TEXT NOT NULL CHECK (state IN ('open', 'posted', 'cancelled')),
  note         TEXT NOT NULL DEFAULT '',
  posting_seq  INTEGER REFERENCES posting,          -- without movements where nothing differed
  started_at   INTEGER NOT NULL,
  started_by   INTEGER NOT NULL REFERENCES person,
  closed_at    INTEGER,
  closed_by    INTEGER REFERENCES person,
  CHECK ((state = 'open') = (closed_at IS NULL)),
  CHECK ((state = 'posted') = (posting_seq IS NOT NULL))
) STRICT;
CREATE INDEX stocktake_state ON stocktake (state, stocktake_id);

CREATE TABLE stocktake_line (
  stocktake_id  INTEGER NOT NULL REFERENCES stocktake,
  lot_id        INTEGER NOT NULL REFERENCES lot,
  started_base  INTEGER NOT NULL,                   -- the ledger when the stocktake began
  counted_base  INTEGER CHECK (counted_base BETWEEN 0 AND 1000000000),
  expected_base INTEGER,                            -- the ledger when it was counted
  reason        TEXT NOT NULL DEFAULT '',
  counted_at    INTEGER,
  counted_by    INTEGER REFERENCES person,
  unit_price_fen INTEGER,                           -- the item's, when it was posted
  CHECK ((counted_base IS NULL) = (expected_base IS NULL)),
  PRIMARY KEY (stocktake_id, lot_id)
) STRICT, WITHOUT ROWID;

-- Which alerts a person has put off until when.
CREATE TABLE alert_snooze (
  alert_key TEXT NOT NULL CHECK (length(alert_key) BETWEEN 1 AND 100),
  person_id INTEGER NOT NULL REFERENCES person,
  until_on  TEXT NOT NULL CHECK (until_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  PRIMARY KEY (alert_key, person_id)
) STRICT, WITHOUT ROWID;
