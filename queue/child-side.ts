/** The process of a job speaking with its supervisor. For the program that does the work. */

import { Aborted, AppError, type ErrorRecord } from '#base/errors.ts'
import { type FromChild, ToChild } from './child-messages.ts'
import type { ClaimedJob, Progress, RunResult } from './contract.ts'

/** Thrown when the program was not started by a supervisor. */
export class NoSupervisor extends AppError {
  readonly code = 'NO_SUPERVISOR'
  override readonly hint = 'This command is for the supervisor to start.'
}

export interface ChildSide<Prepared> {
  readonly job: ClaimedJob
  readonly prepared: Prepared
  /** Aborted when the supervisor wants the job to end, or is gone. */
  readonly signal: AbortSignal
  report(progress: Progress): void
  log(level: 'info' | 'warn' | 'error', text: string): void
  /** So many bytes more came from a host. */
  received(bytes: number): void
  /** The answer; resolves when it is on its way. */
  done(result: RunResult): Promise<void>
  /** @param retryAfterSeconds - When another try is worth it, where somebody has named a time. */
  failed(error: ErrorRecord, retryAfterSeconds?: number): Promise<void>
}

/** A process that gets no job is none of a supervisor's. */
const JOB_WITHIN_MS = 30_000
/** From one word that the event loop turns to the next. */
const ALIVE_MS = 1_000
/** How long the work may take to stop after the supervisor has gone. */
const ORPHAN_MS = 5_000

/**
 * Wait for the job.
 *
 * From then on the supervisor can stop it, and its end does, too; after that this process ends by itself. Signals do not: a
 * service manager that sends one to all processes at once asks the supervisor to end, which gives its jobs their time.
 *
 * @param prepare - What has to work before the job is taken, given the settings that came with it. What it throws is thrown:
 * a process that ends then has not failed the job.
 * @throws {NoSupervisor} There is no channel, or no job comes over it.
 */
export async function connectToSupervisor<Prepared>(
  prepare: (settings: Record<string, string>) => Prepared,
): Promise<ChildSide<Prepared>> {
  const stop = new AbortController()
  const end = (): void => stop.abort(new Aborted('The job was stopped.'))
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => undefined)
  process.once('disconnect', () => {
    end()
    setTimeout(() => process.exit(1), ORPHAN_MS).unref()
  })
  const { job, settings = {} } = await receiveJob()
  process.on('message', (message) => {
    const parsed = ToChild.safeParse(message)
    if (parsed.success && parsed.data.type === 'stop') end()
  })
  const prepared = prepare(settings)
  setInterval(() => void send({ type: 'alive' }), ALIVE_MS).unref()
  await send({ type: 'taken' })
  return {
    job,
    prepared,
    signal: stop.signal,
    report: (progress) => void send({ type: 'progress', ...progress }),
    log: (level, text) => void send({ type: 'log', level, text }),
    received: (bytes) => void send({ type: 'received', bytes }),
    done: (result) => send({ type: 'done', result }),
    failed: (error, retryAfterSeconds) => send({ type: 'failed', error, retryAfterSeconds }),
  }
}

function receiveJob(): Promise<ToChild & { type: 'job' }> {
  return new Promise((resolve, reject) => {
    if (process.channel === undefined) return reject(new NoSupervisor('Expected to be started by a supervisor.'))
    const timer = setTimeout(() => reject(new NoSupervisor('The supervisor sent no job.')), JOB_WITHIN_MS)
    process.once('message', (message) => {
      clearTimeout(timer)
      const parsed = ToChild.safeParse(message)
      if (parsed.success && parsed.data.type === 'job') resolve(parsed.data)
      else reject(new NoSupervisor('The supervisor sent something that is not a job.'))
    })
  })
}

/** A supervisor that is gone gets nothing; `disconnect` has told of it. */
function send(message: FromChild): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) return resolve()
    process.send(message, undefined, undefined, () => resolve())
  })
}
