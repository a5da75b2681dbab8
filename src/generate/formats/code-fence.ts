/** Chooses the fence around a block of code in Markdown. */

/** At least three backticks, and more than any line of the code begins with. */
export function fenceFor(lines: readonly string[]): string {
  const longest = lines.reduce((most, line) => Math.max(most, /^\s*(`*)/.exec(line)?.[1]?.length ?? 0), 2)
  return '`'.repeat(longest + 1)
}
