/** Writes commands of one source in a line: `CONTRIBUTING.md: make, make test and 3 more`. */

import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline, join } from '#markdown/build.ts'

export const MAX_COMMANDS = 10

/** @param more - Number of commands of the same file that are left out. */
export function lineOf(
  writing: Writing,
  label: Inline[],
  commands: readonly string[],
  max = MAX_COMMANDS,
  more = 0,
): Inline[] {
  const shown = commands.slice(0, max).map((line): Inline[] => [quoted(line)])
  return [...label, writing.texts.colon, ...withMore(writing, shown, commands.length - shown.length + more)]
}

export function withMore({ texts }: Writing, shown: Inline[][], more: number): Inline[] {
  const all = join(shown, texts.comma)
  return more > 0 ? texts.andMore(all, more) : all
}

/** A command may be combined from several files and appear in none. */
export const quoted = (line: string): Inline => ({ ...code(line), data: { isQuoted: true } })
