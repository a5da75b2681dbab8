/**
 * Comments of C and C++ as Markdown: Doxygen's marks and commands, and plain comments, since most C is documented by
 * those. Which comments belong to a declaration is the engine's to say.
 */

import { javadocText } from '#generate/analyse/languages/docs/javadoc.ts'

const DOXYGEN = /^(?:\/\*[*!](?![*/])|\/\/[/!](?!\/))/
const TRAILING = /^(?:\/\*[*!]?<|\/\/[/!]?<)/
/** Comments for tools. */
const MACHINE = /^\/[/*]\s*(?:NOLINT|clang-format|cppcheck|coverity|lint|LCOV|IWYU|FALLTHROUGH|NOTREACHED)/i

/** Where one of the comments is Doxygen's, the last block of those documents; else all that stand there. */
export function doxygen(comments: readonly string[]): string | null {
  const words = comments.filter((comment) => !MACHINE.test(comment))
  const marked = words.filter((comment) => DOXYGEN.test(comment))
  const block = lastBlock(marked.length > 0 ? marked : words)
  if (block.length === 0) return null
  const lines = block.flatMap(linesOf).filter((line) => !/^\s*[-=*#~_/]{3,}\s*$/.test(line))
  const text = lines
    .join('\n')
    .replace(/([@\\]t?param)\s*\[[\w, ]*\]/g, '$1')
    .replace(/[@\\](?:code|verbatim)(?:\{\.?(\w*)\})?/g, '```$1')
    .replace(/[@\\](?:endcode|endverbatim)\b/g, '```')
    .replace(/[@\\](?:c|p)\s+([\w:.()*&<>-]*\w)/g, '`$1`')
    .replace(/[@\\](?:a|e|em)\s+(\w+)/g, '*$1*')
    .replace(/[@\\]b\s+(\w+)/g, '**$1**')
    .replace(/[@\\](?:short|details|par)\b/g, '')
    .replace(/[@\\](?:file|fn|def|struct|class|enum|typedef|var|ingroup|defgroup|addtogroup|name|internal)\b.*$/gm, '')
    .replace(/^\s*[@\\][{}]\s*$/gm, '')
    .replace(/\*\//g, '')
  return javadocText(`/**\n${text}\n*/`)
}

/** A block comment stands alone, comments of one line belong together. */
function lastBlock(comments: readonly string[]): readonly string[] {
  const last = comments.at(-1)
  if (last === undefined) return []
  if (last.startsWith('/*')) return [last]
  let from = comments.length - 1
  while (from > 0 && comments[from - 1]?.startsWith('//') === true) from--
  return comments.slice(from)
}

function linesOf(comment: string): string[] {
  if (comment.startsWith('//')) {
    return comment.split('\n').map((line) => line.replace(TRAILING, '').replace(/^\s*\/\/+!? ?/, ''))
  }
  const lines = comment
    .replace(TRAILING, '')
    .replace(/^\/\*+!?/, '')
    .replace(/\**\/$/, '')
    .split('\n')
  return lines.map((line, index) => (index === 0 ? line.trim() : line.replace(/^\s*\*+(?:\s|$)/, '')).trimEnd())
}
