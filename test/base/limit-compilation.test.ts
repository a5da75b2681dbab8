import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'

test('V8 knows the flags that limit optimization', () => {
  const module = new URL('../../src/base/limit-compilation.ts', import.meta.url).href
  const script = `import { limitCompilation } from '${module}'; limitCompilation(0); console.log(limitCompilation.name)`
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    encoding: 'utf8',
  })
  assert.equal(stdout, 'limitCompilation\n')
  assert.equal(stderr, '')
})
