/**
 * The log: JSON lines on standard error, or readable lines on a terminal. Not for the output of commands. Each complete line,
 * including fields and stacks, goes through `scrub`, and control characters are escaped.
 */

import pino, { type DestinationStream, type Logger } from 'pino'
import { escapeControls, showControls } from './control-characters.ts'
import { toErrorRecord } from './errors.ts'
import { scrub } from './scrub.ts'

export type Log = Logger

/** Loaded for terminals only, because it takes a tenth of the server's start-up time. */
const pretty = process.stderr.isTTY ? (await import('pino-pretty')).default : undefined

/**
 * A logger for one program.
 *
 * @param name - The name of the program, such as `server` or `supervisor`.
 * @param destination - Standard error by default.
 */
export function createLog(name: string, level: string, destination: DestinationStream = standardError()): Log {
  const timestamp = pino.stdTimeFunctions.isoTime
  const streamWrite = (line: string): string => escapeControls(scrub(line))
  return pino({ name, level, base: { name }, timestamp, hooks: { streamWrite } }, destination)
}

function standardError(): DestinationStream {
  if (pretty === undefined) return pino.destination({ dest: 2, sync: true })
  const readable = pretty({ destination: 2, sync: true, singleLine: true, translateTime: 'SYS:HH:MM:ss' })
  return { write: (line) => readable.write(showControls(line)) }
}

/** The fields of an error for the log: its code and its stack. */
export function forLog(error: unknown): Record<string, unknown> {
  const record = toErrorRecord(error)
  const stack = error instanceof Error ? error.stack : String(error)
  return { code: record.code, stack }
}
