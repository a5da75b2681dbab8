import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOfNamedRef } from '#base/job-id.ts'
import type { JobQueue, JobSnapshot } from '#queue/contract.ts'
import { readDocuments } from '#queue/repository-documents.ts'

const REPO = 'https://github.com/acme/lib'
const policy = { allowedHosts: ['github.com'], allowPrivateNetworks: false, localRepos: [] }

const jobOf = (id: string, options: object, isOnRef?: boolean): JobSnapshot =>
  ({
    view: { job_id: id, repo_url: REPO, commit_id: null, options, commit_on_ref: isOnRef },
    docsKey: id,
  }) as unknown as JobSnapshot

const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0')

/** A queue with these jobs, the newest first, and how many pages of it were read. */
function queueOf(jobs: readonly JobSnapshot[]) {
  const counted = { pages: 0 }
  const queue = {
    read: async () => undefined,
    async list({ limit, after = '0', ofNamedRef }: Parameters<JobQueue['list']>[0]) {
      counted.pages += 1
      const listed = jobs.filter(({ view }) => ofNamedRef === undefined || isOfNamedRef(view.job_id) === ofNamedRef)
      const next = Number(after) + limit
      return { jobs: listed.slice(Number(after), next), next: next < listed.length ? String(next) : null }
    },
  } as unknown as Pick<JobQueue, 'list' | 'read'>
  return { queue, counted }
}

test('versions are found behind any number of documents with other options', async () => {
  const strange = Array.from({ length: 12_000 }, (_, n) => jobOf(`acme--lib~${hex(n, 32)}`, { max_cost_usd: n + 1 }))
  const forks = Array.from({ length: 12_000 }, (_, n) => jobOf(`acme--lib@${hex(n, 40)}`, {}, false))
  const { queue } = queueOf([...strange, ...forks, jobOf('acme--lib@1.0', {}), jobOf('acme--lib@2.0', {})])
  const ids = (await readDocuments(queue, REPO, policy)).jobs.map(({ view }) => view.job_id)
  assert.deepEqual(ids.slice(0, 2), ['acme--lib@1.0', 'acme--lib@2.0'])
  assert.equal(ids.length, 102)
})

test('however many commits of forks there are, reading them ends', async () => {
  const { queue, counted } = queueOf(
    Array.from({ length: 20_000 }, (_, n) => jobOf(`acme--lib@${hex(n, 40)}`, {}, false)),
  )
  assert.deepEqual((await readDocuments(queue, REPO, policy)).jobs, [])
  assert.equal(counted.pages, 101)
})
