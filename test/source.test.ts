import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { mayHoldRepository } from '../src/source.ts'

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
