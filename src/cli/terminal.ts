/**
 * Writes text for people to standard output and standard error; the log is separate. The text may contain names of refs and
 * files and messages of git hosts or models, so control characters are removed.
 */

import { closeSync } from 'node:fs'
import { isatty } from 'node:tty'
import { escapeControls, plainLine, plainText } from '#base/control-characters.ts'
import { runnableHere } from '#base/runnable-commands.ts'

/** Print to standard output, with a line feed. */
export function say(text: string): void {
  process.stdout.write(`${plainText(runnableHere(text))}\n`)
}

/** Print part of a line to standard output. */
export function sayPart(text: string): void {
  process.stdout.write(plainText(text))
}

/** Print JSON to standard output, one value per line; nothing if there are none. */
export function sayJson(lines: readonly unknown[]): void {
  process.stdout.write(lines.map((line) => `${escapeControls(JSON.stringify(line))}\n`).join(''))
}

/** Print to standard error, with a line feed. */
export function warn(text: string): void {
  process.stderr.write(`${plainText(runnableHere(text))}\n`)
}

/** True when standard error is a terminal. */
export const isAtTerminal = (): boolean => process.stderr.isTTY === true

/** Replace the current line on standard error. */
export function redraw(text: string): void {
  process.stderr.write(`\r\u001b[2K${plainLine(text).slice(0, Math.max(20, (process.stderr.columns ?? 80) - 1))}`)
}

/** End the line written by `redraw`. */
export function leaveLine(): void {
  process.stderr.write('\n')
}

/**
 * Messages on standard error may be lost.
 *
 * @param onError - Called for errors of standard output, such as a closed pipe.
 */
export function watchOutput(onError: (error: Error) => void): void {
  process.stdout.on('error', onError)
  process.stderr.on('error', () => undefined)
}

/** Node aborts at its end when it cannot reset a terminal that has closed; it skips those that are not open. */
export function releaseClosedTerminals(): void {
  const terminals = [0, 1, 2].filter(isatty)
  process.on('exit', () => {
    for (const terminal of terminals) if (!isatty(terminal)) closeSync(terminal)
  })
}

/** Resolves when all output has been written. */
export const flush = (): Promise<void> => new Promise((resolve) => process.stdout.write('', () => resolve()))

/** Printed before the rest of the program is loaded, which takes a moment. */
export function sayStarting(): void {
  warn('Starting docspool …')
}
