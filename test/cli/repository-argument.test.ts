import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { resolveSource, urlOfKnown } from '#cli/repository-argument.ts'

test('a folder is given by its path or its address', async (t) => {
  const root = await mkdtemp(path.join(tmpdir(), 'docspool-source-'))
  t.after(() => rm(root, { recursive: true, force: true }))
  await mkdir(path.join(root, 'a b/.git'), { recursive: true })
  const folder = path.join(root, 'a b')
  const url = pathToFileURL(folder).href
  for (const text of [folder, url]) assert.deepEqual(resolveSource(text), { url, folder })
  assert.throws(() => resolveSource(root), { code: 'NOT_A_REPOSITORY' })
  await writeFile(path.join(root, 'plain'), '')
  const unreachable = [path.join(root, 'plain', 'below'), 'a'.repeat(300)]
  for (const text of [path.join(root, 'c'), 'file:///nowhere', 'file://host/a', ...unreachable])
    assert.throws(() => resolveSource(text), { code: 'NO_SUCH_FOLDER' })
  for (const url of ['https://github.com/a/b', 'git@github.com:a/b.git'])
    assert.deepEqual(resolveSource(url), { url, folder: null })
  assert.throws(() => resolveSource('pallets/flask'), { hint: 'Did you mean https://github.com/pallets/flask?' })
  const file = path.join(root, 'file')
  await writeFile(file, '')
  assert.throws(() => resolveSource(file), /found the file/)
})

test('a repository that the server knows may be a folder that is gone', async (t) => {
  const root = await mkdtemp(path.join(tmpdir(), 'docspool-source-'))
  t.after(() => rm(root, { recursive: true, force: true }))
  const folder = path.join(root, 'a b')
  const url = pathToFileURL(folder).href
  for (const text of [folder, url, `${root}/x/../a b`]) assert.equal(urlOfKnown(text), url)
  assert.equal(urlOfKnown('https://github.com/a/b'), 'https://github.com/a/b')
  assert.equal(urlOfKnown('./gone'), pathToFileURL(path.resolve('gone')).href)
  for (const text of ['file://host/a', 'gone', '']) assert.throws(() => urlOfKnown(text), { code: 'NO_SUCH_FOLDER' })
  assert.throws(() => urlOfKnown('pallets/flask'), { hint: 'Did you mean https://github.com/pallets/flask?' })
})
