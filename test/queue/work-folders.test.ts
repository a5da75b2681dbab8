import assert from 'node:assert/strict'
import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { createWorkFolders } from '#queue/work-folders.ts'
import { makeFolder, silent } from './support.ts'

test('every claim has a work folder of its own, which is not made and may be removed twice', async (t) => {
  const root = await makeFolder(t)
  const [one, two] = [createWorkFolders(root, silent), createWorkFolders(root, silent)]
  const folders = [one.folderOf('a', 1), one.folderOf('a', 2), one.folderOf('b', 1), one.folderOf('a.1', 1)]
  assert.equal(new Set(folders).size, 4)
  for (const folder of folders) assert.ok(path.isAbsolute(folder))
  assert.equal(two.folderOf('a', 1), folders[0], 'the one that takes over clears the same folder')
  const folder = folders[0] ?? ''
  await assert.rejects(stat(folder), { code: 'ENOENT' })
  await mkdir(path.join(folder, 'below'), { recursive: true })
  await two.remove('a', 1)
  await one.remove('a', 1)
  await assert.rejects(stat(folder), { code: 'ENOENT' })
})
