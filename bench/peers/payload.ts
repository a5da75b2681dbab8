/** What each system carries for a job: as much as docspool records of one. */

export const payloadOf = (id: string) => ({
  version: 1,
  job_id: id,
  repo_url: `https://git.invalid/acme/${id}`,
  commit_id: null,
  options: {},
  main_model: 'offline',
  priority: 5,
  force: false,
  created_at: '2026-01-01T00:00:00.000Z',
  submitted_at: '2026-01-01T00:00:00.000Z',
  rev: 1,
  epoch: 0,
  attempt: 0,
  stalls: 0,
  status: 'queued',
  not_before: null,
  docs_key: null,
  resolved_commit: null,
})
