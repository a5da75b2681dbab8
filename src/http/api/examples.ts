/** Examples of responses. */

import type { z } from 'zod'
import type { Readiness } from '#http/health.ts'
import type { JobList } from '#http/jobs.ts'
import type { QueueView } from '#http/queue-state.ts'
import type { SearchAnswer } from '#http/search.ts'
import type { SpendAnswer } from '#http/spend.ts'
import type { JobView } from '#queue/contract.ts'
import type { FollowView } from '#queue/follows/follow-view.ts'

export const EXAMPLE_JOB: JobView = {
  job_id: 'pallets--flask',
  repo_url: 'https://github.com/pallets/flask',
  status: 'completed',
  created_at: '2026-11-25T18:41:54.000Z',
  submitted_at: '2026-11-25T18:41:54.000Z',
  started_at: '2026-11-25T18:41:54.100Z',
  completed_at: '2026-11-25T18:42:03.500Z',
  progress: 'Documented 24 files',
  stage: null,
  percent: 100,
  queue_position: null,
  error_message: null,
  error_code: null,
  hint: null,
  docs_path: '/static-docs/pallets--flask/',
  main_model: 'offline',
  options: {},
  spend: null,
  degraded: null,
  commit_id: null,
  resolved_commit: '6013bddb80ea86be6c3c97fa3dc31c6f70b3c9c1',
  documented_at: '2026-11-25T18:42:03.500Z',
  commit_on_ref: true,
  priority: 5,
  follow_up: false,
  callbacks: [],
  attempt: 0,
  stalls: 0,
  epoch: 1,
  rev: 3,
}

export const QUEUED_JOB: JobView = {
  ...EXAMPLE_JOB,
  status: 'queued',
  started_at: null,
  completed_at: null,
  progress: 'Waiting',
  percent: 0,
  queue_position: 1,
  docs_path: null,
  resolved_commit: null,
  documented_at: null,
  commit_on_ref: null,
  epoch: 0,
  rev: 1,
}

export const EXAMPLE_LIST: z.infer<typeof JobList> = { jobs: [EXAMPLE_JOB], next: null, previous: null }

export const EXAMPLE_QUEUE: z.infer<typeof QueueView> = {
  queued: 2,
  processing: 1,
  completed: 40,
  failed: 1,
  paused: false,
  paused_since: null,
  oldest_waiting_s: 12,
  workers: 1,
}

const FIGURES = { calls: 9, kept: 3, input_tokens: 40_000, output_tokens: 5_210, cost_usd: 0.12 }

export const EXAMPLE_SPEND: z.infer<typeof SpendAnswer> = {
  day: '2026-11-25',
  today: FIGURES,
  limits: { cost_usd: 20, tokens: null, calls: null },
  total: FIGURES,
  days: [{ ...FIGURES, day: '2026-11-25', model: 'gpt-x' }],
}

export const EXAMPLE_SEARCH: z.infer<typeof SearchAnswer> = {
  query: 'app context',
  results: [
    {
      title: 'AppContext',
      kind: 'class',
      file: 'src/flask/ctx.py',
      line: 260,
      text: 'An app context contains app-specific information.',
      page: 'src-flask--ctx.py.md',
      page_title: 'ctx.py',
      href: '/static-docs/pallets--flask/src-flask--ctx.py.md#appcontext',
    },
  ],
}

export const EXAMPLE_READINESS: z.infer<typeof Readiness> = {
  status: 'ready',
  paused: false,
  checks: {
    spool: { ok: true },
    files: { ok: true, foreign: 0 },
    supervisor: { ok: true, alive: 1, heartbeat_age_s: 1.2 },
    disk: { ok: true, free_bytes: 40_000_000_000 },
  },
}

export const EXAMPLE_FOLLOW: FollowView = {
  repo_url: 'https://github.com/pallets/flask',
  branches: [],
  tags: ['semver:>=2'],
  keep: 5,
  every: '6h',
  created_at: '2026-11-25T18:41:54.000Z',
  looked_at: '2026-11-25T18:41:55.200Z',
  next_look_at: '2026-11-26T00:30:12.000Z',
  told_at: null,
  error: null,
  refs: [
    {
      ref: 'HEAD',
      commit: '6013bddb80ea86be6c3c97fa3dc31c6f70b3c9c1',
      job_id: 'pallets--flask',
      submitted_at: '2026-11-25T18:41:55.100Z',
      failure: null,
    },
  ],
  counted: [],
}
