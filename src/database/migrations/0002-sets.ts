/** Tables for document sets. Never change the statements of a released migration. */

import type { Migration } from './list.ts'

export const setTables: Migration = {
  version: 2,
  name: 'sets',
  oldestProgram: 1,
  sql: `
CREATE TABLE docspool.sets (
  key text COLLATE "C" PRIMARY KEY,
  repo_url text NOT NULL,
  bytes bigint NOT NULL,
  -- By the clock of the database.
  used_ms bigint NOT NULL
);

-- Pieces of sets, keyed by the SHA-256 of their bytes; sets share equal pieces.
CREATE TABLE docspool.blobs (
  hash bytea PRIMARY KEY,
  body bytea NOT NULL
);
-- Pieces are already compressed.
ALTER TABLE docspool.blobs ALTER COLUMN body SET STORAGE EXTERNAL;

-- The pieces of the files of a set, in order of n.
CREATE TABLE docspool.set_parts (
  key text COLLATE "C" NOT NULL REFERENCES docspool.sets ON DELETE CASCADE,
  file text COLLATE "C" NOT NULL,
  n integer NOT NULL,
  length integer NOT NULL,
  hash bytea NOT NULL REFERENCES docspool.blobs,
  PRIMARY KEY (key, file, n)
);
CREATE INDEX set_parts_hash ON docspool.set_parts (hash);
`,
}
