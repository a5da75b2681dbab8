import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { secretOfJob } from '#base/private-jobs.ts'
import type { TokenKeeper } from '#http/deps.ts'
import { QueueFull } from '#queue/errors.ts'
import { createFixture, type Fixture } from './fixture.ts'

const TOKEN = 'alice:geheim-4711'
const URL_ = 'https://github.com/acme/secret'

/** As many hex digits as texts have letters, so that ids can be told apart. */
function createKeeper(): TokenKeeper & { held: Map<string, string> } {
  const held = new Map<string, string>()
  return {
    held,
    secretFor: async (address, token) => Buffer.from(`${token}${address}`).toString('hex').slice(0, 32),
    keep: async (jobId, token) => {
      held.set(jobId, token)
      return { settle: (isUsed) => void (isUsed || held.delete(jobId)) }
    },
  }
}

async function start(t: TestContext, change = {}) {
  const tokenKeeper = createKeeper()
  const fixture = await createFixture(t, { tokenKeeper, ...change })
  return { ...fixture, held: tokenKeeper.held }
}

const submit = (fixture: Fixture, token?: string, fields: Record<string, string> = {}) =>
  fixture.post(
    '/api/jobs',
    { repo_url: URL_, ...fields },
    { accept: 'application/json', ...(token !== undefined && { 'x-git-token': token }) },
  )

const idOf = async (response: Response): Promise<string> => ((await response.json()) as { job_id: string }).job_id
const codeOf = async (response: Response): Promise<string> => ((await response.json()) as { code: string }).code

describe('X-Git-Token', () => {
  test('makes a job of its own that nobody can guess, and is held for its worker alone', async (t) => {
    const fixture = await start(t)
    const response = await submit(fixture, TOKEN)
    assert.equal(response.status, 202)
    const shown = await response.clone().text()
    const id = await idOf(response)
    assert.match(id, /^acme--secret~p[0-9a-f]{32}$/)
    assert.deepEqual([...fixture.held], [[id, TOKEN]])
    assert.doesNotMatch(shown, /geheim/)
    assert.doesNotMatch(fixture.logged.join(), /geheim/)
    assert.doesNotMatch(JSON.stringify((await fixture.queue.read(id)) ?? null), /geheim/)

    const open = await idOf(await submit(fixture))
    assert.equal(open, 'acme--secret')
    assert.notEqual(await idOf(await submit(fixture, 'bob:other')), id)
    assert.equal(await idOf(await submit(fixture, TOKEN)), id)
  })

  test('leads to no list, page or search', async (t) => {
    const fixture = await start(t)
    const id = await idOf(await submit(fixture, TOKEN))
    assert.equal((await fixture.request(`/api/job/${id}`)).status, 200)
    for (const path of [
      '/api/jobs',
      `/api/jobs?repo=${URL_}`,
      '/api/jobs?search=secret',
      '/',
      '/?search=acme',
      '/jobs/acme--secre',
    ]) {
      for (const accept of ['application/json', 'text/html', 'text/plain']) {
        const text = await (await fixture.request(path, { headers: { accept } })).text()
        assert.ok(!text.includes(secretOfJob(id) ?? ''), `${path} as ${accept}`)
      }
    }
  })

  test('makes a job like all others where the operator shares them', async (t) => {
    const fixture = await start(t, { isPrivateShared: true })
    assert.equal(await idOf(await submit(fixture, TOKEN)), 'acme--secret')
    assert.equal(fixture.held.get('acme--secret'), TOKEN)
  })

  test('is dropped when there is nothing to clone, or nothing was accepted', async (t) => {
    const fixture = await start(t)
    fixture.queue.submit = async () => {
      throw new Error('no')
    }
    assert.equal((await submit(fixture, TOKEN)).status, 500)
    assert.equal(fixture.held.size, 0)
  })

  test('that cannot be settled changes neither the answer nor the error of a submission', async (t) => {
    const tokenKeeper: TokenKeeper = {
      ...createKeeper(),
      keep: async () => ({ settle: () => Promise.reject(new Error('the token cannot be settled')) }),
    }
    const fixture = await start(t, { tokenKeeper })
    assert.equal((await submit(fixture, TOKEN)).status, 202)
    assert.match(fixture.logged.join('\n'), /the token cannot be settled/)
    fixture.queue.submit = async () => {
      throw new QueueFull('full')
    }
    assert.equal(await codeOf(await submit(fixture, TOKEN)), 'QUEUE_FULL')
  })

  for (const token of ['', ':x', 'a b', 'ü'.normalize(), `x${'y'.repeat(2_000)}`]) {
    test(`is refused when it is ${JSON.stringify(token.slice(0, 10))}, and not repeated`, async (t) => {
      const fixture = await start(t)
      const response = await submit(fixture, token)
      assert.equal(response.status, 400)
      assert.equal(await codeOf(response), 'BAD_FIELD')
      assert.equal(fixture.held.size, 0)
    })
  }

  test('is for one submission, for a host, and for services that keep it', async (t) => {
    const fixture = await start(t, { policy: { allowedHosts: [], allowPrivateNetworks: false, localRepos: ['/srv'] } })
    const folder = await submit(fixture, TOKEN, { repo_url: 'file:///srv/x' })
    assert.equal(await codeOf(folder), 'BAD_FIELD')
    const headers = { 'x-git-token': TOKEN, 'content-type': 'application/json', accept: 'application/json' }
    const batch = await fixture.request('/api/jobs', {
      method: 'POST',
      headers,
      body: JSON.stringify([{ repo_url: URL_ }]),
    })
    assert.equal(batch.status, 400)
    const none = await createFixture(t)
    assert.equal(await codeOf(await submit(none, TOKEN)), 'BAD_FIELD')
    assert.equal(fixture.held.size, 0)
  })

  test('is asked for again when the job is to be tried again', async (t) => {
    const fixture = await start(t)
    const id = await idOf(await submit(fixture, TOKEN))
    fixture.held.clear()
    const job = await fixture.queue.read(id)
    assert.ok(job !== undefined)
    job.view.status = 'failed'
    const retry = (token?: string) =>
      fixture.request(`/api/job/${id}/retry`, {
        method: 'POST',
        headers: { accept: 'application/json', ...(token !== undefined && { 'x-git-token': token }) },
      })
    assert.equal(await codeOf(await retry()), 'GIT_TOKEN_MISSING')
    assert.equal(await codeOf(await retry('bob:other')), 'GIT_TOKEN_MISSING')
    assert.equal(fixture.held.size, 0)
    assert.equal((await fixture.browse(`/jobs/${id}/retry`, {})).status, 400)
    assert.equal((await fixture.queue.read(id))?.view.status, 'failed')
    const page = await (await fixture.browse(`/jobs/${id}`)).text()
    assert.doesNotMatch(page, /action="[^"]*\/retry"|name="force"/)
    assert.match(page, /X-Git-Token: \$GIT_TOKEN/)
    assert.equal((await retry(TOKEN)).status, 202)
    assert.equal(fixture.held.get(id), TOKEN)
  })
})

