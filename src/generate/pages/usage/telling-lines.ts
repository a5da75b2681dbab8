/**
 * Sorts the lines of a file that use something by how well they show its use: complete calls that succeed, without
 * duplicates.
 */

import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { expectsFailure, failsAt, feedsFailure } from './failing-tests.ts'
import { REMARK, shownCode } from './shown-code.ts'
import { costOfNothing, givenIn, SHOWS_NONE } from './shows-nothing.ts'
import { isAssertion } from './statement.ts'
import type { UseLine } from './use-lines.ts'

/** Limit on the lines that are ranked. */
const MAX_LINES = 200
/** A line that is so much worse than the best one, such as a call that fails, is left out beside it. */
const MUCH_WORSE = 4

/** Match the names of functions that prepare tests, and of stand-ins. */
const PREPARES = /(?:^|\.)(?:set_?up|tear_?down|before|after)(?:_?(?:all|each|class))?$/i
const STANDS_IN = /dummy|fake|mock|stub/i

/** Whether the id of a component is that of a function that prepares tests, or of a stand-in. */
function isPreparation(id: string): boolean {
  const name = id.includes('#') ? id.slice(id.indexOf('#') + 1) : ''
  return PREPARES.test(name) || STANDS_IN.test(name)
}

/** A line, with the component or file that contains it. */
export interface Told extends UseLine {
  user: string
}

/**
 * Best first, then in the order of lines; only the first of lines with the same text. Lines that only mention the name,
 * contain part of a call, or are expected to fail, are left out, so the result may be empty.
 */
export function tellingFirst(repo: RepoIndex, path: string, lines: readonly Told[]): Told[] {
  const texts = new Set<string>()
  const told = lines.slice(0, MAX_LINES).map((use) => ({ use, text: shownCode(repo, path, use) }))
  const countOf = (use: Told, text: string): number => givenIn(text, use.name ?? '').values.length
  const most = told.reduce((max, { use, text }) => Math.max(max, countOf(use, text)), 0)
  const rows = told.flatMap(({ use, text }) => {
    const plain = text.replace(REMARK, '')
    if (!isWholeCall(use, text) || texts.has(plain) || SHOWS_NONE.test(text)) return []
    texts.add(plain)
    if (failsAt(repo, path, use.line) || feedsFailure(repo, use.user, path)) return []
    // Calls that pass everything come first; in a test with both, those that succeed.
    const isShort = countOf(use, text) < most
    const isOdd = expectsFailure(repo, use.user, path, use.line) || isPreparation(use.user)
    return [{ use, rank: rankOf(use, text) + (isShort ? 1 : 0) + (isOdd ? MUCH_WORSE : 0) }]
  })
  const least = rows.reduce((min, { rank }) => Math.min(min, rank), Infinity)
  return rows
    .filter(({ rank }) => rank - least < MUCH_WORSE)
    .sort((a, b) => a.rank - b.rank || a.use.line - b.use.line)
    .map(({ use }) => use)
}

/** Whether a line contains a complete call, not only a mention such as in a type. */
function isWholeCall({ name }: Told, text: string): boolean {
  // A call by another name is not informative: `key()` for `def f(key=hashkey)`.
  if (name === null || text.includes('…')) return false
  // `plan({`
  if (/[([{]$/.test(text) && !/[\p{L}\p{N}"']/u.test(text.replaceAll(name, ''))) return false
  const isLower = /^[\p{Ll}_]/u.test(name)
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const [before, behind] = [text.slice(0, at), text.slice(at + name.length)]
    if (/[\p{L}\p{N}_$]$/u.test(before)) continue
    // Ruby calls need no parentheses.
    const isMember = isLower && before.endsWith('.') && !/^[\p{L}\p{N}_$]/u.test(behind)
    const isDecorator = behind === '' && /^@(?:[\p{L}\p{N}_$]{1,60}\.){0,4}$/u.test(before)
    if (isMember || isDecorator || before.endsWith('new ') || /^(?:[([.]|!\(|::)/.test(behind)) return true
  }
  return false
}

function rankOf({ name }: Told, text: string): number {
  const isEmpty = text.includes(`${name}()`) || costOfNothing(text, name ?? '') > 0
  const checks = isAssertion(text) ? (showsResult(text, name ?? '') ? -1 : 1) : 0
  return (isEmpty ? 3 : 0) + (isTorn(text) ? 2 : 0) + checks
}

/** Whether a line also contains a literal besides the arguments of the call: the result of it. */
function showsResult(text: string, name: string): boolean {
  const at = text.indexOf(name)
  const behind = text.slice(at + name.length).replace(/^\([^()]{0,200}(?:\([^()]{0,200}\)[^()]{0,200}){0,8}\)/, '')
  return /["'`]|(?<![\p{L}\p{N}_$])\d/u.test(`${text.slice(0, at)} ${behind}`)
}

/** Whether a line is part of a longer statement: of a chain of calls, or the end of a call. */
function isTorn(text: string): boolean {
  if (/^[.)\]}]|\.$/.test(text)) return true
  let depth = 0
  for (const char of text) depth += '([{'.includes(char) ? 1 : ')]}'.includes(char) ? -1 : 0
  return depth < 0
}
