import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'

test('V8 knows the flag that limits inlining', () => {
  const module = new URL('../../src/base/limit-inlining.ts', import.meta.url).href
  const script = `import { limitInlining } from '${module}'; limitInlining(); console.log(limitInlining.name)`
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    encoding: 'utf8',
  })
  assert.equal(stdout, 'limitInlining\n')
  assert.equal(stderr, '')
})
