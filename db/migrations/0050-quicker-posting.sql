-- A delivery of new lots is most of what long lists bring: their balances are written once, as they are, and no longer
-- as nothing first. What holds is unchanged: suppliers and virtual places may be negative, others never.
DROP TRIGGER movement_moves;
-- An upsert serves where the row it would have inserted passes the CHECK: what comes in anywhere, and what goes out of a
-- place without bound. Out of a bounded place, SQLite would refuse the -quantity before it sees that there is a row.
-- changes() catches what a caller's OR IGNORE would make the update swallow.
CREATE TRIGGER movement_moves AFTER INSERT ON movement BEGIN
  SELECT RAISE(ABORT, 'a movement belongs to the newest posting')
    WHERE NEW.posting_seq <> (SELECT max(posting_seq) FROM posting);
  INSERT INTO balance (place_id, lot_id, item_id, bounded, on_hand)
    SELECT place_id, NEW.lot_id, NEW.item_id, 0, -NEW.quantity_base FROM place
      WHERE place_id = NEW.from_place_id AND kind NOT IN ('depot', 'unit', 'transit')
    ON CONFLICT (place_id, lot_id) DO UPDATE SET on_hand = on_hand + excluded.on_hand;
  UPDATE balance SET on_hand = on_hand - NEW.quantity_base
    WHERE place_id = NEW.from_place_id AND lot_id = NEW.lot_id AND bounded = 1;
  SELECT RAISE(ABORT, 'balance_holds: there is not as much at this place') WHERE changes() <> 1
    AND NOT EXISTS (SELECT 1 FROM place
      WHERE place_id = NEW.from_place_id AND kind NOT IN ('depot', 'unit', 'transit'));
  INSERT INTO balance (place_id, lot_id, item_id, bounded, on_hand)
    SELECT place_id, NEW.lot_id, NEW.item_id, kind IN ('depot', 'unit', 'transit'), NEW.quantity_base FROM place
      WHERE place_id = NEW.to_place_id
    ON CONFLICT (place_id, lot_id) DO UPDATE SET on_hand = on_hand + excluded.on_hand;
  SELECT RAISE(ABORT, 'balance_holds: the place does not exist') WHERE changes() <> 1;
END;

-- A list says what came, the ledger what was accepted of it: lines with something rejected are found by their lot.
CREATE INDEX delivery_line_rejected ON delivery_line (lot_id) WHERE rejected_base > 0;
