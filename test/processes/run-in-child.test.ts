import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { collectorOptions } from '#processes/memory-options.ts'

test('this Node accepts the options of its garbage collector', async () => {
  const options = collectorOptions()
  const { stdout } = await promisify(execFile)(process.execPath, [...options, '-p', '0'])
  assert.equal(stdout, '0\n')
})
