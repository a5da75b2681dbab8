/** Recognises overriding members without a body: they narrow a type or add a comment, but implement nothing. */

import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

const LANGUAGES: ReadonlySet<string> = new Set(['java', 'kotlin', 'scala'])
/** Limits on the head that is read; longer members count as implemented. */
const MAX_LINES = 20
const MAX_LINE = 400

/**
 * Recognised by the modifier `abstract`, or by the head where the language has no such modifier: in interfaces, traits and
 * Scala classes.
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

/** A line without strings and comments. */
const plainLine = (line: string): string => line.slice(0, MAX_LINE).replace(/"[^"\n]*"|\/[/*].*|^\s*\*.*/g, '')

/** Removes parentheses, brackets and arrows: default values and function types are not a body. */
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
