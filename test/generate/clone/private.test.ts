import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { toCredentials } from '#base/git-tokens.ts'
import { packet } from '#generate/clone/advertisement.ts'
import { type CloneOptions, resolveCommit } from '#generate/clone/clone.ts'
import { openUpstream } from '#generate/clone/upstream.ts'
import { type GitHttpServer, startGitHttp } from '../../support/git-http.ts'
import { makeRepository } from '../../support/repositories.ts'
import { attempt, makeFolder, repositoryAt, withCode } from './attempt.ts'

const TOKEN = 'ghp_geheim123456'

describe('a repository that is not public', () => {
  let root: string
  let server: GitHttpServer

  before(async () => {
    root = await makeFolder()
    await makeRepository(path.join(root, 'o', 'r.git'), { a: 'a' })
    server = await startGitHttp(root)
  })
  after(() => server.close())
  beforeEach(() => {
    server.faults = { basic: `x-access-token:${TOKEN}` }
    server.requests.length = 0
    server.authorizations.length = 0
  })

  const at = () => repositoryAt(`${server.url}/o/r`)
  const fetch = async (token: string | undefined, changes: Partial<CloneOptions> = {}): Promise<string[]> => {
    const credentials = token === undefined ? undefined : toCredentials(token, null)
    const { tree } = await attempt(at(), null, { credentials, ...changes })
    await tree.close()
    return tree.entries.map((entry) => entry.path)
  }

  for (const strangers of [401, 403, 404, 429]) {
    test(`is fetched with its token when strangers are answered ${strangers}; the first request is one`, async () => {
      server.faults.strangers = strangers
      assert.deepEqual(await fetch(TOKEN), ['a'])
      const [first, ...rest] = server.authorizations
      assert.equal(first, '')
      assert.ok(rest.length >= 2 && rest.every((shown) => shown === `x-access-token:${TOKEN}`), rest.join())
    })
  }

  test('is asked for its newest commit with its token', async () => {
    const signal = new AbortController().signal
    const credentials = toCredentials(TOKEN, null)
    const options = { repository: at(), commitId: null, timeoutMs: 30_000, allowPrivateNetworks: true, signal }
    assert.match((await resolveCommit({ ...options, credentials })) ?? '', /^[0-9a-f]{40}$/)
  })

  test('says without a token which settings help', () =>
    assert.rejects(fetch(undefined), (error: { hint?: string }) => {
      withCode('NEEDS_AUTHENTICATION')(error)
      assert.match(error.hint ?? '', /X-Git-Token.*DOCSPOOL_GIT_TOKENS/)
      return true
    }))

  test('says so as well when the host denies that it is there', async () => {
    server.faults.strangers = 404
    await assert.rejects(fetch(undefined), (error: { hint?: string }) => {
      withCode('REPOSITORY_NOT_FOUND')(error)
      assert.match(error.hint ?? '', /X-Git-Token.*DOCSPOOL_GIT_TOKENS/)
      return true
    })
  })

  for (const [strangers, code] of [
    [401, 'GIT_TOKEN_REFUSED'],
    [403, 'GIT_TOKEN_REFUSED'],
    [404, 'REPOSITORY_NOT_FOUND'],
  ] as const) {
    test(`is not given for another token (${strangers}), which is not repeated`, async () => {
      server.faults.strangers = strangers
      await assert.rejects(fetch('ghp_another7'), withCode(code, 'ghp_another7'))
    })
  }

  test('a public one is fetched without a token being shown, also with a wrong one', async () => {
    server.faults = {}
    assert.deepEqual(await fetch('ghp_another7'), ['a'])
    assert.deepEqual(new Set(server.authorizations), new Set(['']))
  })

  test('no other host or port hears the token after a redirect', async () => {
    const other = await startGitHttp(root)
    for (const redirect of [`${other.url}{path}`, `http://localhost:${other.port}{path}`]) {
      server.faults = { redirect }
      await assert.rejects(fetch(TOKEN), withCode('REDIRECT_REFUSED', TOKEN))
      server.faults = { redirect, basic: 'nobody:x' }
      await assert.rejects(fetch(TOKEN), withCode('GIT_TOKEN_REFUSED', TOKEN))
    }
    assert.deepEqual(other.requests, [])
    await other.close()
  })

  test('a host that says the token again is not quoted, wherever its message is cut', async () => {
    const encoded = Buffer.from(`x-access-token:${TOKEN}`).toString('base64')
    const said = [`no ${TOKEN} ${encoded}`, ...[TOKEN, encoded].map((form) => `${'x'.repeat(200 - 8)} ${form}`)]
    let line = ''
    const { createServer } = await import('node:http')
    const liar = createServer((request, response) => {
      const type = `application/x-git-upload-pack-${request.method === 'GET' ? 'advertisement' : 'result'}`
      const isKnown = request.headers.authorization !== undefined
      response.writeHead(isKnown ? 200 : 401, { 'content-type': type }).end(isKnown ? line : '')
    })
    await new Promise<void>((done) => liar.listen(0, '127.0.0.1', done))
    const { port } = liar.address() as { port: number }
    const credentials = toCredentials(TOKEN, null)
    for (const text of said) {
      line = packet(`ERR ${text}`)
      await assert.rejects(
        attempt(repositoryAt(`http://127.0.0.1:${port}/o/r`), null, { credentials }),
        (error: { message?: string }) => {
          withCode('NOT_A_REPOSITORY', TOKEN.slice(0, 6), encoded.slice(0, 6))(error)
          assert.match(error.message ?? '', /refused: (?:no \*\*\* \*\*\*|x+ \*\*\*)/)
          return true
        },
      )
    }
    liar.closeAllConnections()
    liar.close()
  })

  test('over http, a token goes to private addresses alone', async () => {
    // The first address is where the server is; the other makes the name one of the internet.
    const deps = { resolve: async () => ['127.0.0.1', '140.82.112.3'], caFiles: [] }
    const repository = repositoryAt(`http://git.example:${server.port}/o/r`)
    const upstream = await openUpstream(
      {
        ...{ repository, allowPrivateNetworks: true, maxBytes: 1e6, signal: AbortSignal.timeout(10_000) },
        credentials: toCredentials(TOKEN, null),
      },
      deps,
    )
    await assert.rejects(upstream.readAdvertisement(), withCode('TOKEN_NEEDS_HTTPS', TOKEN))
    assert.deepEqual(server.authorizations, [''])
    upstream.close()
  })
})
