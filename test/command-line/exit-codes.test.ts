/** Which errors end a program for good (78), and which a service manager may try again (1). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CannotListen } from '#server/listen.ts'
import { exitCodeOf } from '../../src/command-line/exit-codes.ts'

for (const [code, exitCode] of [
  ['ADDRESS_NOT_AVAILABLE', 1],
  ['PORT_IN_USE', 78],
  ['PORT_NOT_ALLOWED', 78],
] as const) {
  test(`${code} ends with ${exitCode}`, () => {
    assert.equal(exitCodeOf(new CannotListen(code, 'x', 'y', undefined)), exitCode)
  })
}