describe('a secret in a field', () => {
  const LOOKS = [
    `ghp_${'a1B2'.repeat(9)}`,
    `github_pat_${'a1B2'.repeat(9)}`,
    `glpat-${'a1B2'.repeat(5)}`,
    `ATATT3x${'a1B2'.repeat(9)}`,
    `sk-proj-${'a1B2'.repeat(9)}`,
    `AKIA${'A1B2'.repeat(4)}`,
    `xoxb-${'1234'.repeat(4)}`,
    'https://alice:pass@example.org/x',
    '-----BEGIN OPENSSH PRIVATE KEY-----',
  ]
  for (const secret of LOOKS) {
    test(`${secret.slice(0, 8)}… is refused in notes and not stored, logged or shown again`, async (t) => {
      const fixture = await start(t, { mainModel: 'm', allowedModels: ['m'] })
      for (const request of [
        submit(fixture, undefined, { notes: `use ${secret} please` }),
        fixture.browse('/', { repo_url: URL_, notes: `use ${secret} please` }),
      ]) {
        const response = await request
        assert.equal(response.status, 400)
        assert.ok(!(await response.text()).includes(secret))
      }
      assert.deepEqual((await fixture.queue.list({ limit: 10, withPrivate: true })).jobs, [])
      assert.ok(!fixture.logged.join().includes(secret))
    })
  }

  test('is refused as commit, in the address and in its query', async (t) => {
    const fixture = await start(t)
    const token = `ghp_${'a1B2'.repeat(9)}`
    for (const fields of [
      { commit_id: token },
      { repo_url: `https://${token}@github.com/acme/secret` },
      { repo_url: `https://x:${token}@github.com/acme/secret` },
      { repo_url: `https://github.com/acme/secret?access_token=${token}` },
      { repo_url: `https://github.com/${token}/secret` },
      { repo_url: `x:${token}@github.com/acme/secret` },
      { [token]: '1' },
      { language: token },
      { priority: token },
    ]) {
      for (const response of [
        await submit(fixture, undefined, fields),
        await fixture.browse('/', { repo_url: URL_, ...fields }),
      ]) {
        assert.equal(response.status, 400, JSON.stringify(fields))
        assert.ok(!(await response.text()).includes(token), JSON.stringify(fields))
      }
    }
    assert.deepEqual((await fixture.queue.list({ limit: 10, withPrivate: true })).jobs, [])
    assert.ok(!fixture.logged.join().includes(token))
  })

  test('is looked for in no more of a text than may be stored or shown', async (t) => {
    const fixture = await start(t, { mainModel: 'm', allowedModels: ['m'] })
    const token = `ghp_${'a1B2'.repeat(9)}`
    const late = await submit(fixture, undefined, { notes: `${'x '.repeat(5_000)}${token}` })
    assert.equal(await codeOf(late), 'BAD_FIELD')
    for (const fields of [
      { notes: `${' '.repeat(10_000)}${token}` },
      { notes: `${'x\r\n'.repeat(1_900)}${token}` },
      { commit_id: `${' '.repeat(10_000)}${token}` },
      { commit_id: token + 'x'.repeat(10_000) },
      { [token + 'x'.repeat(10_000)]: '1' },
    ]) {
      const response = await submit(fixture, undefined, fields)
      assert.equal(await codeOf(response), 'SECRET_IN_FIELD', JSON.stringify(fields).slice(0, 20))
    }
  })

  test('is not seen in what people write', async (t) => {
    const fixture = await start(t, { mainModel: 'm', allowedModels: ['m'] })
    const notes =
      'See task-skeleton, sk-2 and gl-7; ask alice@example.org or https://example.org:8080/a@b. Ratio 3:2@home.'
    assert.equal((await submit(fixture, undefined, { notes })).status, 202)
  })
})
