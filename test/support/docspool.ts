/** Starts the real program for a test: `docspool up` on a free port with a spool of its own, and ends it again. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export const program = fileURLToPath(new URL('../../src/docspool.mjs', import.meta.url))

export interface RunningDocspool {
  origin: string
  spoolDir: string
  process: ChildProcess
  /** What it has printed so far, both streams. */
  output(): string
  /** Process ids of its programs whose command line holds a word: `serve`, `supervise`, `worker`. */
  pids(command: string): Promise<number[]>
  /** SIGTERM, and wait; resolves with the exit code. */
  stop(): Promise<number | null>
}

/** Resolves when the server answers. */
export async function startDocspool(
  env: Record<string, string> = {},
  args: string[] = ['up'],
): Promise<RunningDocspool> {
  const spoolDir = env.DOCSPOOL_SPOOL_DIR ?? (await mkdtemp(path.join(tmpdir(), 'docspool-e2e-')))
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, DOCSPOOL_PORT: '0', DOCSPOOL_SPOOL_DIR: spoolDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const origin = await until(() => {
    if (child.exitCode !== null) throw new Error(`docspool ended with ${child.exitCode}:\n${printed}`)
    return /http:\/\/[0-9.]+:\d+/.exec(printed)?.[0]
  })
  return {
    origin,
    spoolDir,
    process: child,
    output: () => printed,
    pids: (command) => descendants(child.pid ?? 0, command),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM')
        await once(child, 'close')
      }
      await rm(spoolDir, { recursive: true, force: true })
      return child.exitCode
    },
  }
}

/**
 * Ask until there is an answer other than `undefined`.
 *
 * @throws After `limitMs`.
 */
export async function until<T>(ask: () => T | undefined | Promise<T | undefined>, limitMs = 240_000): Promise<T> {
  const end = performance.now() + limitMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() > end) throw new Error(`Nothing after ${limitMs} ms: ${ask}`)
    await pause(15)
  }
}

/** All processes below one, whose command line holds a word. */
export async function descendants(root: number, word: string): Promise<number[]> {
  const parents = new Map<number, number>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const status = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => undefined)
    const parent = status?.slice(status.lastIndexOf(')') + 2).split(' ')[1]
    if (parent !== undefined) parents.set(Number(name), Number(parent))
  }
  const isBelow = (pid: number): boolean => {
    for (let at = parents.get(pid); at !== undefined && at > 1; at = parents.get(at)) if (at === root) return true
    return false
  }
  const found: number[] = []
  for (const pid of [...parents.keys()].filter(isBelow)) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (line.split('\0').includes(word)) found.push(pid)
  }
  return found.sort((a, b) => a - b)
}
