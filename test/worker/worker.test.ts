/** The worker as a supervisor starts it: a process of its own that is sent a job. */
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { createChildRun } from '#queue/job-process.ts'
import type { ClaimedJob, RunResult } from '#queue/runner.ts'
import { createSetStore } from '#store/sets.ts'
import { overwrite } from '../store/damage.ts'
import { program } from '../support/docspool.ts'
import { makeRepository } from '../support/repositories.ts'
import { filesBelow } from '../support/tree.ts'

async function setUp(t: TestContext) {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-worker-'))
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  const bare = path.join(folder, 'bare.git')
  await makeRepository(bare, { 'a.py': 'def a():\n    """Does a."""\n' })
  const spoolDir = path.join(folder, 'spool')
  const env = { ...process.env, DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_LOCAL_REPOS: folder, MAIN_MODEL: '' }
  let epoch = 0

  function jobOf(change: Partial<ClaimedJob>): ClaimedJob {
    epoch += 1
    return {
      ...{ jobId: 'a', repoUrl: pathToFileURL(bare).href, commitId: null, options: {}, mainModel: 'offline', epoch },
      ...{
        submittedAt: '2026-11-02T08:00:00.000Z',
        previous: null,
        force: false,
        workDir: path.join(spoolDir, 'work', `a.${epoch}`),
      },
      ...change,
    }
  }

  /** Run a job to its end. */
  function run(
    change: Partial<ClaimedJob>,
    more: Record<string, string> = {},
    waits = false,
  ): Promise<{ result: RunResult; log: string[] }> {
    const job = jobOf(change)
    const log: string[] = []
    return new Promise((resolve, reject) => {
      // Without the loader that runs this test: that of Node 20.11 loops with what `more` loads.
      const child = fork(program, ['worker'], { env: { ...env, ...more }, execArgv: [] })
      t.after(() => child.kill('SIGKILL'))
      child.on('message', (message: { type: string; text?: string; result?: RunResult }) => {
        if (message.type === 'log') log.push(message.text ?? '')
        if (message.type === 'done' && message.result !== undefined) resolve({ result: message.result, log })
        if (message.type === 'failed') reject(new Error(JSON.stringify(message)))
      })
      child.once('exit', (code, signal) => reject(new Error(`It ended with ${signal ?? code} and without an answer.`)))
      if (!waits) return void child.send({ type: 'job', job })
      child.send({ type: 'wait' })
      setTimeout(() => child.send({ type: 'job', job }), 100)
    })
  }
  const manifestOf = async ({ docsKey }: RunResult) =>
    JSON.parse(await readFile(path.join(spoolDir, 'docs', docsKey, 'manifest.json'), 'utf8'))
  const verificationOf = async ({ docsKey }: RunResult) =>
    JSON.parse(
      new TextDecoder().decode(
        await createSetStore(path.join(spoolDir, 'docs')).readFile(docsKey, 'verification.json'),
      ),
    )
  /** The files of a set with their contents, but for its time. */
  async function setOf({ docsKey }: RunResult): Promise<[name: string, digest: string][]> {
    const set = path.join(spoolDir, 'docs', docsKey)
    const digests = (await filesBelow(set)).map(async (name): Promise<[string, string]> => {
      const bytes = await readFile(path.join(set, name))
      return [name, createHash('sha256').update(bytes).digest('hex')]
    })
    return (await Promise.all(digests)).filter(([name]) => name !== 'manifest.json').sort()
  }
  return { folder, env, jobOf, run, manifestOf, verificationOf, setOf }
}

test('a set answers again only for the options that it was made with', { timeout: 120_000 }, async (t) => {
  const { run, manifestOf } = await setUp(t)
  const { result: plain } = await run({})
  assert.deepEqual([plain.spend, plain.degraded], [undefined, null])
  assert.equal((await manifestOf(plain)).options_digest, undefined)
  const previous = { docsKey: plain.docsKey, resolvedCommit: plain.resolvedCommit }
  const { result: same } = await run({ previous })
  assert.match(same.summary, /^Nothing has changed since commit [0-9a-f]{7}$/)
  assert.deepEqual([same.docsKey, 'spend' in same, 'degraded' in same], [plain.docsKey, false, false])
  const { result: german } = await run({ previous, options: { language: 'de' } })
  assert.doesNotMatch(german.summary, /^Nothing has changed/)
  assert.match((await manifestOf(german)).options_digest, /^[0-9a-f]{32}$/)
})

