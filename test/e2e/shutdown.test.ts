/** What callers see who are in the middle of an answer when the service is asked to end. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { startDocspool, until } from '../support/docspool.ts'

/** Resolves when the request has left. */
async function send(url: string, accept: string): Promise<{ answer: Promise<IncomingMessage> }> {
  const call = request(url, { headers: { accept } })
  const answer = new Promise<IncomingMessage>((resolve, reject) => call.on('response', resolve).on('error', reject))
  call.end()
  await once(call, 'finish')
  return { answer }
}

test('SIGTERM ends open streams and waiting requests properly, and the program by itself', async (t) => {
  const docspool = await startDocspool({}, ['serve'])
  t.after(() => docspool.stop())
  const form = new URLSearchParams({ repo_url: 'https://github.com/acme/orbit' })
  const secret = { authorization: 'Bearer canary' }
  await fetch(`${docspool.origin}/`, { method: 'POST', body: form, headers: secret })
  const job = `${docspool.origin}/api/job/acme--orbit`
  const events = await (await send(`${job}/events`, 'text/event-stream')).answer
  let told = ''
  events.on('data', (chunk) => (told += chunk))
  await until(() => (/^event: state$/m.test(told) ? true : undefined))
  // No supervisor runs: nothing but the end of the service ends either of them.
  const waiting = await send(`${job}?wait=60`, 'application/json')
  // What came before an answered request has been read.
  for (let asked = 0; asked < 3; asked++) await (await fetch(`${docspool.origin}/healthz`)).text()

  docspool.process.kill('SIGTERM')
  if (!events.readableEnded) await once(events, 'end')
  assert.equal(events.complete, true, 'the stream has its end')
  const answer = await waiting.answer
  assert.equal(answer.statusCode, 200)
  assert.equal(JSON.parse(await text(answer)).status, 'queued')
  if (docspool.process.exitCode === null) await once(docspool.process, 'exit')
  assert.equal(docspool.process.exitCode, 0)
  const lines = docspool
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
  const logged = lines.find(({ path }) => path === '/api/job/acme--orbit/events')
  assert.equal(logged.job_id, 'acme--orbit')
  assert.ok(logged.bytes > 100 && logged.ms >= 0 && logged.cut === undefined && logged.status === 200)
  assert.equal(lines.filter(({ msg }) => msg === 'request').length, 3, 'a line each')
  assert.ok(!docspool.output().includes('canary'))
})
