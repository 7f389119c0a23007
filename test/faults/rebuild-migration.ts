import type { Migration } from '../../db/migrate.ts'

/**
 * A migration as a later release may need it: a table is made anew with its rows, by the steps that SQLite's manual
 * gives for it (https://www.sqlite.org/lang_altertable.html#otheralter). Numbered far above the shipped ones.
 */
export const rebuildMigration: Migration = {
  version: 9000,
  name: 'rebuild',
  sql: `
    CREATE TABLE request_new (
      request_id   TEXT PRIMARY KEY,
      procedure    TEXT NOT NULL,
      content_hash TEXT NOT NULL,
      answer       TEXT NOT NULL CHECK (json_valid(answer)),
      person_id    INTEGER NOT NULL REFERENCES person,
      at           INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO request_new SELECT * FROM request;
    DROP TABLE request;
    ALTER TABLE request_new RENAME TO request;
    CREATE INDEX request_at ON request (at);
  `,
}
