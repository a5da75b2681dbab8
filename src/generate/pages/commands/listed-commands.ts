/** Writes the commands of one source on one line: `CONTRIBUTING.md: make, make test`. */

import { quoted } from '#generate/pages/quoted.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { type Inline, join } from '#markdown/build.ts'

export function lineOf({ texts }: Writing, label: Inline[], commands: readonly string[]): Inline[] {
  const shown = commands.map((line): Inline[] => [quoted(line)])
  return [...label, texts.colon, ...join(shown, texts.comma)]
}
