/** Tables for the search over all repositories. Never change the statements of a released migration. */

import type { Migration } from './list.ts'

export const crossSearchTables: Migration = {
  version: 4,
  name: 'cross-search',
  oldestProgram: 1,
  sql: `
CREATE TABLE docspool.search_sets (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  repo_url text NOT NULL UNIQUE,
  job_id text NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  -- In lower case: pallets/flask (called) and flask (short).
  called text NOT NULL,
  short text NOT NULL
);
CREATE INDEX search_sets_called ON docspool.search_sets (called);
CREATE INDEX search_sets_short ON docspool.search_sets (short);

CREATE TABLE docspool.search_entries (
  set_id bigint NOT NULL REFERENCES docspool.search_sets ON DELETE CASCADE,
  place integer NOT NULL,
  -- 0 for the entries users most often search for.
  bucket smallint NOT NULL,
  entry jsonb NOT NULL,
  terms tsvector NOT NULL,
  PRIMARY KEY (set_id, place)
);
CREATE INDEX search_entries_terms ON docspool.search_entries USING gin (terms);

CREATE TABLE docspool.search_packages (
  ecosystem text NOT NULL,
  name text NOT NULL,
  set_id bigint NOT NULL REFERENCES docspool.search_sets ON DELETE CASCADE,
  PRIMARY KEY (ecosystem, name, set_id)
);
CREATE INDEX search_packages_set ON docspool.search_packages (set_id);

CREATE TABLE docspool.search_dependencies (
  ecosystem text NOT NULL,
  name text NOT NULL,
  set_id bigint NOT NULL REFERENCES docspool.search_sets ON DELETE CASCADE,
  kind text NOT NULL,
  PRIMARY KEY (ecosystem, name, set_id)
);
CREATE INDEX search_dependencies_set ON docspool.search_dependencies (set_id);

-- The version of the index; an index of another version is rebuilt.
CREATE TABLE docspool.search_state (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  version integer NOT NULL,
  is_complete boolean NOT NULL
);
`,
}
