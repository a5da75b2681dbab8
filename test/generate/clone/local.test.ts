import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { before, describe, test } from 'node:test'
import { commitTree, git, makeRepository } from '../../support/repositories.ts'
import { attempt, makeFolder, pathsOf, repositoryIn, resolve, textOf, withCode } from './attempt.ts'

describe('a repository in a folder', () => {
  let root: string
  let bare: string
  let checkout: string
  let commits: string[]

  before(async () => {
    root = await makeFolder()
    bare = path.join(root, 'bare.git')
    const made = await makeRepository(bare, [
      { files: { a: 'first' } },
      { files: { a: 'second' }, annotatedTag: 'v1' },
      { files: { a: 'topic' }, branch: 'topic' },
      { files: { b: 'hex' }, branch: 'abcdef0' },
    ])
    commits = made.commits
    checkout = path.join(root, 'checkout')
    await git(root, ['clone', '--quiet', bare, checkout])
  })

  const opened = async (folder: string, commitId: string | null) => {
    const { tree } = await attempt(repositoryIn(folder), commitId)
    await tree.close()
    return [tree.commit, tree.ref]
  }

  test('is read at HEAD, at a branch, a tag, a full and a short id', async () => {
    assert.deepEqual(await opened(bare, null), [commits[1], 'main'])
    assert.deepEqual(await opened(bare, 'HEAD'), [commits[1], 'main'])
    assert.deepEqual(await opened(bare, 'topic'), [commits[2], 'topic'])
    assert.deepEqual(await opened(bare, 'v1'), [commits[1], 'v1'])
    assert.deepEqual(await opened(bare, commits[0] ?? ''), [commits[0], null])
    assert.deepEqual(await opened(bare, commits[0]?.slice(0, 7) ?? ''), [commits[0], null])
    assert.deepEqual(await opened(bare, 'abcdef0'), [commits[3], 'abcdef0'])
    assert.equal(await resolve(repositoryIn(bare), 'v1'), commits[1])
  })

  test('refuses what is no commit', async () => {
    const blob = (await git(bare, ['rev-parse', 'main:a'])).trim()
    for (const id of ['nowhere', 'f'.repeat(40), 'fffffff', blob, blob.slice(0, 9)]) {
      await assert.rejects(attempt(repositoryIn(bare), id), withCode('NO_SUCH_COMMIT'))
    }
  })

  test('is committed content, whatever lies in the folder', async () => {
    await writeFile(path.join(checkout, 'a'), 'changed and not committed')
    await writeFile(path.join(checkout, 'new'), 'not committed')
    const { tree } = await attempt(repositoryIn(checkout))
    assert.equal(await textOf(tree, 'a'), 'second')
    assert.deepEqual(
      tree.entries.map((entry) => entry.path),
      ['a'],
    )
    await tree.close()
  })

  test('is not changed and not copied', async () => {
    const look = async (): Promise<string> => {
      const names = (await readdir(checkout, { recursive: true })).sort()
      const rows = names.map(async (name) => `${name} ${(await stat(path.join(checkout, name))).mtimeMs}`)
      return (await Promise.all(rows)).join('\n')
    }
    const before = await look()
    const { tree, workDir } = await attempt(repositoryIn(checkout))
    assert.deepEqual(await readdir(workDir), [])
    await tree.close()
    assert.equal(await look(), before)
  })

  test('may be a worktree, with a HEAD of its own', async () => {
    const worktree = path.join(root, 'worktree')
    await git(bare, ['worktree', 'add', '--quiet', '--detach', worktree, commits[2] ?? ''])
    assert.deepEqual(await opened(worktree, null), [commits[2], null])
    assert.match(await readFile(path.join(worktree, '.git'), 'utf8'), /^gitdir:/)
  })

  test('may borrow its objects from another', async () => {
    const shared = path.join(root, 'shared')
    await git(root, ['clone', '--quiet', '--shared', '--no-checkout', bare, shared])
    assert.deepEqual(await pathsOf(repositoryIn(shared)), ['a'])
  })

  test('is not looked for in the folders above', async () => {
    const below = path.join(checkout, 'below')
    await mkdir(below, { recursive: true })
    await assert.rejects(attempt(repositoryIn(below)), withCode('NOT_A_REPOSITORY', root))
    await assert.rejects(attempt(repositoryIn(path.join(root, 'not-there'))), withCode('NOT_A_REPOSITORY', root))
  })

  test('without a commit is empty', async () => {
    const empty = path.join(root, 'empty.git')
    await makeRepository(empty, [])
    await assert.rejects(attempt(repositoryIn(empty)), withCode('EMPTY_REPOSITORY'))
  })

  test('with a missing object is damaged', async () => {
    const damaged = path.join(root, 'damaged.git')
    await makeRepository(damaged, [])
    await commitTree(damaged, 'f'.repeat(40))
    await assert.rejects(attempt(repositoryIn(damaged)), withCode('REPOSITORY_DAMAGED'))
  })

  test('has its links listed, not followed', async () => {
    const links = path.join(root, 'links')
    await git(root, ['clone', '--quiet', bare, links])
    await symlink('/etc/passwd', path.join(links, 'passwd'))
    await git(links, ['add', 'passwd'])
    await git(links, ['commit', '--quiet', '-m', 'link'])
    const { tree } = await attempt(repositoryIn(links))
    assert.equal(tree.entries.find((entry) => entry.path === 'passwd')?.kind, 'symlink')
    assert.equal(await textOf(tree, 'passwd'), '/etc/passwd')
    await tree.close()
  })
})
