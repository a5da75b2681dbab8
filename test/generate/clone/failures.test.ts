import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { openCommitTree } from '#generate/clone/commit-tree.ts'
import { PASSING_CODES } from '#generate/clone/errors.ts'
import { until } from '../../support/docspool.ts'
import { type GitHttpFaults, type GitHttpServer, startGitHttp } from '../../support/git-http.ts'
import { makeRepository } from '../../support/repositories.ts'
import { attempt, makeFolder, repositoryAt, resolve, withCode } from './attempt.ts'

test('the clone of a tree that cannot be opened is released', async () => {
  let released = 0
  const repository = { odb: () => Promise.reject(new Error('damaged')) }
  const options = { id: '', name: '', ref: null, isOnRef: false, maxFileBytes: 1 }
  const release = async (): Promise<void> => void released++
  await assert.rejects(openCommitTree({ ...options, repository: repository as never, release }), /damaged/)
  assert.equal(released, 1)
})

describe('how a clone over HTTP fails', () => {
  let root: string
  let server: GitHttpServer

  before(async () => {
    root = await makeFolder()
    await makeRepository(path.join(root, 'o', 'small.git'), { a: 'a' })
    await makeRepository(path.join(root, 'o', 'big.git'), { big: randomBytes(6_000_000) })
    await makeRepository(path.join(root, 'o', 'empty.git'), [])
    server = await startGitHttp(root)
  })
  after(() => server.close())
  beforeEach(() => {
    server.faults = {}
  })

  const at = (name: string) => repositoryAt(`${server.url}/o/${name}`)

  async function failsWith(code: string, faults: GitHttpFaults, name = 'small'): Promise<void> {
    server.faults = faults
    await assert.rejects(attempt(at(name)), withCode(code))
    await assert.rejects(resolve(at(name)), withCode(code))
  }

  test('a missing repository', () => failsWith('REPOSITORY_NOT_FOUND', {}, 'missing'))
  test('a repository without commits', () => failsWith('EMPTY_REPOSITORY', {}, 'empty'))
  test('a page that is no repository', () => failsWith('NOT_A_REPOSITORY', { page: '<h1>hello</h1>' }))

  for (const [status, code] of [
    [401, 'NEEDS_AUTHENTICATION'],
    [403, 'NEEDS_AUTHENTICATION'],
    [404, 'REPOSITORY_NOT_FOUND'],
    [410, 'REPOSITORY_NOT_FOUND'],
    [418, 'NOT_A_REPOSITORY'],
    [429, 'RATE_LIMITED'],
    [500, 'HOST_UNREACHABLE'],
    [503, 'HOST_UNREACHABLE'],
  ] as const) {
    test(`status ${status}`, () => failsWith(code, { status }))
  }

  for (const target of [
    'http://example.org{path}',
    'http://127.0.0.1:1{path}',
    'https://127.0.0.1{path}',
    'http://169.254.169.254/latest/meta-data/',
    'file:///etc/passwd',
    'git://127.0.0.1/o/small',
    '/o/small/objects/info/packs',
    '//evil.example{path}',
    'http://user:secret@127.0.0.1{path}',
  ]) {
    test(`a redirect to ${target}`, async () => {
      server.requests.length = 0
      await failsWith('REDIRECT_REFUSED', { redirect: target })
      assert.equal(server.requests.length, 2, 'one request for each of the two calls')
    })
  }

  test('a redirect to the same address, again and again', () => failsWith('REDIRECT_REFUSED', { redirect: '{path}' }))

  test('a host that refuses connections', async () => {
    const closed = await new Promise<number>((done) => {
      const probe = createServer().listen(0, '127.0.0.1', () => {
        const { port } = probe.address() as { port: number }
        probe.close(() => done(port))
      })
    })
    await assert.rejects(attempt(repositoryAt(`http://127.0.0.1:${closed}/o/r`)), withCode('HOST_UNREACHABLE'))
    assert.ok(PASSING_CODES.has('HOST_UNREACHABLE'))
  })

  test('a name that does not resolve', async () => {
    const resolveNothing = async (): Promise<string[]> => {
      throw new Error('ENOTFOUND')
    }
    const deps = { resolve: resolveNothing, caFiles: [] }
    await assert.rejects(
      attempt(repositoryAt('https://nowhere.example/o/r'), null, {}, deps),
      withCode('HOST_UNREACHABLE'),
    )
  })

  test('a connection that is cut within the pack', async () => {
    server.faults = { cutAfterBytes: 100_000 }
    await assert.rejects(attempt(at('big')), withCode('HOST_UNREACHABLE'))
  })

  test('a pack over the limit is stopped at it, and nothing is left', async () => {
    const workDir = path.join(root, 'work-limit')
    await mkdir(workDir)
    const texts: string[] = []
    const onProgress = (_: number, text: string) => texts.push(text)
    await assert.rejects(
      attempt(at('big'), null, { maxBytes: 2_000_000, workDir, onProgress }),
      withCode('REPOSITORY_TOO_LARGE'),
    )
    assert.deepEqual(await readdir(workDir), [])
    for (const text of texts) assert.ok(Number(/([\d.]+) MB/.exec(text)?.[1] ?? 0) <= 2.1, text)
  })

  test('a list of refs over the limit', () =>
    assert.rejects(attempt(at('small'), null, { maxBytes: 100 }), withCode('REPOSITORY_TOO_LARGE')))

  for (const [what, faults] of [
    ['never answers', { hang: '' }],
    ['never sends a pack', { hang: '/git-upload-pack' }],
    ['sends a byte now and then', { drip: true }],
  ] as const) {
    test(`a host that ${what} is given up at the deadline`, async () => {
      server.faults = faults
      const start = performance.now()
      await assert.rejects(attempt(at('small'), null, { timeoutMs: 700 }), withCode('CLONE_TIMED_OUT'))
      const took = performance.now() - start
      assert.ok(took < 3_000, `${took} ms`)
    })

    test(`a host that ${what} is given up when the job is cancelled`, async () => {
      server.faults = faults
      const cancel = new AbortController()
      const workDir = await mkdtemp(path.join(root, 'cancelled-'))
      const before = server.requests.length
      const running = assert.rejects(attempt(at('small'), null, { signal: cancel.signal, workDir }), {
        code: 'ABORTED',
      })
      const isAsked = () =>
        server.requests.slice(before).some((each) => each.includes('hang' in faults ? faults.hang : ''))
      await until(() => isAsked() || undefined)
      cancel.abort()
      await running
      // Native code has ended too when what it wrote is gone.
      await until(async () => (await readdir(workDir)).length === 0 || undefined)
    })
  }

  test('a job that was cancelled before asks nobody', async () => {
    server.requests.length = 0
    await assert.rejects(attempt(at('small'), null, { signal: AbortSignal.abort() }), { code: 'ABORTED' })
    assert.deepEqual(server.requests, [])
  })

  test('a repository that has moved on the same host is followed, for the pack too', async () => {
    await makeRepository(path.join(root, 'new', 'name.git'), { moved: '' })
    const requests: string[] = []
    const mover = await startGitHttp(root)
    mover.requests = requests
    mover.faults = { redirect: '/new/name.git/info/refs?service=git-upload-pack' }
    const done = attempt(repositoryAt(`${mover.url}/o/old`))
    // The fault is for the first request alone.
    const wait = setInterval(() => {
      if (mover.requests.length > 0 || requests.length > 0) mover.faults = {}
    }, 1)
    const { tree } = await done
    clearInterval(wait)
    await tree.close()
    await mover.close()
    assert.deepEqual(
      tree.entries.map((entry) => entry.path),
      ['moved'],
    )
  })
})
