import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { hasEnded, post, readJob, waitFor } from '../support/client.ts'
import { until } from '../support/docspool.ts'
import { makeRepository } from '../support/repositories.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
before(async () => {
  world = await createWorld({ DOCSPOOL_CONCURRENCY: '1' })
})
after(() => world.close())

/** A job that is in the middle of its clone and stays there until `release`. */
async function startStuckJob(name: string): Promise<{ jobId: string; release(): void }> {
  await makeRepository(path.join(world.root, `test/${name}.git`), { 'a.py': 'def a():\n    pass\n' })
  world.git.faults = { hang: '/git-upload-pack' }
  const { status, body } = await post(world.origin, { repo_url: world.urlOf(name) })
  assert.equal(status, 202)
  await until(
    () => world.git.requests.some((line) => line.includes(`/${name}`) && line.startsWith('POST')) || undefined,
  )
  return { jobId: body.job_id, release: () => (world.git.faults = {}) }
}

async function killAll(command: string): Promise<void> {
  const pids = await until(async () => {
    const found = await world.docspool.pids(command)
    return found.length > 0 ? found : undefined
  })
  for (const pid of pids) process.kill(pid, 'SIGKILL')
}

describe('kill -9', () => {
  for (const command of ['worker', 'supervise'] as const) {
    it(`of the ${command} in the middle of a job: it starts again and completes once`, async (t) => {
      const { jobId, release } = await startStuckJob(`killed-${command}`)
      release()
      const killedAt = performance.now()
      await killAll(command)
      await waitFor(
        world.origin,
        jobId,
        (job) => job.status === 'completed' || (job.status === 'processing' && job.epoch === 2),
      )
      const elapsed = performance.now() - killedAt
      t.diagnostic(`started again after ${Math.round(elapsed)} ms`)
      const job = await waitFor(world.origin, jobId, hasEnded)
      assert.equal(job.status, 'completed', `${job.error_code} ${job.error_message}`)
      assert.deepEqual([job.epoch, job.attempt, job.stalls], [2, 0, 1])
      assert.deepEqual(await world.docspool.pids('worker'), [], 'no orphan is left')
    })
  }

  it('of the server in the middle of a job: the job goes on, and the server answers again', async (t) => {
    const { jobId, release } = await startStuckJob('killed-serve')
    const killedAt = performance.now()
    await killAll('serve')
    release()
    await until(async () => ((await readJob(world.origin, jobId)) === undefined ? undefined : true))
    const elapsed = performance.now() - killedAt
    t.diagnostic(`answered again after ${Math.round(elapsed)} ms`)
    // The hung transfer belongs to the first claim; end its worker so that the job is done now and not at the clone's deadline.
    await killAll('worker')
    const job = await waitFor(world.origin, jobId, hasEnded)
    assert.equal(job.status, 'completed', `${job.error_code} ${job.error_message}`)
  })

  it('of all three at once loses nothing', async () => {
    const { jobId, release } = await startStuckJob('killed-all')
    const waiting = await Promise.all(
      Array.from({ length: 5 }, async (_, index) => {
        await makeRepository(path.join(world.root, `test/waiting-${index}.git`), { 'a.py': 'x = 1\n' })
        return (await post(world.origin, { repo_url: world.urlOf(`waiting-${index}`) })).body.job_id
      }),
    )
    release()
    await Promise.all(['worker', 'supervise', 'serve'].map(killAll))
    for (const id of [jobId, ...waiting]) {
      const job = await waitFor(world.origin, id, hasEnded)
      assert.equal(job.status, 'completed', `${id} ${job.error_code} ${job.error_message}`)
    }
  })
})

describe('150 submissions in a row while a job runs', () => {
  it('are all accepted, and the server answers in the meantime', async (t) => {
    const { jobId, release } = await startStuckJob('busy')
    let slowest = 0
    for (let index = 0; index < 150; index += 1) {
      const { status, body } = await post(world.origin, { repo_url: world.urlOf(`crowd-${index}`) })
      assert.equal(status, 202, JSON.stringify(body))
      assert.equal(body.outcome, 'created')
      const askedAt = performance.now()
      assert.ok((await readJob(world.origin, jobId)) !== undefined)
      slowest = Math.max(slowest, performance.now() - askedAt)
    }
    const last = await readJob(
      world.origin,
      (await post(world.origin, { repo_url: world.urlOf('crowd-149') })).body.job_id,
    )
    assert.equal(last?.queue_position, 150)
    t.diagnostic(`the slowest answer took ${Math.round(slowest)} ms`)
    release()
  })
})
