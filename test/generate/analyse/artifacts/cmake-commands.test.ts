import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCommands } from '#generate/analyse/artifacts/cmake-commands.ts'

test('commands of CMake have the words of all forms of arguments, and the lines of their brackets', () => {
  const text = 'Set(A "b # c" d) # e\n#[[ f()\n]]\nmessage([=[\ng ]] h\n]=]\n  i(j))\n'
  assert.deepEqual(readCommands(text), [
    { name: 'set', words: ['A', 'b # c', 'd'], startLine: 1, endLine: 1 },
    { name: 'message', words: ['g ]] h\n', 'i', 'j'], startLine: 4, endLine: 7 },
  ])
})
