/** A spool that is held open: which folder is accepted, and what is left open otherwise. */

import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { SpoolTooNew, SpoolUnavailable } from '#queue/errors.ts'
import { holdSpool } from '#queue/hold-spool.ts'
import { pinSpool } from '#queue/pin-spool.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { makeFolder } from './support.ts'

test('the spool with the id is held; a refused folder is not kept open', async (t) => {
  const spoolDir = path.join(await makeFolder(t), 'spool')
  const id = await pinSpool(spoolDir, false)
  assert.ok(readdirSync(holdSpool(spoolDir, id)).includes('LAYOUT'))
  const before = readdirSync('/proc/self/fd').length
  assert.throws(() => holdSpool(spoolDir, 'f'.repeat(32)), SpoolUnavailable)
  await writeFile(new SpoolPaths(spoolDir).layout, '{"version":99}')
  assert.throws(() => holdSpool(spoolDir, id), SpoolTooNew)
  assert.equal(readdirSync('/proc/self/fd').length, before)
})
