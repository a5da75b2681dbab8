/** Deliveries of each forge in full (`deliveries/`), signed by openssl, and what is answered to each. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parseHookSecrets } from '#base/hook-secrets.ts'
import { HookAnswer } from '#http/hooks/answer.ts'
import { createFollowedRepositories } from '#queue/follows/followed-repositories.ts'
import { createVerifyProof } from '#webhooks/verify-hook.ts'
import { createFixture } from './fixture.ts'

const SECRET = 'a-secret-of-the-forge'
const FORMER = 'the-secret-until-today'
const HOSTS = ['github.com', 'gitlab.com', 'git.example.org', 'codeberg.org', 'bitbucket.org', 'dev.azure.com']
const folder = new URL('./deliveries/', import.meta.url)

interface Recorded {
  expected: string
  repoUrl: string
  headers: [string, string][]
  body: string
}

function read(name: string): Recorded {
  const text = readFileSync(new URL(name, folder), 'utf8')
  const end = text.indexOf('\n\n')
  const [, expected = '', repoUrl = '', ...lines] = text.slice(0, end).split('\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(': ')
    return [line.slice(0, colon), line.slice(colon + 2)]
  })
  return { expected: expected.slice(2), repoUrl: repoUrl.slice(2), headers, body: text.slice(end + 2) }
}

const openssl = (args: string[], input: string | Buffer): Buffer => execFileSync('openssl', args, { input })
const hmac = (input: string, ...form: string[]): Buffer => openssl(['dgst', '-sha256', '-hmac', SECRET, ...form], input)

/** The headers with their proofs, as the forge would make them. */
function signed({ headers, body }: Recorded): Record<string, string> {
  const time = Math.floor(Date.now() / 1_000)
  const id = headers.find(([name]) => name === 'webhook-id')?.[1]

  const fill: Record<string, () => string> = {
    hmac: () => String(hmac(body, '-r')).slice(0, 64),
    standard: () => openssl(['base64', '-A'], hmac(`${id}.${time}.${body}`, '-binary')).toString(),
    time: () => String(time),
    secret: () => SECRET,
    basic: () => openssl(['base64', '-A'], `hooks:${SECRET}`).toString(),
  }
  return Object.fromEntries(
    headers.map(([name, value]) => [name, value.replace(/\{([a-z]+)\}/, (_, what: string) => fill[what]?.() ?? '')]),
  )
}

for (const name of readdirSync(folder).filter((file) => file.endsWith('.http'))) {
  test(`${name.replace('.http', '')} is answered right, and not taken with another secret`, async (t) => {
    const recorded = read(name)
    const { expected, repoUrl, body } = recorded
    const policy = { allowedHosts: HOSTS, allowPrivateNetworks: false, localRepos: [] }
    const secrets = HOSTS.flatMap((host) => [`${host}=${SECRET}`, `${host}=${FORMER}`])
    const hooksOf = (all: string[]) => ({ verify: createVerifyProof(parseHookSecrets(all).all), perMinute: 0 })
    const fixture = await createFixture(t, { hooks: hooksOf(secrets), policy })
    const follows = createFollowedRepositories(fixture.backend, 1, Date.now)
    await follows.put({ repoUrl, wish: {}, everyMinutes: 360 })
    const send = () => fixture.request('/hooks', { method: 'POST', body, headers: signed(recorded) })
    const answer = await send()
    const { outcome, reason, repo_url } = HookAnswer.parse(await answer.json())
    assert.equal(`${answer.status} ${reason ?? outcome}`, expected)
    assert.equal(repo_url, outcome === 'accepted' ? repoUrl : null)
    if (outcome === 'accepted') assert.equal(((await (await send()).json()) as HookAnswer).reason, 'repeated')
    const others = await createFixture(t, { hooks: hooksOf(HOSTS.map((host) => `${host}=${FORMER}`)), policy })
    const refused = await others.request('/hooks', { method: 'POST', body, headers: signed(recorded) })
    assert.equal(refused.status, 401)
  })
}
