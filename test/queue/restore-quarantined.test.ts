/** What a version that could not read it has put aside is brought back by `fsck`, and nothing that came after it is lost. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { fsck } from '#queue/fsck.ts'
import { openQueue } from '#queue/open-queue.ts'
import { parseRevisionName } from '#queue/spool/file-names.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { createQuarantine } from '#queue/spool/quarantine.ts'
import { startSupervisor } from './supervisor-here.ts'
import { atEnd, type Fixture, makeQueue, request, result, settings, silent, until } from './support.ts'

const deps = { log: silent, clock: Date.now }
const ID = 'acme--a'
const noted = request(ID, { options: { notes: 'What version 0.4 could not read.' } })

/** A spool with a job that has ended, of several revisions. */
async function setUp(t: TestContext) {
  const fixture = await makeQueue(t)
  const paths = new SpoolPaths(fixture.spoolDir)
  const supervisor = startSupervisor(t, fixture, async () => result)
  await fixture.queue.submit(noted)
  await until(async () => (await fixture.queue.read(ID))?.view.status === 'completed', 'it ends')
  supervisor.drain.abort()
  await supervisor.ended
  return { ...fixture, paths }
}

const revisionsOf = async (paths: SpoolPaths): Promise<string[]> =>
  (await readdir(paths.job(ID))).filter((name) => parseRevisionName(name) !== undefined).sort()

/** As a program does that can read none of them: one after the other, the newest first; then the folder, after a minute. */
async function putAside(
  paths: SpoolPaths,
  { andFolder = false, names }: { andFolder?: boolean; names?: string[] } = {},
) {
  const quarantine = createQuarantine(paths, silent)
  for (const name of (names ?? (await revisionsOf(paths))).reverse()) {
    await quarantine(path.join(paths.job(ID), name), 'a revision that cannot be read')
  }
  if (andFolder) await quarantine(paths.job(ID), 'the folder of a job without a revision that can be read')
}

async function readFiles(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for (const name of (await readdir(folder)).sort()) {
    if (!name.startsWith('job.json')) files[name] = await readFile(path.join(folder, name), 'utf8')
  }
  return files
}

async function restart(t: TestContext, { spoolDir }: Pick<Fixture, 'spoolDir'>) {
  const queue = await openQueue(spoolDir, settings, deps)
  atEnd(t, () => queue.close())
  return queue
}

for (const andFolder of [false, true]) {
  test(`a job whose revisions${andFolder ? ' and folder' : ''} were put aside is back, with its log and its places`, async (t) => {
    const fixture = await setUp(t)
    const { paths, spoolDir } = fixture
    const before = { view: (await fixture.queue.read(ID))?.view, files: await readFiles(paths.job(ID)) }
    await fixture.queue.close()
    await putAside(paths, { andFolder })
    const old = await restart(t, fixture)
    assert.equal(await old.read(ID), undefined, '404 until it is brought back')
    const { restored } = await fsck(spoolDir, deps)
    assert.equal(restored, Object.keys(before.files).length - (andFolder ? 0 : 1))
    assert.deepEqual(await readFiles(paths.job(ID)), before.files)
    assert.deepEqual((await old.read(ID))?.view, before.view)
    assert.deepEqual(
      (await old.list({ limit: 10 })).jobs.map(({ view }) => view.job_id),
      [ID],
    )
    assert.equal((await old.submit(noted)).outcome, 'cached')
    const rest = (await readdir(paths.corrupt)).filter((name) => /^\d+-\d+-\d+-(?:r\d+\.json|acme--a)/.test(name))
    assert.deepEqual(rest, [])
    const again = await fsck(spoolDir, deps)
    assert.deepEqual([again.restored, again.repaired, again.quarantined], [0, 0, []])
  })
}

test('a note that was never written, and one that lies, change nothing: the record says whose it is', async (t) => {
  const fixture = await setUp(t)
  const { paths, spoolDir } = fixture
  const before = await readFiles(paths.job(ID))
  await putAside(paths)
  for (const name of await readdir(paths.corrupt)) {
    if (name.endsWith('r000003.json.reason')) await rm(path.join(paths.corrupt, name))
    if (name.endsWith('r000002.json.reason')) {
      await writeFile(path.join(paths.corrupt, name), '{"file":"jobs/00/../../../outside/r000002.json"}')
    }
  }
  assert.equal((await fsck(spoolDir, deps)).restored, 2)
  const { 'r000002.json': _, ...rest } = before
  assert.deepEqual(await readFiles(paths.job(ID)), rest)
  assert.ok(!existsSync(path.join(spoolDir, '../outside')))
})

