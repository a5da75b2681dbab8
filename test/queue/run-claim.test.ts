/** Runs of claimed jobs: without neighbours, and with a retry. */
import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import pino from 'pino'
import type { Backend } from '#queue/backend.ts'
import { ReportedError } from '#queue/errors.ts'
import { createQueue } from '#queue/open-queue.ts'
import { runClaim } from '#queue/run-claim.ts'
import type { ClaimedJob } from '#queue/runner.ts'
import { claimNext } from '../support/claim-next.ts'
import { openMemory } from './conformance/open-memory.ts'
import { createClock, noFolders, request, result, settings, silent } from './support.ts'

test('a job runs without its neighbours when they cannot be determined', async (t) => {
  const clock = createClock()
  const { one, employ } = await openMemory(t, clock)
  const { worker } = await employ()
  await createQueue(one, settings, { log: silent, clock }).submit(request('acme--a'))
  const broken = {
    get refs(): never {
      throw new TypeError('Invalid Version')
    },
  }
  const follows = { ...one.follows, read: async () => broken as never }
  const backend: Backend = Object.assign(Object.create(one), { follows })
  const claim = (await claimNext(backend, worker, { log: silent, clock })) ?? assert.fail('nothing is claimed')
  const seen: ClaimedJob[] = []
  let logged = ''
  const log = pino(
    new Writable({
      write(chunk, _, done) {
        logged += String(chunk)
        done()
      },
    }),
  )
  await runClaim(backend, worker, claim, new AbortController().signal, {
    ...{ log, clock, workFolders: noFolders, isPassing: () => false, hardSignal: new AbortController().signal },
    async run(job) {
      seen.push(job)
      return result
    },
  })
  assert.deepEqual([seen[0]?.isFollowed, seen[0]?.neighbours], [true, []])
  assert.equal((await one.jobs.read('acme--a'))?.status, 'completed')
  assert.match(logged, /Invalid Version/)
})

test('the log of a failed run says why and when it is retried', async (t) => {
  const clock = createClock()
  const { one, employ } = await openMemory(t, clock)
  const { worker } = await employ()
  await createQueue(one, settings, { log: silent, clock }).submit(request('acme--a'))
  const claim = (await claimNext(one, worker, { log: silent, clock })) ?? assert.fail('nothing is claimed')
  const { signal: hardSignal } = new AbortController()
  await runClaim(one, worker, claim, new AbortController().signal, {
    ...{ log: silent, clock, workFolders: noFolders, isPassing: () => true, hardSignal },
    run: () => Promise.reject(new ReportedError({ code: 'HOST_UNREACHABLE', message: 'No such host.', hint: null })),
  })
  const events = (await one.events.read('acme--a', 1)).slice(-2)
  assert.deepEqual(
    events.map((event) => event.type),
    ['log', 'end'],
  )
  assert.match(JSON.stringify(events[0]), /No such host\. Try 2 of 8; .*The next try starts at \d\d:\d\d:\d\d UTC\./)
})
