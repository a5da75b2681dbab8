/** What a check finds after a crash or a hand in the spool, and what it leaves as it is. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdir, readdir, readFile, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { readOwnStart } from '#base/process.ts'
import { SpoolTooNew } from '#queue/errors.ts'
import { fsck } from '#queue/fsck.ts'
import { indexEndedJob } from '#queue/index-ended-job.ts'
import { isIn, type Job } from '#queue/job.ts'
import { cancelQueued, complete, resubmit, start } from '#queue/job-transitions.ts'
import { openQueue } from '#queue/open-queue.ts'
import { openSpool } from '#queue/spool/open-spool.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { missingTool } from '../support/skips.ts'
import { makeDisk } from './mounts.ts'
import { atEnd, forgetJournals, makeQueue, request, settings, silent, until } from './support.ts'

const deps = { log: silent, clock: Date.now }
const error = { code: 'X', message: 'x', hint: null }

async function setUp(t: TestContext) {
  const fixture = await makeQueue(t)
  const backend = await openSpool(fixture.spoolDir, { ...deps, leaseMs: 15_000 })
  atEnd(t, () => backend.close())
  const paths = new SpoolPaths(fixture.spoolDir)
  const read = async (jobId: string): Promise<Job> => (await backend.jobs.read(jobId)) ?? assert.fail(`no ${jobId}`)
  const ready = () => readdir(paths.ready)
  /** Start a server anew on the spool: its check reads only what names cannot settle. */
  async function restart() {
    const queue = await openQueue(fixture.spoolDir, settings, deps)
    await queue.close()
  }
  return { ...fixture, backend, paths, read, ready, restart }
}

test('a sound spool is left as it is, and a start reads no record of it', async (t) => {
  const { queue, backend, spoolDir } = await setUp(t)
  for (let n = 0; n < 20; n++) await queue.submit(request(`acme--${n}`))
  await queue.cancel('acme--0')
  assert.deepEqual(await fsck(spoolDir, deps), {
    ...{ jobs: 20, follows: 0, checked: 20, restored: 0, repaired: 0 },
    ...{ unreadable: 0, reaped: 0, deadWorkers: 0, quarantined: [], swept: 0, withoutDocs: 0 },
  })
  assert.deepEqual((await backend.audit('suspects')).suspects, [])
})

test('the folder of a submission that was being accepted when a backup was made is no job', async (t) => {
  const { queue, spoolDir, paths } = await setUp(t)
  await queue.submit(request('acme--a'))
  await mkdir(paths.job('acme--b'), { recursive: true })
  assert.equal((await fsck(spoolDir, deps)).jobs, 1)
})

test('a job whose newest record is put aside under a running server is done again, without fsck', async (t) => {
  const { queue, backend, paths, read, ready } = await setUp(t)
  await queue.submit(request('acme--a'))
  const queued = await read('acme--a')
  assert.ok(isIn(queued, 'queued'))
  const running = await backend.jobs.update(queued, start(queued, '999999-1-00000001', Date.now()))
  assert.ok(running !== undefined && isIn(running, 'processing'))
  const done = { docsKey: 'a'.repeat(64), resolvedCommit: 'b'.repeat(40), summary: 'x' }
  const ended = await backend.jobs.update(running, complete(running, done, Date.now()))
  assert.ok(ended !== undefined && isIn(ended, 'completed'))
  await indexEndedJob(backend, ended)
  for (const name of await ready()) await rm(path.join(paths.ready, name))
  assert.equal((await queue.counts()).completed, 1)

  await forgetJournals(paths)
  await writeFile(paths.revision('acme--a', ended.rev), '{bad')
  assert.equal((await queue.read('acme--a'))?.view.status, 'processing')
  await until(async () => (await queue.read('acme--a'))?.view.status === 'queued', 'it waits again')
  await until(async () => (await ready()).length === 1, 'it has its entry')
  await until(async () => (await queue.counts()).completed === 0, 'it is counted as what it is')
})

test('ready/ that was deleted is built again at the next start', async (t) => {
  const { queue, paths, ready, restart } = await setUp(t)
  for (let n = 0; n < 5; n++) await queue.submit(request(`acme--${n}`))
  const names = await ready()
  await rm(paths.ready, { recursive: true })
  await restart()
  assert.deepEqual(await ready(), names)
})

test('ready/ that is deleted under a running server is built again by the next submission', async (t) => {
  const { queue, paths, ready } = await setUp(t)
  await queue.submit(request('acme--a'))
  await rm(paths.ready, { recursive: true })
  assert.equal((await queue.submit(request('acme--b'))).outcome, 'created')
  await until(async () => (await ready()).length === 2, 'both are there')
})

