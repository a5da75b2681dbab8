/** A read-only queue that presents sets in folders as completed jobs. */

import { AppError } from '#base/errors.ts'
import type { JobQueue, JobSnapshot, JobView } from '#queue/contract.ts'
import type { WrittenSet } from './written-sets.ts'

/** Maximum length of a job id without the number that makes it unique. */
const MAX_BASE = 200

/** Thrown for operations that would change something. */
class ReadOnly extends AppError {
  readonly code = 'NOT_FOUND'
}

const refuse = async (): Promise<never> => {
  throw new ReadOnly('These documents are read-only.')
}

export function createWrittenQueue(sets: readonly WrittenSet[]): JobQueue {
  const jobs = new Map<string, JobSnapshot>()
  for (const set of sets) {
    const name = set.manifest.full_name.replace(/[^A-Za-z0-9._/-]+/g, '-').replaceAll('/', '--')
    // A job id does not begin with a dot, unlike `.config/nvim`, and is limited in length.
    const base = name.replace(/^\./, '_').slice(0, MAX_BASE) || 'docs'
    let id = base
    for (let number = 2; jobs.has(id); number++) id = `${base}~${number}`
    jobs.set(id, { view: viewOf(id, set), docsKey: set.manifest.key, version: set.manifest.key })
  }
  const all = [...jobs.values()]
  return {
    read: async (id) => jobs.get(id),
    async list({ repoUrl, nameHas, status, limit }) {
      const matching = all.filter(
        ({ view }) =>
          (repoUrl === undefined || view.repo_url === repoUrl) &&
          (nameHas === undefined || view.job_id.toLowerCase().includes(nameHas.toLowerCase())) &&
          (status === undefined || status === view.status),
      )
      return { jobs: matching.slice(0, limit), next: null, previous: null }
    },
    counts: async () => ({ queued: 0, processing: 0, completed: all.length, failed: 0 }),
    hasExpired: async () => false,
    changed: async () => undefined,
    submit: refuse,
    cancel: refuse,
    retry: refuse,
    remove: refuse,
    takeKey: refuse,
    readLog: refuse,
    readLogEnd: refuse,
    paused: refuse,
    state: refuse,
    probe: refuse,
    foreignFiles: refuse,
    streamEvents() {
      throw new ReadOnly('Documents in folders have no log.')
    },
  }
}

function viewOf(id: string, { manifest }: WrittenSet): JobView {
  const at = manifest.committed_at
  return {
    job_id: id,
    repo_url: manifest.repo_url,
    status: 'completed',
    progress: 'Read from a folder',
    created_at: at,
    submitted_at: at,
    started_at: at,
    completed_at: at,
    stage: null,
    percent: 100,
    queue_position: null,
    error_message: null,
    error_code: null,
    hint: null,
    docs_path: `/static-docs/${encodeURIComponent(id)}/`,
    main_model: manifest.main_model,
    options: {},
    spend: null,
    degraded: null,
    commit_id: null,
    resolved_commit: manifest.commit,
    priority: 5,
    follow_up: false,
    callbacks: [],
    documented_at: at,
    commit_on_ref: null,
    attempt: 0,
    stalls: 0,
    epoch: 1,
    rev: 1,
  }
}
