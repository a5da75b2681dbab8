/** The worker's side of the channel to its supervisor. */

import { Aborted, AppError, type ErrorRecord } from '#base/errors.ts'
import { FromChild, ToChild } from './job-process-messages.ts'
import type { ClaimedJob, Progress, RunResult } from './runner.ts'

/** Thrown when the program was not started by a supervisor. */
export class NoSupervisor extends AppError {
  readonly code = 'NO_SUPERVISOR'
  override readonly hint = 'Only the supervisor starts this command.'
}

/** Thrown when the supervisor cannot answer a question, or has exited. */
export class NoAnswer extends AppError {
  readonly code = 'NO_ANSWER'
}

export interface ChildSide<Prepared> {
  readonly job: ClaimedJob
  readonly prepared: Prepared
  /** Aborted when the supervisor stops the job or exits. */
  readonly signal: AbortSignal
  report(progress: Progress): void
  log(level: 'info' | 'warn' | 'error', text: string): void
  /** Report bytes received from a host. */
  received(bytes: number): void
  /** Ask the supervisor a question. @throws {NoAnswer} */
  ask(question: unknown): Promise<unknown>
  /** Send the result. Resolves when it has been sent. */
  done(result: RunResult): Promise<void>
  /** Send the error of a failed job. @param retryAfterSeconds - When to retry, if the error says so. */
  failed(error: ErrorRecord, retryAfterSeconds?: number): Promise<void>
}

/** How long to wait for the job. */
const JOB_WITHIN_MS = 30_000
/** Interval of heartbeats. */
const ALIVE_MS = 1_000
/** How long the work may take to stop after the supervisor has exited. */
const ORPHAN_MS = 5_000

/**
 * Wait for the job.
 *
 * Afterwards, the job is stopped when the supervisor says so or exits; in the latter case, this process exits, too. Signals are
 * ignored: when a service manager signals all processes, the supervisor decides how much time its jobs get.
 *
 * @param prepare - Called with the settings sent with the job, before it is accepted. If it throws, the job is not counted as
 * failed.
 * @param warmUp - Called if the job may take long to come. The signal is aborted when the job comes before `warmUp` has settled; it
 * is accepted afterwards.
 * @throws {NoSupervisor} There is no channel, or no job arrives.
 */
export async function connectToSupervisor<Prepared>(
  prepare: (settings: Record<string, string>, received: { job: ClaimedJob; hasWaited: boolean }) => Prepared,
  warmUp: (signal: AbortSignal) => Promise<void> = async () => undefined,
): Promise<ChildSide<Prepared>> {
  const stop = new AbortController()
  const end = (): void => stop.abort(new Aborted('The job was stopped.'))
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => undefined)
  const questions = new Map<number, { resolve(answer: unknown): void; reject(error: NoAnswer): void }>()
  let nextQuestionId = 0
  process.once('disconnect', () => {
    end()
    for (const { reject } of questions.values()) reject(new NoAnswer('The supervisor has exited.'))
    questions.clear()
    setTimeout(() => process.exit(1), ORPHAN_MS).unref()
  })
  const arrived = new AbortController()
  let warming: Promise<void> | undefined
  const { job, settings = {} } = await receiveJob(stop.signal, () => {
    warming ??= warmUp(arrived.signal)
  })
  arrived.abort()
  await warming
  process.on('message', (message) => {
    const parsed = ToChild.safeParse(message)
    if (!parsed.success) return
    if (parsed.data.type === 'stop') end()
    if (parsed.data.type === 'answer') take(parsed.data)
  })

  function take({ id, answer }: ToChild & { type: 'answer' }): void {
    const question = questions.get(id)
    questions.delete(id)
    if (answer === undefined) question?.reject(new NoAnswer('The supervisor has no answer.'))
    else question?.resolve(answer)
  }

  function ask(question: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = nextQuestionId++
      questions.set(id, { resolve, reject })
      if (!process.connected) take({ type: 'answer', id })
      else void send({ type: 'ask', id, question })
    })
  }

  const prepared = prepare(settings, { job, hasWaited: warming !== undefined })
  setInterval(() => void send({ type: 'alive' }), ALIVE_MS).unref()
  await send({ type: 'taken' })
  return {
    job,
    prepared,
    signal: stop.signal,
    report: (progress) => void send({ type: 'progress', ...progress }),
    log: (level, text) => void send({ type: 'log', level, text }),
    ask,
    received: (bytes) => void send({ type: 'received', bytes }),
    done: (result) => send({ type: 'done', result }),
    failed: (error, retryAfterSeconds) => send({ type: 'failed', error, retryAfterSeconds }),
  }
}

/**
 * @param ended - Aborted when the supervisor exits.
 * @param onWait - Called if the job may take long to come.
 */
function receiveJob(ended: AbortSignal, onWait: () => void): Promise<ToChild & { type: 'job' }> {
  return new Promise((resolve, reject) => {
    if (process.channel === undefined) return reject(new NoSupervisor('Expected to be started by a supervisor.'))
    const fail = (reason: string): void => {
      clearTimeout(timer)
      process.off('message', receive)
      reject(new NoSupervisor(reason))
    }
    const timer = setTimeout(() => fail('The supervisor sent no job.'), JOB_WITHIN_MS)
    ended.addEventListener('abort', () => fail('The supervisor has exited.'), { once: true })
    function receive(message: unknown): void {
      clearTimeout(timer)
      const parsed = ToChild.safeParse(message)
      if (parsed.data?.type === 'wait') onWait()
      else if (parsed.data?.type !== 'job') fail('The supervisor sent something that is not a job.')
      else {
        process.off('message', receive)
        resolve(parsed.data)
      }
    }
    process.on('message', receive)
  })
}

/**
 * Send a message; resolves when it has been sent. Does nothing when the supervisor has exited. Long texts are truncated here, because
 * the supervisor ends a process that sends too much.
 */
function send(message: FromChild): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) return resolve()
    process.send(FromChild.safeParse(message).data ?? message, undefined, undefined, () => resolve())
  })
}
