/**
 * The log: JSON lines on standard error, or readable lines on a terminal. Not for the output of commands. Each complete line,
 * including fields and stacks, goes through `scrub`, and control characters are escaped.
 */

import pino, { type DestinationStream, type Logger } from 'pino'
import { escapeControls, showControls } from './control-characters.ts'
import { isErrno, toErrorRecord } from './errors.ts'
import { openStandardError } from './log-destination.ts'
import { runnableInJson } from './runnable-here.ts'
import { scrub } from './scrub.ts'

export type Log = Logger

/** Loaded for terminals only, because it takes a tenth of the server's start-up time. */
const pretty = process.stderr.isTTY ? (await import('pino-pretty')).prettyFactory : undefined

/**
 * A logger for one program. Lines that cannot be written are dropped, and counted in a line when it can be written again.
 *
 * @param name - The name of the program, such as `server` or `supervisor`.
 * @param destination - Standard error by default.
 */
export function createLog(name: string, level: string, destination?: DestinationStream): Log {
  const timestamp = pino.stdTimeFunctions.isoTime
  const streamWrite = (line: string): string => escapeControls(scrub(runnableInJson(line)))
  const onRecovered = (dropped: number): void => log.error({ dropped }, 'lines of the log could not be written')
  const options = { name, level, base: { name }, timestamp, hooks: { streamWrite } }
  const log: Log = pino(options, destination ?? readable(openStandardError(onRecovered)))
  return log
}

/** On a terminal, formats the lines for people. */
function readable(destination: DestinationStream): DestinationStream {
  if (pretty === undefined) return destination
  const format = pretty({ singleLine: true, translateTime: 'SYS:HH:MM:ss' })
  return { write: (line) => destination.write(format(showControls(line))) }
}

/** The fields of an error for the log: its code, its stack, and the message of a cause that names a file. */
export function forLog(error: unknown): Record<string, unknown> {
  const record = toErrorRecord(error)
  const stack = error instanceof Error ? error.stack : String(error)
  const code = isErrno(error, 'ENOSPC', 'EDQUOT') ? 'SPOOL_FULL' : record.code
  // The path of a file is logged, but never part of the message that clients get.
  const { cause } = error instanceof Error ? error : {}
  return { code, stack, ...(cause instanceof Error && 'path' in cause && { cause: cause.message }) }
}
