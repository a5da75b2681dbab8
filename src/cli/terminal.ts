/**
 * Writes text for people to standard output and standard error; the log is separate. The text may contain names of refs and
 * files and messages of git hosts or models, so control characters are removed.
 */

import { escapeControls, plainLine, plainText } from '#base/control-characters.ts'

/** Print to standard output, with a line feed. */
export function say(text: string): void {
  process.stdout.write(`${plainText(text)}\n`)
}

/** Print part of a line to standard output. */
export function sayPart(text: string): void {
  process.stdout.write(plainText(text))
}

/** Print JSON to standard output, one value per line. */
export function sayJson(lines: readonly unknown[]): void {
  process.stdout.write(`${lines.map((line) => escapeControls(JSON.stringify(line))).join('\n')}\n`)
}

/** Print to standard error, with a line feed. */
export function warn(text: string): void {
  process.stderr.write(`${plainText(text)}\n`)
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

/** @param onError - Called for errors of both streams, such as a closed pipe. */
export function watchOutput(onError: (error: Error) => void): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', onError)
}

/** Resolves when all output has been written. */
export const flush = (): Promise<void> => new Promise((resolve) => process.stdout.write('', () => resolve()))

/** Printed before the rest of the program is loaded, which takes a moment. */
export function sayStarting(): void {
  warn('Starting docspool …')
}
