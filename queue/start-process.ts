/** Starts the process of a job: in a process group and a sandbox of its own, with a channel for messages. */

import { type ChildProcess, spawn } from 'node:child_process'
import { StringDecoder } from 'node:string_decoder'
import { signal } from '#base/process.ts'
import { WorkerNotStarted } from './errors.ts'
import { CHANNEL_ENV, ProcessChannel } from './process-channel.ts'
import type { ClaimedJob } from './runner.ts'

const STDERR_TAIL_CHARS = 4_000
/** How long the channel and stderr of a process may stay open after it has exited. */
const CLOSE_MS = 1_000
/** Signals that a service manager sends to all processes of a service. */
export const STOP_SIGNALS: ReadonlySet<NodeJS.Signals> = new Set(['SIGTERM', 'SIGINT', 'SIGHUP'])

export interface StartOptions {
  command: string
  args: string[]
  /** The environment of the process; `enclose` can add to it. */
  env: Record<string, string | undefined>
  /** Prepares the sandbox for a work folder. If it throws, the process cannot be started. */
  enclose?(job: Pick<ClaimedJob, 'workDir'>): Promise<Enclosure>
}

export interface Enclosure {
  /** Wrapper commands before the command. They exec it, so the process id stays the same. */
  before: string[]
  env: Record<string, string>
  /** False if a folder that the sandbox was made for has been replaced since. */
  isCurrent?(): boolean
}

export interface Started {
  child: ChildProcess & { pid: number }
  channel: ProcessChannel
  /** The end of what the process has written to its standard error. */
  stderr(): string
  /** Whether its sandbox is still valid; see `Enclosure`. */
  isCurrent(): boolean
}

/** @throws {WorkerNotStarted} */
export async function startProcess(
  { command, args, env, enclose }: StartOptions,
  job: Pick<ClaimedJob, 'workDir'>,
): Promise<Started> {
  try {
    const enclosure: Enclosure = (await enclose?.(job)) ?? { before: [], env: {} }
    const { before, isCurrent = () => true } = enclosure
    const [first = command, ...rest] = [...before, command, ...args]
    const child = spawn(first, rest, {
      env: { ...env, ...enclosure.env, ...CHANNEL_ENV },
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    })
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', reject)
    })
    return {
      child: child as Started['child'],
      channel: new ProcessChannel(child),
      stderr: followStderr(child),
      isCurrent,
    }
  } catch (cause) {
    throw new WorkerNotStarted('The process of the job cannot be started.', { cause })
  }
}

/** How a process ended; one of the fields is `null`. */
export interface ProcessEnd {
  code: number | null
  signal: NodeJS.Signals | null
}

/**
 * Resolves when the process has exited and its last messages have been read. Kills the rest of its group, which may keep the
 * channel and stderr open. Call this before the process can exit.
 */
export function endOf(child: Started['child']): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined
    const end = (): void => {
      clearTimeout(timer)
      resolve({ code: child.exitCode, signal: child.signalCode })
    }
    child.once('exit', () => {
      signal(-child.pid, 'SIGKILL')
      timer = setTimeout(end, CLOSE_MS)
    })
    child.once('close', end)
  })
}

function followStderr(child: ChildProcess): () => string {
  const decoder = new StringDecoder('utf8')
  let text = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    text = (text + decoder.write(chunk)).slice(-STDERR_TAIL_CHARS)
  })
  return () => text.trim()
}
