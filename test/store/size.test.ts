import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { measureFolder } from '#store/size.ts'

test('a folder that does not exist has no size; others count themselves', async (context) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'size-'))
  context.after(() => rm(folder, { recursive: true }))
  assert.deepEqual(await measureFolder(path.join(folder, 'none')), { bytes: 0, files: 0 })
  assert.deepEqual(await measureFolder(folder), { bytes: 4_096, files: 1 })
  await mkdir(path.join(folder, 'sub'))
  await writeFile(path.join(folder, 'sub', 'a'), 'x'.repeat(5_000))
  assert.deepEqual(await measureFolder(folder), { bytes: 4 * 4_096, files: 3 })
})
