import assert from 'node:assert/strict'
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { inspectFolder } from '#base/local-folder.ts'

async function makeRoot(t: TestContext): Promise<string> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'docspool-folder-')))
  t.after(() => rm(root, { recursive: true, force: true }))
  return root
}

test('a folder may contain a repository with .git, as a worktree or bare; a missing folder contains none', async (t) => {
  const root = await makeRoot(t)
  for (const folder of ['plain/.git', 'worktree', 'bare', 'notes', 'odd/.git']) {
    await mkdir(path.join(root, folder), { recursive: true })
  }
  for (const file of ['plain/.git/HEAD', 'worktree/.git', 'bare/HEAD', 'notes/README.md']) {
    await writeFile(path.join(root, file), 'x')
  }
  const find = (name: string) => inspectFolder(path.join(root, name), [root])
  for (const name of ['plain', 'plain/.git', 'worktree', 'bare']) {
    assert.equal(await find(name), 'repository', name)
  }
  for (const name of ['notes', 'odd', 'notes/README.md', 'nothing', 'nothing/below'])
    assert.equal(await find(name), 'none', name)
})

test('a link cannot lead outside of the allowed folders, whether or not its target exists', async (t) => {
  const root = await makeRoot(t)
  for (const folder of ['allowed/own/.git', 'private/repo/.git', 'allowed-too/.git']) {
    await mkdir(path.join(root, folder), { recursive: true })
    await writeFile(path.join(root, folder, 'HEAD'), 'x')
  }
  const allowed = path.join(root, 'allowed')
  const links = { out: '/', near: '../private', beside: '../allowed-too', own: 'own', loop: 'loop' }
  for (const [name, to] of Object.entries(links)) await symlink(to, path.join(allowed, `to-${name}`))
  const find = (name: string) => inspectFolder(path.join(allowed, name), [allowed])
  assert.equal(await find('to-own'), 'repository')
  for (const name of ['to-out/etc', 'to-out/nowhere', 'to-near/repo', 'to-near/nothing', 'to-beside']) {
    assert.equal(await find(name), 'outside', name)
  }
  assert.equal(await find('to-loop'), 'none')
  // Parts of a repository may be links.
  await mkdir(path.join(allowed, 'git-beside'))
  await symlink('../../private/repo/.git', path.join(allowed, 'git-beside/.git'))
  await mkdir(path.join(allowed, 'bare'))
  await writeFile(path.join(allowed, 'bare/HEAD'), 'x')
  await symlink('../../private/repo/.git', path.join(allowed, 'bare/objects'))
  for (const name of ['git-beside', 'bare']) assert.equal(await find(name), 'outside', name)
  // The allowed folder may be a link itself.
  await symlink('allowed', path.join(root, 'alias'))
  assert.equal(await inspectFolder(path.join(root, 'alias/own'), [path.join(root, 'alias')]), 'repository')
})