test('documents that were damaged since are made again, though nothing has changed', {
  timeout: 120_000,
}, async (t) => {
  const { run, folder } = await setUp(t)
  const { result: first } = await run({})
  const pack = path.join(folder, 'spool', 'docs', first.docsKey, 'set.pack')
  const { size } = await stat(pack)
  for (const force of [false, true]) {
    await overwrite(pack, Math.floor(size / 2), Buffer.alloc(400))
    const previous = { docsKey: first.docsKey, resolvedCommit: first.resolvedCommit }
    const { result, log } = await run({ previous, force })
    assert.doesNotMatch(result.summary, /^Nothing has changed/)
    assert.equal(result.docsKey, first.docsKey)
    assert.equal(await createSetStore(path.dirname(path.dirname(pack))).check(first.docsKey), undefined)
    if (!force) assert.match(log.join('\n'), /is damaged/)
  }
})

test('a job for a model that is not set up here is made offline, and says so', { timeout: 120_000 }, async (t) => {
  const { run } = await setUp(t)
  const { result, log } = await run({ mainModel: 'gpt-x' })
  assert.equal(result.degraded, 'model')
  assert.match(log.join('\n'), /gpt-x was not used/)
})

test('a worker that has waited writes the same set', { timeout: 120_000 }, async (t) => {
  const { run, setOf } = await setUp(t)
  const cold = await setOf((await run({ force: true })).result)
  const ready = await setOf((await run({ force: true }, {}, true)).result)
  assert.ok(cold.length > 0)
  assert.deepEqual(ready, cold)
})

test('a worker that cannot write any more when the job comes does not accept it', { timeout: 120_000 }, async (t) => {
  const { run, jobOf } = await setUp(t)
  await run({})
  const { workDir } = jobOf({})
  await mkdir(path.dirname(workDir), { recursive: true })
  await writeFile(workDir, 'in its way')
  await assert.rejects(run({ workDir }, {}, true), /ended with 1 and without an answer/)
})

const looping = {
  NODE_OPTIONS: `--import=${new URL('../support/loop-at-marker.mjs', import.meta.url).href}`,
  LOOP_AT_MARKER: '1',
}
const MARK = ['loops', 'for', 'ever'].join('_')

async function makeLooping(folder: string): Promise<Pick<ClaimedJob, 'repoUrl' | 'jobId'>> {
  const bare = path.join(folder, 'looping.git')
  await makeRepository(bare, { Makefile: `# ${MARK}\nall:\n\techo a\n`, 'a.py': 'def a():\n    """Does a."""\n' })
  return { jobId: 'looping', repoUrl: pathToFileURL(bare).href }
}

test('a repository that loops is documented but for what loops, and a job beside it never notices', {
  timeout: 300_000,
}, async (t) => {
  const { folder, run, verificationOf } = await setUp(t)
  const job = await makeLooping(folder)
  const ended: string[] = []
  const [hostile, honest] = await Promise.all([
    run(job, looping).finally(() => ended.push('hostile')),
    run({}).finally(() => ended.push('honest')),
  ])
  assert.deepEqual(ended, ['honest', 'hostile'])
  assert.equal((await verificationOf(honest.result)).incidents, undefined)
  const { incidents, partial_files } = await verificationOf(hostile.result)
  assert.ok(
    incidents.every((one: { file: string; reason: string }) => `${one.file} ${one.reason}` === 'Makefile deadline'),
  )
  assert.deepEqual(partial_files, ['Makefile'])
  assert.match(hostile.log.join('\n'), /^Makefile \(\w+\): It took too long/m)
  assert.match(hostile.result.summary, /1 file.* verification\.json/)
})

test('a worker that loops and hears nothing is ended when it is to stop', { timeout: 300_000 }, async (t) => {
  const { folder, jobOf, env } = await setUp(t)
  const job = jobOf(await makeLooping(folder))
  // With a deadline of minutes for a file, and no event loop: nothing but a signal ends it.
  const patient = { ...env, ...looping, DOCSPOOL_JOB_TIMEOUT_S: '100000' }
  const run = createChildRun({
    ...{ command: process.execPath, args: [program, 'worker'], env: patient },
    ...{ deadlineMs: 250_000, memoryBytes: 2 ** 32, graceMs: 2_000 },
  })
  const stop = new AbortController()
  let pid = 0
  let askedAt = 0
  const end = run(job, {
    signal: stop.signal,
    hardSignal: new AbortController().signal,
    log: () => undefined,
    trouble: () => undefined,
    received: () => undefined,
    spawned: async (started) => {
      pid = started
    },
    report({ stage }) {
      if (stage !== 'inventory' || askedAt > 0) return
      askedAt = performance.now()
      // From then on it is busy with the first text.
      setTimeout(() => stop.abort(new Error('to stop')), 1_000)
    },
  })
  await assert.rejects(end, /to stop/)
  assert.ok(performance.now() - askedAt < 20_000)
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' })
})
