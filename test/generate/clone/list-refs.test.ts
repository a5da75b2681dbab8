import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import type { Repository } from '#base/repository.ts'
import { listRefs } from '#generate/clone/clone.ts'
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
  assert.deepEqual(await list(repositoryIn(folder)), { head: null, refs: [] })
})
