/** A process that waits for its job: that the next job runs in it, and that nothing is lost or left behind if it cannot. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { isProcessAlive } from '#base/process.ts'
import { WorkerNotStarted } from '#queue/errors.ts'
import { createChildRun } from '#queue/job-process.ts'
import { makeFolder, result, until } from './support.ts'

async function setUp(t: TestContext, env: Record<string, string> = {}, folderMs = 0, isCurrent = () => true) {
  const folder = await makeFolder(t)
  const journal = path.join(folder, 'journal')
  const end = new AbortController()
  t.after(() => end.abort())
  const folders: string[] = []
  const faults: string[] = []
  const run = createChildRun({
    command: process.execPath,
    args: [new URL('stand-in.mjs', import.meta.url).pathname],
    env: { JOURNAL: journal, ...env },
    enclose: async () => ({ before: [], env: {}, isCurrent }),
    deadlineMs: 60_000,
    memoryBytes: 1e9,
    graceMs: 5_000,
    waiting: {
      async makeFolder() {
        const made = await mkdtemp(path.join(folder, 'work-'))
        folders.push(made)
        await pause(folderMs)
        return made
      },
      until: end.signal,
      onFault: (error) => faults.push(String(error)),
    },
  })
  const pids: number[] = []
  const job = {
    ...{ repoUrl: 'https://github.com/acme/a', commitId: null, options: {}, mainModel: 'offline', epoch: 1 },
    ...{ submittedAt: '2026-11-02T08:00:00.000Z', previous: null, force: false, workDir: '/nowhere' },
  }
  /** @returns The result, and the process in which the job ran. */
  async function begin(jobId: string) {
    const { signal } = new AbortController()
    const ended = await run(
      { ...job, jobId },
      {
        ...{ signal, hardSignal: signal, report: () => undefined, log: () => undefined, received: () => undefined },
        trouble: () => undefined,
        spawned: async (pid) => void pids.push(pid),
      },
    )
    const lines = (await readFile(journal, 'utf8')).split('\n')
    const ran = lines.filter((line) => line.startsWith(`START ${jobId} `)).map((line) => Number(line.split(' ')[3]))
    assert.ok(pids.includes(ran[0] ?? 0))
    return { ended, ran }
  }
  /** The processes that have waited, once there are so many. */
  async function waited(count: number): Promise<number[]> {
    let pids: number[] = []
    await until(async () => {
      const text = await readFile(`${journal}.waiting`, 'utf8').catch(() => '')
      pids = text.split('\n').filter(Boolean).map(Number)
      return pids.length >= count
    }, `${count} processes wait`)
    return pids
  }
  return { begin, waited, end, folders, faults, pids }
}

test('the next job runs in the process that waits, and then another one waits', async (t) => {
  const { begin, waited, folders, faults } = await setUp(t)
  const [first] = await waited(1)
  const { ended, ran } = await begin('acme--quick')
  assert.deepEqual([ended, ran], [result, [first]])
  assert.equal(existsSync(folders[0] ?? ''), false)
  const [, second] = await waited(2)
  assert.notEqual(second, first)
  assert.deepEqual((await begin('acme--quick-2')).ran, [second])
  assert.deepEqual(faults, [])
})

test('a job beside the one that took the process starts its own', async (t) => {
  const { begin, waited } = await setUp(t)
  const [first = 0] = await waited(1)
  const both = await Promise.all([begin('acme--quick-1'), begin('acme--quick-2')])
  assert.equal(both.filter(({ ran }) => ran.includes(first)).length, 1)
  for (const { ended } of both) assert.deepEqual(ended, result)
})

test('a process that dies while it waits costs the job nothing', async (t) => {
  const { begin, waited, faults } = await setUp(t)
  const [first = 0] = await waited(1)
  process.kill(first, 'SIGKILL')
  await until(async () => faults.length > 0, 'its end is reported')
  assert.match(faults[0] ?? '', /SIGKILL/)
  const { ended, ran } = await begin('acme--quick')
  assert.deepEqual([ended, ran.length, ran[0] === first], [result, 1, false])
})

test('a process that ends before it accepts the job has not started it, and one claim never has a second process', async (t) => {
  const { begin, waited, folders, pids } = await setUp(t, { DEAF: '1' })
  const [waiter = 0] = await waited(1)
  await assert.rejects(begin('acme--quick'), WorkerNotStarted)
  assert.deepEqual(pids, [waiter])
  assert.equal(existsSync(folders[0] ?? ''), false)
  assert.deepEqual((await begin('acme--quick-2')).ended, result)
})

test('a process that is still loading takes the job, since a new one would load as long', async (t) => {
  const { begin, waited } = await setUp(t, { LOADING: '1' })
  const [loading] = await waited(1)
  const { ended, ran } = await begin('acme--quick')
  assert.deepEqual([ended, ran], [result, [loading]])
})

test('a job that comes and ends while a process is being started leads to no second one', async (t) => {
  const { begin, waited, folders } = await setUp(t, {}, 4_000)
  await until(async () => folders.length === 1, 'a process is being started')
  assert.deepEqual((await begin('acme--quick')).ended, result)
  await waited(1)
  await pause(2_000)
  assert.equal(folders.length, 1)
})

test('nothing waits after the end', async (t) => {
  const { waited, end, folders } = await setUp(t)
  const [first = 0] = await waited(1)
  end.abort()
  await until(
    async () => !isProcessAlive(first, '') && !existsSync(folders[0] ?? ''),
    'the process and its folder are gone',
  )
})

test('what was being prepared at the end is not started', async (t) => {
  const { waited, end, folders, faults } = await setUp(t, {}, 1_000)
  await until(() => folders.length === 1, 'a process is being prepared')
  end.abort()
  await until(() => folders.every((folder) => !existsSync(folder)), 'its folder is gone')
  await pause(1_500)
  assert.deepEqual([await waited(0), faults], [[], []])
})

test('a process whose folders were replaced while it waited gets no job', async (t) => {
  let isCurrent = true
  const { begin, waited, folders, faults } = await setUp(t, {}, 0, () => isCurrent)
  const [first = 0] = await waited(1)
  isCurrent = false
  const { ended, ran } = await begin('acme--quick')
  assert.deepEqual(ended, result)
  assert.notEqual(ran[0], first)
  await until(() => !isProcessAlive(first, '') && !existsSync(folders[0] ?? ''), 'it is gone')
  assert.deepEqual(faults, [])
})
