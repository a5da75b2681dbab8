/** The table for `docspool move`. Never change the statements of a released migration. */

import type { Migration } from './list.ts'

export const moveTable: Migration = {
  version: 7,
  name: 'move',
  oldestProgram: 1,
  sql: `
-- The storage that this database was filled from. Programs refuse to start while finished_at is null.
CREATE TABLE docspool.move (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  source text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz
);
`,
}
