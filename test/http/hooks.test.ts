/** Webhooks as forges document them, signed here by node:crypto alone, and forged ones. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { Webhook } from 'standardwebhooks'
import { parseHookSecrets } from '#base/hook-secrets.ts'
import type { AppDeps } from '#http/deps.ts'
import { HookAnswer } from '#http/hooks/answer.ts'
import { followIdOf } from '#queue/follows/follow-record.ts'
import { createFollowedRepositories } from '#queue/follows/followed-repositories.ts'
import { createVerifyProof } from '#webhooks/verify-hook.ts'
import { createFixture } from './fixture.ts'

const SECRET = 'a-secret-of-the-forge'
const KEY = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`
const URL_OF = 'https://github.com/acme/orbit'
const HOSTS = ['github.com', 'gitlab.com', 'git.example.org', 'bitbucket.org', 'dev.azure.com']

interface Delivery {
  headers: Record<string, string>
  body: string | Uint8Array<ArrayBuffer>
}

async function fixture(
  t: TestContext,
  { secrets = [`github.com=${SECRET}`], followed = [URL_OF], change = {} as Partial<AppDeps> } = {},
) {
  const policy = { allowedHosts: HOSTS, allowPrivateNetworks: false, localRepos: [] }
  const hooks = { verify: createVerifyProof(parseHookSecrets(secrets).all), perMinute: 0 }
  const app = await createFixture(t, { ...(secrets.length > 0 && { hooks }), policy, ...change })
  const { backend } = app
  const follows = createFollowedRepositories(backend, followed.length, Date.now)
  for (const repoUrl of followed) await follows.put({ repoUrl, wish: {}, everyMinutes: 360 })
  const send = (delivery: Delivery) => app.request('/hooks', { method: 'POST', ...delivery })
  return {
    ...app,
    send,
    async told(delivery: Delivery) {
      const answer = await send(delivery)
      const told = (await answer.json()) as { code?: string }
      if (!answer.ok) return `${answer.status} ${told.code}`
      const { outcome, reason } = HookAnswer.parse(told)
      return `${answer.status} ${reason ?? outcome}`
    },
    async refusal(delivery: Delivery) {
      const answer = await send(delivery)
      return `${answer.status} ${((await answer.json()) as { code: string }).code}`
    },
    toldAt: async (repoUrl: string) => (await backend.follows.read(followIdOf(repoUrl)))?.told_at ?? null,
  }
}

const hex = (body: string | Uint8Array, secret = SECRET): string =>
  createHmac('sha256', secret).update(body).digest('hex')
const JSON_TYPE = { 'content-type': 'application/json' }
const AFTER = '6113728f27ae82c7b1a177c8d03f9e96e0adf246'
const ZEROS = '0'.repeat(40)

const githubPush = (changes = {}) => ({
  ref: 'refs/heads/main',
  before: '59b20b8d5c6ff8d09518454d4dd8b7b30f095ab5',
  after: AFTER,
  created: false,
  deleted: false,
  forced: false,
  repository: {
    id: 186853002,
    full_name: 'acme/orbit',
    html_url: URL_OF,
    clone_url: `${URL_OF}.git`,
    ssh_url: 'git@github.com:acme/orbit.git',
    default_branch: 'main',
  },
  commits: [],
  ...changes,
})

function github(payload: object = githubPush(), event = 'push', secret = SECRET): Delivery {
  const body = JSON.stringify(payload)
  return {
    body,
    headers: {
      ...JSON_TYPE,
      'user-agent': 'GitHub-Hookshot/044aadd',
      'x-github-event': event,
      'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
      'x-hub-signature-256': `sha256=${hex(body, secret)}`,
    },
  }
}

/** Gitea sends the headers of GitHub and Gogs as well, Forgejo its own too. */
function gitea(own: 'Gitea' | 'Forgejo', payload: object): Delivery {
  const body = JSON.stringify(payload)
  const headers: Record<string, string> = { ...JSON_TYPE, 'x-hub-signature-256': `sha256=${hex(body)}` }
  for (const name of own === 'Gitea' ? ['Gitea', 'Gogs', 'GitHub'] : ['Forgejo', 'Gitea', 'Gogs', 'GitHub']) {
    headers[`x-${name}-event`] = 'push'
    headers[`x-${name}-delivery`] = 'f6266f16-1bf3-46a5-9ea4-602e06ead473'
    if (name !== 'GitHub') headers[`x-${name}-signature`] = hex(body)
  }
  return { body, headers }
}

