/** `fsck --documents` reads every set, names the damaged ones with their jobs, and sets them aside. */
import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { readConfig } from '#base/config.ts'
import { checkSpool, checkText } from '#cli/fsck.ts'
import { isIn } from '#queue/job.ts'
import { complete, start } from '#queue/job-transitions.ts'
import { openSpool } from '#queue/spool/open-spool.ts'
import { createSetStore } from '#store/sets.ts'
import { atEnd, makeQueue, request, silent } from '../queue/support.ts'
import { zero } from '../store/damage.ts'
import { newSet } from '../store/new-set.ts'

test('damaged documents are found, set aside, and named with their jobs', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  const docs = path.join(spoolDir, 'docs')
  const sets = createSetStore(docs)
  const [whole, damaged] = [await sets.publish(newSet('whole')), await sets.publish(newSet('damaged'))]
  const backend = await openSpool(spoolDir, { log: silent, clock: Date.now, leaseMs: 15_000 })
  atEnd(t, () => backend.close())
  await queue.submit(request('acme--a'))
  const queued = await backend.jobs.read('acme--a')
  assert.ok(queued !== undefined && isIn(queued, 'queued'))
  const running = await backend.jobs.update(queued, start(queued, '999999-1-00000001', Date.now()))
  assert.ok(running !== undefined && isIn(running, 'processing'))
  const result = { docsKey: damaged, resolvedCommit: 'b'.repeat(40), summary: 'x' }
  await backend.jobs.update(running, complete(running, result, Date.now()))
  await zero(path.join(docs, damaged, 'set.pack'))

  const config = readConfig({ DOCSPOOL_SPOOL_DIR: spoolDir })
  const quick = await checkSpool(config, silent)
  assert.deepEqual([quick.ok, quick.without_docs, quick.documents_checked], [true, 0, undefined])
  const check = await checkSpool(config, silent, { documents: true })
  assert.deepEqual([check.ok, check.without_docs, check.documents_checked], [false, 1, 2])
  const [found, ...more] = check.documents_damaged ?? []
  assert.deepEqual([found?.key, found?.jobs, more], [damaged, ['acme--a'], []])
  assert.match(
    checkText(check, 'spool'),
    new RegExp(`damaged documents: ${damaged}: .*overview.md.*retry acme--a to generate`),
  )
  assert.deepEqual((await readdir(docs)).sort(), [`damaged-${damaged}`, whole].sort())
  const again = await checkSpool(config, silent, { documents: true })
  assert.deepEqual([again.ok, again.documents_checked, again.documents_damaged], [true, 1, []])
})
