/** Describes files that packages install as commands: `command orbit`. */

import { ownPackages } from '#generate/pages/public-api/own-packages.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline } from '#markdown/build.ts'

const MAX_PROGRAMS = 6

/** Empty if no package runs any of the files. */
export function programWords(writing: Writing, files: readonly string[]): Inline[] {
  const { texts } = writing
  const inside = new Set(files)
  const own = ownPackages(writing)
    .flatMap(({ programs }) => programs)
    .filter(({ runs }) => inside.has(runs.replace(/^\.\//, '')))
  if (own.length === 0) return []
  const quoted = own.map(({ name }): Inline[] => [{ ...code(name), data: { isQuoted: true } }])
  return texts.commandLine.defines(own.length, few(quoted, MAX_PROGRAMS, texts))
}
