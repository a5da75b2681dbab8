/** What the log and the queue are told of a look that failed. */
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import pino from 'pino'
import { BadRepositoryUrl } from '#base/bad-repository-url.ts'
import type { LookResult } from '#queue/follows/look.ts'
import { createLook, logBug } from '#worker/look-in-process.ts'
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

/** The result and the log of a look whose process is `sh -c <script>` instead. */
async function lookBy(
  script: string,
  signal = new AbortController().signal,
): Promise<{ result: LookResult | undefined; text: string }> {
  const spoolDir = await mkdtemp(path.join(tmpdir(), 'docspool-test-'))
  await mkdir(path.join(spoolDir, 'tmp'))
  const lines: string[] = []
  const log = pino({}, { write: (line) => void lines.push(line) })
  const look = createLook({
    config: { spoolDir },
    log,
    sandbox: { enclose: async () => ({ before: ['sh', '-c', script], env: {} }) },
    env: { PATH: process.env.PATH ?? '' },
    gitTokens: undefined,
    sets: { readManifest: async () => undefined },
  })
  const request = { id: 'f', repoUrl: 'https://github.com/acme/a', wish: {}, docsKey: null, repositoryWish: undefined }
  try {
    const results = await look([{ ...request, documented: [], counted: [] }], signal)
    return { result: results.get('f'), text: lines.join('') }
  } finally {
    await rm(spoolDir, { recursive: true })
  }
}

const codeOf = (result: LookResult | undefined): string | undefined =>
  result?.is === 'failed' ? result.error.code : result?.is

test('a process that ends without a report is logged, and is not taken for a host that does not answer', async () => {
  const exited = await lookBy('echo "no such bundle" >&2; exit 3')
  assert.equal(codeOf(exited.result), 'LOOK_PROCESS_FAILED')
  assert.match(exited.text, /"code":3,.*no such bundle.*ended before/)
  const killed = await lookBy('kill -KILL $$')
  assert.equal(codeOf(killed.result), 'LOOK_PROCESS_FAILED')
  assert.match(killed.text, /"signal":"SIGKILL"/)
})

test('reports of a process that ends early count', async () => {
  const report = '{"is":"seen","id":"f","refs":[],"counted":[]}'
  const { result, text } = await lookBy(`read -r order <&3; printf '%s\\n' '${report}' >&3; exit 1`)
  assert.equal(codeOf(result), 'seen')
  assert.equal(text, '')
})

test('a look is over when it is aborted or its process exits, though a descendant keeps the channel open', async () => {
  const from = performance.now()
  assert.equal(codeOf((await lookBy('sleep 60 & exit 0')).result), 'LOOK_PROCESS_FAILED')
  const { result, text } = await lookBy('sleep 60 & sleep 60', AbortSignal.timeout(300))
  assert.deepEqual([result, text], [undefined, ''])
  assert.ok(performance.now() - from < 30_000)
})
