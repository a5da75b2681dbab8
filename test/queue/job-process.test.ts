/** Jobs in processes of their own: every way they end, and that nothing of them is left. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { isProcessAlive, listGroup } from '#base/process.ts'
import {
  Cancelled,
  JobTimedOut,
  JobUnresponsive,
  OutOfMemory,
  ReportedError,
  WorkerDied,
  WorkerNotStarted,
} from '#queue/errors.ts'
import { type ChildRunOptions, createChildRun } from '#queue/job-process.ts'
import type { ClaimedJob, Progress } from '#queue/runner.ts'
import { makeFolder, result, until } from './support.ts'

async function setUp(t: TestContext, options: Partial<ChildRunOptions> = {}) {
  const journal = path.join(await makeFolder(t), 'journal')
  const run = createChildRun({
    command: process.execPath,
    args: [new URL('stand-in.mjs', import.meta.url).pathname],
    env: { JOURNAL: journal },
    deadlineMs: 60_000,
    memoryBytes: 1e9,
    graceMs: 300,
    ...options,
  })
  const abort = new AbortController()
  const hard = new AbortController()
  const seen = { progress: [] as Progress[], log: [] as string[], trouble: [] as string[], group: 0 }
  const begin = (jobId: string, report = (progress: Progress): void => void seen.progress.push(progress)) =>
    run(
      { ...job, jobId },
      {
        signal: abort.signal,
        hardSignal: hard.signal,
        report,
        log: (_level, text) => seen.log.push(text),
        trouble: (text) => seen.trouble.push(text),
        received: () => undefined,
        async spawned(pid) {
          assert.equal(await readFile(journal, 'utf8').catch(() => ''), '', 'the work has not begun')
          seen.group = pid
        },
      },
    )
  const readJournal = () => readFile(journal, 'utf8').catch(() => '')
  const started = () => until(async () => (await readJournal()).includes('START'), 'the process starts')
  const isEmpty = () => seen.group > 0 && listGroup(seen.group).length === 0
  return { begin, abort, hard, seen, readJournal, started, isEmpty }
}

const job: ClaimedJob = {
  jobId: '',
  repoUrl: 'https://github.com/acme/a',
  commitId: null,
  options: {},
  mainModel: 'offline',
  epoch: 1,
  submittedAt: '2026-11-02T08:00:00.000Z',
  previous: null,
  force: false,
  workDir: '/nowhere',
}

test('an answer is the result, after reports of progress', async (t) => {
  const { begin, seen, isEmpty } = await setUp(t)
  assert.deepEqual(await begin('acme--quick'), result)
  assert.equal(seen.progress[0]?.text, 'Halfway')
  assert.ok(isEmpty())
})

test('a failure keeps its code, message and hint', async (t) => {
  const { begin, isEmpty } = await setUp(t)
  await assert.rejects(begin('acme--fail'), (error) => {
    assert.ok(error instanceof ReportedError)
    assert.deepEqual(error.toJSON(), { code: 'CLONE_FAILED', message: 'No such repository.', hint: 'Look.' })
    return true
  })
  assert.ok(isEmpty())
})

test('a process that ends without an answer has died, and its last words are kept', async (t) => {
  const crash = await setUp(t)
  await assert.rejects(
    crash.begin('acme--crash'),
    (error) => error instanceof WorkerDied && /SIGSEGV/.test(error.message),
  )
  const exit = await setUp(t)
  await assert.rejects(
    exit.begin('acme--exit'),
    (error) => error instanceof WorkerDied && /exit code 3/.test(error.message),
  )
  assert.deepEqual(exit.seen.trouble, ['the last words'])
})

test('a command that cannot be started says so', async (t) => {
  const { begin } = await setUp(t, { command: '/nonexistent/program' })
  await assert.rejects(begin('acme--quick'), WorkerNotStarted)
})

test('stopped with all the service before it took the job, it has not died of the job', async (t) => {
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    const { begin } = await setUp(t, {
      args: ['-e', `process.kill(process.pid, '${name}'); setInterval(() => {}, 1e6)`],
    })
    await assert.rejects(begin('acme--quick'), WorkerNotStarted, name)
  }
  const { begin } = await setUp(t, { args: ['-e', `process.kill(process.pid, 'SIGKILL')`] })
  await assert.rejects(begin('acme--quick'), WorkerDied)
})

test('a full heap and too much memory are told apart from a death', async (t) => {
  const script = new URL('stand-in.mjs', import.meta.url).pathname
  const heap = await setUp(t, { args: ['--max-old-space-size=20', script] })
  await assert.rejects(heap.begin('acme--heap'), OutOfMemory)
  const memory = await setUp(t, { memoryBytes: 200 * 1_048_576 })
  await assert.rejects(memory.begin('acme--memory'), OutOfMemory)
  assert.ok(memory.isEmpty())
})

test('the deadline ends it', async (t) => {
  const { begin, isEmpty } = await setUp(t, { deadlineMs: 500 })
  await assert.rejects(begin('acme--slow'), JobTimedOut)
  assert.ok(isEmpty())
})

test('an abort ends it, also when it does not listen, and gives the reason', async (t) => {
  for (const id of ['acme--slow', 'acme--stubborn']) {
    const { begin, abort, started, isEmpty } = await setUp(t)
    const run = assert.rejects(begin(id), Cancelled)
    await started()
    abort.abort(new Cancelled('x'))
    await run
    assert.ok(isEmpty())
  }
})

test('it is asked to end before it is ended', async (t) => {
  const { begin, abort, started, readJournal } = await setUp(t, { graceMs: 60_000 })
  const run = assert.rejects(begin('acme--polite'), Cancelled)
  await started()
  abort.abort(new Cancelled('x'))
  await run
  assert.match(await readJournal(), /^stop acme--polite/m)
})

test('a process that is too busy to listen is ended by a signal, and not only when its grace is over', async (t) => {
  const { begin, abort, started, isEmpty } = await setUp(t, { graceMs: 10_000 })
  const run = assert.rejects(begin('acme--busy'), Cancelled)
  await started()
  const since = performance.now()
  abort.abort(new Cancelled('x'))
  await run
  assert.ok(performance.now() - since < 9_000, 'before it was killed')
  assert.ok(isEmpty())
})

test('a process that says nothing for too long fails with a code, and names what it was at', async (t) => {
  const { begin, isEmpty } = await setUp(t, { silenceMs: 2_000 })
  await assert.rejects(
    begin('acme--busy'),
    (error) => error instanceof JobUnresponsive && /for 2 s in the stage "clone"/.test(error.message),
  )
  assert.ok(isEmpty())
})

test('one that tells that it lives may be slow', async (t) => {
  const { begin } = await setUp(t, { silenceMs: 2_000, deadlineMs: 5_000 })
  await assert.rejects(begin('acme--alive'), JobTimedOut)
})

test('with no time left it is killed at once', async (t) => {
  const { begin, abort, hard, started, isEmpty } = await setUp(t, { graceMs: 60_000 })
  const run = assert.rejects(begin('acme--stubborn'), Cancelled)
  await started()
  abort.abort(new Cancelled('x'))
  hard.abort()
  await run
  assert.ok(isEmpty())
})

test('what the process leaves behind is dead before the run settles', async (t) => {
  const { begin, readJournal } = await setUp(t)
  assert.deepEqual(await begin('acme--litter'), result)
  const litter = Number(/LITTER-([0-9]+)/.exec(await readJournal())?.[1])
  assert.ok(litter > 0)
  assert.equal(isProcessAlive(litter, ''), false)
})

test('messages that are not understood are passed over, texts that are too long are cut', async (t) => {
  const { begin, seen } = await setUp(t)
  assert.deepEqual(await begin('acme--nonsense'), result)
  assert.ok(seen.progress.every((progress) => progress.text.length <= 2_000 && progress.stage.length <= 100))
  assert.equal(seen.log.length, 3)
})

test('a process that sends a message without an end is ended', async (t) => {
  const { begin, seen, isEmpty } = await setUp(t)
  await assert.rejects(begin('acme--long'), (error) => error instanceof WorkerDied && /too long/.test(error.message))
  assert.deepEqual(seen.log, [])
  assert.ok(isEmpty())
})

test('an error of what listens to the process ends the job with that error, as a bug and not as a death', async (t) => {
  const { begin, isEmpty } = await setUp(t)
  const bug = new TypeError('a bug in the supervisor')
  const report = (): void => {
    throw bug
  }
  await assert.rejects(begin('acme--slow', report), (error) => error === bug)
  assert.ok(isEmpty())
})

test('a process that ends before it takes the job says that no worker can be started', async (t) => {
  const { begin } = await setUp(t, { args: ['-e', 'console.error("broken"); process.exit(1)'] })
  await assert.rejects(
    begin('acme--quick'),
    (error) => error instanceof WorkerNotStarted && error.cause instanceof Error && error.cause.message === 'broken',
  )
})
