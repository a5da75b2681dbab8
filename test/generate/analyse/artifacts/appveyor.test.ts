import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findInTexts } from './find-in-texts.ts'

test('AppVeyor: every phase and every shell is read, and the last of many commands stands for the rest', async () => {
  const steps = Array.from({ length: 25 }, (_, index) => `  - cmd: step${index}`).join('\n')
  const { nodes } = await findInTexts({
    'appveyor.yml': `install:\n  - sh: npm ci\ndeploy_script:\n  - npm publish\ntest_script:\n  - cmd: a.bat\n    sh: ./b.sh\nbuild_script:\n${steps}\n`,
  })
  const commands = nodes.filter(({ kind }) => kind === 'command')
  const names = commands.map(({ name }) => name)
  for (const name of ['npm ci', 'npm publish', 'a.bat', './b.sh', 'step0', 'step19 …'])
    assert.ok(names.includes(name), name)
  assert.equal(new Set(nodes.map(({ id }) => id)).size, nodes.length)
  assert.deepEqual(
    commands.filter(({ more }) => more !== undefined).map(({ more }) => more),
    [5],
  )
})
