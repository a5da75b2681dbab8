/** The real program calls back a real receiver, also when its supervisor is killed, and tells nobody the secret of the address. */
import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { it } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { startDocspool, until } from '../support/docspool.ts'
import { startReceiver } from '../support/receiver.ts'
import { makeRepository } from '../support/repositories.ts'

const SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`

it('tells a receiver that a job has ended, after its supervisor was killed in the middle of that', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-hooks-'))
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  const repository = path.join(folder, 'small.git')
  await makeRepository(repository, { 'a.py': 'def a():\n    """Does a."""\n' })
  // The first try is never answered; by its end the supervisor is dead.
  const receiver = await startReceiver((response, count) => count > 1 && response.writeHead(204).end())
  t.after(() => receiver.close())
  const docspool = await startDocspool({
    DOCSPOOL_LOCAL_REPOS: folder,
    DOCSPOOL_ALLOW_PRIVATE_NETWORKS: 'true',
    DOCSPOOL_CALLBACK_HOSTS: receiver.host,
    DOCSPOOL_WEBHOOK_SECRET: SECRET,
  })
  t.after(() => docspool.stop())
  const submit = (name: string) =>
    fetch(`${docspool.origin}/api/jobs`, {
      method: 'POST',
      body: new URLSearchParams({
        repo_url: `file://${repository}`,
        callback_url: `${receiver.origin}/${name}?key=s3cret-in-url`,
      }),
    })
  const { job_id } = (await (await submit('first')).json()) as { job_id: string }
  await until(() => (receiver.received.length === 1 ? true : undefined))
  for (const pid of await docspool.pids('supervise')) process.kill(pid, 'SIGKILL')
  // The first address is due again in a minute; another one is told by the next supervisor at once.
  await submit('second')
  const told = await until(() => receiver.received.find(({ url }) => url === '/second?key=s3cret-in-url'))
  const message = new Webhook(SECRET).verify(told.body, told.headers) as { type: string; data: { job_id: string } }
  assert.deepEqual([message.type, message.data.job_id], ['job.completed', job_id])

  const page = await (await fetch(`${docspool.origin}/jobs/${job_id}`)).text()
  const view = await until(async () => {
    const text = await (await fetch(`${docspool.origin}/api/job/${job_id}`)).text()
    return text.includes('"delivered_at":"') ? text : undefined
  })
  // An item goes after its result is written; the one that is left is the first, which is still to be told.
  const outbox = path.join(docspool.spoolDir, 'outbox')
  await until(async () => ((await readdir(outbox)).length === 1 ? true : undefined))
  assert.match(page, /Webhooks/)
  assert.doesNotMatch(page + view + docspool.output(), /s3cret-in-url|whsec_/)
})
