/** Measures and removes the indentation of lines. */

/** The number of whitespace characters before the text of a line. */
export const indentOf = (line: string): number => line.length - line.trimStart().length

/** Removes the indentation that all lines with text share. @returns No lines if none has text. */
export function withoutMargin(lines: readonly string[]): string[] {
  let margin = Number.POSITIVE_INFINITY
  for (const line of lines) if (line.trim() !== '') margin = Math.min(margin, indentOf(line))
  return Number.isFinite(margin) ? lines.map((line) => line.slice(margin)) : []
}
