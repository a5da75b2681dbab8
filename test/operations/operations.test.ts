/** What docs/operations.md says to do, done: its commands, its backup of a spool that is at work, its unit file. */
import assert from 'node:assert/strict'
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { z } from 'zod'
import { createLog } from '#base/log.ts'
import { listSettings } from '#base/settings.ts'
import { createServerMetrics } from '#metrics/server-metrics.ts'
import { readSharedCounts } from '#metrics/shared-counts.ts'
import { createStoredCounts } from '#metrics/stored-counts.ts'
import { openQueue } from '#queue/open-queue.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { supervise } from '#queue/supervisor.ts'
import { until } from '../support/docspool.ts'
import { missingTool } from '../support/skips.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (file: string): Promise<string> => readFile(path.join(root, file), 'utf8')
const log = createLog('test', 'silent')
const settings = { queueSize: 100, cacheExpiryMs: 1e9, retryCooldownMs: 0, revalidateMs: 1e9 }

/** The code blocks of a language. */
async function blocks(language: string): Promise<string[]> {
  const text = await read('docs/operations.md')
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, code = '']) => code)
}

const submission = (name: string) => ({
  ...{ jobId: `acme--${name}`, repoUrl: `https://github.com/acme/${name}`, commitId: null, options: {}, priority: 5 },
  ...{ force: false, mainModel: 'offline', idempotencyKey: null },
})

test('a spool at work is copied, and a second docspool goes on from the copy beside the first', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-backup-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const spool = path.join(folder, 'spool')
  const first = await openQueue(spool, settings, { log, clock: Date.now })
  const stop = new AbortController()
  let release: () => void = () => undefined
  const isHeld = new Promise<void>((resolve) => {
    release = resolve
  })
  const result = { docsKey: 'k', resolvedCommit: 'a'.repeat(40), summary: 'made' }
  const work = {
    log,
    concurrency: 1,
    isPassing: () => false,
    graceMs: 1_000,
    signal: stop.signal,
    hardSignal: stop.signal,
  }
  const run = async ({ jobId }: { jobId: string }) => {
    if (jobId === 'acme--running') await isHeld
    return result
  }
  // What fails leaves nobody working.
  t.after(() => {
    stop.abort()
    release()
  })
  const working = supervise({ ...work, spoolDir: spool, run })
  await first.submit(submission('done'))
  await until(async () => ((await first.read('acme--done'))?.view.status === 'completed' ? true : undefined))
  await first.submit(submission('running'))
  await until(async () => ((await first.read('acme--running'))?.view.status === 'processing' ? true : undefined))
  await first.submit(submission('waiting'))
  await mkdir(path.join(spool, 'docs', 'k'), { recursive: true })

  const [backup = '', restore = ''] = (await blocks('sh')).filter((code) => code.includes('tar '))
  const shell = promisify(execFile)
  const bash = (code: string) =>
    shell('bash', ['-euc', code], { cwd: folder, env: { ...process.env, SPOOL: spool, DOCSPOOL_LOG_LEVEL: 'warn' } })
  await bash(backup)
  const names = (await bash('tar -tf backup.tar')).stdout.split('\n').map((name) => name.split('/')[1])
  assert.equal(names.indexOf('docs'), names.findLastIndex((name) => name !== undefined && name !== 'docs') + 1)
  const { stdout } = await bash(restore.replace('src/docspool.mjs', path.join(root, 'src/docspool.mjs')))
  assert.match(stdout, /^jobs: 3; checked more closely: 3$/m)
  assert.match(stdout, /^completed jobs without documents, expired or not in the backup: 1$/m, 'the stand-in has none')

  const copy = path.join(folder, 'restored')
  assert.deepEqual(await readdir(path.join(copy, 'corrupt')), [])
  const second = await openQueue(copy, settings, { log, clock: Date.now })
  t.after(() => second.close())
  assert.equal((await second.read('acme--done'))?.view.status, 'completed')
  assert.equal((await second.read('acme--waiting'))?.view.status, 'queued')
  const stopCopy = new AbortController()
  t.after(() => stopCopy.abort())
  const copying = supervise({
    ...work,
    spoolDir: copy,
    run: async () => result,
    signal: stopCopy.signal,
    hardSignal: stopCopy.signal,
  })
  for (const name of ['running', 'waiting']) {
    await until(async () => ((await second.read(`acme--${name}`))?.view.status === 'completed' ? true : undefined))
  }
  assert.equal((await first.read('acme--running'))?.view.status, 'processing', 'the first has been left alone')
  release()
  await until(async () => ((await first.read('acme--waiting'))?.view.status === 'completed' ? true : undefined))
  stop.abort()
  stopCopy.abort()
  await Promise.all([working, copying])
  await first.close()
})

