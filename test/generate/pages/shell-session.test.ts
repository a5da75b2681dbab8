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
  const other = new ShellSession(() => false, 'orbit')
  assert.equal(other.take('git clone https://example.org/acme/orbit-benchmark.git'), undefined)
})

test('the folder of a clone is that of its URL, whatever stands behind it', () => {
  for (const clone of [
    'git clone https://example.org/acme/orbit.git && ls',
    'git clone git@example.org:acme/orbit.git; ls',
    'git clone https://example.org/acme/orbit/ -b dev',
    'git clone -b dev https://example.org/acme/orbit',
  ]) {
    // The repository has a folder of its own name.
    const shell = new ShellSession((path) => path === 'orbit')
    shell.take(clone)
    assert.deepEqual(shell.take('cd orbit && make'), { run: 'make', folder: '' }, clone)
  }
})

test('what is above the repository is unknown; a slash at the end of a folder means nothing', () => {
  const shell = new ShellSession((path) => path === 'app')
  assert.deepEqual(shell.take('cd app/'), { run: '', folder: 'app' })
  assert.deepEqual(shell.take('cd ../ && make'), { run: 'make', folder: '' })
  assert.equal(shell.take('cd .. && make'), undefined)
})
