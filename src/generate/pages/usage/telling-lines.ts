/** Which of the lines of a file that use something show best how it is used: whole calls that succeed, no two alike. */

import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { expectsFailure, failsAt } from './failing-tests.ts'
import { costOfNothing, SHOWS_NONE } from './shows-nothing.ts'
import { isAssertion } from './statement.ts'
import type { UseLine } from './use-lines.ts'

/** Of a line of code that is shown; longer ones are cut. */
export const MAX_CHARS = 100
/** Of the lines that are weighed. */
const MAX_LINES = 200
/** A comment behind code. */
const REMARK = / (?:\/\/|# ).{0,200}$/
/** A call that goes on in the next lines. */
const GOES_ON = /(?:[([,]|&&)$/

/** A line with what in the file it is part of. */
export interface Told extends UseLine {
  user: string
}

/**
 * The best first, in the order of lines where they are alike; of lines with the same text the first alone. What only mentions a name, is
 * cut in the middle of the call, or is to fail or to give nothing, is left out: none may be left.
 */
export function tellingFirst(repo: RepoIndex, path: string, lines: readonly Told[]): Told[] {
  const texts = new Set<string>()
  const told = lines.slice(0, MAX_LINES).map((use) => ({ use, text: lineText(repo, path, use.line) }))
  const rows = told.flatMap(({ use, text }) => {
    const plain = text.replace(REMARK, '')
    if (!isWholeCall(use, text) || texts.has(plain) || SHOWS_NONE.test(text)) return []
    texts.add(plain)
    if (failsAt(repo, path, use.line)) return []
    // Of a test with both, what succeeds comes first.
    return [{ use, rank: rankOf(use, text) + (expectsFailure(repo, use.user, path, use.line) ? 4 : 0) }]
  })
  return rows.sort((a, b) => a.rank - b.rank || a.use.line - b.use.line).map(({ use }) => use)
}

/** Not a name that is only mentioned, as in a type. */
function isWholeCall({ name }: Told, text: string): boolean {
  // What is called by another name shows least: `key()` of `def f(key=hashkey)`.
  if (name === null || text.length > MAX_CHARS || GOES_ON.test(text)) return false
  const isLower = /^[\p{Ll}_]/u.test(name)
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const [before, behind] = [text.slice(0, at), text.slice(at + name.length)]
    if (/[\p{L}\p{N}_$]$/u.test(before)) continue
    // Calls of Ruby need no parentheses.
    const isMember = isLower && before.endsWith('.') && !/^[\p{L}\p{N}_$]/u.test(behind)
    const isDecorator = behind === '' && /^@(?:[\p{L}\p{N}_$]{1,60}\.){0,4}$/u.test(before)
    if (isMember || isDecorator || before.endsWith('new ') || /^(?:[([.]|!\(|::)/.test(behind)) return true
  }
  return false
}

function rankOf({ name }: Told, text: string): number {
  const isEmpty = text.includes(`${name}()`) || costOfNothing(text, name ?? '') > 0
  return (isEmpty ? 3 : 0) + (isAssertion(text) ? 1 : 0)
}

/** A line without its margin, on one line of single spaces. */
export function lineText(repo: RepoIndex, path: string, line: number): string {
  const [whole = ''] = codeLines(repo, path, line, line)
  return whole.slice(0, 2_000).replace(/\s+/g, ' ').trim()
}
