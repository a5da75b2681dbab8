/** The clock of a program that runs jumps by an hour, forward and back. libfaketime moves it. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { missingTool } from '../../support/skips.ts'
import { makeFolder } from '../support.ts'
import {
  begins,
  completeAll,
  eventually,
  makeSpool,
  release,
  startServer,
  startSupervisor,
  stillRun,
} from './programs.ts'

const HOUR_MS = 3_600_000

function findFaketime(): string | undefined {
  const folders = ['/usr/lib', '/usr/lib64', ...listFolders('/usr/lib')]
  const names = folders.flatMap((folder) =>
    listFolders(folder, 'faketime').map((found) => `${found}/libfaketimeMT.so.1`),
  )
  return names.find((name) => listFolders(path.dirname(name), path.basename(name)).length > 0)
}

function listFolders(folder: string, name?: string): string[] {
  try {
    return readdirSync(folder).flatMap((one) => (name === undefined || one === name ? [path.join(folder, one)] : []))
  } catch {
    return []
  }
}

const library = findFaketime()
const lack = missingTool('libfaketime', library !== undefined)

/** A clock for one program. File times stay those of the system, as other programs see them. */
async function makeClock(t: TestContext) {
  assert.ok(library !== undefined)
  const file = path.join(await makeFolder(t), 'clock')
  // Whole at every instant: the library ends a program that meets half of it.
  async function set(ahead: string): Promise<void> {
    await writeFile(`${file}.new`, `${ahead}\n`)
    await rename(`${file}.new`, file)
  }
  await set('+0')
  const env = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    NO_FAKE_STAT: '1',
  }
  return { set, env }
}

test('a supervisor whose clock jumps an hour keeps its lease and its job, and others do not take them', async (t) => {
  if (lack) return t.skip(lack)
  const clock = await makeClock(t)
  const { spoolDir } = await makeSpool(t)
  const server = await startServer(t, spoolDir)
  // Much longer than a busy machine keeps a process waiting: what is tried here is the clock.
  const leaseMs = 15_000
  const jumping = await startSupervisor(t, spoolDir, { env: clock.env, leaseMs })
  assert.equal((await server.post('held')).status, 202)
  await begins(spoolDir, 'held')
  const names = (await readdir(path.join(spoolDir, 'workers'))).filter((name) => name.endsWith('.lock'))
  const roles = await Promise.all(
    names.map((name) => readFile(path.join(spoolDir, 'workers', name.replace(/\.lock$/, '')), 'utf8')),
  )
  const lock = names.find((_, at) => !roles[at]?.includes('"server"'))
  const beat = async (): Promise<number> => (await stat(path.join(spoolDir, 'workers', lock ?? assert.fail()))).mtimeMs
  const other = await startSupervisor(t, spoolDir, { leaseMs })
  for (const [n, ahead] of ['+1h', '-1h', '+0'].entries()) {
    const before = await beat()
    await clock.set(ahead)
    const first = await eventually(async () => (await beat()) !== before && beat(), 'a sign of life')
    await eventually(async () => (await beat()) !== first, 'and another one')
    const shift = [HOUR_MS, -HOUR_MS, 0][n] ?? 0
    assert.ok(Math.abs((await beat()) - Date.now() - shift) < 30_000, 'its clock has jumped')
    assert.equal((await server.post(`quick-${n}`)).status, 202)
    await completeAll(server, spoolDir, [`quick-${n}`])
  }
  await release(spoolDir, 'held')
  await completeAll(server, spoolDir, ['held'])
  const { body } = await server.read('held')
  assert.equal(body.epoch, 1)
  for (const { output } of [jumping, other]) assert.doesNotMatch(output(), /lease was lost|worker died|fenced/)
  stillRun(server, jumping, other)
})

test('a server whose clock jumps an hour takes jobs, and takes ended ones again, in either direction', async (t) => {
  if (lack) return t.skip(lack)
  const clock = await makeClock(t)
  const { spoolDir } = await makeSpool(t)
  const server = await startServer(t, spoolDir, { env: clock.env })
  const supervisor = await startSupervisor(t, spoolDir)
  const retry = async (name: string): Promise<number> =>
    (await fetch(`${server.origin}/api/job/acme--${name}/retry`, { method: 'POST' })).status
  await server.post('quick')
  await completeAll(server, spoolDir, ['quick'])
  const created: number[] = []
  for (const [n, ahead] of ['+1h', '-1h', '+0'].entries()) {
    await clock.set(ahead)
    const { status, body } = await server.post(`quick-${n}`)
    assert.equal(status, 202)
    created.push(Date.parse(body.created_at))
    await completeAll(server, spoolDir, [`quick-${n}`])
    // Its place in the queue is after the one that it had, whatever the clock says.
    assert.equal(await retry('quick'), 202)
    await eventually(
      async () => {
        const job = (await server.read('quick')).body
        return job.status === 'completed' && job.epoch === n + 2
      },
      `run ${n + 2} of the first job`,
    )
  }
  const [forward = 0, back = 0] = created
  assert.ok(forward - back > 1.9 * HOUR_MS, 'its clock has jumped')
  const { jobs } = (await (await fetch(`${server.origin}/api/jobs`)).json()) as { jobs: unknown[] }
  assert.equal(jobs.length, 4)
  stillRun(server, supervisor)
})
