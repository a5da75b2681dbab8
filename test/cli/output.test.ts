/** What commands say where they cannot write, and by which name they call the spool. */
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { chown, mkdir, readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { makeSpool } from '../queue/faults/programs.ts'
import { program, until } from '../support/docspool.ts'
import { lacking, missingTool } from '../support/skips.ts'

interface Ending {
  code: number | null
  out: string
  err: string
}

async function run(
  args: string[],
  stdout: number | 'pipe' = 'pipe',
  env: Record<string, string> = {},
): Promise<Ending> {
  // From a folder that is not docspool's.
  const options = { cwd: '/', env: { ...process.env, ...env } }
  const child = spawn(process.execPath, [program, ...args], { ...options, stdio: ['ignore', stdout, 'pipe'] })
  let out = ''
  let err = ''
  child.stdout?.on('data', (chunk) => (out += String(chunk)))
  child.stderr?.on('data', (chunk) => (err += String(chunk)))
  await once(child, 'close')
  return { code: child.exitCode, out, err }
}

test('output on a full disk is one line, and a failure', async () => {
  for (const args of [['--version'], ['check-config']]) {
    const { code, err } = await run(args, openSync('/dev/full', 'w'))
    assert.equal(code, 1)
    assert.match(err, /^docspool: cannot write its output: [^\n]*ENOSPC[^\n]*\n$/)
  }
})

test('a spool of another user has the name that was given', async (t: TestContext) => {
  if (process.getuid?.() !== 0) return t.skip(lacking('the right to start programs as somebody else'))
  const { spoolDir } = await makeSpool(t, 65_534)
  await mkdir(path.join(spoolDir, 'keys'), { recursive: true })
  await writeFile(path.join(spoolDir, 'keys', 'id_rsa'), 'mine')
  await chown(spoolDir, 65_534, 65_534)
  const { code, err } = await run(['init', '--spool-dir', spoolDir])
  assert.equal(code, 78)
  assert.ok(err.startsWith(`docspool: ${spoolDir} is not a spool`), err)
})

test('a folder that nobody can make ends init for good', async () => {
  const { code, err } = await run(['init', '--spool-dir', '/proc/1/root/proc/x'])
  assert.equal(code, 78)
  assert.match(err, /\(SPOOL_UNUSABLE\)\nSet DOCSPOOL_SPOOL_DIR or --spool-dir to a folder /)
})

test('a server whose log is on a full disk works, and ends in order', async (t) => {
  const { spoolDir } = await makeSpool(t)
  const env = { ...process.env, DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_PORT: '0', DOCSPOOL_METRICS_PORT: '' }
  const stdio = ['ignore', 'pipe', openSync('/dev/full', 'w')] as const
  const child = spawn(process.execPath, [program, 'up'], { env, stdio: [...stdio] })
  t.after(() => child.kill('SIGKILL'))
  let out = ''
  child.stdout?.on('data', (chunk) => (out += String(chunk)))
  const origin = await until(() => {
    assert.equal(child.exitCode, null, 'it ended')
    return /http:[^\s]+/.exec(out)?.[0]
  })
  for (let count = 0; count < 5; count += 1) assert.equal((await fetch(`${origin}/api/jobs`)).status, 200)
  child.kill('SIGTERM')
  await once(child, 'exit')
  assert.equal(child.exitCode, 0)
})

test('a program whose terminal has closed ends with its own exit code', async (t) => {
  const lack = missingTool('python3')
  if (lack) return t.skip(lack)
  const { spoolDir } = await makeSpool(t)
  const script = `
import os, pty, signal, subprocess, sys, time
main, terminal = pty.openpty()
child = subprocess.Popen(sys.argv[1:], stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True)
os.close(terminal)
printed = b''
while b'http:' not in printed: printed += os.read(main, 4096)
os.close(main)
time.sleep(0.5)
child.send_signal(signal.SIGTERM)
print(child.wait())
`
  const env = { ...process.env, DOCSPOOL_PORT: '0', DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_LOG_LEVEL: 'info' }
  const { stdout } = await promisify(execFile)('python3', ['-c', script, process.execPath, program, 'serve'], { env })
  assert.equal(stdout, '0\n')
})

test('an empty list in JSON is no line', async (t) => {
  const { spoolDir } = await makeSpool(t)
  assert.equal((await run(['init', '--spool-dir', spoolDir])).code, 0)
  const { code, out } = await run(['jobs', '--json', '--spool-dir', spoolDir])
  assert.deepEqual([code, out], [0, ''])
  const check = await run(['fsck', '--json', '--spool-dir', spoolDir])
  const { ok, jobs, without_docs, quarantined } = JSON.parse(check.out)
  assert.deepEqual([ok, jobs, without_docs, quarantined], [true, 0, 0, []])
})

test('init makes no spool where one with an id is expected', async (t) => {
  const { spoolDir } = await makeSpool(t)
  await mkdir(spoolDir, { recursive: true })
  const env = { DOCSPOOL_EXPECT_SPOOL: '0123456789abcdef0123456789abcdef' }
  const { code, err } = await run(['init', '--spool-dir', spoolDir], 'pipe', env)
  assert.equal(code, 1)
  assert.match(err, /\(SPOOL_UNAVAILABLE\)\nCheck that .*; running programs then continue by themselves\.\n$/)
  assert.deepEqual(await readdir(spoolDir), [])
})

test('commands in hints run from the folder that they are printed in', async (t) => {
  const { spoolDir } = await makeSpool(t)
  const { code, err } = await run(['serve', '--spool-dir', spoolDir], 'pipe', { DOCSPOOL_EXPECT_SPOOL: 'true' })
  assert.equal(code, 78)
  assert.ok(err.includes(`run \`node ${program} init\``), err)
})

test('up starts nothing when its port is in use', async (t) => {
  const { spoolDir } = await makeSpool(t)
  const server = createServer().listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const { code, err } = await run(['up', '--spool-dir', spoolDir, '--port', port], 'pipe', {
    DOCSPOOL_LOG_LEVEL: 'info',
  })
  assert.equal(code, 78, err)
  assert.match(err, /\(PORT_IN_USE\)/)
  assert.doesNotMatch(err, /"name":"(?:supervisor|up)"/)
})
