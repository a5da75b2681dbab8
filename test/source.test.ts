import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { mayHoldRepository, resolveSource } from '../src/source.ts'

test('a folder may hold a repository with .git, as a worktree or bare, and when it is not there', async (t) => {
  const root = await mkdtemp(path.join(tmpdir(), 'docspool-source-'))
  t.after(() => rm(root, { recursive: true, force: true }))
  for (const folder of ['plain/.git', 'worktree', 'bare', 'notes', 'odd/.git']) {
    await mkdir(path.join(root, folder), { recursive: true })
  }
  for (const file of ['plain/.git/HEAD', 'worktree/.git', 'bare/HEAD', 'notes/README.md']) {
    await writeFile(path.join(root, file), 'x')
  }
  const may = (name: string) => mayHoldRepository(path.join(root, name))
  for (const name of ['plain', 'plain/.git', 'worktree', 'bare', 'nothing']) assert.equal(await may(name), true, name)
  for (const name of ['notes', 'odd', 'notes/README.md']) assert.equal(await may(name), false, name)
})

test('a folder is given by its path or its address', async (t) => {
  const root = await mkdtemp(path.join(tmpdir(), 'docspool-source-'))
  t.after(() => rm(root, { recursive: true, force: true }))
  await mkdir(path.join(root, 'a b/.git'), { recursive: true })
  const folder = path.join(root, 'a b')
  const url = pathToFileURL(folder).href
  for (const text of [folder, url]) assert.deepEqual(resolveSource(text), { url, folder })
  assert.throws(() => resolveSource(root), { code: 'NOT_A_REPOSITORY' })
  for (const text of [path.join(root, 'c'), 'file:///nowhere', 'file://host/a'])
    assert.throws(() => resolveSource(text), { code: 'NO_SUCH_FOLDER' })
  assert.deepEqual(resolveSource('https://github.com/a/b'), { url: 'https://github.com/a/b', folder: null })
})
