import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JobQueue, JobSnapshot } from '#queue/contract.ts'
import { readDocuments } from '#queue/repository-documents.ts'

const REPO = 'https://github.com/acme/lib'
const policy = { allowedHosts: ['github.com'], allowPrivateNetworks: false, localRepos: [] }

const jobOf = (id: string, options: object, isOnRef?: boolean): JobSnapshot =>
  ({
    view: { job_id: id, repo_url: REPO, commit_id: null, options, commit_on_ref: isOnRef },
    docsKey: id,
  }) as unknown as JobSnapshot

/** A queue with these jobs, the newest first, and how many pages of it were read. */
function queueOf(jobs: readonly JobSnapshot[]) {
  const counted = { pages: 0 }
  const queue = {
    read: async () => undefined,
    async list({ limit = 100, after = '0' }: { limit?: number; after?: string }) {
      counted.pages += 1
      const next = Number(after) + limit
      return { jobs: jobs.slice(Number(after), next), next: next < jobs.length ? String(next) : null }
    },
  } as unknown as Pick<JobQueue, 'list' | 'read'>
  return { queue, counted }
}

test('versions are found behind any number of documents with other options', async () => {
  const strange = Array.from({ length: 1_500 }, (_, n) => jobOf(`acme--lib~${n}`, { max_cost_usd: n + 1 }))
  const { queue } = queueOf([...strange, jobOf('acme--lib@1.0', {}), jobOf('acme--lib@2.0', {})])
  const ids = (await readDocuments(queue, REPO, policy)).jobs.map(({ view }) => view.job_id)
  assert.deepEqual(ids.slice(-2), ['acme--lib@1.0', 'acme--lib@2.0'])
  assert.equal(ids.length, 102)
})

test('however many commits of forks there are, reading them ends', async () => {
  const { queue, counted } = queueOf(Array.from({ length: 20_000 }, (_, n) => jobOf(`acme--lib@${n}`, {}, false)))
  assert.deepEqual((await readDocuments(queue, REPO, policy)).jobs, [])
  assert.equal(counted.pages, 100)
})
