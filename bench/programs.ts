/** Starts programs to measure them from outside: the real ones, and others beside them. */

import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { ENTRY_SCRIPT } from '#base/entry-script.ts'

export interface Program {
  pid: number
  /** Milliseconds from its start until `isReady` said so. */
  readyMs: number
  /** What `isReady` found. */
  found: string
  /** SIGTERM, and wait. */
  stop(): Promise<void>
}

/**
 * Start a docspool command and wait for a line of its log.
 *
 * @param find - Gives what is looked for in a line, or nothing.
 * @param before - Words before the command.
 * @param program - The file that starts it.
 */
export async function startDocspool(
  args: string[],
  env: Record<string, string>,
  find: (line: string) => string | undefined,
  before: string[] = [],
  program = ENTRY_SCRIPT,
): Promise<Program> {
  const begin = performance.now()
  const [command = '', ...rest] = [...before, process.execPath, program, ...args]
  const child = spawn(command, rest, {
    env: { ...process.env, ...env },
    // By the channel it ends with this process, however that ends.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const lines: string[] = []
  const found = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr as Readable }).on('line', (line) => {
      lines.push(line)
      const hit = find(line)
      if (hit !== undefined) resolve(hit)
    })
    child.once('exit', (code) => reject(new Error(`docspool ${args[0]} ended with ${code}:\n${lines.join('\n')}`)))
  })
  return { pid: child.pid ?? 0, readyMs: performance.now() - begin, found, stop: () => endProcess(child) }
}

/** A server on a free port; `found` is its address. */
export function startServer(env: Record<string, string>, program?: string): Promise<Program> {
  return startDocspool(['serve', '--port=0'], env, (line) => /http:\/\/[0-9.]+:\d+/.exec(line)?.[0], [], program)
}

/** A program of this folder that speaks over its channel. */
export function forkBench(file: string, args: string[] = []): ChildProcess {
  const modulePath = fileURLToPath(new URL(file, import.meta.url))
  return fork(modulePath, args, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}

/** Send a message and wait for the next one. @throws When the program ends instead. */
export async function ask<T>(child: ChildProcess, message: object): Promise<T> {
  const over = new AbortController()
  const ended = once(child, 'exit', { signal: over.signal }).then(([code]) => {
    throw new Error(`a program that was asked ended with ${code}`)
  })
  ended.catch(() => undefined)
  const answered = once(child, 'message', { signal: over.signal }) as Promise<[T]>
  answered.catch(() => undefined)
  child.send(message)
  try {
    const [answer] = (await Promise.race([answered, ended])) as [T]
    return answer
  } finally {
    over.abort()
  }
}

/** SIGTERM, and wait. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

/** Processor time a process has used, seconds. */
export function readCpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // In ticks of 10 ms, as Linux shows them on every machine.
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** Resident memory, MB. */
export function readRssMb(pid: number): number {
  const kb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kb ?? 0) / 1_024
}
