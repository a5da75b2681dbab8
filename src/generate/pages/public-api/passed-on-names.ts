/** Names that a package takes from another one and offers as its own: from which, and what it says of them. */

import type { Package } from '#generate/model.ts'
import { codeLines, lineNames } from '#generate/pages/code-lines.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline } from '#markdown/build.ts'

const MAX_LINES = 4_000
const MAX_COMMENT = 60
/** `export {Timeout} from 'timeouts';` */
const EXPORTS = /^\s*export\b.*\bfrom\s*['"]([^'"./][^'"]{0,200})['"]/

/** `Thrown when a task takes too long. (from timeouts)`; nothing where no entry of the package says it. */
export function passedOnWords({ survey, texts }: Writing, about: Package | undefined, name: string): Inline[] {
  for (const { file } of about?.entries ?? []) {
    const lines = codeLines(survey, file, 1, MAX_LINES)
    for (const [index, line] of lines.entries()) {
      const [, origin] = line.includes(name) ? (EXPORTS.exec(line.slice(0, 400)) ?? []) : []
      if (origin === undefined || !lineNames(survey, file, index + 1, name)) continue
      const from = texts.entry.from([code(origin)])
      const words = tellingSentence(commentAbove(lines, index), name)
      return words === null ? from : [...words, ' (', ...from, ')']
    }
  }
  return []
}

/** The words of the comment that ends directly above a line. */
function commentAbove(lines: readonly string[], index: number): string {
  const above = lines.slice(Math.max(0, index - MAX_COMMENT), index)
  const start =
    above.at(-1)?.trimEnd().endsWith('*/') === true ? above.findLastIndex((line) => /\/\*\*/.test(line)) : -1
  if (start < 0) return ''
  const text = above.slice(start).map((line) =>
    line
      .replace(/^\s*(?:\/\*\*|\*(?!\/))?\s?/, '')
      .trimEnd()
      .replace(/\*\/$/, ''),
  )
  const end = text.findIndex((line) => /^\s*@/.test(line))
  return text
    .slice(0, end < 0 ? text.length : end)
    .join('\n')
    .trim()
}
