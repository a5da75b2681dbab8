/**
 * The one way to standard output and standard error for what people read; the log has its own. Names of refs and files, words
 * of a git host or of a model may be in anything that is said: no sign of it steers the terminal.
 */

import { escapeControls, plainLine, plainText } from '#base/control-signs.ts'

/** To standard output, with a line feed. */
export function say(text: string): void {
  process.stdout.write(`${plainText(text)}\n`)
}

/** JSON to standard output, one value a line. */
export function sayJson(lines: readonly unknown[]): void {
  process.stdout.write(`${lines.map((line) => escapeControls(JSON.stringify(line))).join('\n')}\n`)
}

/** To standard error, with a line feed. */
export function warn(text: string): void {
  process.stderr.write(`${plainText(text)}\n`)
}

/** True where standard error is a terminal. */
export const isAtTerminal = (): boolean => process.stderr.isTTY === true

/** Draws a line in the place of the one before, on standard error. */
export function redraw(text: string): void {
  process.stderr.write(`\r\u001b[2K${plainLine(text).slice(0, Math.max(20, (process.stderr.columns ?? 80) - 1))}`)
}

/** Leaves the line that was drawn. */
export function leaveLine(): void {
  process.stderr.write('\n')
}

/** @param onError - Of either stream, such as a pipe that nobody reads. */
export function watchOutput(onError: (error: Error) => void): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', onError)
}

/** Resolves when all that was said has left. */
export const flush = (): Promise<void> => new Promise((resolve) => process.stdout.write('', () => resolve()))
