/**
 * Runs each job in a process of its own, the leader of its own process group. However the run ends, by an answer, a
 * crash, an abort, the time or the memory limit, the whole group is dead before it settles.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { StringDecoder } from 'node:string_decoder'
import { FromChild, type ToChild } from './child-messages.ts'
import type { ClaimedJob, Run, RunContext, RunResult } from './contract.ts'
import { JobTimedOut, OutOfMemory, ReportedError, WorkerDied } from './errors.ts'
import { killGroup, readGroupMemory, readStart, signal } from './process.ts'

const MEMORY_POLL_MS = 1_000
const DEFAULT_GRACE_MS = 5_000
/** How long a process that has answered may take to end. */
const EXIT_MS = 2_000
const KILL_WAIT_MS = 5_000
const STDERR_TAIL = 4_000

export interface ChildRunOptions {
  command: string
  args: string[]
  /** The whole environment of the process. */
  env: Record<string, string | undefined>
  /** A job that runs longer fails with `JOB_TIMED_OUT`. */
  deadlineMs: number
  /** Resident memory of the whole group; a job that takes more fails with `OUT_OF_MEMORY`. */
  memoryBytes: number
  /** From SIGTERM to SIGKILL, 5,000 unless told. */
  graceMs?: number
}

/**
 * A `Run` that hands the job to a new process over its channel and waits for the answer.
 *
 * It throws `ReportedError` with what the process reported, `JobTimedOut`, `OutOfMemory`, `WorkerDied` when the process
 * ended without an answer, and the signal's reason when the signal fired.
 */
export function createChildRun(options: ChildRunOptions): Run {
  return async (job, context) => {
    context.signal.throwIfAborted()
    const child = await start(options)
    try {
      return await converse(child, job, context, options)
    } finally {
      if (child.channel) child.disconnect()
      const isEmpty = await killGroup(child.pid, KILL_WAIT_MS)
      if (!isEmpty) context.log('warn', `Process group ${child.pid} of the job does not end.`)
    }
  }
}

type Started = ChildProcess & { pid: number }

async function start({ command, args, env }: ChildRunOptions): Promise<Started> {
  const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (error) => reject(new WorkerDied('The process of the job cannot be started.', { cause: error })))
  })
  const { pid } = child
  if (pid === undefined) throw new WorkerDied('The process of the job cannot be started.')
  return Object.assign(child, { pid })
}

/** From the job to the answer, or to whatever ends the wait for it. */
function converse(child: Started, job: ClaimedJob, context: RunContext, options: ChildRunOptions): Promise<RunResult> {
  const { deadlineMs, memoryBytes, graceMs = DEFAULT_GRACE_MS } = options
  const tail = followStderr(child)
  const timers: NodeJS.Timeout[] = []
  const undo: (() => void)[] = []

  return new Promise<RunResult>((resolve, reject) => {
    let ending: unknown

    /** Ask the group to end; its exit settles the run with `why`. */
    function stop(why: unknown): void {
      if (ending !== undefined) return
      ending = why
      signal(-child.pid, 'SIGTERM')
      timers.push(setTimeout(() => signal(-child.pid, 'SIGKILL'), graceMs))
    }

    function settleWhenOut(settle: () => void): void {
      timers.push(setTimeout(settle, EXIT_MS))
      child.once('exit', settle)
    }

    child.on('message', (message) => {
      const parsed = FromChild.safeParse(message)
      if (!parsed.success) return context.log('warn', 'The process of the job said something that is not understood.')
      const said = parsed.data
      if (said.type === 'progress') context.report(said)
      else if (said.type === 'log') context.log(said.level, said.text)
      else if (ending !== undefined) return
      else {
        ending = said
        settleWhenOut(() => (said.type === 'done' ? resolve(said.result) : reject(new ReportedError(said.error))))
      }
    })
    // A message that crosses the end of the channel: the exit tells more.
    child.on('error', () => undefined)
    child.once('close', (code, name) => {
      const why = ending ?? toDeath(code, name, tail.read(), memoryBytes)
      if (tail.read() !== '') context.log('warn', tail.read())
      reject(why)
    })

    const onAbort = (): void => stop(context.signal.reason)
    const onHardAbort = (): void => {
      stop(context.signal.reason)
      signal(-child.pid, 'SIGKILL')
    }
    listen(context.signal, onAbort, undo)
    listen(context.hardSignal, onHardAbort, undo)

    timers.push(
      setTimeout(() => stop(new JobTimedOut(`The job ran longer than ${seconds(deadlineMs)}.`)), deadlineMs),
      setInterval(() => {
        if (readGroupMemory(child.pid) > memoryBytes) {
          stop(tooMuchMemory(memoryBytes))
          signal(-child.pid, 'SIGKILL')
        }
      }, MEMORY_POLL_MS),
    )
    context.spawned(child.pid, readStart(child.pid)).then(() => {
      if (ending === undefined && child.connected) child.send({ type: 'job', job } satisfies ToChild)
    }, reject)
  }).finally(() => {
    for (const timer of timers) clearTimeout(timer)
    for (const step of undo) step()
  })
}

function listen(to: AbortSignal, act: () => void, undo: (() => void)[]): void {
  if (to.aborted) act()
  to.addEventListener('abort', act, { once: true })
  undo.push(() => to.removeEventListener('abort', act))
}

function followStderr(child: ChildProcess): { read(): string } {
  const decoder = new StringDecoder('utf8')
  let text = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    text = (text + decoder.write(chunk)).slice(-STDERR_TAIL)
  })
  return { read: () => text.trim() }
}

/** V8 aborts when its heap is full, and says so. */
function toDeath(code: number | null, name: NodeJS.Signals | null, stderr: string, memoryBytes: number): Error {
  if (/JavaScript heap out of memory/.test(stderr)) return tooMuchMemory(memoryBytes)
  const how = name === null ? `with exit code ${code}` : `by ${name}`
  return new WorkerDied(`The process of the job ended ${how} and without an answer.`, { cause: new Error(stderr) })
}

const tooMuchMemory = (bytes: number) =>
  new OutOfMemory(`The job took more than ${Math.round(bytes / 1_048_576)} MB of memory.`)

const seconds = (ms: number): string => (ms < 1_000 ? `${ms} ms` : `${Math.round(ms / 1_000)} s`)
