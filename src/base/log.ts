/**
 * The log: JSON lines on standard error, or readable lines on a terminal. Not for the output of commands. Each complete line,
 * including fields and stacks, goes through `scrub`, and control characters are escaped.
 */

import pino, { type DestinationStream, type Logger } from 'pino'
import { escapeControls, showControls } from './control-characters.ts'
import { isErrno, toErrorRecord } from './errors.ts'
import { runnableInJson } from './runnable-commands.ts'
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

/** Maximum bytes of buffered lines; later lines are dropped. */
const MAX_WAITING_BYTES = 262_144

/**
 * Standard error, which may be a file on a full disk or a terminal that has closed. While it cannot be written, the first
 * lines are buffered and the rest are dropped, so that the program neither exits nor runs out of memory; once it can be
 * written again, the next line also writes the buffered ones.
 *
 * @param onRecovered - Called with the number of dropped lines, when lines can be written again.
 */
function openStandardError(onRecovered: (dropped: number) => void): DestinationStream {
  let dropped = 0
  let isStuck = false
  const stream = pino.destination({ dest: 2, sync: true, maxLength: MAX_WAITING_BYTES })
  // What could not be written stays in the stream.
  stream.on('error', () => {
    isStuck = true
  })
  stream.on('write', (bytes: number) => {
    if (bytes > 0) isStuck = false
  })
  stream.on('drop', () => {
    if (dropped++ > 0) return
    stream.once('drain', () => {
      const lines = dropped
      dropped = 0
      onRecovered(lines)
    })
  })
  return {
    write(line) {
      // The stream drops a line for which its buffer has no room, without trying to flush the buffer first.
      if (isStuck) stream.write('')
      stream.write(line)
    },
  }
}
