/** `/api/follows` and `/follows`, over a storage in memory. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { AppDeps } from '#http/deps.ts'
import type { FollowView } from '#queue/follows/follow-view.ts'
import { createFollowedRepositories } from '#queue/follows/followed-repositories.ts'
import { createMemoryBackend } from '../queue/conformance/memory-backend.ts'
import { createState } from '../queue/conformance/memory-state.ts'
import { createFixture } from './fixture.ts'

async function fixture(t: TestContext, change: Partial<AppDeps> = {}) {
  const app = await createFixture(t, change)
  /** The settings of a later start. */
  const setPolicy = (policy: AppDeps['policy']) => Object.assign(change.policy ?? {}, policy)
  const put = (address: string, body?: object) =>
    app.request(`/api/follows/${address}`, {
      method: 'PUT',
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  return { ...app, put, setPolicy }
}

const jsonOf = async (answer: Response): Promise<FollowView> => (await answer.json()) as FollowView
const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { code: string }).code

test('a repository is followed, read, changed and let go, under its address', async (t) => {
  const { put, request } = await fixture(t)
  const made = await put('github.com/pallets/flask', { tags: ['v*', 'semver:>=2 <4'], keep: 5, every: '1h' })
  assert.equal(made.status, 201)
  const { repo_url, tags, branches, keep, every, refs } = await jsonOf(made)
  assert.deepEqual(
    { repo_url, tags, branches, keep, every, refs },
    {
      repo_url: 'https://github.com/pallets/flask',
      tags: ['v*', 'semver:>=2 <4'],
      branches: null,
      keep: 5,
      every: '1h',
      refs: [],
    },
  )
  for (const address of [
    'github.com/pallets/flask.git',
    'https://github.com/pallets/flask',
    'github.com%2FPallets%2FFlask',
  ]) {
    const read = await request(`/api/follows/${address}`)
    assert.equal(read.status, 200, address)
    assert.equal((await jsonOf(read)).every, '1h')
  }
  assert.equal((await put('github.com/pallets/flask', { every: '2d' })).status, 200)
  const all = (await (await request('/api/follows')).json()) as { follows: FollowView[] }
  assert.deepEqual(
    all.follows.map((follow) => [follow.every, follow.tags, follow.keep]),
    [['2d', null, null]],
  )
  assert.equal((await request('/api/follows/github.com/pallets/flask', { method: 'DELETE' })).status, 204)
  assert.equal(await codeOf(await request('/api/follows/github.com/pallets/flask')), 'NO_SUCH_FOLLOW')
  assert.equal(
    await codeOf(await request('/api/follows/github.com/pallets/flask', { method: 'DELETE' })),
    'NO_SUCH_FOLLOW',
  )
})

test('a PUT without a body follows the default branch, and a form is taken', async (t) => {
  const { put, request } = await fixture(t)
  const { every, branches } = await jsonOf(await put('github.com/pallets/flask'))
  assert.deepEqual({ every, branches }, { every: '6h', branches: null })
  const answer = await request('/api/follows/github.com/pallets/click', {
    method: 'PUT',
    body: 'tags=v*, semver:^8&branches=&keep=3',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/plain' },
  })
  assert.equal(await answer.text(), 'https://github.com/pallets/click  every 6h  0 versions  not yet checked\n')
  const { tags, keep } = await jsonOf(await request('/api/follows/github.com/pallets/click'))
  assert.deepEqual({ tags, keep }, { tags: ['v*', 'semver:^8'], keep: 3 })
})

