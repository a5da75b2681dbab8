/** Hostile names and messages, through the real commands and to a caller like curl: no control sign arrives. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { program, startDocspool, until } from '../support/docspool.ts'
import { git, makeRepository } from '../support/repositories.ts'

/** An escape sequence, C1, a bidirectional override, a zero-width space; git takes the last three in names of refs. */
const C0 = '\u001b[2J\u001b]0;owned\u0007\r'
const SIGNS = '\u009b31m\u202e\u200b'
const CONTROL = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u

async function newFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-signs-'))
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/** Runs a command to its end. @returns All that it printed. */
async function run(args: string[], env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return (await Promise.all([text(child.stdout), text(child.stderr)])).join('')
}

function assertPlain(printed: string, about: string): void {
  assert.ok(printed.trim() !== '', about)
  assert.doesNotMatch(printed, CONTROL, `${about}: ${JSON.stringify(printed)}`)
}

/** A host of git that answers every question with an error of its own words. */
async function startHost(t: TestContext, words: string): Promise<number> {
  const line = `ERR ${words}`
  const packet = `${(Buffer.byteLength(line) + 4).toString(16).padStart(4, '0')}${line}`
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-advertisement' })
    response.end(`001e# service=git-upload-pack\n0000${packet}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close().closeAllConnections())
  return (server.address() as AddressInfo).port
}

test('commands print no control sign of a name, a ref, a file or a host', async (t) => {
  const folder = await newFolder(t)
  const source = path.join(folder, `or${SIGNS}${C0}bit`)
  await mkdir(source)
  await makeRepository(path.join(folder, 'bare.git'), {
    [`a${SIGNS}${C0}.py`]: 'x = 1\n',
    'b.py': 'def f(): return 1\n',
  })
  await git(folder, ['clone', '--quiet', path.join(folder, 'bare.git'), source])
  const output = path.join(folder, `out${SIGNS}`)
  assertPlain(await run(['generate', source, '-o', output], {}), 'generate')
  assertPlain(await run(['generate', source, '-c', `no${SIGNS}ref`, '-o', `${output}2`], {}), 'generate -c')
  assertPlain(await run(['generate', `${source}${SIGNS}`], {}), 'generate, no such folder')
  assertPlain(await run([`nothing${C0}${SIGNS}`], {}), 'a command')
  assertPlain(await run(['check-config'], { DOCSPOOL_PORT: `x${C0}${SIGNS}` }), 'a setting')
  const port = await startHost(t, `no ${C0}${SIGNS} such repository`)
  const open = { DOCSPOOL_ALLOW_PRIVATE_NETWORKS: 'true', DOCSPOOL_ALLOWED_HOSTS: `127.0.0.1:${port}` }
  assertPlain(await run(['generate', `http://127.0.0.1:${port}/acme/orbit`, '-o', `${output}3`], open), 'a host')
})

test('answers, events and lists hold none either', async (t) => {
  const folder = await newFolder(t)
  const port = await startHost(t, `no ${C0}${SIGNS} such repository`)
  const settings = {
    DOCSPOOL_SPOOL_DIR: path.join(folder, 'spool'),
    DOCSPOOL_ALLOW_PRIVATE_NETWORKS: 'true',
    DOCSPOOL_ALLOWED_HOSTS: `127.0.0.1:${port}`,
  }
  const docspool = await startDocspool(settings)
  t.after(() => docspool.stop())
  const { origin } = docspool
  const body = new URLSearchParams({ repo_url: `http://127.0.0.1:${port}/acme/orbit`, commit_id: `a${SIGNS}b` })
  const read = async (to: string, accept: string, init: RequestInit = {}) =>
    await (await fetch(origin + to, { ...init, headers: { accept } })).text()
  const submitted = await read('/', 'text/plain', { method: 'POST', body })
  const fallback = await read('/', 'text/plain', {
    method: 'POST',
    body: new URLSearchParams({ repo_url: body.get('repo_url') ?? '' }),
  })
  assertPlain(submitted + fallback, 'submitted')
  const [, id = ''] = fallback.split('  ')
  await until(async () => ((await read(`/api/job/${id}`, 'text/plain')).startsWith('failed') ? true : undefined))
  const wrong = encodeURIComponent(`x${C0}${SIGNS}`)
  for (const to of [
    '/api/jobs',
    `/api/job/${id}`,
    `/api/job/${id}/events`,
    `/api/job/${id}/log`,
    `/api/job/${wrong}`,
    `/${wrong}`,
    `/api/jobs?status=${wrong}`,
    '/api/queue',
  ]) {
    for (const accept of ['text/plain', 'application/json', '*/*'])
      assertPlain(await read(to, accept), `${to} as ${accept}`)
  }
  for (const more of [[], ['--json']]) assertPlain(await run(['jobs', ...more], settings), `jobs ${more}`)
})
