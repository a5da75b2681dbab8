/** The documents of a repository, whatever else is submitted of it: `list` with `documented`, and `readDocuments` on top. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Backend, entryOf } from '#queue/backend.ts'
import type { JobQueue } from '#queue/contract.ts'
import type { JobIn } from '#queue/job.ts'
import { complete, createJob, resubmit, start } from '#queue/job-transitions.ts'
import { createQueue } from '#queue/open-queue.ts'
import { readDocuments } from '#queue/repository-documents.ts'
import type { RunResult } from '#queue/runner.ts'
import { createClock, request, result, settings, silent } from '../support.ts'
import type { OpenBackend } from './harness.ts'

const at = Date.parse('2026-01-01T00:00:00.000Z')
const REPO = 'https://github.com/acme/lib'
const OTHER = 'https://github.com/acme/other'
const policy = { allowedHosts: ['github.com'], allowPrivateNetworks: false, localRepos: [] }
/** More than are looked at for one page. */
const FALSE_JOBS = 520

const queueOn = (backend: Backend): JobQueue => createQueue(backend, settings, { log: silent, clock: createClock() })

async function document(
  backend: Backend,
  jobId: string,
  ageMs: number,
  {
    commitId = null,
    repoUrl = REPO,
    ...made
  }: { commitId?: string | null; repoUrl?: string } & Partial<RunResult> = {},
): Promise<JobIn<'completed'>> {
  const job = createJob(request(jobId, { repoUrl, commitId }), at + ageMs)
  assert.equal(await backend.accept(job), true)
  const running = (await backend.jobs.update(job, start(job, 'w', at))) ?? assert.fail()
  const ended = (await backend.jobs.update(running, complete(running, { ...result, ...made }, at))) ?? assert.fail()
  await backend.catalog.addEnded(ended)
  await backend.work.discard(entryOf(job))
  return ended
}

/** As one request with a hundred commits that do not exist, some times over. */
async function submitFalse(backend: Backend, count: number): Promise<void> {
  const idOf = (number: number): string => number.toString(16).padStart(40, '0')
  for (let first = 0; first < count; first += 100) {
    const numbers = Array.from({ length: Math.min(100, count - first) }, (_, index) => first + index)
    await Promise.all(
      numbers.map((number) =>
        backend.accept(
          createJob(
            request(`acme--lib@${idOf(number)}`, { repoUrl: REPO, commitId: idOf(number) }),
            at + 1_000_000 + number,
          ),
        ),
      ),
    )
  }
}

async function listAll(queue: JobQueue, query: Partial<Parameters<JobQueue['list']>[0]>): Promise<string[]> {
  const ids: string[] = []
  for (let after: string | null = ''; after !== null; ) {
    const page = await queue.list({ limit: 100, ...query, ...(after !== '' && { after }) })
    ids.push(...page.jobs.map(({ view }) => view.job_id))
    after = page.next
  }
  return ids
}

export function testDocuments(open: OpenBackend): void {
  test('jobs with documents are found behind any number without, also while they wait to run again', async (t) => {
    const { one, two } = await open(t, createClock())
    await document(one, 'acme--other', 0, { repoUrl: OTHER })
    await document(one, 'acme--lib', 1)
    const again = await document(two, 'acme--lib@v1', 2, { commitId: 'v1' })
    await submitFalse(one, FALSE_JOBS)
    await one.catalog.removeEnded(again)
    const queued =
      (await one.jobs.update(
        again,
        resubmit(again, { priority: 5, force: true, mainModel: 'offline' }, at + 2_000_000),
      )) ?? assert.fail()
    await one.work.push(entryOf(queued), null)
    for (const queue of [queueOn(one), queueOn(two)]) {
      assert.deepEqual(await listAll(queue, { repoUrl: REPO, documented: true }), ['acme--lib@v1', 'acme--lib'])
      assert.deepEqual(await listAll(queue, { documented: true }), ['acme--lib@v1', 'acme--lib', 'acme--other'])
      assert.deepEqual(await listAll(queue, { documented: true, status: 'completed' }), ['acme--lib', 'acme--other'])
      assert.deepEqual(await listAll(queue, { documented: true, nameHas: 'other' }), ['acme--other'])
      assert.equal((await listAll(queue, { repoUrl: REPO })).length, FALSE_JOBS + 2)
    }
  })

  test('documents of a repository begin with the default branch, and leave out commits of no branch or tag', async (t) => {
    const { one } = await open(t, createClock())
    const commit = 'f'.repeat(40)
    await document(one, 'acme--lib', 0, { isOnRef: true })
    await document(one, 'acme--lib@v1', 1, { commitId: 'v1' })
    await document(one, `acme--lib@${commit}`, 2, { commitId: commit, resolvedCommit: commit, isOnRef: false })
    await document(one, `acme--lib@v2~p${'0'.repeat(32)}`, 3, { commitId: 'v2' })
    await submitFalse(one, 101)
    const { latest, jobs } = await readDocuments(queueOn(one), REPO, policy)
    assert.equal(latest?.view.job_id, 'acme--lib')
    assert.deepEqual(
      jobs.map(({ view }) => [view.job_id, view.commit_on_ref]),
      [
        ['acme--lib', true],
        ['acme--lib@v1', null],
      ],
    )
    // Another spelling of the same repository.
    const other = await readDocuments(queueOn(one), 'https://github.com/ACME/Lib', policy)
    assert.deepEqual([other.repoUrl, other.jobs.length], [REPO, 2])
    const none = await readDocuments(queueOn(one), OTHER, policy)
    assert.deepEqual([none.latest, none.jobs], [undefined, []])
  })
}
