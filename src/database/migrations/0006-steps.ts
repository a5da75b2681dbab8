/** Tables for cached results of individual generation steps. Never change the statements of a released migration. */

import type { Migration } from './list.ts'

export const stepTables: Migration = {
  version: 6,
  name: 'steps',
  oldestProgram: 1,
  sql: `
-- The newest result of each step of a repository.
CREATE TABLE docspool.steps (
  scope text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  -- SHA-256 of the uncompressed result.
  hash bytea NOT NULL,
  used_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (scope, name)
);
CREATE INDEX steps_hash ON docspool.steps (hash);
CREATE INDEX steps_used ON docspool.steps (used_at);

-- Results keyed by their hash, compressed and cut into pieces.
CREATE TABLE docspool.step_pieces (
  hash bytea NOT NULL,
  n integer NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (hash, n)
);
ALTER TABLE docspool.step_pieces ALTER COLUMN body SET STORAGE EXTERNAL;

-- The total size of all pieces, so that it need not be computed.
CREATE TABLE docspool.step_total (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  bytes bigint NOT NULL
);
INSERT INTO docspool.step_total (bytes) VALUES (0);
`,
}
