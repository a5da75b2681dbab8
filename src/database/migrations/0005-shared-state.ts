/**
 * Tables for state shared by all machines: limits, budgets, git tokens, counts. Never change the statements of a released
 * migration.
 */

import type { Migration } from './list.ts'

export const sharedStateTables: Migration = {
  version: 5,
  name: 'shared-state',
  oldestProgram: 1,
  sql: `
-- Jobs that occupy a lane; a worker's rows are deleted with the worker.
CREATE TABLE docspool.lanes (
  lane text COLLATE "C" NOT NULL,
  slot smallint NOT NULL,
  job_id text COLLATE "C" NOT NULL,
  worker text COLLATE "C" NOT NULL REFERENCES docspool.workers ON DELETE CASCADE,
  PRIMARY KEY (lane, slot)
) WITH (fillfactor = 50);
CREATE INDEX lanes_worker ON docspool.lanes (worker, job_id);

-- Jobs that count towards a client's limit until they have finished.
CREATE TABLE docspool.client_jobs (
  -- SHA-256
  client bytea NOT NULL,
  job_id text COLLATE "C" NOT NULL,
  taken_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (client, job_id)
);
CREATE INDEX client_jobs_age ON docspool.client_jobs (taken_at);

-- Tokens of jobs that have not been cloned, sealed with DOCSPOOL_SECRET_KEY.
CREATE TABLE docspool.git_tokens (
  job_id text COLLATE "C" NOT NULL,
  -- Increases with each submission.
  version bigint GENERATED ALWAYS AS IDENTITY,
  sealed bytea NOT NULL,
  -- Identifies the key that sealed this token.
  key_id bytea NOT NULL,
  -- SHA-256; NULL for clients without a limit of their own.
  client bytea,
  -- The submission has not been accepted yet.
  is_pending boolean NOT NULL DEFAULT true,
  kept_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (job_id, version)
);
CREATE INDEX git_tokens_client ON docspool.git_tokens (client);
CREATE INDEX git_tokens_age ON docspool.git_tokens (kept_at);

-- The cost of models, by day (UTC) and model.
CREATE TABLE docspool.spend_days (
  day date NOT NULL,
  model text NOT NULL,
  calls bigint NOT NULL,
  input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  micro_usd bigint NOT NULL,
  PRIMARY KEY (day, model)
);

-- The same per job, for per-job limits; deleted after a few days.
CREATE TABLE docspool.spend_jobs (
  job text NOT NULL,
  day date NOT NULL,
  calls bigint NOT NULL,
  input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  micro_usd bigint NOT NULL,
  PRIMARY KEY (job, day)
);
CREATE INDEX spend_jobs_day ON docspool.spend_jobs (day);

-- Requests to models whose cost is not known yet, with an upper bound on their cost.
CREATE TABLE docspool.spend_reservations (
  id uuid PRIMARY KEY,
  day date NOT NULL,
  job text NOT NULL,
  model text NOT NULL,
  input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  micro_usd bigint NOT NULL
);
CREATE INDEX spend_reservations_day ON docspool.spend_reservations (day);
CREATE INDEX spend_reservations_job ON docspool.spend_reservations (job);

-- Counts of supervisors for metrics.
CREATE TABLE docspool.job_counts (
  owner uuid PRIMARY KEY,
  body text NOT NULL,
  -- -infinity once the supervisor has exited.
  beat timestamptz NOT NULL
) WITH (fillfactor = 50);
CREATE INDEX job_counts_beat ON docspool.job_counts (beat);
`,
}
