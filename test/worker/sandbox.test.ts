/** What confines the process of a job: asked of the kernel by a process that is started as a worker is. */
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { getPriority, tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { workerEnvironment } from '#base/config.ts'
import { JobTimedOut } from '#queue/errors.ts'
import { type ChildRunOptions, createChildRun } from '#queue/job-process.ts'
import type { ClaimedJob } from '#queue/runner.ts'
import { createSandbox, limitsFor, type Sandbox } from '#worker/sandbox.ts'
import { makeSpool } from '../queue/faults/programs.ts'
import { until } from '../queue/support.ts'
import { program } from '../support/docspool.ts'
import { lacking, missingTool } from '../support/skips.ts'

const job: ClaimedJob = {
  ...{ jobId: 'a', repoUrl: 'https://github.com/a/b', commitId: null, options: {}, mainModel: 'offline', epoch: 1 },
  ...{ submittedAt: '2026-11-02T08:00:00.000Z', previous: null, force: false, workDir: '/nowhere' },
}

/** Begins as a worker does, evaluates the expression, and answers with its value. */
const asks = (expression: string): string => `
  const fs = require('node:fs'), path = require('node:path')
  const tries = (act) => { try { act(); return 'done' } catch (error) { return error.code } }
  process.once('message', ({ job, settings }) => {
    process.send({ type: 'taken' })
    const summary = JSON.stringify(${expression})
    process.send({ type: 'done', result: { docsKey: 'k', resolvedCommit: 'c', summary } }, () => process.disconnect())
  })`

async function ask(expression: string, workDir: string, options: Partial<ChildRunOptions>): Promise<unknown> {
  const run = createChildRun({
    ...{ command: process.execPath, args: ['-e', asks(expression)], env: {} },
    ...{ deadlineMs: 60_000, memoryBytes: 1e9, graceMs: 5_000 },
    ...options,
  })
  const nothing = (): undefined => undefined
  const { signal } = new AbortController()
  const told = { report: nothing, log: nothing, trouble: nothing, received: nothing, spawned: async () => undefined }
  const { summary } = await run({ ...job, workDir }, { signal, hardSignal: signal, ...told })
  return JSON.parse(summary)
}

describe('the process of a job', () => {
  let folder: string
  let sandbox: Sandbox
  let options: Partial<ChildRunOptions>
  const config = () => ({ spoolDir: folder, jobTimeoutMs: 600_000, maxRepoBytes: 1e9, llm: null })
  const workDir = () => path.join(folder, 'work', 'a.1')
  const needs = (t: TestContext, part: Sandbox['parts'][number]): boolean => {
    if (sandbox.parts.includes(part)) return true
    t.skip(missingTool(part === 'limits' ? 'prlimit' : 'setpriv') || lacking(part))
    return false
  }

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'docspool-sandbox-'))
    for (const name of ['jobs', 'work', 'docs', 'cache']) await mkdir(path.join(folder, name))
    sandbox = await createSandbox(config())
    options = { env: { PATH: process.env.PATH }, enclose: sandbox.enclose }
  })
  after(() => rm(folder, { recursive: true, force: true }))

  test('has limits on files, processor time and cores', async (t) => {
    if (!needs(t, 'limits')) return
    const limits = String(await ask(`fs.readFileSync('/proc/self/limits', 'utf8')`, workDir(), options))
    assert.match(limits, /^Max core file size +0 +0 /m)
    assert.match(limits, /^Max file size +2073741824 +2073741824 /m)
    assert.match(limits, /^Max open files +\d{1,4} +\d{1,4} /m)
    assert.match(limits, /^Max cpu time +\d+ +\d+ /m)
  })

  test('stands back behind the server', async () => {
    const nice = await ask(`require('node:os').getPriority()`, workDir(), options)
    assert.equal(nice, getPriority() + 10)
  })

  test('gains no rights, and has a group of its own', async (t) => {
    if (!needs(t, 'rights')) return
    const status = String(await ask(`fs.readFileSync('/proc/self/status', 'utf8')`, workDir(), options))
    assert.match(status, /^NoNewPrivs:\t1$/m)
    assert.equal(/^NSpgid:\t(\d+)$/m.exec(status)?.[1], /^Pid:\t(\d+)$/m.exec(status)?.[1])
  })

  test('writes in its own folders and nowhere else', async (t) => {
    if (!needs(t, 'folders')) return
    const places = ['work/a.1', 'work/a.1/tmp', 'docs', 'cache', 'jobs', 'work', '.', '..']
    const expression = `${JSON.stringify(places)}.map((each) => {
      const file = path.join(${JSON.stringify(folder)}, each, 'planted-' + process.pid)
      const made = tries(() => fs.writeFileSync(file, 'x'))
      if (made === 'done') fs.rmSync(file)
      return each + ' ' + made
    })`
    const told = (await ask(expression, workDir(), options)) as string[]
    assert.deepEqual(told, [
      ...['work/a.1 done', 'work/a.1/tmp done', 'docs done', 'cache done'],
      ...['jobs EACCES', 'work EACCES', '. EACCES', '.. EACCES'],
    ])
    const other = await ask(
      `[tries(() => fs.renameSync(path.join(job.workDir, 'tmp'), job.workDir + '.moved')),
        tries(() => fs.symlinkSync('/etc/passwd', path.join(job.workDir, 'link'))),
        tries(() => fs.rmdirSync(${JSON.stringify(path.join(folder, 'jobs'))})),
        tries(() => fs.writeFileSync('/dev/null', 'x'))]`,
      workDir(),
      options,
    )
    assert.deepEqual(other, ['EACCES', 'EACCES', 'EACCES', 'done'])
    await access(path.join(folder, 'jobs'))
  })

  test('has a temporary folder of its own for a home', async () => {
    const own = path.join(workDir(), 'tmp')
    const told = await ask(`[process.env.HOME, require('node:os').tmpdir()]`, workDir(), options)
    assert.deepEqual(told, [own, own])
  })

  test('has its secrets from the channel, and no others', async () => {
    const given = {
      LLM_API_KEY: 'secret-of-the-model',
      DOCSPOOL_GIT_TOKENS: 'host=secret-of-a-host',
      DOCSPOOL_TOKEN: 'secret-of-the-callers',
      DOCSPOOL_SSH_KEY_FILE: '/file',
      DOCSPOOL_MAX_FILES: '7',
      AWS_SECRET_ACCESS_KEY: 'secret-of-another',
    }
    const { env, secrets } = workerEnvironment(given)
    assert.deepEqual(secrets, { LLM_API_KEY: 'secret-of-the-model', DOCSPOOL_GIT_TOKENS: 'host=secret-of-a-host' })
    const expression = `[fs.readFileSync('/proc/self/environ', 'utf8').split('\\0'), settings]`
    const [environment, settings] = (await ask(expression, workDir(), { ...options, env, settings: secrets })) as [
      string[],
      object,
    ]
    assert.doesNotMatch(environment.join('\n'), /secret/)
    assert.ok(environment.includes('DOCSPOOL_MAX_FILES=7') && environment.includes('DOCSPOOL_SSH_KEY_FILE=/file'))
    assert.deepEqual(settings, secrets)
  })

  test('reads itself what it needs of secrets in files, and is told of no other file', () => {
    const { env, secrets } = workerEnvironment({ LLM_API_KEY_FILE: '/key', DOCSPOOL_TOKEN_FILE: '/callers' })
    assert.deepEqual([env.LLM_API_KEY_FILE, env.DOCSPOOL_TOKEN_FILE, secrets], ['/key', undefined, {}])
  })

  test('that takes all the processor time it may is out of time', async (t) => {
    if (!needs(t, 'limits')) return
    const enclose = async () => ({ before: ['prlimit', '--cpu=1:2', '--'], env: {} })
    await assert.rejects(ask('(() => { for (;;); })()', workDir(), { ...options, enclose }), JobTimedOut)
  })

  test('whose folder cannot be made is not started, which is no fault of the job', async () => {
    const inFile = path.join(process.execPath, 'x')
    await assert.rejects(ask('1', inFile, options), { code: 'WORKER_NOT_STARTED' })
  })
})

