import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTool } from '#generate/partition/names.ts'

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
