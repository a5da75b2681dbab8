/** Records: compare-and-swap among processes, and what is done about files that are no records. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { RecordTooNew } from '#queue/errors.ts'
import { isIn, type Job } from '#queue/job.ts'
import { cancelQueued, createJob, requeueDead, start, withForce } from '#queue/job-transitions.ts'
import { openSpool } from '#queue/spool/open-spool.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { createQuarantine } from '#queue/spool/quarantine.ts'
import { createRevisionFiles } from '#queue/spool/revision-files.ts'
import { atEnd, forgetJournals, makeFolder, request, silent, until } from '../support.ts'

async function makeStore(t: TestContext) {
  const spoolDir = path.join(await makeFolder(t), 'spool')
  const backend = await openSpool(spoolDir, { log: silent, clock: Date.now, leaseMs: 15_000 })
  atEnd(t, () => backend.close())
  return { backend, jobs: backend.jobs, spoolDir, paths: new SpoolPaths(spoolDir) }
}

const error = { code: 'X', message: 'x', hint: null }

test('eight processes that move one job lose no update and hand out no epoch twice', async (t) => {
  const { jobs, spoolDir, paths } = await makeStore(t)
  await jobs.create(createJob(request('acme--a'), Date.now()))
  const times = 12
  const script = fileURLToPath(new URL('contender.ts', import.meta.url))
  const runs = Array.from({ length: 8 }, () =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', script, spoolDir, 'acme--a', String(times)]),
  )
  const won = (await Promise.all(runs)).flatMap(({ stdout }) => stdout.split('\n'))
  const epochs = won.map((line) => Number(line.split(' ')[1])).sort((a, b) => a - b)
  assert.deepEqual(
    epochs,
    Array.from({ length: 8 * times }, (_, n) => n + 1),
  )
  const last = await until(async () => {
    const job = await jobs.read('acme--a')
    return job !== undefined && isIn(job, 'queued') && job
  }, 'the last one lets go')
  assert.equal(last.rev, 1 + 2 * 8 * times)
  assert.equal(last.stalls, 8 * times)
  const revisions = (await readdir(paths.job('acme--a'))).filter((name) => name.startsWith('r'))
  assert.ok(revisions.length <= 33, `${revisions.length} revisions are kept`)
})

test('of two updates from one revision the second is refused', async (t) => {
  const { jobs } = await makeStore(t)
  const job = createJob(request('acme--a'), 0)
  assert.equal(await jobs.create(job), true)
  assert.equal(await jobs.create(job), false)
  assert.equal((await jobs.update(job, start(job, 'w1', 0)))?.rev, 2)
  assert.equal(await jobs.update(job, start(job, 'w2', 0)), undefined)
  assert.deepEqual(await jobs.read('acme--a'), { ...start(job, 'w1', 0), rev: 2 })
})

test('a writer that slept until its number was pruned is refused, and leaves nothing', async (t) => {
  const { jobs, paths } = await makeStore(t)
  const first = createJob(request('acme--a'), 0)
  await jobs.create(first)
  let job: Job = first
  for (let n = 0; n < 40; n++) {
    const next: Job = isIn(job, 'queued')
      ? start(job, 'w1', 0)
      : isIn(job, 'processing')
        ? requeueDead(job)
        : assert.fail()
    job = (await jobs.update(job, next)) ?? assert.fail('refused')
  }
  assert.ok(!(await readdir(paths.job('acme--a'))).includes('r000002.json'))
  assert.equal(await jobs.update(first, start(first, 'late', 0)), undefined)
  assert.deepEqual(await jobs.read('acme--a'), job)
  assert.ok(!(await readdir(paths.job('acme--a'))).includes('r000002.json'))
})

test('a writer that slept between making the folder and writing the first revision is refused, too', async (t) => {
  const { paths } = await makeStore(t)
  const files = createRevisionFiles(paths, { locate: () => assert.fail() })
  assert.equal(await files.createJobFolder('acme--a'), true)
  await writeFile(paths.revision('acme--a', 33), '')
  const first = { ...createJob(request('acme--a'), 0), rev: 1 }
  assert.equal(await files.linkRevision(await files.writeTemporary(''), first), false)
  assert.deepEqual(await readdir(paths.job('acme--a')), ['r000033.json'])
})

test('a job that was removed is gone, comes back as a new one, and refuses who knew the old one', async (t) => {
  const { jobs } = await makeStore(t)
  const job = createJob(request('acme--a'), 0)
  await jobs.create(job)
  const ended = (await jobs.update(job, cancelQueued(job, error, 0))) ?? assert.fail()
  assert.equal(await jobs.remove(job), false)
  assert.equal(await jobs.remove(ended), true)
  assert.equal(await jobs.read('acme--a'), undefined)
  assert.equal(await jobs.remove(ended), false)
  assert.equal(await jobs.update(ended, ended), undefined)
  assert.equal(await jobs.create(createJob(request('acme--a'), 5)), true)
  assert.equal((await jobs.read('acme--a'))?.rev, 4)
  assert.equal(await jobs.update(ended, ended), undefined)
})

test('files that are no revisions are put aside with a reason, and the one before them counts', async (t) => {
  const { jobs, paths } = await makeStore(t)
  const spoil: [string, (file: string) => Promise<unknown>][] = [
    ['torn', (file) => truncate(file, 40)],
    ['empty', (file) => truncate(file, 0)],
    ['alien', (file) => writeFile(file, '{"version":1,"job_id":"acme--x"}')],
    ['link', (file) => rm(file).then(() => symlink('/etc/passwd', file))],
    ['folder', (file) => rm(file).then(() => mkdir(file))],
    ['other', async (file) => writeFile(file, JSON.stringify({ ...createJob(request('acme--elsewhere'), 0), rev: 2 }))],
  ]
  for (const [name, change] of spoil) {
    const job = createJob(request(`acme--${name}`), 0)
    await jobs.create(job)
    await jobs.update(job, withForce(job))
    await forgetJournals(paths)
    await change(paths.revision(job.job_id, 2))
    assert.deepEqual(await jobs.read(job.job_id), job, name)
    assert.equal((await jobs.update(job, withForce(job)))?.rev, 2, name)
  }
  const aside = await readdir(paths.corrupt)
  assert.equal(aside.filter((name) => name.endsWith('.reason')).length, spoil.length)
  const reason = aside.find((name) => name.endsWith('.reason')) ?? ''
  assert.match(await readFile(path.join(paths.corrupt, reason), 'utf8'), /"reason":"a revision/)
})

test('a record of a newer version is left alone', async (t) => {
  const { jobs, paths } = await makeStore(t)
  const job = createJob(request('acme--a'), 0)
  await jobs.create(job)
  await writeFile(paths.revision('acme--a', 2), JSON.stringify({ ...job, version: 3, rev: 2 }))
  await assert.rejects(jobs.read('acme--a'), RecordTooNew)
  assert.deepEqual(await readdir(paths.corrupt), [])
})

test('an unsafe id names no job', async (t) => {
  const { jobs } = await makeStore(t)
  for (const id of ['../../etc', '', '.', 'a/b', 'a\0b']) assert.equal(await jobs.read(id), undefined)
})

test('job.json follows the record, in the form of the answers, and only the owner can read it', async (t) => {
  const { jobs, backend, paths } = await makeStore(t)
  const job = createJob(request('acme--a'), 0)
  await jobs.create(job)
  await jobs.update(job, start(job, 'w1', 0))
  await backend.close()
  const copy = JSON.parse(await readFile(paths.copy('acme--a'), 'utf8'))
  assert.deepEqual([copy.job_id, copy.status, copy.rev, copy.docs_path], ['acme--a', 'processing', 2, null])
  const { stat } = await import('node:fs/promises')
  for (const file of [paths.copy('acme--a'), paths.revision('acme--a', 2)]) {
    assert.equal((await stat(file)).mode & 0o777, 0o600)
  }
  assert.equal((await stat(paths.job('acme--a'))).mode & 0o777, 0o700)
})

test('a good file that took the place of a bad one is not put aside for it', async (t) => {
  const { paths } = await makeStore(t)
  const file = path.join(paths.tmp, 'x')
  await writeFile(file, 'good')
  await createQuarantine(paths, silent)(file, 'it was bad', 1)
  assert.equal(await readFile(file, 'utf8'), 'good')
  assert.deepEqual(await readdir(paths.corrupt), [])
})
