/**
 * The time since when a repository has had documents, for the search over all repositories. Never change the statements of a
 * released migration.
 */

import type { Migration } from './list.ts'

export const searchSince: Migration = {
  version: 8,
  name: 'search since',
  oldestProgram: 1,
  sql: `
-- Milliseconds since the epoch.
ALTER TABLE docspool.search_sets ADD COLUMN since bigint NOT NULL DEFAULT 0;
`,
}
