/** Tables for followed repositories. Never change the statements of a released migration. */

import type { Migration } from './list.ts'

export const followTables: Migration = {
  version: 3,
  name: 'follows',
  oldestProgram: 1,
  sql: `
-- Like the jobs table, with revisions and the tokens of the last writers.
CREATE TABLE docspool.follows (
  id text COLLATE "C" PRIMARY KEY,
  rev integer NOT NULL,
  record text,
  writes uuid[] NOT NULL,
  removed_at timestamptz
);

CREATE TABLE docspool.looks (
  id text COLLATE "C" PRIMARY KEY,
  due_ms bigint NOT NULL,
  token uuid
);
CREATE INDEX looks_due ON docspool.looks (due_ms);
`,
}