const gitlabPush = {
  object_kind: 'push',
  event_name: 'push',
  before: '95790bf891e76fee5e1747ab589903a6a1f80f22',
  after: AFTER,
  ref: 'refs/heads/main',
  project: {
    id: 15,
    path_with_namespace: 'acme/team/orbit',
    web_url: 'https://gitlab.com/acme/team/orbit',
    git_http_url: 'https://gitlab.com/acme/team/orbit.git',
    git_ssh_url: 'git@gitlab.com:acme/team/orbit.git',
  },
}

const gitlab = (payload: object, proof: Record<string, string> = { 'x-gitlab-token': SECRET }): Delivery => ({
  body: JSON.stringify(payload),
  headers: { ...JSON_TYPE, 'x-gitlab-event': 'Push Hook', 'x-gitlab-event-uuid': '13792a34-cac6-4fda-95a8', ...proof },
})

/** Standard Webhooks, with the bytes of a key. */
function standard(
  body: string,
  { id = 'msg_1', at = Math.floor(Date.now() / 1_000), key = SECRET as string | Buffer } = {},
) {
  const mac = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': `v1,${mac}` }
}

const keyBytes = Buffer.from(KEY.slice('whsec_'.length), 'base64')

const bitbucketPush = {
  actor: { display_name: 'Emma' },
  repository: {
    type: 'repository',
    full_name: 'acme/orbit',
    links: { html: { href: 'https://bitbucket.org/acme/orbit' }, self: { href: 'https://api.bitbucket.org/2.0/x' } },
  },
  push: { changes: [{ new: { type: 'branch', name: 'main' }, old: { type: 'branch', name: 'main' }, forced: true }] },
}

const serverPush = {
  eventKey: 'repo:refs_changed',
  date: '2017-09-19T09:45:32+1000',
  repository: { slug: 'orbit', id: 84, name: 'orbit', project: { key: 'ACME', id: 84 }, public: false },
  changes: [{ ref: { id: 'refs/heads/master', type: 'BRANCH' }, fromHash: ZEROS, toHash: AFTER, type: 'UPDATE' }],
}

function bitbucket(payload: object, event: string): Delivery {
  const body = JSON.stringify(payload)
  return { body, headers: { ...JSON_TYPE, 'x-event-key': event, 'x-hub-signature': `sha256=${hex(body)}` } }
}

const azurePush = {
  subscriptionId: '00000000-0000-0000-0000-000000000000',
  notificationId: 3,
  id: '03c164c2-8912-4d5e-8009-3707d5f83734',
  eventType: 'git.push',
  publisherId: 'tfs',
  resource: {
    refUpdates: [{ name: 'refs/heads/master', oldObjectId: ZEROS, newObjectId: AFTER }],
    repository: { id: '278d5cd2', name: 'orbit', remoteUrl: 'https://acme@dev.azure.com/acme/space/_git/orbit' },
  },
}

const azure = (payload: object, user = 'hooks', password = SECRET): Delivery => ({
  body: JSON.stringify(payload),
  headers: {
    'content-type': 'application/json; charset=utf-8',
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
  },
})

