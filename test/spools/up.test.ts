/** This version opens spools of released versions: nothing is lost, and all requests are answered as before. */
import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { fsck } from '#queue/fsck.ts'
import { openQueue } from '#queue/open-queue.ts'
import { resumeQueue } from '#queue/pause-queue.ts'
import { startSupervisor } from '../queue/supervisor-here.ts'
import { atEnd, result, settings, silent, until } from '../queue/support.ts'
import { COMMITS, commitIdOf, NOTES } from '../support/colliding.ts'
import { clockOf, RELEASED, type Released, unpack } from './released.ts'
import { createServer } from './server.ts'
import { KEY, type Submission } from './submissions.ts'

const STATUS: Record<Submission['becomes'], string | null> = {
  ...{ completed: 'completed', failed: 'failed', cancelled: 'failed', queued: 'queued' },
  // Its worker no longer exists.
  processing: 'queued',
  ...{ removed: null, damaged: null },
}

async function open(t: TestContext, release: Released) {
  const spoolDir = await unpack(t, release)
  const clock = clockOf(release)
  const queue = await openQueue(spoolDir, settings, { log: silent, clock })
  atEnd(t, () => queue.close())
  const server = createServer(spoolDir, queue)
  atEnd(t, () => server.close())
  const aheadMs = clock() - Date.now()
  return { spoolDir, clock: Object.assign(clock, { aheadMs }), queue, server }
}

const without = (text: unknown): string => String(text).replaceAll('\n', ' ')

for (const release of RELEASED) {
  const { version, jobs } = release

  test(`${version}: every job is answered by its id, with its documents`, async (t) => {
    const { server } = await open(t, release)
    for (const { job_id: id, submission } of jobs) {
      const wanted = STATUS[submission.becomes]
      const { status, body } = await server.ask(`/api/job/${id}`)
      assert.deepEqual([status, body.status], wanted === null ? [404, 404] : [200, wanted], id)
      if (submission.becomes !== 'completed') continue
      const overview = await server.overview(id)
      assert.equal(without(overview.body.text), `# Documents of ${id} `, id)
    }
    assert.equal((await server.ask('/api/job/acme--expired')).status, 410)
    const { body } = await server.ask('/api/queue')
    assert.notEqual(body.paused, null)
  })

  test(`${version}: a check finds nothing to mend but the claim of the supervisor that is gone, and loses nothing`, async (t) => {
    const spoolDir = await unpack(t, release)
    const clock = clockOf(release)
    const corrupt = await readdir(path.join(spoolDir, 'corrupt'))
    const keys = await readdir(path.join(spoolDir, 'keys'))
    const first = await fsck(spoolDir, { log: silent, clock })
    const { repaired, unreadable, quarantined, restored } = first
    const running = jobs.filter(({ submission }) => submission.becomes === 'processing').length
    assert.deepEqual(
      { repaired, unreadable, quarantined, restored },
      {
        ...{ repaired: running, unreadable: 0, quarantined: [], restored: 0 },
      },
    )
    const again = await fsck(spoolDir, { log: silent, clock })
    assert.deepEqual([again.repaired, again.swept, again.quarantined], [0, 0, []])
    assert.deepEqual(await readdir(path.join(spoolDir, 'corrupt')), corrupt)
    assert.deepEqual(await readdir(path.join(spoolDir, 'keys')), keys)
  })

  test(`${version}: the same submissions meet the jobs there are, and others do not`, async (t) => {
    const { server } = await open(t, release)
    const outcomes = { completed: 'cached', processing: 'joined', queued: 'joined' } as const
    for (const { job_id: id, submission } of jobs) {
      const { becomes } = submission
      if (becomes !== 'completed' && becomes !== 'processing' && becomes !== 'queued') continue
      const { status, body } = await server.post(submission)
      // The answer under a key is the one that was given before.
      const outcome = submission.headers?.['Idempotency-Key'] === undefined ? outcomes[becomes] : 'created'
      // A local folder costs nothing to ask, and is asked each time.
      const wanted = id.startsWith('local--') ? 'created' : outcome
      assert.deepEqual([status < 300, body.job_id, body.outcome], [true, id, wanted], id)
    }
    const pinned = { body: { repo_url: 'https://github.com/acme/pinned', commit_id: commitIdOf(COMMITS[1]) } }
    const noted = { body: { repo_url: 'https://github.com/acme/notes', options: { notes: NOTES[1] } } }
    for (const other of [pinned, noted]) {
      const { body } = await server.post(other)
      assert.equal(body.outcome, 'created', String(body.job_id))
      assert.ok(!jobs.some(({ job_id }) => job_id === body.job_id))
      assert.equal(body.docs_path, null)
    }
    const reused = await server.post({ body: { repo_url: 'https://github.com/acme/other' }, headers: KEY })
    assert.equal(reused.body.code, 'IDEMPOTENCY_KEY_REUSED')
  })

  test(`${version}: what waited is done, and callbacks that were due are told`, async (t) => {
    const { spoolDir, queue, clock } = await open(t, release)
    await resumeQueue(spoolDir, { log: silent, clock })
    const told: string[] = []
    startSupervisor(t, { spoolDir, queue, clock }, async () => result, {
      async notify({ job }) {
        told.push(job.job_id)
        return { is: 'delivered' }
      },
    })
    const waiting = jobs.filter(({ submission }) => ['queued', 'processing'].includes(submission.becomes))
    for (const { job_id: id } of waiting) {
      await until(async () => (await queue.read(id))?.view.status === 'completed', `${id} is done`)
    }
    const due = jobs.filter(({ submission }) => submission.body.callback_url !== undefined).map(({ job_id }) => job_id)
    await until(() => told.length >= due.length, 'all are told')
    assert.deepEqual(told, due)
    assert.deepEqual(
      await readdir(path.join(spoolDir, 'corrupt')),
      await readdir(path.join(await unpack(t, release), 'corrupt')),
    )
  })
}