test('the backup says of every name in the spool whether it is kept', async () => {
  const [, section = ''] = /^## Backup and restore\n(.*?)^```/ms.exec(await read('docs/operations.md')) ?? []
  const told = new Set([...section.matchAll(/`([\w.]+)`/g)].map(([, name]) => name))
  assert.deepEqual(
    [...new SpoolPaths('/').rootNames].filter((name) => !told.has(name)),
    [],
  )
})

test('every metric that is described is told, and every one of docspool is described', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-described-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const queue = await openQueue(folder, settings, { log, clock: Date.now })
  t.after(() => queue.close())
  const limits = { cost_usd: null, tokens: null, calls: null }
  const spend = { readDays: async () => [], limits }
  const metrics = createServerMetrics({
    ...{ queue, spend, freeBytes: async () => 1, clock: Date.now },
    documents: { readSize: async () => undefined, maxBytes: 0 },
    readJobMetrics: () => readSharedCounts(createStoredCounts(folder)),
  })
  const told = new Set([...(await metrics.text()).matchAll(/^# TYPE (docspool_\w+)/gm)].map(([, name = '']) => name))
  const described = new Set(
    [...(await read('docs/operations.md')).matchAll(/docspool_[a-z_]+[a-z]/g)]
      .map(([name]) => name)
      .filter((name) => name !== 'docspool_model'),
  )
  assert.deepEqual(
    [...described].filter((name) => !told.has(name)),
    [],
    'described and not told',
  )
  const missing = [...told].filter((name) => !described.has(name) && !name.startsWith('docspool_model_'))
  assert.deepEqual(missing, [], 'told and not described')
})

test('the unit file holds, and is as closed as the documentation says', async (t) => {
  const unit = path.join(root, 'setup/docspool.service')
  const text = await read('setup/docspool.service')
  for (const line of [
    'DynamicUser=yes',
    'ProtectSystem=strict',
    'NoNewPrivileges=yes',
    'KillMode=mixed',
    'Type=notify',
    'NotifyAccess=all',
    'RestartPreventExitStatus=78',
    'OOMPolicy=continue',
    // A start that ends with 1 within a second is repeated for as long as it takes.
    'StartLimitIntervalSec=0',
  ]) {
    assert.ok(text.split('\n').includes(line), line)
  }
  // What ends with 78 before the main process is started again for ever: RestartPreventExitStatus is for that one alone.
  assert.doesNotMatch(text, /^ExecStartPre=/m)
  // Without it setpriv ends at once, and jobs run with less of their sandbox.
  const filters = text.split('\n').filter((line) => line.startsWith('SystemCallFilter='))
  assert.equal(filters.at(-1), 'SystemCallFilter=capset')
  const lack = missingTool('systemd-analyze')
  if (lack) return t.skip(lack)
  const verified = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' })
  const complaints = verified.stderr
    .split('\n')
    .filter((line) => line.includes('docspool.service') && !line.includes('is not executable'))
  assert.deepEqual(complaints, [])
  const report = execFileSync('systemd-analyze', ['security', '--offline=true', '--no-pager', unit], {
    encoding: 'utf8',
  })
  const exposure = Number(/exposure level for docspool\.service: ([\d.]+)/.exec(report)?.[1])
  assert.ok(exposure <= 1.5, `the exposure is ${exposure}`)
})

test('the drop-ins of a server and of a supervisor alone fit the unit', async (t) => {
  const lack = missingTool('systemd-analyze')
  if (lack) return t.skip(lack)
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-units-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  await mkdir(path.join(folder, 'docspool.service.d'))
  await cp(path.join(root, 'setup/docspool.service'), path.join(folder, 'docspool.service'))
  for (const [kind, command] of [
    ['server', 'serve'],
    ['supervisor', 'supervise'],
  ] as const) {
    const dropIn = path.join(folder, 'docspool.service.d/alone.conf')
    await cp(path.join(root, `setup/docspool-${kind}.conf`), dropIn)
    assert.match(await readFile(dropIn, 'utf8'), new RegExp(`^ExecStart=.* ${command}$`, 'm'))
    const env = { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` }
    const verified = spawnSync('systemd-analyze', ['verify', 'docspool.service'], { encoding: 'utf8', env })
    const complaints = verified.stderr
      .split('\n')
      .filter((line) => /docspool\.service|alone\.conf/.test(line) && !line.includes('is not executable'))
    assert.deepEqual(complaints, [])
  }
})

test('the compose file names commands, settings and secrets that there are', async (t) => {
  const file = path.join(root, 'setup/compose.yaml')
  const Service = z.object({
    command: z.array(z.string()).optional(),
    environment: z.record(z.string(), z.string()),
    secrets: z.array(z.string()),
    volumes: z.array(z.string()),
  })
  const Compose = z.object({
    services: z.record(z.string(), Service),
    secrets: z.record(z.string(), z.object({ file: z.string() })),
    volumes: z.record(z.string(), z.null()),
  })
  const { services, secrets, volumes } = Compose.parse(parse(await readFile(file, 'utf8'), { merge: true }))
  const commands = Object.entries(services).map(([name, { command }]) => `${name}: ${command ?? 'postgres'}`)
  assert.deepEqual(commands, [
    ...[
      'database: postgres',
      'server-1: serve',
      'server-2: serve',
      'supervisor-1: supervise',
      'supervisor-2: supervise',
    ],
  ])
  const settings = new Set(listSettings().map(({ name }) => name))
  for (const [name, { environment, secrets: used, volumes: mounted }] of Object.entries(services)) {
    const given = Object.keys(environment).filter((key) => !key.startsWith('POSTGRES_'))
    for (const key of given) assert.ok(settings.has(key.replace(/_FILE$/, '')), `${name}: ${key}`)
    for (const [key, value] of Object.entries(environment)) {
      if (key.endsWith('_FILE')) assert.ok(used.includes(path.basename(value)), `${name}: ${key}`)
    }
    for (const secret of used) assert.equal(secrets[secret]?.file, `secrets/${secret}`)
    for (const volume of mounted) assert.ok((volume.split(':')[0] ?? '') in volumes, `${name}: ${volume}`)
  }
  const { error, status, stderr } = spawnSync('docker-compose', ['-f', file, 'config', '--quiet'], { encoding: 'utf8' })
  if (error !== undefined) return t.diagnostic('docker-compose is not installed')
  assert.equal(status, 0, stderr)
})

test('the configurations of proxies keep back no events and pass the name on', async () => {
  const [nginx = ''] = await blocks('nginx')
  const events = nginx.slice(nginx.indexOf('events$'))
  assert.match(events, /proxy_buffering off;/)
  assert.equal(nginx.match(/proxy_set_header Host \$host;/g)?.length, 2)
  assert.match((await blocks('caddyfile')).join(), /flush_interval -1/)
})
