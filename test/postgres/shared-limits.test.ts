/** The whole program on two servers and two supervisors, each in a folder of its own: what holds for one machine holds for all. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { JobView } from '#queue/contract.ts'
import { hasEnded, readSet, waitFor } from '../support/client.ts'
import { program, type RunningDocspool, startDocspool, until } from '../support/docspool.ts'
import { type GitHttpServer, startGitHttp } from '../support/git-http.ts'
import { type ModelServer, startModelServer } from '../support/model/server.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { makeRepository } from '../support/repositories.ts'
import { makeEmptyDatabase, sharedServer } from './server.ts'
import { onDatabase } from './start-server.ts'

const MAX_CALLS = 3
const PATIENCE_MS = 400_000
let root: string
let url: string
let git: GitHttpServer
let model: ModelServer
let receiver: Receiver
let env: Record<string, string>
const servers: RunningDocspool[] = []
const supervisors = new Map<string, ChildProcess>()

before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'docspool-together-'))
  git = await startGitHttp(root, { anyCommit: true })
  model = await startModelServer()
  receiver = await startReceiver()
  url = await makeEmptyDatabase(await sharedServer())
  env = {
    DOCSPOOL_DATABASE_URL: url,
    DOCSPOOL_SECRET_KEY: randomBytes(32).toString('hex'),
    DOCSPOOL_ALLOW_PRIVATE_NETWORKS: 'true',
    DOCSPOOL_ALLOWED_HOSTS: `127.0.0.1:${git.port}`,
    DOCSPOOL_SOURCE_LINKS: `127.0.0.1:${git.port}=docspool`,
    DOCSPOOL_CONCURRENCY: '1',
    DOCSPOOL_CALLBACK_HOSTS: receiver.host,
    DOCSPOOL_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString('base64')}`,
    LLM_BASE_URL: model.url,
    LLM_API_KEY: 'sk-x',
    MAIN_MODEL: 'stand-in',
    DOCSPOOL_MAX_CALLS_PER_DAY: String(MAX_CALLS),
  }
  for (const name of ['one', 'two']) {
    servers.push(await startDocspool({ ...env, DOCSPOOL_SPOOL_DIR: path.join(root, name) }, ['serve']))
  }
  for (const name of ['three', 'four']) startSupervisor(name)
})
after(async () => {
  for (const name of [...supervisors.keys()]) await endSupervisor(name)
  for (const server of servers) await server.stop()
  for (const each of [git, model, receiver]) await each?.close()
  await rm(root, { recursive: true, force: true })
})

function startSupervisor(name: string): void {
  const child = spawn(process.execPath, [program, 'supervise'], {
    env: { ...process.env, ...env, DOCSPOOL_SPOOL_DIR: path.join(root, name), DOCSPOOL_DRAIN_S: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  supervisors.set(name, child)
}

async function endSupervisor(name: string): Promise<void> {
  const child = supervisors.get(name)
  supervisors.delete(name)
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

const origin = (n: number): string => servers[n]?.origin ?? assert.fail()

async function submit(n: number, fields: object, headers: Record<string, string> = {}): Promise<JobView> {
  const response = await fetch(`${origin(n)}/api/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify(fields),
  })
  const text = await response.text()
  assert.ok(response.status < 300, text)
  return JSON.parse(text)
}

async function document(n: number, fields: object, headers?: Record<string, string>): Promise<JobView> {
  const { job_id } = await submit(n, fields, headers)
  const job = await waitFor(origin(n), job_id, hasEnded, PATIENCE_MS)
  assert.equal(job.status, 'completed', `${job.error_code} ${job.error_message}`)
  return job
}

const fileOf = (name: string): Record<string, string> => ({
  [`${name}/main.py`]: `import ${name}.other\n\ndef ${name}_start(name):\n    """Start it."""\n    return ${name}.other.helper(name)\n`,
  [`${name}/other.py`]: `def helper(name):\n    """Help."""\n    return name\n`,
})

test('models cost no more a day than is allowed for all machines, and every server shows it', async () => {
  for (const name of ['a', 'b']) await makeRepository(path.join(root, `test/${name}.git`), fileOf(name))
  const jobs = await Promise.all([
    document(0, { repo_url: `${git.url}/test/a` }),
    document(1, { repo_url: `${git.url}/test/b` }),
  ])
  await model.idle()
  const { requests } = model.counters
  assert.ok(requests >= 1 && requests <= MAX_CALLS, `${requests} requests`)
  assert.ok(
    jobs.some(({ degraded }) => degraded === 'budget'),
    'one of them had no more',
  )
  for (const n of [0, 1]) {
    const { today, limits } = (await (await fetch(`${origin(n)}/api/spend`)).json()) as {
      today: { calls: number }
      limits: { calls: number }
    }
    assert.deepEqual([today.calls, limits.calls], [requests, MAX_CALLS])
    const metrics = await until(async () => {
      const text = await (await fetch(`${origin(n)}/metrics`)).text()
      return /^docspool_jobs_ended_total\{status="completed"\} 2$/m.test(text) ? text : undefined
    }, PATIENCE_MS)
    assert.match(metrics, new RegExp(`^docspool_model_calls_today ${requests}$`, 'm'))
    assert.match(metrics, /^docspool_supervisors 2$/m)
  }
  assert.deepEqual(await onDatabase(url, 'SELECT FROM docspool.spend_reservations'), [], 'all are settled')
})

test('a git token sent to one server clones on another machine, and is gone after that', async () => {
  await makeRepository(path.join(root, 'test/secret.git'), fileOf('secret'))
  git.faults = { anyCommit: true, basic: 'me:s3cret-token' }
  try {
    const fields = { repo_url: `${git.url}/test/secret`, options: { model: 'offline' } }
    const job = await document(1, fields, { 'x-git-token': 'me:s3cret-token' })
    assert.match(job.job_id, /~p[0-9a-f]{32}/)
    assert.ok(git.authorizations.includes('me:s3cret-token'))
    await until(async () =>
      (await onDatabase(url, 'SELECT FROM docspool.git_tokens')).length === 0 ? true : undefined,
    )
    // The same token leads to the same job at the other server.
    assert.equal((await submit(0, fields, { 'x-git-token': 'me:s3cret-token' })).job_id, job.job_id)
    const rows = await onDatabase(url, 'SELECT record FROM docspool.jobs')
    assert.equal(
      rows.some(({ record }) => String(record).includes('s3cret-token')),
      false,
    )
  } finally {
    git.faults = { anyCommit: true }
  }
})

test('a webhook is sent once, although two supervisors deliver', async () => {
  await makeRepository(path.join(root, 'test/hook.git'), fileOf('hook'))
  const fields = { repo_url: `${git.url}/test/hook`, options: { model: 'offline' } }
  await document(0, { ...fields, callback_url: `${receiver.origin}/hook` })
  await until(() => receiver.received.length > 0 || undefined)
  await until(async () => ((await onDatabase(url, 'SELECT FROM docspool.outbox')).length === 0 ? true : undefined))
  assert.equal(receiver.received.length, 1)
})

test('the queue is drained for all machines: a job that runs anywhere is waited for', async () => {
  await makeRepository(path.join(root, 'test/slow.git'), fileOf('slow'))
  git.faults = { anyCommit: true, hang: '/git-upload-pack' }
  const { job_id } = await submit(0, { repo_url: `${git.url}/test/slow`, options: { model: 'offline' } })
  await waitFor(origin(0), job_id, ({ status }) => status === 'processing', PATIENCE_MS)
  const run = async (...args: string[]): Promise<{ code: number; text: string }> => {
    const child = spawn(process.execPath, [program, ...args], {
      env: { ...process.env, ...env, DOCSPOOL_SPOOL_DIR: path.join(root, 'nowhere') },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)))
    const [code] = await once(child, 'close')
    return { code, text }
  }
  try {
    const running = await run('drain', '--timeout', '1')
    assert.match(running.text, /^1 job is running$[\s\S]*Jobs are still running/m)
    assert.notEqual(running.code, 0)
    assert.ok((await fetch(`${origin(1)}/api/job/${job_id}/cancel`, { method: 'POST' })).ok)
    const drained = await run('drain')
    assert.match(drained.text, /No job is running/)
    assert.equal(drained.code, 0)
    assert.match((await run('doctor')).text, /supervisor: paused since/)
  } finally {
    git.faults = { anyCommit: true }
    assert.match((await run('resume')).text, /resumed/)
  }
})

test('an update on another machine uses what was analysed on the first, and makes the same documents', async () => {
  const { commits } = await makeRepository(path.join(root, 'test/steps.git'), [
    { files: { ...fileOf('steps'), 'web/a.js': 'export const one = 1\n' } },
    { files: { ...fileOf('steps'), 'web/a.js': 'export const one = 1\nexport const two = 2\n' } },
  ])
  const fields = (n: number) => ({
    ...{ repo_url: `${git.url}/test/steps`, commit_id: commits[n] },
    options: { model: 'offline' },
  })
  await endSupervisor('four')
  await document(0, fields(0))
  await endSupervisor('three')
  const entries = async (name: string): Promise<Map<string, string>> => {
    const folder = path.join(root, name, 'cache')
    const names = (await readdir(folder).catch(() => [])).filter((each) => each.endsWith('.bin'))
    const digests = names.map(async (each) => (await readFile(path.join(folder, each))).subarray(0, 32).toString('hex'))
    return new Map((await Promise.all(digests)).map((digest, n) => [names[n] ?? '', digest]))
  }
  const shared = await onDatabase(
    url,
    `SELECT name, encode(hash, 'hex') AS hash FROM docspool.steps WHERE scope = $1`,
    [fields(0).repo_url],
  )
  assert.ok(shared.length > 0)
  const before = await entries('three')
  for (const { hash } of shared) assert.ok([...before.values()].includes(String(hash)))

  startSupervisor('five')
  const updated = await document(1, fields(1))
  const after = await entries('five')
  const same = [...after].filter(([name, digest]) => before.get(name) === digest)
  assert.ok(same.length > 0, 'what has not changed is as the first machine has written it')
  const set = await readSet(origin(1), updated.docs_path ?? '')
  const { job_id } = await submit(0, { ...fields(1), force: true })
  await until(async () => {
    const job = await (await fetch(`${origin(0)}/api/job/${job_id}`)).json()
    return job.epoch > updated.epoch && hasEnded(job) ? true : undefined
  }, PATIENCE_MS)
  assert.deepEqual(await readSet(origin(0), updated.docs_path ?? ''), set, 'it was made without any cache')
})
