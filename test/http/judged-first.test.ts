/** What is refused leaves nothing behind: no file in the spool, no token in memory. Real HTTP, a real spool. */
import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { readConfig } from '#base/config.ts'
import { createLog } from '#base/log.ts'
import type { ClaimedJob, Run, RunContext } from '#queue/runner.ts'
import { supervise } from '#queue/supervisor.ts'
import { startServer } from '#server/serve.ts'
import { tokensOfServers, withGitTokens } from '#worker/git-token-source.ts'
import { until } from '../support/docspool.ts'

const log = createLog('test', 'silent')
const repo = (name: string, rest: object = {}) => ({ repo_url: `https://github.com/acme/${name}`, ...rest })
const BAD = [{ repo_url: 'flask' }, {}, repo('b', { commit_id: 'a b' })]

async function start(t: TestContext, settings: Record<string, string> = {}) {
  const spoolDir = await mkdtemp(path.join(tmpdir(), 'docspool-judged-'))
  const end = new AbortController()
  const config = readConfig({ DOCSPOOL_PORT: '0', DOCSPOOL_SPOOL_DIR: spoolDir, ...settings }, {})
  const server = await startServer({ config, log, signal: end.signal })
  let working = Promise.resolve()
  t.after(async () => {
    end.abort()
    await Promise.all([server.close(5_000), working])
    await rm(spoolDir, { recursive: true, force: true })
  })
  const post = async (to: string, body?: unknown, headers: Record<string, string> = {}) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }
    const answer = await fetch(server.url + to, { ...init, ...(body !== undefined && { body: JSON.stringify(body) }) })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  return {
    post,
    submit: (body: unknown, headers: Record<string, string> = {}) => post('/api/jobs', body, headers),
    async fail(jobId: string) {
      const run: Run = async () => Promise.reject(new Error('no'))
      const stop = new AbortController()
      const signals = { signal: stop.signal, hardSignal: end.signal }
      working = supervise({ spoolDir, run, concurrency: 1, isPassing: () => false, graceMs: 0, log, ...signals })
      const status = async () =>
        ((await (await fetch(`${server.url}/api/job/${jobId}`)).json()) as { status: string }).status
      await until(async () => ((await status()) === 'failed' ? true : undefined))
      stop.abort()
      await working
    },
    /** Files that idempotency keys have left. */
    async keys() {
      const names = await readdir(path.join(spoolDir, 'keys'), { recursive: true, withFileTypes: true })
      return names.filter((each) => each.isFile()).length
    },
    /** The token that the worker of this job would get. */
    async tokenOf(jobId: string): Promise<string | undefined> {
      let token: string | undefined
      const run: Run = async (job) => {
        token = job.gitToken
        throw new Error('not yet')
      }
      const context = { report: () => undefined } as unknown as RunContext
      await withGitTokens(
        run,
        tokensOfServers(spoolDir),
        () => true,
      )({ jobId } as ClaimedJob, context).catch(() => undefined)
      return token
    },
  }
}

test('a key of submissions that are all refused leaves no file', async (t) => {
  const { submit, keys, fail } = await start(t, { DOCSPOOL_SUBMISSIONS_PER_HOUR: '10', DOCSPOOL_QUEUE_SIZE: '1' })
  let n = 0
  const key = () => ({ 'idempotency-key': `k${n++}` })
  for (const body of [BAD, BAD.slice(0, 1), ...BAD]) await submit(body, key())
  assert.equal(await keys(), 0, 'not valid')
  assert.equal((await submit(repo('a'))).status, 202)
  assert.equal((await submit(repo('full'), key())).status, 503)
  assert.equal(await keys(), 0, 'the queue is full')
  await fail('acme--a')
  assert.equal((await submit(repo('a'), key())).body.code, 'COOLDOWN')
  assert.equal(await keys(), 0, 'cooldown')
  assert.equal((await submit(repo('x'), key())).body.code, 'RATE_LIMITED')
  assert.equal((await submit([repo('x'), repo('y'), {}], key())).status, 429)
  assert.equal(await keys(), 0, 'too many')
})

test('a key of an array of which nothing is accepted is free again', async (t) => {
  const { submit, keys, fail } = await start(t)
  const headers = { 'idempotency-key': 'k' }
  assert.equal((await submit(repo('a'))).status, 202)
  await fail('acme--a')
  assert.equal((await submit([repo('a'), {}], headers)).status, 207)
  assert.equal(await keys(), 0)
  const both = [repo('a'), repo('b')]
  const first = await submit(both, headers)
  assert.equal(first.status, 207)
  assert.ok((await keys()) >= 2)
  assert.equal((await submit([repo('c')], headers)).status, 422)
  const results = (answer: { body: Record<string, unknown> }) =>
    (answer.body.results as { outcome: string }[]).map(({ outcome }) => outcome)
  assert.deepEqual(results(await submit(both, headers)), results(first))
})

test('a retry that cannot be keeps no token', async (t) => {
  const { post, submit, tokenOf, fail } = await start(t, { DOCSPOOL_SUBMISSIONS_PER_HOUR: '3' })
  const header = { 'x-git-token': 'strange' }
  assert.equal((await post('/api/job/acme--none/retry', undefined, header)).status, 404)
  assert.equal((await submit(repo('open'))).status, 202)
  assert.equal((await post('/api/job/acme--open/retry', undefined, header)).status, 409)
  await fail('acme--open')
  const refused = await post('/api/job/acme--open/retry', undefined, header)
  assert.deepEqual([refused.status, refused.body.code], [400, 'BAD_FIELD'])
  const secret = (await submit(repo('secret'), { 'x-git-token': 'geheim' })).body.job_id as string
  await fail(secret)
  assert.equal((await post(`/api/job/${secret}/retry`, undefined, header)).body.code, 'GIT_TOKEN_MISSING')
  assert.equal((await post(`/api/job/${secret}/retry`, undefined, { 'x-git-token': 'geheim' })).status, 202)
  for (const id of ['acme--none', 'acme--open']) assert.equal(await tokenOf(id), undefined, id)
  assert.equal(await tokenOf(secret), 'geheim')
  assert.equal((await submit(repo('late'), { 'x-git-token': 'geheim' })).body.code, 'RATE_LIMITED')
})

test('where private documents are shared, a stranger does not replace the token of a job', async (t) => {
  const settings = { DOCSPOOL_PRIVATE_DOCS: 'shared', DOCSPOOL_SUBMISSIONS_PER_HOUR: '4' }
  const { post, submit, tokenOf, fail } = await start(t, settings)
  const [owner, stranger] = [{ 'x-git-token': 'geheim' }, { 'x-git-token': 'strange' }]
  assert.equal((await submit(repo('a'), owner)).status, 202)
  assert.equal((await post('/api/job/acme--a/retry', undefined, stranger)).status, 409)
  assert.equal(await tokenOf('acme--a'), 'geheim')
  for (const more of [{}, { force: true }]) {
    const joined = await submit(repo('a', more), stranger)
    assert.deepEqual([joined.status, joined.body.code], [409, 'GIT_TOKEN_IN_USE'])
  }
  assert.equal((await submit(repo('a'), owner)).body.outcome, 'joined')
  // Beyond the limit by now.
  assert.equal((await submit(repo('a'), owner)).body.code, 'RATE_LIMITED')
  assert.equal((await submit(repo('a'), stranger)).body.code, 'RATE_LIMITED')
  assert.equal((await post('/api/job/acme--a/retry', undefined, stranger)).status, 409)
  assert.equal(await tokenOf('acme--a'), 'geheim')
  await fail('acme--a')
})
