import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ShellSession } from '#generate/pages/commands/shell-session.ts'

test('a command keeps its separators when the change of the folder before it is taken away', () => {
  const shell = new ShellSession((path) => path === 'app')
  assert.deepEqual(shell.take('cd app && make "a; b"; ls'), { run: 'make "a; b"; ls', folder: 'app' })
  assert.deepEqual(shell.take('make && cd .. && ls'), { run: 'make && ls', folder: '' })
  assert.deepEqual(shell.take('cd app'), { run: '', folder: 'app' })
  assert.equal(shell.take('cd gone; ls'), undefined)
})
