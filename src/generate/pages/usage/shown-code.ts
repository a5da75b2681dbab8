/** Chooses the code that shows a use: the line, or the short statement that it is part of. */

import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { bareLine, continues, isOpenEnd, opensBlock } from './statement.ts'

/** Limit on the characters of a shown statement. */
const MAX_CHARS = 120
/** Limit on the lines of a joined statement, of which the last is often only a bracket. */
const MAX_LINES = 4
const MAX_LINE = 2_000
/** Matches a comment after code. */
export const REMARK = / (?:\/\/|# ).{0,200}$/
/** Matches a line that is a comment, or ends one. */
const COMMENT = /^(?:\/?\*(?![\w(])|\/\/)|\*\/$/
/** Matches the start of a literal over several lines, not of a block. */
const LITERAL = /(?:[=([,:]\s?|\w)\{$/
const OPENING = '([{'
const CLOSING = ')]}'

/**
 * The statement on a line, or on up to four lines around it, joined; of one with a block, its head. Empty if it is too long, or is
 * a call whose arguments go on for more lines.
 */
export function shownCode(repo: RepoIndex, path: string, line: number): string {
  const language = repo.files.get(path)?.language ?? ''
  // With one line more, to see whether it goes on above.
  const first = Math.max(1, line - MAX_LINES)
  const texts = codeLines(repo, path, first, line + MAX_LINES).map((one) => plainLine(path, one))
  const bare = texts.map((one) => (COMMENT.test(one) ? '' : bareLine(one, language).trim()))
  const whole = wholeAt(texts, bare, line - first, language) ?? ''
  return whole.length > MAX_CHARS || whole.endsWith('\\') ? '' : whole
}

/** The statement around a line, in one line; `undefined` if it is incomplete or too long. */
function wholeAt(texts: readonly string[], bare: readonly string[], at: number, language: string): string | undefined {
  let start = at
  // A comment or a blank line between two lines of a statement.
  const isInside = (one: number): boolean => one < at && bare[one] === ''
  while (start > 0 && (isInside(start) || isContinued(bare, start, language))) start--
  if (at - start >= MAX_LINES) return undefined
  // An item of a list, or an argument.
  if (start === at && (bare[at] ?? '').endsWith(',')) return undefined
  let depth = 0
  for (let end = start; end < Math.min(start + MAX_LINES, texts.length); end++) {
    for (const sign of bare[end] ?? '') {
      depth += OPENING.includes(sign) ? 1 : CLOSING.includes(sign) ? -1 : 0
      if (depth < 0) return undefined
    }
    if (end < at) continue
    const joined = join(texts.slice(start, end + 1).filter((_, index) => bare[start + index] !== ''))
    if (end > start && joined.length > MAX_CHARS) break
    const opens = opensBlock(bare[end] ?? '', language)
    if (opens && end === at && isHead(bare.slice(start, end + 1).join(' '))) return joined
    const next = bare.slice(end + 1).find((one) => one !== '') ?? ''
    const isOpen = depth > 0 || isOpenEnd(bare[end] ?? '', language)
    if (!isOpen && !(continues(next) && !/^[)\]}]/.test(next))) return joined
  }
  return undefined
}

/** Whether code ends with the start of a block, not within the arguments of a call or in a literal. */
function isHead(bare: string): boolean {
  let depth = 0
  for (const sign of bare) depth += '(['.includes(sign) ? 1 : ')]'.includes(sign) ? -1 : 0
  return depth <= 0 && !LITERAL.test(bare)
}

/** Whether a line continues the one before it. */
function isContinued(bare: readonly string[], at: number, language: string): boolean {
  return continues(bare[at] ?? '') || isOpenEnd(bare[at - 1] ?? '', language)
}

function join(texts: readonly string[]): string {
  let joined = ''
  for (const [index, one] of texts.entries()) {
    const text = index < texts.length - 1 ? one.replace(REMARK, '') : one
    const isClosed = /^[)\]}]/.test(text) && joined.endsWith(',')
    if (isClosed) joined = joined.slice(0, -1)
    const isTight = joined === '' || /[([]$/.test(joined) || /^(?:[)\]]|(?:\?\.|\.(?!\.)|->|::)\w)/.test(text)
    joined += isTight ? text : ` ${text}`
  }
  return joined
}

/** A line without indentation, with single spaces. Lines of notebooks are strings. */
function plainLine(path: string, line: string): string {
  const text = line.slice(0, MAX_LINE).replace(/\s+/g, ' ').trim()
  if (!path.endsWith('.ipynb')) return text
  const [, written] = /^"(.*?)(?:\\n)?",?$/.exec(text) ?? []
  return written === undefined ? text : written.replace(/\\(["\\])/g, '$1').trim()
}
