import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import type { Repository } from '#base/repository.ts'
import { listRefs } from '#generate/clone/clone.ts'
import type { CommitRange } from '#generate/clone/count-commits.ts'
import { startGitHttp } from '../../support/git-http.ts'
import { makeRepository } from '../../support/repositories.ts'
import { makeFolder, repositoryAt, repositoryIn, withCode } from './attempt.ts'

const list = (repository: Repository, allowPrivateNetworks = true) =>
  listRefs({ repository, timeoutMs: 30_000, allowPrivateNetworks, signal: new AbortController().signal })

test('branches and tags are listed with their commits, from a host and from a folder, without fetching anything', async (t) => {
  const root = await makeFolder()
  const folder = path.join(root, 'owner', 'name.git')
  const { commits } = await makeRepository(folder, [
    { files: { a: '1' }, annotatedTag: 'v1' },
    { files: { a: '2' }, tag: 'light' },
    { files: { a: '3' }, branch: 'topic/one' },
  ])
  const server = await startGitHttp(root)
  t.after(() => server.close())
  const expected = {
    head: { commit: commits[1], branch: 'main' },
    refs: [
      { name: 'refs/heads/main', commit: commits[1] },
      { name: 'refs/heads/topic/one', commit: commits[2] },
      { name: 'refs/tags/light', commit: commits[1] },
      { name: 'refs/tags/v1', commit: commits[0] },
    ],
  }
  for (const repository of [repositoryAt(`${server.url}/owner/name`), repositoryIn(folder)]) {
    const { head, refs } = await list(repository)
    assert.deepEqual({ head, refs: refs.toSorted((a, b) => (a.name < b.name ? -1 : 1)) }, expected, repository.url)
  }
  assert.deepEqual(server.requests, ['GET /owner/name/info/refs?service=git-upload-pack'])
  await assert.rejects(list(repositoryAt(`${server.url}/owner/name`), false), withCode('ADDRESS_REFUSED'))
  await assert.rejects(list(repositoryAt(`${server.url}/owner/none`)), withCode('REPOSITORY_NOT_FOUND'))
})

test('a repository without commits has no refs', async () => {
  const folder = path.join(await makeFolder(), 'empty')
  await makeRepository(folder, [])
  assert.deepEqual(await list(repositoryIn(folder)), { head: null, refs: [], counted: [] })
})

test('commits since an older one are counted, on a host without fetching them, and in a folder', async (t) => {
  const root = await makeFolder()
  const folder = path.join(root, 'owner', 'name.git')
  const steps = ['1', '2', '3', '4', '5'].map((a) => ({ files: { a, b: a.repeat(5_000) } }))
  const { commits } = await makeRepository(folder, [...steps, { files: { a: '6' }, branch: 'topic' }])
  const [first = '', , , fourth = '', tip = '', topic = ''] = commits
  const server = await startGitHttp(root, { filter: true })
  t.after(() => server.close())
  const unknown = 'f'.repeat(40)
  const counts = async (repository: Repository, ...ranges: CommitRange[]) => {
    const signal = new AbortController().signal
    const options = { repository, timeoutMs: 30_000, allowPrivateNetworks: true, signal }
    const { counted } = await listRefs({ ...options, chooseRanges: ({ head }) => (head === null ? [] : ranges) })
    return counted.map(({ from, to, commits }) => [from, to, commits])
  }
  const ranges = [first, unknown, fourth, topic].map((from) => ({ from, to: tip }))
  const onHost = repositoryAt(`${server.url}/owner/name`)
  for (const repository of [onHost, repositoryIn(folder)]) {
    const found = await counts(repository, ...ranges, { from: first, to: topic })
    // The branch begins with a commit of its own.
    const expected = [...[first, fourth].map((from, at) => [from, tip, [4, 1][at]]), [topic, tip, 5], [first, topic, 1]]
    assert.deepEqual(found, expected, repository.url)
  }
  assert.equal(server.requests.filter((one) => one.startsWith('POST')).length, 5)
  server.faults.filter = false
  assert.deepEqual(await counts(onHost, ...ranges), [])
  assert.equal(server.requests.filter((one) => one.startsWith('POST')).length, 5)
  Object.assign(server.faults, { filter: true, cutAfterBytes: 5 })
  assert.deepEqual(await counts(onHost, ...ranges), [])
})