test('every step of a move that a crash cut short is finished at the next start', async (t) => {
  const { queue, backend, paths, read, ready, restart } = await setUp(t)
  for (const id of ['new', 'requeued', 'ended', 'cleared', 'claimed', 'orphan'])
    await queue.submit(request(`acme--${id}`))
  const nameOf = async (id: string) => (await ready()).find((name) => name.endsWith(`acme--${id}`)) ?? assert.fail(id)
  const end = async (id: string) => {
    const job = await read(`acme--${id}`)
    return (
      (await backend.jobs.update(job, isIn(job, 'queued') ? cancelQueued(job, error, 0) : assert.fail())) ??
      assert.fail()
    )
  }
  // Recorded, but not yet in the queue.
  await rm(path.join(paths.ready, await nameOf('new')))
  // Ended before, taken out of the index, recorded as queued anew, but not yet in the queue.
  await queue.cancel('acme--requeued')
  const before = await read('acme--requeued')
  assert.ok(isIn(before, 'failed'))
  await backend.catalog.removeEnded(before)
  await backend.jobs.update(before, resubmit(before, { priority: 5, force: false, mainModel: 'm' }, Date.now()))
  // Recorded as ended, but neither in the index nor out of the queue.
  await end('ended')
  // Recorded as ended and out of the queue, but not in the index.
  const cleared = await nameOf('cleared')
  await end('cleared')
  await rm(path.join(paths.ready, cleared))
  // Taken by a worker that died before it recorded the claim, and by one that died after.
  for (const id of ['claimed', 'orphan']) {
    const worker = `999999-1-0000000${id === 'claimed' ? 1 : 2}`
    await mkdir(paths.activeOf(worker))
    await rename(path.join(paths.ready, await nameOf(id)), path.join(paths.activeOf(worker), await nameOf(id)))
    const job = await read(`acme--${id}`)
    if (id === 'orphan' && isIn(job, 'queued')) await backend.jobs.update(job, start(job, worker, 0))
  }

  await restart()

  const waiting = (await ready()).map((name) => name.replace(/^.*acme--/, '')).sort()
  // What ended is dropped by whoever claims it; a whole check does it as well.
  assert.deepEqual(
    waiting.filter((id) => id !== 'ended'),
    ['claimed', 'new', 'orphan', 'requeued'],
  )
  await fsck(paths.root, deps)
  assert.equal((await ready()).length, 4)
  assert.equal((await read('acme--orphan')).stalls, 1)
  assert.deepEqual(await readdir(paths.active), [])
  assert.deepEqual(await queue.counts(), { queued: 4, processing: 0, completed: 0, failed: 2 })
  assert.equal((await fsck(paths.root, deps)).repaired, 0)
})

test('a job that is recorded as running under a worker that nobody knows runs again', async (t) => {
  const { queue, backend, paths, read, ready, restart } = await setUp(t)
  await queue.submit(request('acme--a'))
  const job = await read('acme--a')
  assert.ok(isIn(job, 'queued'))
  await backend.jobs.update(job, start(job, '999999-1-00000001', 0))
  await rm(path.join(paths.ready, (await ready())[0] ?? ''))
  await restart()
  assert.deepEqual([(await read('acme--a')).status, (await ready()).length], ['queued', 1])
})

test('torn and alien files go to corrupt/ with a reason, and the queue goes on', async (t) => {
  const { queue, paths, ready, spoolDir } = await setUp(t)
  await queue.submit(request('acme--a'))
  await queue.submit(request('acme--torn'))
  await forgetJournals(paths)
  await truncate(paths.revision('acme--torn', 1), 10)
  await utimes(paths.job('acme--torn'), 1, 1)
  await writeFile(path.join(paths.ready, 'README'), 'hello')
  await writeFile(path.join(paths.ready, '5-1700000000000-acme--ghost'), '')
  await symlink('/etc/passwd', path.join(paths.ready, '0-1700000000000-acme--a'))
  await mkdir(path.join(paths.ready, '0-1700000000001-acme--a'))
  await writeFile(path.join(paths.delayed, 'x'), '')
  await writeFile(path.join(paths.jobs, 'zz'), '')
  await mkdir(path.join(paths.jobs, 'aa', 'acme--elsewhere'), { recursive: true })
  await writeFile(path.join(paths.job('acme--a'), 'core'), '')
  await writeFile(path.join(paths.active, 'y'), '')

  const report = await fsck(spoolDir, deps)

  const files = report.quarantined.map(({ file }) => file).sort()
  for (const file of [
    'ready/README',
    'delayed/x',
    'jobs/zz',
    'jobs/aa/acme--elsewhere',
    'ready/5-1700000000000-acme--ghost',
  ]) {
    assert.ok(files.includes(file), file)
  }
  for (const file of ['ready/0-1700000000000-acme--a', 'ready/0-1700000000001-acme--a'])
    assert.ok(files.includes(file), file)
  assert.ok(files.some((file) => file.endsWith('/acme--a/core')))
  const aside = await readdir(paths.corrupt)
  const reasons = aside.filter((name) => name.endsWith('.reason'))
  assert.equal(aside.length, reasons.length * 2)
  for (const name of reasons) {
    assert.match(await readFile(path.join(paths.corrupt, name), 'utf8'), /"file":".+","reason":"[a-z].+"/)
  }
  assert.deepEqual(
    (await ready()).map((name) => name.slice(-7)),
    ['acme--a'],
  )
  assert.equal(await queue.read('acme--torn'), undefined)
  assert.equal((await queue.submit(request('acme--torn'))).outcome, 'created')
  assert.equal((await queue.read('acme--a'))?.view.queue_position, 1)
})

