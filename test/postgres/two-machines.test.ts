/** The whole program on a database: each "machine" is a folder of its own. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { isProcessAlive } from '#base/process.ts'
import { post, readJob, waitFor } from '../support/client.ts'
import { descendants, program, type RunningDocspool, startDocspool, until } from '../support/docspool.ts'
import { type GitHttpServer, startGitHttp } from '../support/git-http.ts'
import { makeRepository } from '../support/repositories.ts'
import { makeEmptyDatabase, sharedServer } from './server.ts'
import { onDatabase } from './start-server.ts'

let root: string
let git: GitHttpServer
let server: RunningDocspool
let env: Record<string, string>
let url: string
const started: ChildProcess[] = []

before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'docspool-machines-'))
  git = await startGitHttp(root)
  url = await makeEmptyDatabase(await sharedServer())
  env = {
    DOCSPOOL_DATABASE_URL: url,
    DOCSPOOL_ALLOW_PRIVATE_NETWORKS: 'true',
    DOCSPOOL_ALLOWED_HOSTS: `127.0.0.1:${git.port}`,
    DOCSPOOL_SOURCE_LINKS: `127.0.0.1:${git.port}=docspool`,
    DOCSPOOL_CONCURRENCY: '1',
  }
  server = await startDocspool({ ...env, DOCSPOOL_SPOOL_DIR: path.join(root, 'one') }, ['serve'])
})
after(async () => {
  for (const child of started) await end(child, 'SIGTERM')
  await server?.stop()
  await git?.close()
  await rm(root, { recursive: true, force: true })
})

/** A supervisor with a folder of its own. */
function startSupervisor(name: string): ChildProcess {
  const spoolDir = path.join(root, name)
  const child = spawn(process.execPath, [program, 'supervise'], {
    env: { ...process.env, ...env, DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_DRAIN_S: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  started.push(child)
  return child
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}

const docsOf = async (name: string): Promise<string[]> =>
  (await readdir(path.join(root, name, 'docs')).catch(() => [])).filter((entry) => /^[0-9a-f]{64}$/.test(entry))

test('a job of a supervisor that is killed is done by another machine, and read from the server’s', async () => {
  await makeRepository(path.join(root, 'test/app.git'), {
    'app.py': 'def greet(name):\n    """Say hello."""\n    return f"hello {name}"\n',
  })
  git.faults = { hang: '/git-upload-pack' }
  const first = startSupervisor('two')
  const { status, body } = await post(server.origin, { repo_url: `${git.url}/test/app` })
  assert.equal(status, 202)
  await until(() => git.requests.some((line) => line.startsWith('POST')) || undefined)
  assert.equal((await readJob(server.origin, body.job_id))?.status, 'processing')

  const workers = await descendants(first.pid ?? 0, 'worker')
  await end(first, 'SIGKILL')
  git.faults = {}
  startSupervisor('three')
  const job = await waitFor(server.origin, body.job_id, ({ status }) => status === 'completed' || status === 'failed')
  assert.equal(job.status, 'completed', `${job.error_code} ${job.error_message}`)
  assert.deepEqual([job.epoch, job.attempt, job.stalls], [2, 0, 1])
  // No orphan is left; one that was killed is there until it is reaped.
  for (const pid of workers) await until(() => !isProcessAlive(pid, '') || undefined)

  assert.deepEqual([(await docsOf('one')).length, (await docsOf('two')).length], [0, 0])
  const [key] = await docsOf('three')
  const docs = `${server.origin}${job.docs_path}`
  const page = await fetch(`${docs}overview.md`, { headers: { accept: 'text/html' } })
  assert.equal(page.status, 200)
  assert.match(await page.text(), /app/)
  assert.deepEqual(await docsOf('one'), [key], 'it was fetched into the folder of the server')
  assert.equal((await fetch(`${docs}graph.json`)).status, 200)
  const found = await fetch(`${docs}search.json?q=greet`)
  assert.equal(found.status, 200)
  assert.match(await found.text(), /greet/)
})

test('a server without its folder and one beside it read the same documents', async () => {
  const other = await startDocspool({ ...env, DOCSPOOL_SPOOL_DIR: path.join(root, 'four') }, ['serve'])
  try {
    const { body } = await post(other.origin, { repo_url: `${git.url}/test/app` })
    assert.equal(body.status, 'completed')
    const docs = `${other.origin}${body.docs_path}`
    assert.equal((await fetch(`${docs}overview.md`)).status, 200)
    await rm(path.join(root, 'four', 'docs'), { recursive: true })
    assert.equal((await fetch(`${docs}overview.md`)).status, 200, 'it is fetched again')
  } finally {
    await other.stop()
  }
})

test('a git token is refused: another machine could not use it', async () => {
  const response = await fetch(server.origin, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-git-token': 'a-token-of-mine' },
    body: JSON.stringify({ repo_url: `${git.url}/test/app` }),
  })
  assert.equal(response.status, 400)
  assert.match(await response.text(), /accepts no tokens/)
})

test('jobs are listed, the queue paused and garbage collected from any machine', async () => {
  const run = async (...args: string[]): Promise<string> => await runIn('nowhere', 0, ...args)
  const runIn = async (name: string, expected: number, ...args: string[]): Promise<string> => {
    const child = spawn(process.execPath, [program, ...args], {
      env: { ...process.env, ...env, DOCSPOOL_SPOOL_DIR: path.join(root, name) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)))
    const [code] = await once(child, 'close')
    assert.equal(code, expected, text)
    return text
  }
  assert.match(await run('jobs'), /completed .*test--app/)
  assert.match(await run('pause'), /paused/)
  const state = await (await fetch(`${server.origin}/readyz`)).text()
  assert.match(state, /paused/)
  assert.match(await run('resume'), /resumed/)
  assert.match(await run('fsck'), /jobs: 1/)
  const kept = await onDatabase(url, 'SELECT count(*) AS sets FROM docspool.sets')
  assert.match(await runIn('nowhere', 78, 'gc'), /DOCSPOOL_JOB_CLEANUP_HOURS[\s\S]*LIMITS_UNKNOWN/)
  assert.match(await runIn('three', 0, 'gc'), /remaining documents: 1 set/)
  assert.deepEqual(await onDatabase(url, 'SELECT count(*) AS sets FROM docspool.sets'), kept)
})
