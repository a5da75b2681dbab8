/** Whoever runs a service that strangers can change is told so; commands that ask the service know its token. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from '#base/config.ts'
import { examine } from '#cli/doctor.ts'
import { follow } from '#cli/follow-job.ts'
import { submit } from '#cli/service-client.ts'
import { exposureOf } from '#server/exposure.ts'
import { serve } from '../http/served.ts'
import { startDocspool, until } from '../support/docspool.ts'

const TOKEN = 'tokentokentoken-1'

test('a service that other machines reach needs a token, or there is a warning', () => {
  for (const host of ['127.0.0.1', '127.3.2.1', '::1', 'localhost']) {
    assert.equal(exposureOf(readConfig({}, { DOCSPOOL_HOST: host })), null)
  }
  for (const host of ['0.0.0.0', '::', '192.168.1.5', '2001:db8::1', 'docs.example.org', '127.example.org']) {
    assert.match(exposureOf(readConfig({}, { DOCSPOOL_HOST: host })) ?? '', /Set DOCSPOOL_TOKEN/, host)
    assert.equal(exposureOf(readConfig({}, { DOCSPOOL_HOST: host, DOCSPOOL_TOKEN: TOKEN })), null)
  }
})

test('up warns where it begins and in the log, and no more when there is a token', async (t) => {
  const open = await startDocspool({ DOCSPOOL_HOST: '0.0.0.0' })
  t.after(() => open.stop())
  await until(() => (/^Warning: Anyone who can reach 0\.0\.0\.0 can/m.test(open.output()) ? true : undefined))
  await until(() => (/"level":40,.*"host":"0\.0\.0\.0"/.test(open.output()) ? true : undefined))
  await open.stop()
  const closed = await startDocspool({ DOCSPOOL_HOST: '0.0.0.0', DOCSPOOL_TOKEN: TOKEN })
  t.after(() => closed.stop())
  const shown = await until(() => /^ {2}(curl .*)$/m.exec(closed.output())?.[1])
  assert.match(shown, /^curl -H "Authorization: Bearer \$DOCSPOOL_TOKEN" -d repo_url=/)
  await closed.stop()
  assert.doesNotMatch(closed.output(), /Anyone who can reach|tokentoken/)
})

test('doctor says who can change what, and asks with the token', async (t) => {
  const settings = { DOCSPOOL_TOKEN: TOKEN, DOCSPOOL_TOKEN_FOR: 'everything' }
  const { port, folder } = await serve(t, settings)
  const find = async (more: Record<string, string>, name: string) =>
    (await examine(readConfig({}, { DOCSPOOL_PORT: String(port), DOCSPOOL_SPOOL_DIR: folder, ...more }))).find(
      (each) => each.name === name,
    )
  assert.match((await find(settings, 'port'))?.text ?? '', /^docspool is running at /)
  assert.match((await find({}, 'port'))?.text ?? '', /set DOCSPOOL_TOKEN to see its state$/)
  assert.equal((await find(settings, 'access'))?.text, 'a token is required for everything')
  assert.match((await find({ DOCSPOOL_HOST: '0.0.0.0' }, 'settings'))?.text ?? '', /^Anyone who can reach 0\.0\.0\.0/)
})

test('the client of the commands sends the token', async (t) => {
  const { origin, queue } = await serve(t, { DOCSPOOL_TOKEN: TOKEN, DOCSPOOL_TOKEN_FOR: 'everything' })
  const body = { repo_url: 'https://github.com/acme/orbit' }
  await assert.rejects(submit({ origin, token: undefined }, body), { code: 'TOKEN_MISSING' })
  const service = { origin, token: TOKEN }
  assert.equal((await submit(service, body)).outcome, 'created')
  queue.move('acme--orbit', { status: 'completed' })
  const job = await follow(service, 'acme--orbit', new AbortController().signal, () => undefined)
  assert.equal(job.status, 'completed')
})
