/** Ids that could be made to collide: nobody is answered with the documents of another commit or other options. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { formerJobIdOf, jobIdOf } from '#base/job-id.ts'
import { parseRepository } from '#base/repository.ts'
import { JobIdTaken } from '#queue/errors.ts'
import type { ClaimedJob } from '#queue/runner.ts'
import { createSetStore } from '#store/sets.ts'
import { startSupervisor } from '../queue/supervisor-here.ts'
import { atEnd, makeFolder, makeQueue, request, until } from '../queue/support.ts'
import { createServer } from '../spools/server.ts'
import { newSet } from '../store/new-set.ts'
import { COMMITS, commitIdOf, NOTES } from '../support/colliding.ts'

const [one, other] = [commitIdOf(COMMITS[0]), commitIdOf(COMMITS[1])]
const url = 'https://github.com/acme/a'
const repository = parseRepository(url, { allowedHosts: ['*'], allowPrivateNetworks: false, localRepos: [] })

/** A server, and a supervisor whose documents say what they were made of. */
async function setUp(t: TestContext) {
  const fixture = await makeQueue(t)
  const { queue, spoolDir } = fixture
  const server = createServer(spoolDir, queue)
  atEnd(t, () => server.close())
  const sets = createSetStore(path.join(spoolDir, 'docs'))
  startSupervisor(t, fixture, async ({ commitId, options }: ClaimedJob) => ({
    docsKey: await sets.publish(newSet(`${commitId} ${options.notes}`)),
    resolvedCommit: commitId ?? 'a'.repeat(40),
    summary: 'Documented.',
  }))
  const ended = (id: string) => until(async () => (await queue.read(id))?.view.status === 'completed', `${id} ends`)
  async function documentOf(body: { repo_url: string; commit_id?: string; options?: object }) {
    const { status, body: job } = await server.post({ body })
    const id = String(job.job_id)
    assert.ok(status < 300, JSON.stringify(job))
    await ended(id)
    return { id, outcome: job.outcome, text: (await server.overview(id)).body.text }
  }
  return { ...fixture, server, documentOf, ended }
}

test('the commits are two of git’s own, with twelve digits in common', async (t) => {
  const folder = await makeFolder(t)
  execFileSync('git', ['init', '--quiet', folder])
  const ids = COMMITS.map((input) =>
    execFileSync('git', ['-C', folder, 'hash-object', '-t', 'commit', '-w', '--stdin'], {
      input,
      encoding: 'utf8',
    }).trim(),
  )
  assert.deepEqual(ids, [one, other])
  assert.notEqual(one, other)
  assert.equal(one.slice(0, 12), other.slice(0, 12))
  assert.equal(formerJobIdOf(repository, one), formerJobIdOf(repository, other))
  const [notes, others] = NOTES.map((text) => formerJobIdOf(repository, null, { notes: text }))
  assert.equal(notes, others)
})

test('two commits that begin alike are two jobs, each with its own documents', async (t) => {
  const { documentOf } = await setUp(t)
  const first = await documentOf({ repo_url: url, commit_id: one })
  const second = await documentOf({ repo_url: url, commit_id: other })
  assert.deepEqual([first.outcome, second.outcome], ['created', 'created'])
  assert.deepEqual([first.text, second.text], [`${one} undefined`, `${other} undefined`])
  assert.equal(first.id, `acme--a@${one}`)
})

test('notes whose digests begin alike are two jobs, each with its own documents', async (t) => {
  const { documentOf } = await setUp(t)
  const texts: unknown[] = []
  for (const notes of NOTES) texts.push((await documentOf({ repo_url: url, options: { notes } })).text)
  assert.deepEqual(
    texts,
    NOTES.map((notes) => `null ${notes}`),
  )
})

test('a job with an id of version 0.6 goes on under it, and only for the same request', async (t) => {
  const { queue, documentOf, ended } = await setUp(t)
  const noted = { notes: NOTES[0] }
  const former = [formerJobIdOf(repository, one), formerJobIdOf(repository, null, noted)] as const
  await queue.submit(request(former[0], { repoUrl: url, commitId: one }))
  await queue.submit(request(former[1], { repoUrl: url, options: noted }))
  for (const id of former) await ended(id)

  const again = await documentOf({ repo_url: 'https://github.com/Acme/A', commit_id: one })
  assert.deepEqual([again.id, again.outcome], [former[0], 'cached'])
  const notedAgain = await documentOf({ repo_url: url, options: noted })
  assert.deepEqual([notedAgain.id, notedAgain.outcome], [former[1], 'cached'])

  const second = await documentOf({ repo_url: url, commit_id: other })
  assert.deepEqual([second.id, second.outcome, second.text], [`acme--a@${other}`, 'created', `${other} undefined`])
  const secondNotes = await documentOf({ repo_url: url, options: { notes: NOTES[1] } })
  assert.deepEqual([secondNotes.outcome, secondNotes.text], ['created', `null ${NOTES[1]}`])
  assert.equal(secondNotes.id, jobIdOf(repository, null, { notes: NOTES[1] }))
})

test('a request whose key was taken under the former id is answered as before, another one is refused', async (t) => {
  const { queue, server, ended } = await setUp(t)
  const former = formerJobIdOf(repository, one)
  await queue.submit(request(former, { repoUrl: url, commitId: one, idempotencyKey: 'key' }))
  await ended(former)
  const headers = { 'Idempotency-Key': 'key' }
  const { body: same } = await server.post({ body: { repo_url: url, commit_id: one }, headers })
  assert.deepEqual([same.job_id, same.outcome], [former, 'created'])
  const { body: another } = await server.post({ body: { repo_url: url, commit_id: other }, headers })
  assert.equal(another.code, 'IDEMPOTENCY_KEY_REUSED')
})

test('the queue itself answers no request with the job of another one, in any state', async (t) => {
  const { queue, clock } = await makeQueue(t)
  const asked = request('acme--a', { repoUrl: url, commitId: one, options: { notes: NOTES[0] } })
  const others = [
    { repoUrl: `${url}2` },
    { repoUrl: 'http://github.com/acme/a' },
    { commitId: other },
    { commitId: null },
    { options: {} },
    { options: { notes: NOTES[1] } },
    { options: { notes: NOTES[0], language: 'ja' as const } },
  ]
  async function refuseOthers(): Promise<void> {
    const before = await queue.read('acme--a')
    for (const changes of others) {
      for (const extra of [{}, { force: true }, { idempotencyKey: `key ${JSON.stringify(changes)}` }]) {
        await assert.rejects(queue.submit({ ...asked, ...changes, ...extra }), JobIdTaken)
      }
    }
    assert.deepEqual(await queue.read('acme--a'), before)
  }
  assert.equal((await queue.submit(asked)).outcome, 'created')
  await refuseOthers()
  assert.equal((await queue.submit({ ...asked, repoUrl: 'https://github.com/Acme/A' })).outcome, 'joined')
  await queue.cancel('acme--a')
  clock.aheadMs += 1_000
  await refuseOthers()
  assert.equal((await queue.submit(asked)).outcome, 'created')
})