test('a job that was submitted anew meanwhile stays as it is, also when it is removed later', async (t) => {
  const fixture = await setUp(t)
  const { paths, spoolDir, queue } = fixture
  await putAside(paths)
  assert.equal((await queue.submit(noted)).outcome, 'created')
  const files = await readFiles(paths.job(ID))
  assert.equal((await fsck(spoolDir, deps)).restored, 0)
  assert.deepEqual(await readFiles(paths.job(ID)), files)
  assert.equal((await queue.read(ID))?.view.status, 'queued')
  await queue.cancel(ID)
  await queue.remove(ID)
  await rm(paths.job(ID), { recursive: true })
  assert.equal((await fsck(spoolDir, deps)).restored, 0)
  assert.equal(await queue.read(ID), undefined)
})

test('a job that an older version took up again from a revision that it could read stays there', async (t) => {
  const fixture = await setUp(t)
  const { paths, spoolDir, queue } = fixture
  await putAside(paths, { names: ['r000002.json', 'r000003.json'] })
  assert.equal((await queue.cancel(ID))?.view.rev, 2)
  const files = await readFiles(paths.job(ID))
  assert.equal((await fsck(spoolDir, deps)).restored, 0)
  assert.deepEqual(await readFiles(paths.job(ID)), files)
  assert.equal((await queue.read(ID))?.view.error_code, 'CANCELLED')
})

test('the newest revisions alone, put aside, are the record again', async (t) => {
  const fixture = await setUp(t)
  const { paths, spoolDir, queue } = fixture
  const before = await readFiles(paths.job(ID))
  await putAside(paths, { names: ['r000002.json', 'r000003.json'] })
  assert.equal((await fsck(spoolDir, deps)).restored, 2)
  assert.deepEqual(await readFiles(paths.job(ID)), before)
  assert.equal((await queue.read(ID))?.view.status, 'completed')
})

test('what was put aside goes where a journal has restored it meanwhile', async (t) => {
  const fixture = await setUp(t)
  const { paths, spoolDir, queue } = fixture
  const before = await readFiles(paths.job(ID))
  await putAside(paths)
  // Settles its journal, which still has the lines.
  await queue.close()
  assert.ok((await readdir(paths.job(ID))).includes('r000001.json'))
  await fsck(spoolDir, deps)
  assert.deepEqual(await readFiles(paths.job(ID)), before)
  assert.deepEqual(
    (await readdir(paths.corrupt)).filter((name) => /r\d+\.json/.test(name)),
    [],
  )
})

test('an idempotency key is back, and gives its answer', async (t) => {
  const fixture = await makeQueue(t)
  const { queue, spoolDir } = fixture
  const paths = new SpoolPaths(spoolDir)
  const keyed = { ...noted, idempotencyKey: 'a key' }
  await queue.submit(keyed)
  await createQuarantine(paths, silent)(paths.key('a key'), 'an idempotency key that cannot be read')
  assert.equal((await fsck(spoolDir, deps)).restored, 1)
  assert.equal((await queue.submit(keyed)).outcome, 'created')
  assert.deepEqual(await readdir(paths.corrupt), [])
})

test('what cannot be read, or is of a newer version, stays aside', async (t) => {
  const fixture = await setUp(t)
  const { paths, spoolDir } = fixture
  const text = await readFile(paths.revision(ID, 3), 'utf8')
  const newer = JSON.stringify({ ...JSON.parse(text), version: 3 })
  for (const [n, content] of [newer, text.slice(0, 50), '', '[]', '{"version":2}'].entries()) {
    await writeFile(path.join(paths.corrupt, `170000000000${n}-1-${n}-r000003.json`), content)
  }
  await mkdir(path.join(paths.corrupt, `1700000000009-1-9-${ID}`))
  const corrupt = await readdir(paths.corrupt)
  await rm(paths.job(ID), { recursive: true })
  assert.equal((await fsck(spoolDir, deps)).restored, 0)
  const left = await readdir(paths.corrupt)
  assert.deepEqual(
    corrupt.filter((name) => !left.includes(name)),
    [],
  )
})

test('more revisions than a look goes through are brought back from the folder that went with them', async (t) => {
  const fixture = await setUp(t)
  const { paths, spoolDir, queue } = fixture
  for (let n = 0; n < 14; n++) {
    await queue.submit({ ...noted, force: true })
    await queue.cancel(ID)
  }
  const before = await readFiles(paths.job(ID))
  // A program looks at twenty, puts those aside, and the folder with the rest.
  await putAside(paths, { names: (await revisionsOf(paths)).slice(-20), andFolder: true })
  await fsck(spoolDir, deps)
  assert.deepEqual(await readFiles(paths.job(ID)), before)
  await utimes(paths.job(ID), 1, 1)
  assert.equal((await fsck(spoolDir, deps)).repaired, 0)
})