/** A push of each forge, the repository that it is of, and the setting of its secret. */
function forges(): Record<string, { delivery: Delivery; repoUrl: string; secret: string }> {
  const self = { ...githubPush(), repository: { clone_url: 'https://git.example.org/acme/orbit.git' } }
  const plain = JSON.stringify({ repo_url: URL_OF, ref: 'refs/heads/main' })
  const form = `payload=${encodeURIComponent(JSON.stringify(githubPush()))}`
  const formType = { 'content-type': 'application/x-www-form-urlencoded' }
  const formSigned = { ...github().headers, ...formType, 'x-hub-signature-256': `sha256=${hex(form)}` }
  const gitlabUrl = 'https://gitlab.com/acme/team/orbit'
  const body = JSON.stringify(gitlabPush)
  return {
    GitHub: { delivery: github(), repoUrl: URL_OF, secret: `github.com=${SECRET}` },
    'GitHub, form': {
      delivery: { body: form, headers: formSigned },
      repoUrl: URL_OF,
      secret: `github.com/acme=${SECRET}`,
    },
    'GitLab, token': { delivery: gitlab(gitlabPush), repoUrl: gitlabUrl, secret: `gitlab.com/acme=${SECRET}` },
    'GitLab, signed': {
      delivery: gitlab(gitlabPush, standard(body, { key: keyBytes })),
      repoUrl: gitlabUrl,
      secret: `gitlab.com/acme/team=${KEY}`,
    },
    Gitea: {
      delivery: gitea('Gitea', self),
      repoUrl: 'https://git.example.org/acme/orbit',
      secret: `git.example.org=${SECRET}`,
    },
    Forgejo: {
      delivery: gitea('Forgejo', self),
      repoUrl: 'https://git.example.org/acme/orbit',
      secret: `git.example.org=${SECRET}`,
    },
    'Bitbucket Cloud': {
      delivery: bitbucket(bitbucketPush, 'repo:push'),
      repoUrl: 'https://bitbucket.org/acme/orbit',
      secret: `bitbucket.org=${SECRET}`,
    },
    'Bitbucket Data Center': {
      delivery: bitbucket(serverPush, 'repo:refs_changed'),
      repoUrl: 'https://git.example.org/scm/ACME/orbit',
      secret: `git.example.org=${SECRET}`,
    },
    'Azure DevOps': {
      delivery: azure(azurePush),
      repoUrl: 'https://dev.azure.com/acme/space/_git/orbit',
      secret: `dev.azure.com/acme=${SECRET}`,
    },
    plain: {
      delivery: { body: plain, headers: { ...JSON_TYPE, ...standard(plain) } },
      repoUrl: URL_OF,
      secret: `github.com=${SECRET}`,
    },
    'plain, form': {
      delivery: { body: `repo_url=${URL_OF}`, headers: { ...formType, ...standard(`repo_url=${URL_OF}`) } },
      repoUrl: URL_OF,
      secret: `github.com=${SECRET}`,
    },
  }
}

for (const [name, { delivery, repoUrl, secret }] of Object.entries(forges())) {
  test(`${name}: a push makes the repository be looked at, once for each delivery`, async (t) => {
    const { told, toldAt, refusal, backend } = await fixture(t, { secrets: [secret], followed: [repoUrl] })
    assert.equal(await told(delivery), '202 accepted')
    assert.notEqual(await toldAt(repoUrl), null)
    assert.ok((await backend.looks.list()).every(({ dueMs }) => dueMs <= Date.now() + 1_000))
    assert.equal(await told(delivery), '200 repeated')
    const other = {
      ...delivery,
      headers: { ...delivery.headers, 'x-github-delivery': 'another', 'x-request-id': 'another' },
    }
    assert.equal(await told(other), '200 repeated')
    const unsigned = Object.entries(delivery.headers).filter(([key]) => !/signature|token|authorization/i.test(key))
    assert.match(
      await refusal({ ...delivery, headers: Object.fromEntries(unsigned) }),
      /^(?:401 HOOK_REFUSED|400 BAD_BODY)$/,
    )
  })
}

test('of ten thousand forged deliveries none is taken', async (t) => {
  const all = Object.values(forges())
  const secrets = all.map(({ secret }) => secret)
  const { app, toldAt } = await fixture(t, {
    secrets: [...new Set(secrets)],
    followed: [...new Set(all.map(({ repoUrl }) => repoUrl))],
  })
  const random = createRandom(7)
  const statuses = new Map<number, number>()
  for (let count = 0; count < 10_000; count++) {
    const { delivery } = all[count % all.length] ?? assert.fail()
    const answer = await app.request('/hooks', { method: 'POST', ...forge(delivery, random) })
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
  }
  assert.deepEqual(
    [...statuses.keys()].filter((status) => ![400, 401].includes(status)),
    [],
    JSON.stringify([...statuses]),
  )
  assert.ok((statuses.get(401) ?? 0) > 8_000, JSON.stringify([...statuses]))
  for (const { repoUrl } of all) assert.equal(await toldAt(repoUrl), null, repoUrl)
})

