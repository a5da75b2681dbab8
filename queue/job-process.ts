/**
 * Runs each job in its own process, with a time limit (`DOCSPOOL_JOB_TIMEOUT_S`) and a memory limit. The process leads
 * its own process group. However the run ends, the whole group is killed before the promise settles.
 */

import { killGroup, readGroupMemory, readStart, signal } from '#base/process.ts'
import { JobTimedOut, JobUnresponsive, OutOfMemory, ReportedError, WorkerDied, WorkerNotStarted } from './errors.ts'
import { FromChild, type ToChild } from './job-process-messages.ts'
import { MessageTooLong } from './process-channel.ts'
import type { ClaimedJob, Run, RunContext, RunResult } from './runner.ts'
import { endOf, type ProcessEnd, STOP_SIGNALS, type Started, type StartOptions, startProcess } from './start-process.ts'
import { type WaitingOptions, WaitingProcess } from './waiting-process.ts'

const POLL_MS = 1_000
/** Share of the grace period after which the group gets SIGTERM. Workers ignore it; their child processes stop. */
const SIGTERM_AFTER = 0.2
/** How long a process may take to exit after it has sent its result. */
const EXIT_MS = 2_000
const KILL_WAIT_MS = 5_000
/** Maximum number of a process's questions answered concurrently; any more get no answer. */
const MAX_QUESTIONS = 100

export interface ChildRunOptions extends StartOptions {
  /** Settings that are sent with the job to keep them out of the environment, keyed by variable name. */
  settings?: Record<string, string>
  /** Keeps a process ready for the next job; none by default. */
  waiting?: WaitingOptions
  /** A job that runs longer fails with `JOB_TIMED_OUT`. */
  deadlineMs: number
  /** Limit on resident memory of the whole group; a job that exceeds it fails with `OUT_OF_MEMORY`. */
  memoryBytes: number
  /** Time from the request to stop to SIGKILL. SIGTERM is sent after a fifth of it. */
  graceMs: number
  /** A job whose process sends nothing for this long fails with `JOB_UNRESPONSIVE`; no limit by default. */
  silenceMs?: number
}

/**
 * A `Run` that sends the job to a new process and waits for the result.
 *
 * It throws `ReportedError` with the error that the process reported, `JobTimedOut`, `JobUnresponsive`, `OutOfMemory`,
 * `WorkerDied` when the process exited without a result, `WorkerNotStarted` when it exited before it had accepted the
 * job, the signal's reason, or an error of the context.
 */
export function createChildRun(options: ChildRunOptions): Run {
  const waiting = options.waiting && new WaitingProcess(options, options.waiting)

  async function runIn(started: Started, job: ClaimedJob, context: RunContext): Promise<RunResult> {
    const { child, channel } = started
    try {
      return await converse(started, job, context, options)
    } finally {
      channel.close()
      const isEmpty = await killGroup(child.pid, KILL_WAIT_MS)
      if (!isEmpty) context.log('warn', `Process group ${child.pid} of the job did not exit.`)
    }
  }

  return async (job, context) => {
    context.signal.throwIfAborted()
    const ready = waiting?.begin()
    try {
      if (ready === undefined) return await runIn(await startProcess(options, job), job, context)
      return await runIn(ready, { ...job, workDir: ready.folder }, context)
    } finally {
      waiting?.end()
      await ready?.remove()
    }
  }
}

