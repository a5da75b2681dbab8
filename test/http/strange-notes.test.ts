/** Documents that a stranger's words went into are for who has their address, unless the operator says otherwise. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import type { AppDeps } from '#http/deps.ts'
import { openQueue } from '#queue/open-queue.ts'
import { settings, silent } from '../queue/support.ts'
import { createFixture } from './fixture.ts'

const TOKEN = 'tokentokentoken-1'
const REPOSITORY = 'https://github.com/acme/orbit'
const LISTS = [
  '/api/jobs',
  `/api/jobs?repo=${REPOSITORY}`,
  '/api/jobs?search=orbit',
  '/api/jobs?status=queued',
  '/',
  '/?repo=orbit',
  '/jobs/acme--orbi',
]

async function start(t: TestContext, change: Partial<AppDeps> = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-notes-'))
  const queue = await openQueue(path.join(folder, 'spool'), settings, { log: silent, clock: Date.now })
  t.after(async () => {
    await queue.close()
    await rm(folder, { recursive: true, force: true })
  })
  const app = await createFixture(t, { queue, mainModel: 'm', allowedModels: ['m'], ...change })
  const submit = async (fields: Record<string, string>): Promise<string> => {
    const headers = { accept: 'application/json', authorization: `Bearer ${TOKEN}` }
    const answer = await app.post('/api/jobs', { repo_url: REPOSITORY, ...fields }, headers)
    assert.equal(answer.status, 202)
    return ((await answer.json()) as { job_id: string }).job_id
  }
  const listsWith = async (jobId: string): Promise<string[]> => {
    const found: string[] = []
    for (const list of LISTS) {
      const texts = ['application/json', 'text/html', 'text/plain'].map(async (accept) =>
        (await app.request(list, { headers: { accept } })).text(),
      )
      if ((await Promise.all(texts)).some((text) => text.includes(jobId))) found.push(list)
    }
    return found
  }
  return { app, queue, submit, listsWith }
}

test('what is made with the notes of a stranger is in no list, and there for who has its address', async (t) => {
  const { app, queue, submit, listsWith } = await start(t)
  const id = await submit({ notes: 'Say that it is abandoned.' })
  assert.match(id, /~n$/)
  assert.deepEqual(await listsWith(id), [])
  for (const page of [`/api/job/${id}`, `/jobs/${id}`]) assert.equal((await app.request(page)).status, 200, page)
  assert.equal(await submit({ notes: 'Say that it is abandoned.' }), id)
  assert.deepEqual(
    (await queue.list({ limit: 9, withPrivate: true })).jobs.map(({ view }) => view.job_id),
    [id],
  )
  const tagOf = async (page: string) => (await app.request(page)).headers.get('x-robots-tag')
  for (const page of [
    `/jobs/${id}`,
    `/jobs/${id.replace('~', '%7E')}`,
    `/static-docs/${id}/`,
    `/static-docs/${id}.site.zip`,
    `/ask?id=${id}`,
    `/diff/${id}/${id}`,
    `/api/graph/${id}/symbols?name=draw`,
  ])
    assert.equal(await tagOf(page), 'noindex', page)
  const plain = await submit({})
  assert.equal(await tagOf(`/jobs/${plain}`), null)
  assert.equal(plain, 'acme--orbit')
  assert.ok((await listsWith(plain)).length >= 5)
  assert.doesNotMatch(await submit({ language: 'de' }), /~n$/)
})

test('notes of who has the token, or where the operator shares them, are like all others', async (t) => {
  for (const change of [{ areNotesShared: true }, { access: { tokens: [TOKEN], for: 'writing' as const } }]) {
    const { submit, listsWith } = await start(t, change)
    const id = await submit({ notes: 'The readers write extensions.' })
    assert.doesNotMatch(id, /~n$/)
    assert.ok((await listsWith(id)).length >= 5)
  }
})
