import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { awaitedRun, follow } from '#cli/follow-job.ts'
import { EXAMPLE_JOB as JOB } from '#http/api/examples.ts'

async function serviceWith(t: TestContext, listener: RequestListener): Promise<{ origin: string; token: undefined }> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: undefined }
}

const unread = (): never => assert.fail('no job was read')

test('a server that keeps failing is given up on after the longest outage', async (t) => {
  let requests = 0
  const service = await serviceWith(t, (_, response) => {
    requests += 1
    response.writeHead(503, { 'content-type': 'application/problem+json' })
    response.end('{"code":"SPOOL_UNAVAILABLE","detail":"The spool is away."}')
  })
  const signal = AbortSignal.timeout(60_000)
  const followed = follow(service, 'acme--shop', signal, unread, { maxOutageMs: 2_000 })
  await assert.rejects(followed, { code: 'SPOOL_UNAVAILABLE', message: 'The spool is away.' })
  assert.ok(requests > 1, 'it was asked again before')
})

test('a server that accepts requests and never answers is given up on after the longest outage', async (t) => {
  const service = await serviceWith(t, () => undefined)
  await assert.rejects(follow(service, 'acme--shop', AbortSignal.timeout(60_000), unread, { maxOutageMs: 300 }), {
    code: 'SERVER_UNREACHABLE',
  })
})

test('a body that is cut off counts as an outage, not as the answer of another program', async (t) => {
  let requests = 0
  const service = await serviceWith(t, (_, response) => {
    requests += 1
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000 })
    response.write('{"job_id":', () => response.destroy())
  })
  await assert.rejects(
    follow(service, 'acme--shop', AbortSignal.timeout(60_000), unread, { maxOutageMs: 1_500 }),
    (error) => {
      assert.ok(error instanceof Error)
      assert.equal((error as Error & { code?: string }).code, 'SERVER_UNREACHABLE')
      assert.ok(error.cause instanceof Error)
      return true
    },
  )
  assert.ok(requests > 1, 'it was asked again before')
})

test('a run that another one follows has ended, unless it was cancelled', async (t) => {
  const [before, at, after] = [1, 2, 3].map((second) => `2026-01-01T00:00:0${second}.000Z`)
  const job = { ...JOB, status: 'processing', submitted_at: after, completed_at: null }
  const run = { submitted_at: at, started_at: at, completed_at: at, progress: '', error_message: null, hint: null }
  const rounds = [
    { ...run, submitted_at: before, error_code: null },
    { ...run, error_code: 'CANCELLED' },
    { ...run, error_code: 'NOT_FOUND', error_message: 'Gone.' },
  ]
  let requests = 0
  const service = await serviceWith(t, (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ ...job, previous_run: rounds[requests++] }))
  })
  const submittedMs = awaitedRun({ ...JOB, submitted_at: String(at), outcome: 'joined' })
  const ended = await follow(service, JOB.job_id, AbortSignal.timeout(60_000), () => undefined, { submittedMs })
  assert.deepEqual([ended.status, ended.error_message, requests], ['failed', 'Gone.', 3])
  const insisting = { ...JOB, follow_up: true, outcome: 'joined' as const }
  assert.ok(awaitedRun(insisting, true) > awaitedRun(insisting))
})

test('without a submission, the run is waited for that the job shows first', async (t) => {
  const [at, after] = [1, 2].map((second) => `2026-01-01T00:00:0${second}.000Z`)
  const run = { started_at: at, completed_at: at, progress: '', error_code: null, error_message: null, hint: null }
  const running = { ...JOB, status: 'processing', completed_at: null }
  const rounds = [
    { ...running, submitted_at: at },
    { ...running, submitted_at: after, previous_run: { ...run, submitted_at: at } },
  ]
  const service = await serviceWith(t, (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(rounds.shift()))
  })
  const ended = await follow(service, JOB.job_id, AbortSignal.timeout(60_000), () => undefined)
  assert.deepEqual([ended.status, ended.submitted_at], ['completed', at])
})

test('an abort while the body is read is reported as the abort', async (t) => {
  const stop = new AbortController()
  const service = await serviceWith(t, (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"job_id":', () => setImmediate(() => stop.abort(new Error('stopped'))))
  })
  await assert.rejects(follow(service, 'acme--shop', stop.signal, unread), { message: 'stopped' })
})

test('a server that does not answer is reported once, at once', async () => {
  const service = { origin: 'http://127.0.0.1:1', token: undefined }
  const outages: string[] = []
  const options = { maxOutageMs: 700, onOutage: ({ message }: Error) => outages.push(message) }
  const followed = follow(service, 'acme--shop', AbortSignal.timeout(60_000), () => undefined, options)
  await assert.rejects(followed, { code: 'SERVER_UNREACHABLE' })
  assert.equal(outages.length, 1)
  assert.match(outages[0] ?? '', /^No server answers at http:\/\/127\.0\.0\.1:1/)
})
