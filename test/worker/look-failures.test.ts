/** What the log has of a look that failed. */
import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import pino from 'pino'
import { BadRepositoryUrl } from '#base/bad-repository-url.ts'
import { logBug } from '#worker/follow-repositories.ts'
import { LookReport } from '#worker/look-messages.ts'
import { failedReport } from '#worker/look-process.ts'

function logged(error: unknown): string {
  let text = ''
  const log = pino(
    new Writable({
      write(chunk, _, done) {
        text += String(chunk)
        done()
      },
    }),
  )
  // As over the channel of the two processes.
  const report = LookReport.parse(JSON.parse(JSON.stringify(failedReport('f', error))))
  logBug(log, report, [{ id: 'f', repoUrl: 'https://github.com/acme/a' }])
  assert.doesNotMatch(JSON.stringify(report.is === 'failed' && report.error), /Invalid Version/)
  return text
}

test('the message and stack of an unexpected error reach the log of the supervisor, not its record', () => {
  const text = logged(new TypeError('Invalid Version: 1.0.0-00099999999999999999'))
  assert.match(text, /TypeError: Invalid Version: 1\.0\.0-000999.*look-failures\.test/)
  assert.match(text, /acme\/a/)
  assert.match(logged('thrown text'), /thrown text/)
})

test('an expected failure is not a bug', () => {
  assert.equal(logged(new BadRepositoryUrl('NOT_A_URL', 'No.', 'Give another.')), '')
})
