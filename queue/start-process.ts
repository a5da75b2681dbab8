/** Starts the process of a job: in a process group and a sandbox of its own, with a channel for messages. */

import { type ChildProcess, spawn } from 'node:child_process'
import { StringDecoder } from 'node:string_decoder'
import { WorkerNotStarted } from './errors.ts'
import { CHANNEL_ENV, ProcessChannel } from './process-channel.ts'
import type { ClaimedJob } from './runner.ts'

const STDERR_TAIL_CHARS = 4_000

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

function followStderr(child: ChildProcess): () => string {
  const decoder = new StringDecoder('utf8')
  let text = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    text = (text + decoder.write(chunk)).slice(-STDERR_TAIL_CHARS)
  })
  return () => text.trim()
}