test('where no trial can be made, jobs are confined by the rest, and it is said where that was', async () => {
  const config = { spoolDir: '/nowhere', jobTimeoutMs: 600_000, maxRepoBytes: 1e9, llm: null }
  const usual = await createSandbox(config)
  const sandbox = await createSandbox(config, { makeTestFolder: () => mkdtemp('/nowhere/docspool-') })
  assert.equal(sandbox.untested, '/nowhere (ENOENT)')
  assert.deepEqual(
    sandbox.parts,
    usual.parts.filter((part) => part !== 'folders'),
  )
  assert.equal(usual.untested, undefined)
})

/** A folder under a name that the system does not remove, though it may be written to. */
async function makeIrremovable(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-irremovable-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return `${folder}/.`
}

test('where the folder of the trial cannot be removed, its result counts, and the error is reported', async (t) => {
  const config = { spoolDir: '/nowhere', jobTimeoutMs: 600_000, maxRepoBytes: 1e9, llm: null }
  const { parts } = await createSandbox(config)
  const folder = await makeIrremovable(t)
  const leftovers: unknown[] = []
  const sandbox = await createSandbox(config, {
    makeTestFolder: async () => folder,
    onLeftover: (error) => leftovers.push(error),
  })
  assert.deepEqual([sandbox.parts, sandbox.untested], [parts, undefined])
  assert.deepEqual(
    leftovers.map((error) => (error as NodeJS.ErrnoException).code),
    ['EINVAL'],
  )
})

