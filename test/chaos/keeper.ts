/**
 * Starts the programs and starts at once again what dies, as a service manager does; it counts, and it reads their logs.
 * The product's own keeper is not used here: it would be one more thing that a `kill -9` can hit, and it cannot count.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import type { Machine, Program } from './world.ts'

/** A line of a program's log. */
export interface LogLine {
  program: string
  level: number
  msg: string
  job_id?: string
  epoch?: number
}

export interface Keeper {
  /** Process id by name of program; absent between death and new start. */
  pids(): Map<string, number>
  /** Note that the next death of this process is meant. */
  expectDeath(pid: number): void
  /** Deaths that nobody had asked for. */
  readonly surprises: string[]
  /** Starts that ended because the database could not be reached for some seconds; a service manager tries again. */
  starved(): number
  /** Ask all to end, and wait. @returns Those that had to be killed. */
  stop(): Promise<string[]>
}

export interface KeeperOptions {
  /** The file that starts docspool. */
  entry: string
  machines: readonly Machine[]
  env: Record<string, string>
  onLine(line: LogLine): void
  /** What the programs print goes to this file as well. */
  logFile?: string
}

/** A program that cannot start is tried this often a second. */
const RESTART_MS = 100
const STOP_MS = 40_000

export function startKeeper({ entry, machines, env, onLine, logFile }: KeeperOptions): Keeper {
  const children = new Map<string, ChildProcess>()
  const expected = new Set<number>()
  const surprises: string[] = []
  let starved = 0
  let isStopping = false

  function start({ name, args }: Program, machine: Machine): void {
    // The channel ties it to this process: should that be killed, the program ends by itself.
    const stdio: ('ignore' | 'pipe' | 'ipc')[] = ['ignore', 'ignore', 'pipe', 'ipc']
    const all = { ...process.env, ...env, DOCSPOOL_SPOOL_DIR: machine.spoolDir, ...machine.env }
    const child = spawn(process.execPath, [entry, ...args], { env: all, stdio, detached: true })
    children.set(name, child)
    const last: string[] = []
    if (child.stderr !== null) {
      createInterface({ input: child.stderr }).on('line', (text) => {
        last.push(text)
        if (logFile !== undefined) appendFileSync(logFile, `${new Date().toISOString()} ${name}: ${text}\n`)
        if (last.length > 5) last.shift()
        const line = parseLine(name, text)
        if (line !== undefined) onLine(line)
      })
    }
    child.once('exit', (code, ended) => {
      children.delete(name)
      if (isStopping) return
      const isExpected = child.pid !== undefined && expected.delete(child.pid)
      if (code === 1 && last.some((line) => line.endsWith('(DATABASE_UNREACHABLE)'))) starved += 1
      else if (!isExpected) surprises.push(`${name} ended with ${ended ?? code}: ${last.join(' | ')}`)
      setTimeout(() => isStopping || start({ name, args }, machine), RESTART_MS)
    })
  }

  for (const machine of machines) for (const one of machine.programs) start(one, machine)
  return {
    pids: () => new Map([...children].flatMap(([name, { pid }]) => (pid === undefined ? [] : [[name, pid]]))),
    expectDeath: (pid) => void expected.add(pid),
    surprises,
    starved: () => starved,
    async stop() {
      isStopping = true
      const end = new AbortController()
      const killed: string[] = []
      const stopOne = async ([name, child]: [string, ChildProcess]): Promise<void> => {
        const gone = once(child, 'exit', { signal: end.signal }).catch(() => killed.push(name))
        child.kill('SIGTERM')
        await gone
        child.kill('SIGKILL')
      }
      const all = Promise.all([...children].map(stopOne))
      await Promise.race([all, pause(STOP_MS, undefined, { signal: end.signal }).catch(() => undefined)])
      end.abort()
      await all
      return killed
    },
  }
}

function parseLine(name: string, text: string): LogLine | undefined {
  try {
    return { ...(JSON.parse(text) as Omit<LogLine, 'program'>), program: name }
  } catch {
    return undefined
  }
}
