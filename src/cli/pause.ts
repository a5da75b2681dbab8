/** `docspool pause`, `resume` and `drain`. */

import { hostname, userInfo } from 'node:os'
import type { Config } from '#base/config.ts'
import type { Log } from '#base/log.ts'
import { PROGRAM } from '#base/program.ts'
import type { Pause } from '#queue/contract.ts'
import { placeOf } from '#queue/open-storage.ts'
import { drainQueue, pauseQueue, resumeQueue } from '#queue/pause-queue.ts'
import { requireQueue } from './configured-queue.ts'

/** The user who started the program. Read at import, because `becomeOwner` changes the user. */
const CALLER = whoAmI()

/**
 * @returns The text to print.
 * @throws {NoSpool}
 */
export async function pause(config: Config, log: Log): Promise<string> {
  await requireQueue(config)
  const paused = await pauseQueue(placeOf(config), CALLER, { log, clock: Date.now })
  return `The queue is ${pausedText(paused)}. Running jobs continue; \`${PROGRAM} resume\` resumes the queue.`
}

/**
 * @returns The text to print.
 * @throws {NoSpool}
 */
export async function resume(config: Config, log: Log): Promise<string> {
  await requireQueue(config)
  const wasPaused = await resumeQueue(placeOf(config), { log, clock: Date.now })
  return wasPaused ? 'The queue has been resumed.' : 'The queue was not paused.'
}

export interface DrainCommand {
  /** Maximum time to wait; no limit by default. */
  seconds: number | undefined
  /** Ends the wait. */
  signal: AbortSignal
  say(line: string): void
}

/**
 * @returns false when jobs are still running.
 * @throws {NoSpool}
 */
export async function drain({ seconds, signal, say }: DrainCommand, config: Config, log: Log): Promise<boolean> {
  await requireQueue(config)
  const over = new AbortController()
  const stop = (): void => over.abort()
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  const timer = seconds === undefined ? undefined : setTimeout(stop, seconds * 1_000)
  const onRunning = (jobs: number): void => say(jobs === 1 ? '1 job is running' : `${jobs} jobs are running`)
  const options = { by: CALLER, signal: over.signal, onRunning }
  const isDrained = await drainQueue(placeOf(config), options, { log, clock: Date.now }).finally(() => {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  })
  say(
    isDrained
      ? `No job is running; the queue stays paused until \`${PROGRAM} resume\`.`
      : `Jobs are still running; the queue stays paused until \`${PROGRAM} resume\`.`,
  )
  return isDrained
}

/** `paused since 2026-11-24 15:22 UTC by ann@host`. */
export const pausedText = ({ since, by }: Pause): string =>
  `paused since ${since.slice(0, 16).replace('T', ' ')} UTC${by === null ? '' : ` by ${by}`}`

/** `user@host`. In a container, the user may have no name. */
function whoAmI(): string {
  try {
    return `${userInfo().username}@${hostname()}`
  } catch {
    return `${process.getuid?.() ?? 'somebody'}@${hostname()}`
  }
}