test('odd names in keys/ go to corrupt/, nothing is removed through a link, and the repair goes on', async (t) => {
  const { queue, paths, ready, spoolDir } = await setUp(t)
  await queue.submit(request('acme--a'))
  await rm(path.join(paths.ready, (await ready())[0] ?? ''))
  const shard = path.join(paths.keys, 'cc')
  const outside = path.join(path.dirname(spoolDir), 'outside')
  const key = `${'c'.repeat(64)}.json`
  for (const folder of [shard, outside, path.join(shard, 'folder')]) await mkdir(folder)
  await writeFile(path.join(outside, key), '')
  await writeFile(path.join(paths.keys, 'aa'), '')
  await writeFile(path.join(paths.keys, 'note'), '')
  await symlink(outside, path.join(paths.keys, 'bb'))
  await symlink(path.join(outside, key), path.join(shard, `${'d'.repeat(64)}.json`))
  await writeFile(path.join(shard, key), '{}')
  for (const file of [path.join(outside, key), path.join(shard, 'folder'), path.join(shard, key)])
    await utimes(file, 1, 1)

  const report = await fsck(spoolDir, deps)

  assert.deepEqual(
    report.quarantined.map(({ file }) => file).sort(),
    ['keys/aa', 'keys/bb', 'keys/note', `keys/cc/${'d'.repeat(64)}.json`, 'keys/cc/folder'].sort(),
  )
  assert.deepEqual([report.swept, report.repaired], [1, 1])
  assert.deepEqual([await readdir(outside), await readdir(shard), (await ready()).length], [[key], [], 1])
})

test('leftovers that cannot be removed do not stop the repair', async (t) => {
  const { queue, paths, ready, spoolDir } = await setUp(t)
  await queue.submit(request('acme--a'))
  await rm(path.join(paths.ready, (await ready())[0] ?? ''))
  // The folder of a claim is a mount point: busy.
  const [disk, stuck] = [path.join(path.dirname(spoolDir), 'disk'), path.join(paths.work, 'acme--a.1')]
  for (const folder of [disk, stuck]) await mkdir(folder)
  if (makeDisk(t, disk, stuck) === undefined) return
  const { repaired } = await fsck(spoolDir, deps)
  assert.deepEqual([repaired, (await ready()).length], [1, 1])
})

test('what the dead left in tmp/ and work/ is swept, what the living have is not', async (t) => {
  const { paths, spoolDir } = await setUp(t)
  const old = path.join(paths.tmp, '999999-1-0')
  const own = path.join(paths.tmp, `${process.pid}-${readOwnStart()}-zzz`)
  for (const file of [old, own]) {
    await writeFile(file, '')
    await utimes(file, 1, 1)
  }
  await writeFile(path.join(paths.tmp, '999999-1-1'), '')
  await mkdir(path.join(paths.work, 'acme--a.3', 'deep'), { recursive: true })
  const { swept } = await fsck(spoolDir, deps)
  assert.equal(swept, 2)
  assert.deepEqual((await readdir(paths.tmp)).sort(), ['999999-1-1', path.basename(own)].sort())
  assert.deepEqual(await readdir(paths.work), [])
})

test('a work folder that cannot be removed does not keep the others', async (t) => {
  const { paths, spoolDir } = await setUp(t)
  const folders = ['acme--a.1', 'acme--b.1', 'acme--c.1'].map((name) => path.join(paths.work, name))
  for (const folder of folders) await mkdir(folder, { recursive: true })
  if (makeDisk(t, paths.tmp, folders[0] ?? '') === undefined) return
  const { swept } = await fsck(spoolDir, deps)
  assert.equal(swept, 2)
  assert.deepEqual(await readdir(paths.work), ['acme--a.1'])
})

