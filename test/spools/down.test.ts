/**
 * A spool that this version has opened, in the hands of an older one: it refuses, and changes nothing. The older programs
 * are those of the history; where that is cut short, what they read and what they do about it is written down here.
 */
import assert from 'node:assert/strict'
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { SpoolTooNew } from '#queue/errors.ts'
import { fsck } from '#queue/fsck.ts'
import { openQueue } from '#queue/open-queue.ts'
import { makeFolder, settings, silent } from '../queue/support.ts'
import { changesOf, clockOf, RELEASED, type Released, takePrint, unpack } from './released.ts'
import { createServer } from './server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Those of an older version that open the spool, with what else they must be given. */
const COMMANDS = [['fsck'], ['gc'], ['jobs'], ['pause'], ['resume'], ['serve'], ['supervise'], ['up']]

/** What versions up to 0.6 read of `LAYOUT`: `{"version": n}`, and they know 1. */
const isRefusedBefore = (layout: string): boolean => Number(JSON.parse(layout).version) > 1

/** The program of a release, in a folder of its own; `undefined` where the history does not go back so far. */
async function checkOut(t: TestContext, { commit }: Released): Promise<string | undefined> {
  const archive = spawnSync('git', ['-C', root, 'archive', commit], { maxBuffer: 1 << 30 })
  if (archive.status !== 0) return undefined
  const folder = path.join(await makeFolder(t), 'program')
  mkdirSync(folder)
  assert.equal(spawnSync('tar', ['-C', folder, '-x'], { input: archive.stdout }).status, 0)
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
  return folder
}

function run(program: string, spoolDir: string, args: string[]): SpawnSyncReturns<string> {
  const env = { ...process.env, DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_PORT: '0' }
  const options = { env, encoding: 'utf8', timeout: 120_000, killSignal: 'SIGKILL' } as const
  return spawnSync(process.execPath, [path.join(program, 'src/docspool.mjs'), ...args], options)
}

/** What this version does on the first day: a start, a submission with notes, an end. */
async function useOnce(spoolDir: string, release: Released): Promise<string> {
  const queue = await openQueue(spoolDir, settings, { log: silent, clock: clockOf(release) })
  const server = createServer(spoolDir, queue)
  const body = { repo_url: 'https://github.com/acme/later', options: { notes: 'Of the newer version.' } }
  const { job_id: id } = await server.submit({ body, becomes: 'queued' })
  await server.close()
  await queue.close()
  return id
}

async function answersOf(spoolDir: string, release: Released, ids: readonly string[]): Promise<unknown[]> {
  const queue = await openQueue(spoolDir, settings, { log: silent, clock: clockOf(release) })
  const server = createServer(spoolDir, queue)
  const answers: unknown[] = []
  for (const id of ids) answers.push([id, (await server.ask(`/api/job/${id}`)).body, await server.overview(id)])
  await server.close()
  await queue.close()
  // Each error has the id of its request.
  return JSON.parse(JSON.stringify(answers, (name, value) => (name === 'instance' ? undefined : value)))
}

for (const release of RELEASED) {
  test(`${release.version} refuses what this version has opened, leaves it as it was, and this one goes on`, async (t) => {
    const spoolDir = await unpack(t, release)
    const ids = [await useOnce(spoolDir, release), ...release.jobs.map(({ job_id }) => job_id)]
    const before = await answersOf(spoolDir, release, ids)
    const layout = readFileSync(path.join(spoolDir, 'LAYOUT'), 'utf8')
    assert.ok(isRefusedBefore(layout), layout)

    const program = await checkOut(t, release)
    if (program === undefined) t.diagnostic(`the history has no ${release.version}: what it does is as written above`)
    const print = takePrint(spoolDir)
    for (const args of program === undefined ? [] : COMMANDS) {
      const { status, stderr } = run(program ?? '', spoolDir, args)
      assert.deepEqual([status, stderr.includes('SPOOL_TOO_NEW')], [78, true], `${args}: ${status} ${stderr}`)
      // Versions up to 0.6 leave their counts of jobs, which say that there were none.
      const changed = changesOf(print, takePrint(spoolDir)).filter((name) => !name.startsWith('metrics'))
      assert.deepEqual(changed, [], args.join(' '))
    }

    assert.deepEqual(await answersOf(spoolDir, release, ids), before)
    const { repaired, unreadable, quarantined } = await fsck(spoolDir, { log: silent, clock: clockOf(release) })
    assert.deepEqual({ repaired, unreadable, quarantined }, { repaired: 0, unreadable: 0, quarantined: [] })
  })
}

test('a spool of a version to come is refused, and not touched', async (t) => {
  const [release] = RELEASED
  assert.ok(release)
  const spoolDir = await unpack(t, release)
  await useOnce(spoolDir, release)
  writeFileSync(path.join(spoolDir, 'LAYOUT'), '{"version":3,"id":"0123456789abcdef0123456789abcdef","more":{}}\n')
  const print = takePrint(spoolDir)
  for (const args of COMMANDS) {
    const { status, stderr } = run(root, spoolDir, args)
    assert.deepEqual([status, stderr.includes('SPOOL_TOO_NEW')], [78, true], `${args}: ${status} ${stderr}`)
  }
  await assert.rejects(openQueue(spoolDir, settings, { log: silent, clock: Date.now }), SpoolTooNew)
  assert.deepEqual(changesOf(print, takePrint(spoolDir)), [])
})