test('what is wrong is refused with its reason', async (t) => {
  const { put, request } = await fixture(t)
  for (const [address, body, code] of [
    ['github.com/a/b', { every: '5m' }, 'BAD_FIELD'],
    ['github.com/a/b', { every: 5 }, 'BAD_FIELD'],
    ['github.com/a/b', { keep: 0 }, 'BAD_FIELD'],
    ['github.com/a/b', { keep: 101 }, 'BAD_FIELD'],
    ['github.com/a/b', { tags: ['semver:nonsense'] }, 'BAD_FIELD'],
    ['github.com/a/b', { tags: Array.from({ length: 21 }, () => 'v*') }, 'BAD_FIELD'],
    ['github.com/a/b', { tags: 'v*' }, 'BAD_FIELD'],
    ['github.com/a/b', { tag: ['v*'] }, 'UNKNOWN_FIELD'],
    ['github.com/a/b', [], 'BAD_BODY'],
    ['evil.example/a/b', {}, 'HOST_NOT_ALLOWED'],
    ['127.0.0.1/a/b', {}, 'PRIVATE_ADDRESS'],
    ['user:secret@github.com/a/b', {}, 'URL_HAS_USER_INFO'],
    ['github.com/a', {}, 'NOT_A_REPOSITORY_PATH'],
    ['github.com/a/%2e%2e', {}, 'NOT_A_REPOSITORY_PATH'],
    ['file%3A%2F%2F%2Fetc', {}, 'SCHEME_NOT_ALLOWED'],
  ] as const) {
    const answer = await put(address, body)
    assert.equal(await codeOf(answer), code, `${address} ${JSON.stringify(body)}`)
  }
  const unnamed = await request('/follows/remove', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  assert.match(((await unnamed.json()) as { hint: string }).hint, /repo_url/)
  const text = await request('/api/follows/github.com/a/b', {
    method: 'PUT',
    body: 'x',
    headers: { 'content-type': 'text/plain' },
  })
  assert.equal(await codeOf(text), 'UNSUPPORTED_MEDIA_TYPE')
  for (const name of ['a', 'b', 'c']) await put(`github.com/x/${name}`)
  assert.equal(await codeOf(await put('github.com/x/d')), 'TOO_MANY_FOLLOWS')
})

test('following needs the token where there is one', async (t) => {
  const { put, request } = await fixture(t, { access: { tokens: ['service-token-0123'], for: 'writing' } })
  assert.equal(await codeOf(await put('github.com/a/b')), 'TOKEN_MISSING')
  assert.equal((await request('/api/follows')).status, 200)
})

test('the page lists what is followed, and its forms work without scripts', async (t) => {
  const { browse } = await fixture(t)
  const sent = await browse('/follows', {
    repo_url: 'https://github.com/pallets/flask',
    branches: '',
    tags: 'v*',
    every: '',
  })
  assert.equal(sent.status, 303)
  const page = await (await browse('/follows')).text()
  for (const text of [
    'github.com/pallets/flask',
    'branches listed in its docspool.json; tags v*',
    '1 repository',
    'Stop following',
  ])
    assert.ok(page.includes(text), text)
  const refused = await browse('/follows', {
    repo_url: 'https://github.com/pallets/flask',
    tags: '<script>',
    every: '1m',
  })
  assert.equal(refused.status, 400)
  const again = await refused.text()
  assert.ok(again.includes('&lt;script&gt;') && !again.includes('value="<script>'), 'the input is shown again, escaped')
  assert.equal((await browse('/follows/remove', { repo_url: 'https://github.com/pallets/flask' })).status, 303)
  assert.ok((await (await browse('/follows')).text()).includes('No repositories yet'))
})

test('a repository that the settings allow no longer can be let go, by the address that the list shows', async (t) => {
  const policy = { allowedHosts: ['git.example'], allowPrivateNetworks: false, localRepos: ['/srv/git'] }
  const { put, request, setPolicy } = await fixture(t, { policy })
  assert.equal((await put('git.example/a/b')).status, 201)
  setPolicy({ ...policy, allowedHosts: ['github.com'] })
  assert.equal(await codeOf(await request('/api/follows/git.example/a/c', { method: 'DELETE' })), 'HOST_NOT_ALLOWED')
  assert.equal((await request('/api/follows/git.example/a/b', { method: 'DELETE' })).status, 204)
  assert.deepEqual(await (await request('/api/follows')).json(), { follows: [], next: null })
})

test('strangers do not follow: without the token, only callers on the machine of a service that others cannot reach', async (t) => {
  const ask = async (change: Partial<AppDeps>, headers = {}) => {
    const { request } = await fixture(t, change)
    const at = '/api/follows/github.com/pallets/flask'
    const removed = await request(at, { method: 'DELETE', headers })
    const made = await request(at, { method: 'PUT', headers })
    return [made.status === 201 ? '201' : await codeOf(made), await codeOf(removed)]
  }
  const [own, stranger] = [() => '::ffff:127.0.0.1', () => '203.0.113.7']
  const refused = ['FOLLOWING_NEEDS_TOKEN', 'FOLLOWING_NEEDS_TOKEN']
  const allowed = ['201', 'NO_SUCH_FOLLOW']
  assert.deepEqual(await ask({ peerOf: own }), allowed)
  assert.deepEqual(await ask({ peerOf: stranger }), refused)
  assert.deepEqual(await ask({ peerOf: own, trustedProxies: ['127.0.0.1/32'] }), refused)
  assert.deepEqual(await ask({ peerOf: own, publicOrigin: 'https://docs.example.org' }), refused)
  // A proxy on the same machine that the settings do not name.
  for (const name of ['Forwarded', 'X-Forwarded-For', 'X-Real-IP', 'Via'])
    assert.deepEqual(await ask({ peerOf: own }, { [name]: 'for=203.0.113.9' }), refused, name)
  const access = { tokens: ['a-token-of-the-service'], for: 'writing' as const }
  const headers = { authorization: 'Bearer a-token-of-the-service' }
  assert.deepEqual(await ask({ access, peerOf: stranger, publicOrigin: 'https://docs.example.org' }, headers), allowed)
})

test('who may not follow, or has no searches left, gets the refusal without the list', async (t) => {
  const limits = {
    ...{ submissionsPerHour: 1, searchesPerMinute: 1, questionsPerHour: 0, jobsPerClient: 0 },
    ...{ maxStreams: 10, streamsPerClient: 0 },
  }
  let peer = '203.0.113.7'
  const { request } = await fixture(t, { peerOf: () => peer, limits })
  const post = async () => {
    const response = await request('/follows', {
      method: 'POST',
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'repo_url=nonsense',
    })
    return [response.status, (await response.text()).includes('No repositories yet')]
  }
  assert.deepEqual(await post(), [403, false])
  peer = '127.0.0.1'
  assert.deepEqual(await post(), [400, true])
  assert.deepEqual(await post(), [429, false])
})

/** 250 followed repositories, and the ids of the records that are read. */
async function createMany(t: TestContext) {
  const backend = createMemoryBackend(createState(), Date.now)
  const reads: string[] = []
  const counted = {
    ...backend,
    follows: {
      ...backend.follows,
      read(id: string) {
        reads.push(id)
        return backend.follows.read(id)
      },
    },
  }
  const follows = createFollowedRepositories(counted, 1_000, Date.now)
  const urls = Array.from({ length: 250 }, (_, n) => `https://github.com/acme/r${String(n).padStart(3, '0')}`)
  for (const repoUrl of urls) await follows.put({ repoUrl, wish: {}, everyMinutes: 60 })
  const limits = {
    ...{ submissionsPerHour: 0, searchesPerMinute: 4, questionsPerHour: 0, jobsPerClient: 0 },
    ...{ maxStreams: 10, streamsPerClient: 0 },
  }
  let client = '203.0.113.1'
  const app = await fixture(t, { follows, limits, peerOf: () => client })
  const setClient = (address: string): void => {
    client = address
  }
  return { ...app, urls, reads, setClient }
}

test('a list of followed repositories has a limited size, and leads to the rest', async (t) => {
  const { request, browse, urls, reads, setClient } = await createMany(t)
  const seen: string[] = []
  let pages = 0
  for (let next: string | null = '/api/follows'; next !== null; pages += 1) {
    reads.length = 0
    const answer: Response = await request(next)
    const page = (await answer.json()) as { follows: FollowView[]; next: string | null }
    assert.ok(reads.length <= 100, String(reads.length))
    const shown = page.follows.map(({ repo_url }) => repo_url)
    assert.deepEqual(shown, [...shown].sort())
    assert.equal(answer.headers.get('link'), page.next === null ? null : `<${page.next}>; rel="next"`)
    seen.push(...shown)
    next = page.next
  }
  assert.deepEqual([pages, seen.sort()], [3, urls])

  setClient('203.0.113.2')
  reads.length = 0
  const html = await (await browse('/follows')).text()
  assert.ok(reads.length <= 100, String(reads.length))
  assert.match(html, /100 repositories on this page/)
  const [, href = ''] = /<a href="([^"]*)" rel="next">/.exec(html) ?? []
  const second = await (await browse(href)).text()
  assert.match(second, /rel="next"/)
  assert.notEqual(second, html)
  assert.equal(await codeOf(await request('/api/follows?after=x')), 'BAD_FIELD')
})

test('a list of followed repositories counts as a search', async (t) => {
  const { request, browse, setClient } = await createMany(t)
  for (let n = 0; n < 2; n++) {
    assert.equal((await request('/api/follows')).status, 200)
    assert.equal((await browse('/follows')).status, 200)
  }
  assert.equal(await codeOf(await request('/api/follows')), 'RATE_LIMITED')
  assert.equal((await browse('/follows')).status, 429)
  setClient('203.0.113.2')
  assert.equal((await request('/api/follows')).status, 200)
})
