/** Lines of reStructuredText, where indentation says what belongs together. */

export const indentOf = (line: string): number => line.length - line.trimStart().length

export const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === ''

/** The lines behind `at` that are deeper than `indent`, blank ones between them included. @returns Where they end. */
export function deeperUntil(lines: readonly string[], at: number, indent: number): number {
  let end = at
  for (let next = at; next < lines.length; next++) {
    const line = lines[next] ?? ''
    if (isBlank(line)) continue
    if (indentOf(line) <= indent) break
    end = next + 1
  }
  return end
}

/** Without the margin that all lines have, and without blank lines at both ends. */
export function dedent(lines: readonly string[]): string[] {
  let margin = Number.POSITIVE_INFINITY
  for (const line of lines) if (!isBlank(line)) margin = Math.min(margin, indentOf(line))
  if (!Number.isFinite(margin)) return []
  const start = lines.findIndex((line) => !isBlank(line))
  const end = lines.findLastIndex((line) => !isBlank(line))
  return lines.slice(start, end + 1).map((line) => line.slice(margin))
}

const ADORNMENT = /^([!-/:-@[-`{-~])\1*$/

/** A line of one sign: what stands over and under titles. At least two of them. */
export function adornmentOf(line: string | undefined): string | undefined {
  const plain = (line ?? '').trimEnd()
  return plain.length > 1 && ADORNMENT.test(plain) ? plain : undefined
}
