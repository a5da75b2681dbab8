/** What the settings are said to be, by the program itself. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { readConfig, showSettings } from '#base/config.ts'
import { settingWarnings } from '#cli/check-config.ts'
import { checkDisk } from '#cli/doctor-spool.ts'
import { program, startDocspool, until } from '../support/docspool.ts'

async function run(t: TestContext, args: string[], env: Record<string, string> = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-check-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  await writeFile(path.join(folder, 'key'), 'canary-of-the-key\n')
  const { PATH = '', HOME = '' } = process.env
  const options = { cwd: folder, encoding: 'utf8', env: { PATH, HOME, ...env } } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], options)
  return { status, stdout, stderr, left: await readdir(folder) }
}

test('settings that fit are ok, and nothing is made', async (t) => {
  const { status, stdout, left } = await run(t, ['check-config'])
  assert.deepEqual([status, stdout, left], [0, 'ok    the settings are valid\n', ['key']])
})

test('what is odd is a warning', async (t) => {
  const env = { DOCSPOOL_HOST: '0.0.0.0', DOCSPOOL_PROT: '1', LLM_API_KEY_FILE: 'key' }
  const { status, stdout, stderr } = await run(t, ['check-config'], env)
  assert.equal(status, 0)
  assert.match(stdout, /^warn {2}DOCSPOOL_PROT is not a setting and is ignored; did you mean DOCSPOOL_PORT\?$/m)
  assert.match(stdout, /^warn {2}.*MAIN_MODEL is not/m)
  assert.match(stdout, /^warn {2}Anyone who can reach 0\.0\.0\.0 can submit/m)
  assert.equal(stderr, '')
})

test('a setting that does not fit ends with 78 and a line that names it', async (t) => {
  const { status, stdout, stderr } = await run(t, ['check-config', '--port', 'x'])
  assert.deepEqual([status, stdout], [78, ''])
  assert.match(stderr, /^docspool: DOCSPOOL_PORT="x": expected a whole number \(BAD_CONFIGURATION\)\n/)
  const file = await run(t, ['serve'], { LLM_API_KEY_FILE: 'nothing' })
  assert.equal(file.status, 78)
  assert.match(file.stderr, /LLM_API_KEY_FILE="nothing": there is no such file/)
})

test('--print-config shows what holds and where it comes from, after any command, and no secret', async (t) => {
  const env = { LLM_API_KEY_FILE: 'key', DOCSPOOL_QUEUE_SIZE: '7', LLM_BASE_URL: 'http://a:canary@h/v1' }
  const { status, stdout, stderr } = await run(t, ['serve', '--print-config', '--port', '0'], env)
  assert.equal(status, 0, stderr)
  assert.match(stdout, /^DOCSPOOL_PORT=0 {2}# flag$/m)
  assert.match(stdout, /^DOCSPOOL_QUEUE_SIZE=7 {2}# environment$/m)
  assert.match(stdout, /^DOCSPOOL_HOST=127\.0\.0\.1 {2}# default$/m)
  assert.match(stdout, /^LLM_API_KEY=\[hidden\] {2}# file key$/m)
  assert.ok(!stdout.includes('canary'), stdout)
})

test('a shell reads the printed settings as they are, and runs nothing in them', async (t) => {
  for (const model of ['a $HOME `id` "b"', 'it\'s $HOME `id` "c"']) {
    const { stdout } = await run(t, ['serve', '--print-config'], { MAIN_MODEL: model })
    const line = stdout.split('\n').find((one) => one.startsWith('MAIN_MODEL='))
    const read = spawnSync('sh', ['-c', `${line}\nprintf %s "$MAIN_MODEL"`], { encoding: 'utf8' })
    assert.equal(read.stdout, model)
  }
})

test('folders of repositories that are not there are named with what to do, by the log of a server, too', async (t) => {
  const warnings = [
    'DOCSPOOL_LOCAL_REPOS: /no/a is not a folder on this machine; create it, or name an existing folder',
    'DOCSPOOL_LOCAL_REPOS: /no/b, /no/c is not a folder on this machine; separate folders by a colon, not by ",": /srv/git:/srv/projects',
  ]
  const settings = { DOCSPOOL_LOCAL_REPOS: `/tmp:/no/a:/no/b, /no/c` }
  assert.deepEqual(settingWarnings(readConfig({}, settings), settings), warnings)
  const served = await startDocspool(settings)
  t.after(() => served.stop())
  await until(() => warnings.every((line) => served.output().includes(JSON.stringify(line))) || undefined)
})

test('an address that others reach is odd, a loopback one is not', () => {
  const odd = (settings: Record<string, string>) => settingWarnings(readConfig({}, settings), settings)
  assert.deepEqual(odd({ DOCSPOOL_HOST: '127.0.0.1', DOCSPOOL_METRICS_PORT: '9100' }), [])
  assert.equal(odd({ DOCSPOOL_HOST: '::' }).length, 1)
  assert.equal(odd({ DOCSPOOL_METRICS_PORT: '9100', DOCSPOOL_METRICS_HOST: '::' }).length, 1)
})

test('what is set by half is odd', () => {
  const odd = (settings: Record<string, string>) => settingWarnings(readConfig({}, settings), settings)
  assert.match(odd({ MAIN_MODEL: 'gpt-x' }).join(), /^a model is set, but neither LLM_BASE_URL nor LLM_API_KEY/)
  assert.match(odd({ DOCSPOOL_MODELS: 'gpt-x' }).join(), /^a model is set/)
  assert.match(odd({ LLM_API_KEY: 'sk-canary' }).join(), /MAIN_MODEL is not/)
  assert.deepEqual(odd({ MAIN_MODEL: 'gpt-x', LLM_API_KEY: 'sk-canary' }), [])
  assert.match(odd({ DOCSPOOL_TOKEN_FOR: 'everything' }).join(), /^DOCSPOOL_TOKEN_FOR=everything, but DOCSPOOL_TOKEN/)
  assert.deepEqual(odd({ DOCSPOOL_TOKEN_FOR: 'everything', DOCSPOOL_TOKEN: 'tokentokentoken-1' }), [])
  assert.deepEqual(odd({ DOCSPOOL_LOCAL_REPOS: `${tmpdir()}:/no/such/folder` }), [
    'DOCSPOOL_LOCAL_REPOS: /no/such/folder is not a folder on this machine; create it, or name an existing folder',
  ])
})

test('doctor names the folders that may be read, and leaves no spool where there was none', async (t) => {
  const { stdout, left } = await run(t, ['doctor'], { DOCSPOOL_LOCAL_REPOS: tmpdir(), DOCSPOOL_SPOOL_DIR: 'a/b' })
  assert.match(stdout, /^ok {4}spool: \S+\/a\/b can be created and written$/m)
  assert.match(stdout, /^ok {4}disk: /m)
  assert.ok(stdout.includes(`, and from folders below ${tmpdir()}\n`), stdout)
  assert.deepEqual(left, ['key'])
})

test('doctor tells the free space exactly where it is too little, and why it is not known', async () => {
  const told = async (bavail: number): Promise<string> =>
    (await checkDisk('/', async () => ({ bavail, bsize: 1_000_000, type: 0 }))).text
  assert.equal(await told(520), '0.520 GB free; at least 0.537 GB is needed')
  assert.equal(await told(1_240), '1.2 GB free')
  const failed = await checkDisk('/', () => Promise.reject(new Error('permission denied')))
  assert.deepEqual(failed, { name: 'disk', ok: false, text: 'the free space is unknown: permission denied' })
})

test('doctor tells of a port whose owner closes each connection at once', async (t) => {
  const closes = `require('net').createServer((socket) => socket.destroy()).listen(0, '127.0.0.1', function () { console.log(this.address().port) })`
  const other = spawn(process.execPath, ['-e', closes], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => other.kill())
  const [port] = await once(other.stdout, 'data')
  const { status, stdout } = await run(t, ['doctor'], { DOCSPOOL_PORT: String(port).trim() })
  assert.equal(status, 1)
  assert.match(stdout, /^FAIL {2}port: 127\.0\.0\.1:\d+ is in use/m)
})

test('the key for git tokens is 32 bytes as hex digits, is never shown, and is for a database', () => {
  const key = '0123456789abcdef'.repeat(4)
  const DOCSPOOL_DATABASE_URL = 'postgres://u:p@h/d'
  const config = readConfig({}, { DOCSPOOL_SECRET_KEY: key, DOCSPOOL_DATABASE_URL })
  assert.deepEqual(config.secretKey, Buffer.from(key, 'hex'))
  assert.deepEqual(settingWarnings(config, {}), [])
  const unused = 'DOCSPOOL_SECRET_KEY is only used with DOCSPOOL_DATABASE_URL'
  assert.deepEqual(settingWarnings(readConfig({}, { DOCSPOOL_SECRET_KEY: key }), {}), [unused])
  assert.equal(readConfig({}, { DOCSPOOL_SECRET_KEY: '' }).secretKey, null)
  for (const odd of ['canary', `${key}0`, key.slice(1), `${key.slice(1)}g`]) {
    assert.throws(() => readConfig({}, { DOCSPOOL_SECRET_KEY: odd }), {
      code: 'BAD_CONFIGURATION',
      message: 'DOCSPOOL_SECRET_KEY: expected 32 bytes as 64 hex digits, such as `openssl rand -hex 32` prints',
    })
  }
  const shown = showSettings({}, { DOCSPOOL_SECRET_KEY: key }).find(({ name }) => name === 'DOCSPOOL_SECRET_KEY')
  assert.equal(shown?.value, '[hidden]')
})
