/** Finds the subcommands of the repository's programs in documents: `install` of `pipx install black`. */

import { memoized } from '#base/memoize.ts'
import { isDocument } from '#generate/pages/readme/documents.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { codeBlocks } from './document-blocks.ts'

const MAX_DOCUMENTS = 60
const MAX_CHARS = 100_000
/** Limit on the lines of all documents. */
const MAX_LINES = 5_000
const README = /^README\b/i
const COMMAND = /^([\w.-]{1,60}) ([a-z][\w-]{1,40})(?= |$)/

/** In the order of the README; if it has none, the most frequent ones of other documents first. */
export const typedCommands = memoized(findTyped)

function findTyped({ inventory, packages, subject }: Writing): readonly string[] {
  const own = new Set([subject.name, ...packages.flatMap(({ programs }) => programs.map(({ name }) => name))])
  const all = inventory.files.filter(isDocument)
  const readmes = all.filter(({ path }) => README.test(path))
  const others = all.filter(({ path }) => !README.test(nameOf(path)))
  const counted = (files: typeof all): Map<string, number> => {
    const counts = new Map<string, number>()
    const lines = files
      .slice(0, MAX_DOCUMENTS)
      .flatMap(({ text }) => codeBlocks((text ?? '').slice(0, MAX_CHARS)).flatMap((block) => block.lines))
    for (const line of lines.slice(0, MAX_LINES)) {
      const [, program = '', command = ''] = COMMAND.exec(line) ?? []
      if (own.has(program)) counts.set(command, (counts.get(command) ?? 0) + 1)
    }
    return counts
  }
  const first = counted(readmes)
  return first.size > 0
    ? [...first.keys()]
    : [...counted(others)].sort(([, a], [, b]) => b - a).map(([command]) => command)
}