/** Change one thing that the proof is about. */
function forge({ headers, body }: Delivery, random: (below: number) => number): Delivery {
  const isBound = !('authorization' in headers) && !('x-gitlab-token' in headers)
  const names = Object.keys(headers).filter((name) => /signature|token|webhook|authorization/i.test(name))
  const what = random(isBound ? names.length + 3 : names.length)
  const name = names[what]
  if (name === undefined) return { headers, body: changed(String(body), random) }
  const value = headers[name] ?? ''
  if (name === 'authorization') {
    const text = changed(Buffer.from(value.slice('Basic '.length), 'base64').toString(), random, SECRET.length)
    return { body, headers: { ...headers, [name]: `Basic ${Buffer.from(text).toString('base64')}` } }
  }
  const rest = Object.fromEntries(
    Object.entries(headers).filter(
      ([other]) => other === name || !/signature/i.test(other) || name.includes('webhook'),
    ),
  )
  return { body, headers: { ...rest, [name]: changed(value, random) } }
}

/** Another character at one place of the last `within`, a character less or one more; never the same text in another case. */
function changed(text: string, random: (below: number) => number, within = text.length): string {
  const at = text.length - 1 - random(within)
  const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789-_.,'].filter((one) => one !== text[at]?.toLowerCase())
  const letter = letters[random(letters.length)] ?? '~'
  const end = text.slice(at + 1)
  return (
    [text.slice(0, at) + letter + end, text.slice(0, at) + end, text.slice(0, at) + letter + text[at] + end][
      random(3)
    ] ?? ''
  )
}

