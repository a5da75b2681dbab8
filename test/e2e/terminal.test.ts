/** What somebody sees who runs docspool at a terminal: a real one, by `script`. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { documentRepository } from '../support/client.ts'
import { program, startDocspool, until } from '../support/docspool.ts'
import { git, makeRepository } from '../support/repositories.ts'

/** Document a small repository by `docspool up` at a terminal, and press Ctrl-C. @returns What stood there. */
async function watch(t: TestContext, level: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-terminal-'))
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  const bare = path.join(folder, 'bare.git')
  await makeRepository(bare, { 'a.py': 'x = 1\n' })
  await git(folder, ['clone', '--quiet', bare, 'small'])
  const terminal = spawn('script', ['-qefc', `'${process.execPath}' '${program}' up`, '/dev/null'], {
    env: {
      ...process.env,
      DOCSPOOL_PORT: '0',
      DOCSPOOL_SPOOL_DIR: path.join(folder, 'spool'),
      DOCSPOOL_LOCAL_REPOS: folder,
      DOCSPOOL_LOG_LEVEL: level,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const closed = once(terminal, 'close')
  let printed = ''
  terminal.stdout.on('data', (chunk) => (printed += chunk))
  try {
    const origin = await until(() => /docspool listens on (http:\S+)/.exec(printed)?.[1])
    const job = await documentRepository(origin, { repo_url: `file://${folder}/small` })
    assert.equal(job.status, 'completed', `${job.error_message}`)
    await until(() => printed.includes('a job ends') || undefined)
  } finally {
    terminal.stdin.write('\x03')
    await closed
  }
  return stripVTControlCharacters(printed).replaceAll('\r', '')
}

test('up tells of jobs in a line each, and of requests at debug alone', async (t) => {
  const shown = await watch(t, 'info')
  assert.match(
    shown,
    /^\[[\d:]{8}\] INFO \(supervisor\): a job ends \{"job_id":"local--small\S*","epoch":1,"status":"completed"\}$/m,
  )
  assert.doesNotMatch(shown, /: request/)
  assert.match(
    await watch(t, 'debug'),
    /^\[[\d:]{8}\] DEBUG \(server\): request \{.*"path":"\/api\/jobs","status":202,.*\}$/m,
  )
})

test('where the log is no terminal, each request is a line of JSON', async (t) => {
  const docspool = await startDocspool()
  t.after(() => docspool.stop())
  await fetch(`${docspool.origin}/api/queue`)
  await until(
    () =>
      /^\{"level":30,.*"path":"\/api\/queue","status":200,.*"msg":"request"\}$/m.test(docspool.output()) || undefined,
  )
})
