import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { readConfig } from '#base/config.ts'
import { createAnswerStore } from '#generate/prose/client/answer-store.ts'
import { createTidyCaches } from '#worker/tidy-sets.ts'

test('answers that nobody used for 90 days are removed by retention, also where none is written any more', async (t) => {
  const spoolDir = await mkdtemp(path.join(tmpdir(), 'docspool-tidy-'))
  t.after(() => rm(spoolDir, { recursive: true }))
  const old = new Date(Date.now() - 91 * 86_400_000)
  for (const name of ['answers', 'asked']) {
    const store = createAnswerStore(path.join(spoolDir, name))
    for (const key of ['ab01', 'cd02']) store.write(key, 'x')
    await utimes(path.join(spoolDir, name, 'ab', 'ab01.json'), old, old)
  }
  await createTidyCaches(readConfig({}, { DOCSPOOL_SPOOL_DIR: spoolDir }), () => undefined)(async () => undefined)
  for (const name of ['answers', 'asked']) {
    assert.deepEqual(await readdir(path.join(spoolDir, name, 'ab')), [])
    assert.deepEqual(await readdir(path.join(spoolDir, name, 'cd')), ['cd02.json'])
  }
})
