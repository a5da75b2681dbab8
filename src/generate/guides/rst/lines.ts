/** Splits lines of reStructuredText by indentation, which shows structure. */

import { indentOf, withoutMargin } from '#generate/formats/indentation.ts'

/** The start of a directive, a target, a footnote or a comment. */
export const EXPLICIT = /^\.\.(?:\s+|$)/

export const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === ''

/** @returns The end of the indented lines from `at`, including blank lines between them. */
export function indentedUntil(lines: readonly string[], at: number): number {
  let end = at
  for (let next = at; next < lines.length; next++) {
    const line = lines[next] ?? ''
    if (isBlank(line)) continue
    if (indentOf(line) === 0) break
    end = next + 1
  }
  return end
}

/** Removes the common indentation, and blank lines at both ends. */
export function dedent(lines: readonly string[]): string[] {
  const start = lines.findIndex((line) => !isBlank(line))
  const end = lines.findLastIndex((line) => !isBlank(line))
  return start < 0 ? [] : withoutMargin(lines.slice(start, end + 1))
}

const ADORNMENT = /^([!-/:-@[-`{-~])\1*$/

/** A line of one repeated character, at least two, as above and below titles. */
export function adornmentOf(line: string | undefined): string | undefined {
  const plain = (line ?? '').trimEnd()
  return plain.length > 1 && ADORNMENT.test(plain) ? plain : undefined
}