/** Send the job, enforce its limits and wait for the result. */
function converse(
  { child, channel, stderr }: Started,
  job: ClaimedJob,
  context: RunContext,
  options: ChildRunOptions,
): Promise<RunResult> {
  const { deadlineMs, memoryBytes, graceMs, silenceMs = Number.POSITIVE_INFINITY } = options
  const timers: NodeJS.Timeout[] = []
  const undo: (() => void)[] = []
  const after = (ms: number, act: () => void): unknown => timers.push(setTimeout(act, ms))
  const kill = (): unknown => signal(-child.pid, 'SIGKILL')

  return new Promise<RunResult>((resolve, reject) => {
    /** Settles the promise when the process has exited, with the first result or the reason to stop. */
    let verdict: (() => void) | undefined
    let taken = false
    let stage = 'start'
    let questions = 0
    /** Time since the last message, added up at each poll. A clock would include time when this process was suspended. */
    let silentMs = 0

    /** Never rejects. */
    async function answer(id: number, question: unknown): Promise<void> {
      const isAnswered = context.answer !== undefined && questions < MAX_QUESTIONS
      questions += 1
      const reply = isAnswered ? await context.answer?.(question).catch(noAnswer) : undefined
      questions -= 1
      channel.send({ type: 'answer', id, answer: reply } satisfies ToChild)
    }

    function noAnswer(error: unknown): undefined {
      context.trouble(`A question could not be answered: ${error instanceof Error ? error.message : String(error)}`)
    }

    /** Request the stop, then kill: a busy process reads no messages. */
    function stop(why: unknown, graceMs: number): void {
      if (verdict === undefined) {
        verdict = () => reject(why)
        channel.send({ type: 'stop' } satisfies ToChild)
        after(graceMs * SIGTERM_AFTER, () => signal(-child.pid, 'SIGTERM'))
      }
      after(graceMs, kill)
    }

    function receive(raw: unknown): void {
      const parsed = FromChild.safeParse(raw)
      if (!parsed.success) {
        context.log('warn', 'The process of the job sent an invalid message.')
        return
      }
      const message = parsed.data
      silentMs = 0
      if (message.type === 'taken') taken = true
      else if (message.type === 'progress') {
        stage = message.stage
        context.report(message)
      } else if (message.type === 'log') context.log(message.level, message.text)
      else if (message.type === 'received') context.received(message.bytes)
      else if (message.type === 'ask') void answer(message.id, message.question)
      else if (message.type === 'done' || message.type === 'failed') conclude(message)
    }

    /** The first result counts. */
    function conclude(message: FromChild & { type: 'done' | 'failed' }): void {
      if (verdict !== undefined) return
      verdict = () =>
        message.type === 'done'
          ? resolve(message.result)
          : reject(new ReportedError(message.error, message.retryAfterSeconds))
      after(EXIT_MS, kill)
    }

    channel.listen({
      onMessage: receive,
      onFault: (error) => stop(error instanceof MessageTooLong ? flooded(error) : error, 0),
    })
    void endOf(child).then((end) => {
      const { code, signal: name } = end
      if (stderr() !== '') context.trouble(stderr())
      // Workers that have accepted a job ignore `STOP_SIGNALS`.
      if (verdict !== undefined) verdict()
      else if (!taken && (name === null || STOP_SIGNALS.has(name)))
        reject(notStarted(name ?? `exit code ${code}`, stderr()))
      else reject(toDeath(end, stderr(), options))
    })

    listen(context.signal, () => stop(context.signal.reason, graceMs), undo)
    listen(context.hardSignal, () => stop(context.signal.reason, 0), undo)
    after(deadlineMs, () => stop(new JobTimedOut(`The job ran longer than ${seconds(deadlineMs)}.`), graceMs))
    const checkLimits = (): void => {
      if (readGroupMemory(child.pid) > memoryBytes) stop(tooMuchMemory(memoryBytes), 0)
      silentMs += taken ? POLL_MS : 0
      if (silentMs > silenceMs) stop(unresponsive(stage, silenceMs), 0)
    }
    timers.push(setInterval(checkLimits, POLL_MS))
    context.spawned(child.pid, readStart(child.pid)).then(() => {
      if (verdict === undefined) channel.send({ type: 'job', job, settings: options.settings } satisfies ToChild)
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

function notStarted(how: string, stderr: string): Error {
  return new WorkerNotStarted(`The process of the job exited (${how}) before it accepted the job.`, {
    cause: new Error(stderr),
  })
}

function toDeath(
  { code, signal: name }: ProcessEnd,
  stderr: string,
  { memoryBytes, deadlineMs }: ChildRunOptions,
): Error {
  if (name === 'SIGXCPU') return new JobTimedOut(`The job used more than ${seconds(deadlineMs)} of processor time.`)
  if (/JavaScript heap out of memory/.test(stderr)) return tooMuchMemory(memoryBytes)
  const how = name === null ? `with exit code ${code}` : `by ${name}`
  return new WorkerDied(`The process of the job exited ${how} without a result.`, { cause: new Error(stderr) })
}

const tooMuchMemory = (bytes: number) =>
  new OutOfMemory(`The job used more than ${Math.round(bytes / 1_048_576)} MB of memory.`)

const unresponsive = (stage: string, ms: number) =>
  new JobUnresponsive(`The process of the job did not respond for ${seconds(ms)} in the stage "${stage}".`)

const flooded = (cause: Error) => new WorkerDied('The process of the job sent a message that is too long.', { cause })

const seconds = (ms: number): string => (ms < 1_000 ? `${ms} ms` : `${Math.round(ms / 1_000)} s`)
