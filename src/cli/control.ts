/** `docspool pause`, `resume` and `drain`: the operator's switch. It lies in the spool and outlives all programs. */

import { hostname, userInfo } from 'node:os'
import type { Config } from '#base/config.ts'
import type { Log } from '#base/log.ts'
import { PROGRAM } from '#base/program.ts'
import type { Pause } from '#queue/contract.ts'
import { drainQueue, pauseQueue, resumeQueue } from '#queue/control.ts'
import { requireSpool } from '#queue/require-spool.ts'

/**
 * @returns What to print.
 * @throws {NoSpool}
 */
export async function pause(config: Config, log: Log): Promise<string> {
  await requireSpool(config.spoolDir)
  const paused = await pauseQueue(config.spoolDir, CALLER, { log, clock: Date.now })
  return `The queue is ${pausedText(paused)}. Jobs that run go on; \`${PROGRAM} resume\` starts others again.`
}

/**
 * @returns What to print.
 * @throws {NoSpool}
 */
export async function resume(config: Config, log: Log): Promise<string> {
  await requireSpool(config.spoolDir)
  const wasPaused = await resumeQueue(config.spoolDir, { log, clock: Date.now })
  return wasPaused ? 'The queue goes on: jobs start again.' : 'The queue was not paused.'
}

export interface DrainCommand {
  /** Give up after so long. */
  seconds: number | undefined
  /** Ends the wait, too. */
  signal: AbortSignal
  say(line: string): void
}

/**
 * @returns false when jobs still run.
 * @throws {NoSpool}
 */
export async function drain({ seconds, signal, say }: DrainCommand, config: Config, log: Log): Promise<boolean> {
  await requireSpool(config.spoolDir)
  const over = new AbortController()
  const stop = (): void => over.abort()
  signal.addEventListener('abort', stop, { once: true })
  const timer = seconds === undefined ? undefined : setTimeout(stop, seconds * 1_000)
  const onRunning = (jobs: number): void => say(jobs === 1 ? '1 job is running' : `${jobs} jobs are running`)
  const options = { by: CALLER, signal: over.signal, onRunning }
  const isDrained = await drainQueue(config.spoolDir, options, { log, clock: Date.now })
  clearTimeout(timer)
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

/** Who has called the program, also where it becomes the owner of the spool after it. */
const CALLER = whoAmI()

/** The user may have no name here, in a container. */
function whoAmI(): string {
  try {
    return `${userInfo().username}@${hostname()}`
  } catch {
    return `${process.getuid?.() ?? 'somebody'}@${hostname()}`
  }
}
