/** Which errors end a program for good (78), which are wrong usage (2), and which a service manager may try again (1). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NoSuchFolder } from '#cli/repository-argument.ts'
import { ReportedError } from '#queue/errors.ts'
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

for (const [name, error, exitCode] of [
  ['a folder that does not exist', new NoSuchFolder('NO_SUCH_FOLDER', 'x'), 2],
  ['an address that the server refuses', new ReportedError({ code: 'HOST_NOT_ALLOWED', message: 'x', hint: null }), 2],
  ['a job without a repository', new ReportedError({ code: 'NOT_A_REPOSITORY', message: 'x', hint: null }), 1],
] as const) {
  test(`${name} ends with ${exitCode}`, () => assert.equal(exitCodeOf(error), exitCode))
}
