import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandFrom, runnableHere } from '#base/runnable-commands.ts'

test('the program has its absolute path where it is not in the current folder, quoted for a shell', () => {
  assert.equal(commandFrom('/opt/docspool', '/opt/docspool/src/docspool.mjs'), 'node src/docspool.mjs')
  assert.equal(commandFrom('/', '/opt/docspool/src/docspool.mjs'), 'node /opt/docspool/src/docspool.mjs')
  assert.equal(commandFrom('/', '/my docs/src/docspool.mjs'), "node '/my docs/src/docspool.mjs'")
})

test('what only ends like the command is left as it is', () => {
  const text = 'a/node src/docspool.mjs x'
  assert.equal(runnableHere(text), text)
})
