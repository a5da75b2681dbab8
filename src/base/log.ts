/** The log: JSON lines on standard error, or readable lines when that is a terminal. Not for answers to people. */

import pino, { type Logger } from 'pino'
import pretty from 'pino-pretty'
import { toErrorRecord } from './errors.ts'

export type Log = Logger

/**
 * A logger for one program.
 *
 * @param name - `server`, `supervisor`, …
 */
export function createLog(name: string, level: string): Log {
  const options = { name, level, base: { name }, timestamp: pino.stdTimeFunctions.isoTime }
  if (!process.stderr.isTTY) return pino(options, pino.destination({ dest: 2, sync: true }))
  return pino(options, pretty({ destination: 2, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }))
}

/** An error with its stack, for the log alone. */
export function forLog(error: unknown): Record<string, unknown> {
  const record = toErrorRecord(error)
  const stack = error instanceof Error ? error.stack : String(error)
  return { code: record.code, stack }
}
