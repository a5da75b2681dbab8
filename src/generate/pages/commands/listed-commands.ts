/** Writes the commands of one source on one line: `CONTRIBUTING.md: make, make test`. */

import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline, join } from '#markdown/build.ts'

export function lineOf({ texts }: Writing, label: Inline[], commands: readonly string[]): Inline[] {
  const shown = commands.map((line): Inline[] => [quoted(line)])
  return [...label, texts.colon, ...join(shown, texts.comma)]
}

/** A command may be combined from several files and appear in none. */
export const quoted = (line: string): Inline => ({ ...code(line), data: { isQuoted: true } })
