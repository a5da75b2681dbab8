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

test('what follows the clone of another repository runs in that', () => {
  const shell = new ShellSession(() => false, 'orbit')
  assert.deepEqual(shell.take('git clone https://example.org/acme/Orbit.git flights'), {
    run: 'git clone https://example.org/acme/Orbit.git flights',
    folder: '',
  })
  assert.deepEqual(shell.take('cd flights && make'), { run: 'make', folder: '' })
  assert.equal(shell.take('git clone https://example.org/acme/benchmark.git'), undefined)
  assert.equal(shell.take('make'), undefined)
})
