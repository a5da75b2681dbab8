/** Tables for the queue. Never change the statements of a released migration. */

import type { Migration } from './list.ts'

export const queueTables: Migration = {
  version: 1,
  name: 'queue',
  oldestProgram: 1,
  sql: `
-- The newest revision of each job. The row of a removed job is kept for a while, so that its numbers continue.
CREATE TABLE docspool.jobs (
  job_id text COLLATE "C" PRIMARY KEY,
  rev integer NOT NULL,
  epoch integer NOT NULL,
  status text NOT NULL,
  submitted_ms bigint NOT NULL,
  repo_url text NOT NULL,
  is_listed boolean NOT NULL,
  -- The job has finished, its webhooks are in the outbox, and lists show it.
  is_indexed boolean NOT NULL DEFAULT false,
  record text,
  -- Tokens of the last writers, the newest last: a writer that lost its connection finds out here whether it wrote its revision.
  writes uuid[] NOT NULL,
  removed_at timestamptz
) WITH (fillfactor = 80);
CREATE INDEX jobs_repo ON docspool.jobs USING hash (repo_url);
-- Unfinished, not yet indexed and removed jobs: few, however many jobs have finished.
CREATE INDEX jobs_open ON docspool.jobs (job_id) WHERE NOT is_indexed;
CREATE INDEX jobs_indexed ON docspool.jobs (status, submitted_ms, job_id) WHERE is_indexed;

-- Jobs that are waiting or held by a worker. Rows are short-lived, so the table stays small.
CREATE TABLE docspool.entries (
  job_id text COLLATE "C" NOT NULL,
  submitted_ms bigint NOT NULL,
  priority smallint NOT NULL,
  -- ready, delayed or held
  kind text NOT NULL,
  -- '' unless held
  worker text COLLATE "C" NOT NULL DEFAULT '',
  -- 0 unless delayed
  not_before_ms bigint NOT NULL DEFAULT 0,
  rank bigint NOT NULL,
  is_listed boolean NOT NULL,
  PRIMARY KEY (job_id, submitted_ms, priority, kind, worker, not_before_ms)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX entries_ready ON docspool.entries (rank, priority, job_id, submitted_ms) WHERE kind = 'ready';
CREATE INDEX entries_delayed ON docspool.entries (not_before_ms) WHERE kind = 'delayed';
CREATE INDEX entries_held ON docspool.entries (worker) WHERE kind = 'held';
CREATE INDEX entries_listed ON docspool.entries (submitted_ms, job_id);

CREATE TABLE docspool.workers (
  worker text COLLATE "C" PRIMARY KEY,
  info text NOT NULL,
  -- By the clock of the database.
  beat timestamptz NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE docspool.events (
  job_id text COLLATE "C" NOT NULL,
  epoch integer NOT NULL,
  n integer NOT NULL,
  type text NOT NULL,
  body text NOT NULL,
  -- Bytes of the log up to and including this event.
  total integer NOT NULL,
  PRIMARY KEY (job_id, epoch, n)
);

CREATE TABLE docspool.cancels (
  job_id text COLLATE "C" PRIMARY KEY,
  submitted_at text NOT NULL
);

CREATE TABLE docspool.keys (
  -- SHA-256 of the key
  key bytea PRIMARY KEY,
  record text NOT NULL,
  token uuid NOT NULL,
  taken_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX keys_age ON docspool.keys (taken_at);

CREATE TABLE docspool.outbox (
  callback_id text COLLATE "C" NOT NULL,
  job_id text COLLATE "C" NOT NULL,
  lane text NOT NULL,
  due_ms bigint NOT NULL,
  token uuid,
  PRIMARY KEY (callback_id, job_id)
);
CREATE INDEX outbox_due ON docspool.outbox (due_ms);

-- Jobs that were removed because of their age.
CREATE TABLE docspool.expired (
  job_id text COLLATE "C" PRIMARY KEY,
  at_ms bigint NOT NULL
);
CREATE INDEX expired_age ON docspool.expired (at_ms);

CREATE TABLE docspool.pause (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  since text NOT NULL,
  by text
);
`,
}