/** Mulberry32. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

test('each kind of event has its answer', async (t) => {
  const { told } = await fixture(t, {
    secrets: [
      `github.com=${SECRET}`,
      `gitlab.com=${SECRET}`,
      `bitbucket.org=${SECRET}`,
      `git.example.org=${SECRET}`,
      `dev.azure.com=${SECRET}`,
    ],
    followed: [URL_OF, 'https://gitlab.com/acme/team/orbit', 'https://bitbucket.org/acme/orbit'],
  })
  const gone = { ...githubPush(), after: ZEROS, deleted: true }
  for (const [delivery, expected] of [
    [
      github({ zen: 'Keep it logically awesome.', hook_id: 1, repository: githubPush().repository }, 'ping'),
      '200 ping',
    ],
    [github({ action: 'opened' }, 'issues'), '200 not_a_push'],
    [github({ ...githubPush(), ref_type: 'branch' }, 'create'), '200 not_a_push'],
    [github(gone), '200 branch_deleted'],
    [github({ ...githubPush(), ref_type: 'branch' }, 'delete'), '200 branch_deleted'],
    [
      github({ ...githubPush(), action: 'renamed', changes: { repository: { name: { from: 'o' } } } }, 'repository'),
      '200 renamed',
    ],
    [github({ ...githubPush(), action: 'edited' }, 'repository'), '200 not_a_push'],
    [github(githubPush({ ref: 'refs/tags/v1.0.0', created: true })), '202 accepted'],
    [github(githubPush({ forced: true })), '202 accepted'],
    [github(githubPush({ repository: { clone_url: 'https://github.com/acme/other.git' } })), '200 not_followed'],
    [github(githubPush({ repository: { clone_url: 'https://github.com/ACME/Orbit.git' }, n: 1 })), '202 accepted'],
    [gitlab({ ...gitlabPush, after: ZEROS }), '200 branch_deleted'],
    [gitlab({ ...gitlabPush, object_kind: 'tag_push' }), '202 accepted'],
    [gitlab({ ...gitlabPush, object_kind: 'issue' }), '200 not_a_push'],
    [gitlab({ event_name: 'project_rename', project: gitlabPush.project }), '200 renamed'],
    [bitbucket({ test: true }, 'diagnostics:ping'), '200 ping'],
    [bitbucket({ ...bitbucketPush, push: { changes: [{ new: null, old: {} }] } }, 'repo:push'), '200 branch_deleted'],
    [bitbucket({ ...bitbucketPush, changes: { name: { new: 'a', old: 'b' } } }, 'repo:updated'), '200 renamed'],
    [bitbucket({ ...serverPush, changes: [{ type: 'DELETE' }] }, 'repo:refs_changed'), '200 branch_deleted'],
    [bitbucket(bitbucketPush, 'pullrequest:created'), '200 not_a_push'],
    [azure({ ...azurePush, eventType: 'build.complete' }), '200 not_a_push'],
    [azure(azurePush), '200 not_followed'],
  ] as const) {
    assert.equal(await told(delivery), expected, String(delivery.body).slice(0, 200))
  }
})

test('a secret speaks for its scope alone', async (t) => {
  const other = 'another-secret-of-16'
  const { told, refusal, toldAt } = await fixture(t, {
    secrets: [`github.com/acme=${SECRET}`, `github.com/evil=${other}`],
    followed: [URL_OF, 'https://github.com/acmes/orbit'],
  })
  assert.equal(await refusal(github(githubPush(), 'push', other)), '403 HOOK_OUT_OF_SCOPE')
  const near = githubPush({ repository: { clone_url: 'https://github.com/acmes/orbit.git' } })
  assert.equal(await refusal(github(near)), '403 HOOK_OUT_OF_SCOPE')
  assert.equal(await toldAt(URL_OF), null)
  for (const url of [
    'http://127.0.0.1/acme/orbit',
    'http://localhost:8000/acme/orbit',
    'https://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'https://github.com@evil.example/acme/orbit',
    'https://evil.example/github.com/acme/orbit',
    'javascript:alert(1)',
    `https://github.com/acme/${'x'.repeat(3_000)}`,
  ]) {
    assert.equal(
      await told(github(githubPush({ repository: { clone_url: url, html_url: url } }))),
      '200 not_followed',
      url,
    )
  }
  assert.equal(await told(github()), '202 accepted')
})

test('two secrets of one scope are taken while one replaces the other', async (t) => {
  const { told, refusal } = await fixture(t, { secrets: [`github.com=${SECRET}`, 'github.com=the-next-secret-1'] })
  assert.equal(await told(github()), '202 accepted')
  assert.equal(await told(github(githubPush({ n: 1 }), 'push', 'the-next-secret-1')), '202 accepted')
  assert.equal(await refusal(github(githubPush({ n: 2 }), 'push', 'the-last-secret-1')), '401 HOOK_REFUSED')
})

test('signed deliveries that are old, or from the future, are refused', async (t) => {
  const { told, refusal } = await fixture(t)
  const body = JSON.stringify({ repo_url: URL_OF })
  const now = Math.floor(Date.now() / 1_000)
  for (const at of [now - 310, now + 310, 1]) {
    assert.equal(await refusal({ body, headers: { ...JSON_TYPE, ...standard(body, { at }) } }), '401 HOOK_REFUSED')
  }
  const signed = standard(body)
  for (const time of ['', ' ', '1e9', '-1', 'abc', '9'.repeat(30)]) {
    const answer = await refusal({ body, headers: { ...JSON_TYPE, ...signed, 'webhook-timestamp': time } })
    assert.match(answer, /^(?:400 BAD_BODY|401 HOOK_REFUSED)$/, time)
  }
  assert.equal(await told({ body, headers: { ...JSON_TYPE, ...standard(body, { at: now - 200 }) } }), '202 accepted')
})

test('Gitea is looked at before GitHub, whose headers it sends', async (t) => {
  const { refusal } = await fixture(t)
  const delivery = gitea('Gitea', githubPush())
  const headers = { ...delivery.headers, 'x-Gitea-signature': hex('something else') }
  assert.equal(await refusal({ ...delivery, headers }), '401 HOOK_REFUSED')
})

test('bodies of other forms are refused before they are read', async (t) => {
  const { refusal } = await fixture(t)
  const good = github()
  const zipped = new Uint8Array(gzipSync(Buffer.alloc(50_000_000)))
  for (const [headers, body, expected] of [
    [{ 'content-encoding': 'gzip' }, zipped, '415 UNSUPPORTED_MEDIA_TYPE'],
    [{ 'content-encoding': 'br' }, good.body, '415 UNSUPPORTED_MEDIA_TYPE'],
    [{ 'content-type': 'application/json; charset=utf-16' }, good.body, '415 UNSUPPORTED_MEDIA_TYPE'],
    [{ 'content-type': 'application/json; charset="iso-8859-1"' }, good.body, '415 UNSUPPORTED_MEDIA_TYPE'],
    [{ 'content-type': 'text/plain' }, good.body, '415 UNSUPPORTED_MEDIA_TYPE'],
    [{ 'content-type': 'multipart/form-data; boundary=x' }, good.body, '415 UNSUPPORTED_MEDIA_TYPE'],
    [{}, new Uint8Array(1_048_577).fill(0x20), '413 BODY_TOO_LARGE'],
    [{}, new Uint8Array([0x22, 0xff, 0x22]), '400 BAD_BODY'],
    [{}, '', '401 HOOK_REFUSED'],
  ] as const) {
    const signature = `sha256=${hex(body)}`
    const length = headers === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const isEmpty = body === ''
    const all = { ...good.headers, 'x-hub-signature-256': isEmpty ? 'sha256=' : signature, ...length, ...headers }
    assert.equal(await refusal({ body, headers: all }), expected, JSON.stringify(headers))
  }
})

test('payloads of known senders that are no pushes do no harm', async (t) => {
  const { send, toldAt } = await fixture(t)
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  for (const body of [
    'null',
    '[]',
    '1',
    '"x"',
    '{',
    deep,
    '{"ref":1}',
    '{"ref":"x","repository":[]}',
    '\ufeff{}',
    '{"__proto__":{"ref":"x"}}',
  ]) {
    const headers = { ...github().headers, 'x-hub-signature-256': `sha256=${hex(body)}` }
    const { status } = await send({ body, headers })
    assert.ok([200, 400].includes(status), `${status} ${body.slice(0, 40)}`)
  }
  assert.equal(await toldAt(URL_OF), null)
})

test('without a secret no webhook is taken, and the token of the service is none', async (t) => {
  const { refusal } = await fixture(t, { secrets: [] })
  assert.equal(await refusal(github()), '403 HOOKS_OFF')
  const closed = await fixture(t, { change: { access: { tokens: ['service-token-0123'], for: 'everything' } } })
  assert.equal(await closed.told(github()), '202 accepted')
  assert.equal(
    await closed.refusal({
      ...github(),
      headers: { ...JSON_TYPE, 'x-github-event': 'push', authorization: 'Bearer service-token-0123' },
    }),
    '401 HOOK_REFUSED',
  )
})

test('webhooks from one address are limited; large ones wait after several were refused, small ones after many', async (t) => {
  const hooks = { verify: createVerifyProof(parseHookSecrets([`github.com=${SECRET}`]).all), perMinute: 60 }
  const { send } = await fixture(t, { change: { hooks, peerOf: () => '203.0.113.1' } })
  const statuses: number[] = []
  let last: Response | undefined
  const large = { ...githubPush(), more: 'x'.repeat(70_000) }
  for (let count = 0; count < 5; count++) statuses.push((await send(github(large, 'push', 'a-wrong-secret-16'))).status)
  assert.deepEqual(statuses, [401, 401, 401, 429, 429])
  const refused = await send(github(large))
  assert.equal(refused.status, 429)
  assert.ok(Number(refused.headers.get('retry-after')) > 0)
  const small = (delivery: Delivery) =>
    send({ ...delivery, headers: { ...delivery.headers, 'content-length': String(delivery.body.length) } })
  assert.equal((await small(github())).status, 202)
  for (let count = 0; count < 100; count++) last = await small(github(githubPush({ n: count })))
  assert.equal(last?.status, 429)
})

test('small webhooks wait after many were refused, by what those cost, and large ones do not wait for them', async (t) => {
  const hooks = { verify: createVerifyProof(parseHookSecrets([`github.com=${SECRET}`]).all), perMinute: 60 }
  let peer = '203.0.113.1'
  const { send } = await fixture(t, { change: { hooks, peerOf: () => peer } })
  const post = async (delivery: Delivery) =>
    (
      await send({
        ...delivery,
        headers: { ...delivery.headers, 'content-length': String(Buffer.byteLength(delivery.body)) },
      })
    ).status
  const refusals = async (more: string) => {
    for (let count = 0; ; count++)
      if ((await post(github({ ...githubPush(), more }, 'push', 'a-wrong-secret-16'))) === 429) return count
  }
  assert.equal(await refusals(''), 60)
  assert.equal(await post(github()), 429)
  assert.equal(await post(github({ ...githubPush(), more: 'x'.repeat(70_000) })), 202)
  peer = '203.0.113.2'
  assert.equal(await refusals('x'.repeat(60_000)), 8)
})

test('no secret makes the library compute its HMAC for a delivery that is refused', async (t) => {
  const secrets = Array.from(
    { length: 20 },
    (_, at) => `host${at}.example.org=${at % 2 ? KEY : 'a-secret-of-some-host'}${at}`,
  )
  const { told, refusal } = await fixture(t, { secrets: [...secrets.slice(1), `github.com=${SECRET}`] })
  const sign = t.mock.method(Webhook.prototype, 'sign')
  const body = JSON.stringify({ repo_url: URL_OF })
  for (const key of ['a-wrong-secret-16', Buffer.from('another')])
    assert.equal(await refusal({ body, headers: { ...JSON_TYPE, ...standard(body, { key }) } }), '401 HOOK_REFUSED')
  assert.equal(sign.mock.callCount(), 0)
  assert.equal(await told({ body, headers: { ...JSON_TYPE, ...standard(body) } }), '202 accepted')
  assert.equal(sign.mock.callCount(), 1)
})

test('of a header with signatures at most eight are compared', async (t) => {
  const { told, refusal } = await fixture(t)
  const body = JSON.stringify({ repo_url: URL_OF })
  const signed = standard(body)
  const withOthers = (count: number) => ({
    body,
    headers: {
      ...JSON_TYPE,
      ...signed,
      'webhook-signature': `${`v1,${'A'.repeat(43)}= `.repeat(count)}${signed['webhook-signature']}`,
    },
  })
  assert.equal(await refusal(withOthers(8)), '400 BAD_BODY')
  assert.equal(await refusal(withOthers(2_500)), '400 BAD_BODY')
  assert.equal(await told(withOthers(7)), '202 accepted')
})

test('webhooks count as refused until they are verified, also those whose bodies do not end', async (t) => {
  const hooks = { verify: createVerifyProof(parseHookSecrets([`github.com=${SECRET}`]).all), perMinute: 60 }
  let peer = '203.0.113.1'
  const { request, send } = await fixture(t, { change: { hooks, peerOf: () => peer } })
  const large = (n: number) => github({ ...githubPush(), n, more: 'x'.repeat(70_000) })
  for (let n = 0; n < 20; n++) assert.ok((await send(large(n))).ok, 'given back')
  peer = '203.0.113.2'
  const { headers } = large(0)
  for (let count = 0; count < 3; count++) {
    const body = new ReadableStream()
    void request('/hooks', { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
  }
  assert.equal((await send(large(0))).status, 429)
})

test('many pushes in a second make one look', async (t) => {
  const { told, backend } = await fixture(t)
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => told(github(githubPush({ n })))))
  assert.deepEqual(new Set(answers), new Set(['202 accepted']))
  assert.equal((await backend.looks.list()).length, 1)
})

test('a push hastens a repository under each protocol over which it is followed', async (t) => {
  const overSsh = 'ssh://git@github.com/acme/orbit'
  const { told, toldAt } = await fixture(t, {
    followed: [URL_OF, overSsh],
    change: { policy: { allowedHosts: HOSTS, allowPrivateNetworks: false, localRepos: [], ssh: {} } },
  })
  assert.equal(await told(github(githubPush())), '202 accepted')
  for (const url of [URL_OF, overSsh]) assert.notEqual(await toldAt(url), null, url)
  assert.equal(await told(github(githubPush())), '200 repeated')
})
