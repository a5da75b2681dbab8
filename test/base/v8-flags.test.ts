import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'

for (const [file, name] of [
  ['limit-compilation', 'limitCompilation'],
  ['limit-heap-growth', 'limitHeapGrowth'],
]) {
  test(`V8 knows the flags of ${name}`, () => {
    const module = new URL(`../../src/base/${file}.ts`, import.meta.url).href
    const script = `import { ${name} } from '${module}'; ${name}(0); ${name}(1e9); console.log(${name}.name)`
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', script],
      { encoding: 'utf8' },
    )
    assert.equal(stdout, `${name}\n`)
    assert.equal(stderr, '')
  })
}
