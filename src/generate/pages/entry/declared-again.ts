/** Whether a member that overrides another has no body either: it narrows a type or adds words, but implements nothing. */

import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

const LANGUAGES: ReadonlySet<string> = new Set(['java', 'kotlin', 'scala'])
/** Of a head that is read; what is longer counts as implemented. */
const MAX_LINES = 20
const MAX_LINE = 400

/**
 * By its modifier, or by its head where its language leaves the modifier out: in interfaces and traits, and in the classes
 * of Scala.
 */
export function isDeclaredAgain(repo: RepoIndex, id: string): boolean {
  const component = repo.components.get(id)
  if (component === undefined) return false
  const { kind, file, startLine, endLine, signature, parent } = component
  if (/^(?:\w+ )*abstract /.test(signature)) return true
  const language = repo.files.get(file)?.language ?? ''
  const owner = repo.components.get(parent ?? '')?.kind
  if (!LANGUAGES.has(language) || endLine - startLine >= MAX_LINES) return false
  const isInContract = owner === 'interface' || owner === 'trait'
  if (!isInContract && (language !== 'scala' || kind !== 'method')) return false
  const head = codeLines(repo, file, startLine, endLine).map(plainLine).join('\n')
  return !/[={]/.test(withoutBrackets(head))
}

/** A line without annotations' strings and comments. */
const plainLine = (line: string): string => line.slice(0, MAX_LINE).replace(/"[^"\n]*"|\/[/*].*|^\s*\*.*/g, '')

/** Values that parameters have by default are no body; nor are the arrows of function types. */
function withoutBrackets(text: string): string {
  let depth = 0
  let kept = ''
  for (const sign of text.replaceAll('=>', '').replaceAll('->', '')) {
    if (sign === '(' || sign === '[') depth++
    else if (sign === ')' || sign === ']') depth--
    else if (depth <= 0) kept += sign
  }
  return kept
}
