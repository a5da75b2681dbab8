/** The table of `docspool move`. A migration that was released never changes. */

import type { Migration } from './list.ts'

export const moveTable: Migration = {
  version: 7,
  name: 'move',
  oldestProgram: 1,
  sql: `
-- Where everything here was moved from. While it is not finished, no program starts.
CREATE TABLE docspool.move (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  source text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz
);
`,
}
