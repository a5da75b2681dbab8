/** A repository that is followed, with the real program: a push, its webhook, new pages; restarts; deaths. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { FollowView } from '#queue/follows/follow-view.ts'
import { hasEnded, readJob } from '../support/client.ts'
import { until } from '../support/docspool.ts'
import { git, makeRepository } from '../support/repositories.ts'
import { createWorld, type World } from '../support/world.ts'

const SECRET = 'a-secret-of-this-test'

let world: World
before(async () => {
  world = await createWorld(({ port }) => ({
    DOCSPOOL_HOOK_SECRETS: `127.0.0.1:${port}=${SECRET}`,
    DOCSPOOL_CONCURRENCY: '2',
  }))
})
after(() => world.close())

const folderOf = (name: string): string => path.join(world.root, `test/${name}.git`)
const addressOf = (name: string): string => `${world.origin}/api/follows/${encodeURIComponent(world.urlOf(name))}`

async function put(name: string, body: object): Promise<FollowView> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(addressOf(name), { method: 'PUT', headers, body: JSON.stringify(body) })
  assert.equal(answer.status, 201, await answer.clone().text())
  return (await answer.json()) as FollowView
}

const read = async (name: string): Promise<FollowView> => (await (await fetch(addressOf(name))).json()) as FollowView

/** The job of a branch or tag, when it is documented at this commit. */
const documented = (name: string, ref: string, commit: string) =>
  until(async () => {
    const found = (await read(name)).refs.find((one) => one.ref === ref)
    if (found?.commit !== commit) return undefined
    const job = await readJob(world.origin, found.job_id)
    if (job === undefined) return undefined
    if (hasEnded(job)) assert.equal(job.status, 'completed', `${job.error_code} ${job.error_message}`)
    return job.status === 'completed' && job.resolved_commit === commit ? job : undefined
  })

async function push(name: string, text: string): Promise<string> {
  const folder = folderOf(name)
  const data = `def changed():\n    """${text}"""\n`
  await git(
    folder,
    ['fast-import', '--quiet', '--force'],
    `commit refs/heads/main\ncommitter A <a@b.c> 1700009999 +0000\ndata 1\nx\nfrom refs/heads/main^0\nM 100644 inline a.py\ndata ${data.length}\n${data}\n`,
  )
  return (await git(folder, ['rev-parse', 'refs/heads/main'])).trim()
}

async function hook(name: string): Promise<Response> {
  const url = world.urlOf(name)
  const body = JSON.stringify({
    ref: 'refs/heads/main',
    after: 'x',
    repository: { clone_url: url },
    at: performance.now(),
  })
  const signature = createHmac('sha256', SECRET).update(body).digest('hex')
  const headers = { 'content-type': 'application/json', 'x-gitea-event': 'push', 'x-gitea-signature': signature }
  return await fetch(`${world.origin}/hooks`, { method: 'POST', headers, body })
}

describe('a followed repository', () => {
  it('is documented with its tags, and again after a push with a webhook', async () => {
    const { commits } = await makeRepository(folderOf('orbit'), [
      { files: { 'a.py': 'def a():\n    pass\n' }, tag: 'v1.0.0' },
      { files: { 'a.py': 'def b():\n    pass\n' }, annotatedTag: 'v1.1.0' },
      { files: { 'a.py': 'def c():\n    pass\n' }, branch: 'other' },
    ])
    const [first = '', second = ''] = commits
    await put('orbit', { tags: ['semver:^1'], branches: [], every: '30d' })
    await documented('orbit', 'HEAD', second)
    await documented('orbit', 'refs/tags/v1.0.0', first)
    await documented('orbit', 'refs/tags/v1.1.0', second)
    assert.equal((await read('orbit')).refs.length, 3)
    const commit = await push('orbit', 'A new sentence.')
    const answer = await hook('orbit')
    assert.deepEqual([answer.status, (await answer.json()).outcome], [202, 'accepted'])
    const job = await documented('orbit', 'HEAD', commit)
    const page = await (await fetch(`${world.origin}${job.docs_path}?format=md`)).text()
    assert.match(page, /changed|a\.py/)
  })

  it('is asked for branches and tags that its docspool.json names', async () => {
    const follow = { 'docspool.json': JSON.stringify({ follow: { tags: ['v*'], keep: 1 } }) }
    await makeRepository(folderOf('steered'), [
      { files: { 'a.py': '', ...follow }, tag: 'v1' },
      { files: { 'a.py': 'x = 1\n', ...follow }, tag: 'v2' },
    ])
    await put('steered', { every: '30d' })
    const [head] = await until(async () => {
      const { refs } = await read('steered')
      return refs.length > 0 ? refs : undefined
    })
    await documented('steered', 'HEAD', head?.commit ?? '')
    assert.equal((await hook('steered')).status, 202)
    const refs = await until(async () => {
      const found = (await read('steered')).refs
      return found.length > 1 ? found : undefined
    })
    assert.deepEqual(
      refs.map(({ ref }) => ref),
      ['HEAD', 'refs/tags/v2'],
    )
  })

  it('survives kill -9 of the supervisor in the middle of a look, and loses no push', async () => {
    await makeRepository(folderOf('killed'), [{ files: { 'a.py': '' } }])
    world.git.faults = { hang: 'killed/info/refs' }
    await put('killed', { branches: [], tags: [], every: '30d' })
    const isAsked = () => world.git.requests.some((line) => line.includes('/killed/info/refs')) || undefined
    await until(isAsked)
    for (const pid of await world.docspool.pids('supervise')) process.kill(pid, 'SIGKILL')
    world.git.faults = {}
    assert.equal((await hook('killed')).status, 202)
    const head = (await git(folderOf('killed'), ['rev-parse', 'refs/heads/main'])).trim()
    await documented('killed', 'HEAD', head)
    assert.deepEqual(await world.docspool.pids('look'), [], 'no orphan is left')
    const looks = await readdir(path.join(world.docspool.spoolDir, 'looks'))
    assert.equal(looks.length, 3, String(looks))
  })

  it('says why it cannot be looked at', async () => {
    await put('missing', { every: '30d' })
    const { error } = await until(async () => {
      const follow = await read('missing')
      return follow.error === null ? undefined : follow
    })
    assert.equal(error?.code, 'REPOSITORY_NOT_FOUND')
  })
})