test('without a temporary folder of the system the supervisor has started, and doctor says which one it misses', async (t) => {
  const { spoolDir } = await makeSpool(t)
  const env = { ...process.env, TMPDIR: '/nowhere', DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_PORT: '0' }
  const supervisor = spawn(process.execPath, [program, 'supervise'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(supervisor, 'close')
  let printed = ''
  supervisor.stderr.on('data', (chunk) => (printed += String(chunk)))
  await until(() => printed.includes('the supervisor has started') || supervisor.exitCode !== null, 'it works', 60_000)
  supervisor.kill('SIGTERM')
  await ended
  assert.match(printed, /the supervisor has started/)
  assert.deepEqual(await readdir(path.join(spoolDir, 'tmp')), [])
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, 'doctor'], { env }).catch((e) => e)
  assert.match(stdout, /^warn {2}sandbox: .*cannot be tested in \/nowhere \(ENOENT\)/m)
  assert.equal(stderr, '')
})

test('a probe that hangs is an error, not a sandbox without its part', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-hung-'))
  await writeFile(path.join(folder, 'prlimit'), '#!/bin/sh\nexec sleep 1000\n', { mode: 0o755 })
  const before = process.env.PATH
  t.after(async () => {
    process.env.PATH = before
    await rm(folder, { recursive: true, force: true })
  })
  process.env.PATH = `${folder}:${before}`
  const config = { spoolDir: folder, jobTimeoutMs: 600_000, maxRepoBytes: 1e9, llm: null }
  await assert.rejects(createSandbox(config, { probeMs: 5_000 }), { code: 'SANDBOX_PROBE_HUNG', message: /prlimit/ })
})

test('a trial that hangs is an error, also where its folder cannot be removed', async (t) => {
  const programs = await mkdtemp(path.join(tmpdir(), 'docspool-hung-'))
  await writeFile(path.join(programs, 'setpriv'), '#!/bin/sh\ncase "$*" in *landlock*) exec sleep 1000;; esac\n', {
    mode: 0o755,
  })
  const before = process.env.PATH
  t.after(async () => {
    process.env.PATH = before
    await rm(programs, { recursive: true, force: true })
  })
  process.env.PATH = `${programs}:${before}`
  const config = { spoolDir: programs, jobTimeoutMs: 600_000, maxRepoBytes: 1e9, llm: null }
  const folder = await makeIrremovable(t)
  await assert.rejects(createSandbox(config, { makeTestFolder: async () => folder, probeMs: 5_000 }), {
    code: 'SANDBOX_PROBE_HUNG',
    message: /setpriv/,
  })
})

test('limits stay below those that this process has itself', async () => {
  const flags = limitsFor(
    { jobTimeoutMs: 1_000, maxRepoBytes: 1 },
    new Map([
      ['Max file size', 5],
      ['Max cpu time', 1],
      ['Max open files', 64],
    ]),
  )
  assert.deepEqual(flags, ['--core=0:0', '--cpu=1:1', '--fsize=5:5', '--nofile=64:64'])
  assert.ok((await readFile('/proc/self/limits', 'utf8')).includes('Max open files'))
})
