import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTool, titleOf } from '#generate/partition/names.ts'
import { titlesOf } from '#generate/partition/titles.ts'

test('files that build or check the code have the whole name of a tool, not a word that begins with it', () => {
  for (const path of [
    'Makefile',
    'Makefile.in',
    'install.sh',
    'install-deps.py',
    'run_tests.py',
    'eslint.config.js',
    'jest-setup.ts',
    'webpack.prod.js',
  ])
    assert.equal(isTool(path), true, path)
  for (const path of ['installation.ts', 'InstallCommand.php', 'jester.go', 'invite.ts', 'vitesse.rs', 'babelfish.py'])
    assert.equal(isTool(path), false, path)
})

test('a package named like the repository gives its title to the folder that it is in', () => {
  for (const [path, title] of [
    ['clients/src/main/java/org/apache/orbit', 'clients'],
    ['core/src/main/scala/Orbit', 'core'],
    ['src/main/java/org/apache/orbit', 'orbit'],
    ['src/orbit', 'orbit'],
    ['clients/src/main/java/org/apache/orbit/metrics', 'metrics'],
    ['orbit-core/src/commonMain/kotlin/org/orbit', 'orbit-core'],
    ['orbit-core/src/commonMain', 'orbit-core'],
    ['orbit-core/src/jvmMain/kotlin/org/orbit', 'orbit-core/jvmMain'],
    ['src/jsMain', 'jsMain'],
    ['modules/orbit', 'orbit'],
  ] as const)
    assert.equal(titleOf(path, 'orbit'), title, path)
})

test('modules of one name are told apart by the source set around their packages, or by what they hold', () => {
  const titles = titlesOf(
    [
      ['server', 'server/src/main', 'server/src/main/java/org/orbit/server'],
      ['server', 'share/src/main', 'share/src/main/java/org/orbit/server/share'],
      ['core', 'core/src/main/java', 'core/src/main/java'],
      ['core', 'core/src/main/scala/orbit', 'core/src/main/scala/orbit'],
    ].map(([title = '', id = '', path = '']) => ({ title, id, path, units: [], parts: [] })),
  )
  assert.deepEqual(
    [...titles.values()].map(({ title }) => title),
    ['server', 'share/server', 'core', 'core/orbit'],
  )
})