test('what docspool did not put into tmp/ and work/ stays there, and the log says so once', async (t) => {
  const { paths, spoolDir } = await setUp(t)
  const [photos, letter, draft] = [
    path.join(paths.tmp, 'photos'),
    path.join(paths.work, 'letter.txt'),
    path.join(paths.work, 'draft.2024'),
  ]
  await mkdir(photos)
  for (const file of [path.join(photos, 'a.jpg'), letter, draft]) await writeFile(file, 'mine')
  for (const file of [photos, letter, draft]) await utimes(file, 1, 1)
  const lines: string[] = []
  const log = pino({}, { write: (line) => void lines.push(line) })
  const backend = await openSpool(spoolDir, { ...deps, log, leaseMs: 15_000 })
  atEnd(t, () => backend.close())
  for (let n = 0; n < 2; n++) assert.equal((await backend.audit('all')).swept, 0)
  for (const file of [path.join(photos, 'a.jpg'), letter, draft]) assert.equal(await readFile(file, 'utf8'), 'mine')
  const told = lines.map((line) => JSON.parse(line)).filter(({ msg }) => /left unchanged/.test(msg))
  assert.deepEqual(told.map(({ file }) => file).sort(), ['tmp/photos', 'work/draft.2024', 'work/letter.txt'])
})

test('a newer layout is refused and not touched', async (t) => {
  const { paths, spoolDir } = await setUp(t)
  await writeFile(paths.layout, '{"version":3,"id":"new"}')
  await rm(paths.ready, { recursive: true })
  await assert.rejects(openQueue(spoolDir, settings, deps), SpoolTooNew)
  await assert.rejects(fsck(spoolDir, deps), SpoolTooNew)
  assert.ok(!(await readdir(spoolDir)).includes('ready'))
})

test('other files in the root of the spool are nobody’s business', async (t) => {
  const { spoolDir, restart } = await setUp(t)
  await writeFile(path.join(spoolDir, 'README.md'), 'hello')
  await mkdir(path.join(spoolDir, 'notes'))
  await restart()
  const names = await readdir(spoolDir)
  assert.ok(names.includes('README.md') && names.includes('notes'))
})

/** Whether a thread of a traced program is held by its tracer. */
async function isHeld(tracer: number): Promise<boolean> {
  const [child = ''] = (await readFile(`/proc/${tracer}/task/${tracer}/children`, 'utf8')).trim().split(' ')
  const threads = await readdir(`/proc/${child}/task`)
  const states = threads.map((thread) => readFile(`/proc/${child}/task/${thread}/stat`, 'utf8').catch(() => ''))
  return (await Promise.all(states)).some((stat) => / t /.test(stat))
}

test('a job that is submitted while what is left of its removal is swept is there', async (t) => {
  const lack = missingTool('strace')
  if (lack) return t.skip(lack)
  const { queue: before, spoolDir } = await makeQueue(t)
  await before.submit(request('acme--a'))
  await before.cancel('acme--a')
  await before.remove('acme--a')
  await before.close()
  const queue = await openQueue(spoolDir, settings, deps)
  atEnd(t, () => queue.close())
  const old = new Date(Date.now() - 2 * 86_400_000)
  await utimes(new SpoolPaths(spoolDir).job('acme--a'), old, old)
  // The sweeper has looked, and is about to take the folder away.
  const script = fileURLToPath(new URL('sweep-process.ts', import.meta.url))
  const inject = ['-e', 'trace=rename', '-e', 'inject=rename:delay_enter=1000000', '-o', '/dev/null']
  const sweeper = spawn('strace', ['-f', ...inject, process.execPath, '--import', 'tsx', script, spoolDir, 'acme--a'])
  let out = ''
  sweeper.stdout.on('data', (chunk) => {
    out += String(chunk)
  })
  await until(() => out.includes('BEGIN'), 'it begins')
  let looks = 0
  // Other calls are held for an instant.
  await until(async () => {
    looks = (await isHeld(sweeper.pid ?? 0)) ? looks + 1 : 0
    return looks === 20
  }, 'it is held before it renames')
  assert.equal((await queue.submit(request('acme--a'))).outcome, 'created')
  assert.ok(!out.includes('SWEPT'), 'the submission came in between')
  await until(() => sweeper.exitCode !== null, 'it ends')
  assert.match(out, /SWEPT false/)
  assert.equal((await queue.read('acme--a'))?.view.status, 'queued')
  assert.deepEqual((await fsck(spoolDir, { log: silent, clock: Date.now })).quarantined, [])
})
