/**
 * The real programs for the fault tests: `docspool serve`, and a supervisor whose jobs are stand-ins. A test breaks what
 * they stand on while they run, and mends it; nothing is started anew.
 */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { JobView } from '#queue/contract.ts'
import { program } from '../../support/docspool.ts'
import { atEnd, makeFolder, until } from '../support.ts'

const supervisorScript = fileURLToPath(new URL('../supervisor-process.ts', import.meta.url))

export interface StartOptions {
  /** User and group it runs as. */
  uid?: number
  env?: Record<string, string>
  /** A module that is loaded first. */
  preload?: URL
}

export interface Program {
  process: ChildProcess
  pid: number
  /** What it has printed so far. */
  output(): string
}

export interface Answer {
  status: number
  body: JobView & { outcome?: string; code?: string }
}

export interface Server extends Program {
  origin: string
  /** Submit a repository; the job is `acme--<name>`, and the stand-in does what the name says. */
  post(name: string): Promise<Answer>
  /** The job of that name. */
  read(name: string): Promise<Answer>
}

/** Programs start slowly where many run: waits are long, and end with what they wait for. */
export const eventually: typeof until = (read, what, withinMs = 240_000) => until(read, what, withinMs)

/** By spool: what they printed tells why a wait was in vain. */
const started = new Map<string, Program[]>()

function remember<T extends Program>(spoolDir: string, running: T): T {
  started.set(spoolDir, [...(started.get(spoolDir) ?? []), running])
  return running
}

function start(t: TestContext, args: string[], { uid, env = {}, preload }: StartOptions): Program {
  const first = preload === undefined ? [] : ['--import', preload.href]
  const child = spawn(process.execPath, [...first, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid, gid: uid }),
  })
  atEnd(t, async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'close')
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += String(chunk)))
  return { process: child, pid: child.pid ?? 0, output: () => printed }
}

export async function startServer(t: TestContext, spoolDir: string, options: StartOptions = {}): Promise<Server> {
  const settings = { DOCSPOOL_PORT: '0', DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_LOG_LEVEL: 'info' }
  const env = { ...options.env, ...settings }
  const running = remember(spoolDir, start(t, [program, 'serve'], { ...options, env }))
  const origin = await eventually(() => {
    if (running.process.exitCode !== null) throw new Error(`the server ended:\n${running.output()}`)
    return /http:\/\/[0-9.]+:\d+/.exec(running.output())?.[0]
  }, 'the server listens')
  const ask = async (url: string, init?: RequestInit): Promise<Answer> => {
    const response = await fetch(origin + url, init)
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  const bodyOf = (name: string): string => JSON.stringify({ repo_url: `https://github.com/acme/${name}` })
  return {
    ...running,
    origin,
    post: (name) => ask('/api/jobs', { method: 'POST', headers, body: bodyOf(name) }),
    read: (name) => ask(`/api/job/acme--${name}`),
  }
}

export interface SupervisorOptions extends StartOptions {
  leaseMs?: number
}

export async function startSupervisor(
  t: TestContext,
  spoolDir: string,
  { leaseMs = 15_000, ...options }: SupervisorOptions = {},
): Promise<Program> {
  const args = [spoolDir, journalOf(spoolDir), 2, 200, leaseMs].map(String)
  const running = remember(spoolDir, start(t, ['--import', 'tsx', supervisorScript, ...args], options))
  await eventually(() => {
    if (running.process.exitCode !== null) throw new Error(`the supervisor ended:\n${running.output()}`)
    return running.output().includes('the supervisor has started')
  }, 'the supervisor has started')
  return running
}

const journalOf = (spoolDir: string): string => path.join(path.dirname(path.dirname(spoolDir)), 'journal')

/** A folder for a spool, `<folder>/fs/spool`; the journal of the stand-ins lies outside `fs`, which a test may break. */
export async function makeSpool(t: TestContext, uid = 0): Promise<{ spoolDir: string; fs: string }> {
  const folder = await makeFolder(t)
  const fs = path.join(folder, 'fs')
  await mkdir(fs)
  if (uid !== 0) for (const item of [folder, fs]) await chown(item, uid, uid)
  return { spoolDir: path.join(fs, 'spool'), fs }
}

/** Let a job `held…` end. */
export const release = (spoolDir: string, name: string): Promise<void> =>
  writeFile(`${journalOf(spoolDir)}.acme--${name}`, '')

/** The runs that stand-ins have begun or ended: `START acme--x 1`. */
export async function readRuns(spoolDir: string): Promise<string[]> {
  const text = await readFile(journalOf(spoolDir), 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => (line === '' ? [] : [line.split(' ').slice(0, 3).join(' ')]))
}

/** Process ids of the runs of a job. */
export async function readPids(spoolDir: string, name: string): Promise<number[]> {
  const text = await readFile(journalOf(spoolDir), 'utf8')
  return text
    .split('\n')
    .flatMap((line) => (line.startsWith(`START acme--${name} `) ? [Number(line.split(' ')[3])] : []))
}

export async function begins(spoolDir: string, name: string): Promise<void> {
  const hasBegun = async () => (await readRuns(spoolDir)).some((run) => run.startsWith(`START acme--${name} `))
  await eventually(hasBegun, `${name} begins`).catch((error) => {
    const printed = (started.get(spoolDir) ?? []).map(({ output }) => output())
    throw new Error(`${error.message}\n${printed.join('\n')}`)
  })
}

/** Wait until all have completed, and see that each was run once: a claim that could not be recorded is none. */
export async function completeAll(server: Server, spoolDir: string, names: string[]): Promise<void> {
  for (const name of names) {
    const { body } = await eventually(async () => {
      const answer = await server.read(name)
      return (answer.body.status === 'completed' || answer.body.status === 'failed') && answer
    }, `${name} ends`)
    const { status, error_code, stalls, attempt } = body
    assert.deepEqual({ name, status, error_code, stalls, attempt }, { name, ...CLEAN })
  }
  const runs = await readRuns(spoolDir)
  for (const name of names) {
    const begun = runs.filter((run) => run.startsWith(`START acme--${name} `))
    assert.equal(begun.length, 1, `${name} ran ${begun.length} times`)
  }
}

const CLEAN = { status: 'completed', error_code: null, stalls: 0, attempt: 0 }

/** Submit until it is taken in; between the end of a fault and that there is no restart. */
export async function postUntilTaken(server: Server, name: string): Promise<void> {
  await eventually(async () => [200, 202].includes((await server.post(name)).status), `${name} is taken in again`)
}

/** The programs that were started are the ones that run. */
/** Let programs end what they do, and end. A job that is shown as completed is not yet in every index. */
export async function stop(...programs: Program[]): Promise<void> {
  for (const { process: child } of programs) {
    const ended = once(child, 'close')
    child.kill('SIGTERM')
    await ended
  }
}

export function stillRun(...programs: Program[]): void {
  for (const { process: child, output } of programs) assert.equal(child.exitCode ?? child.signalCode, null, output())
}
