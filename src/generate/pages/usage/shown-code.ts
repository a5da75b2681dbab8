/** Chooses the code that shows a use: the line, or the short statement that it is part of. */

import { codeLines, wordAt } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { bareLine, continues, isOpenEnd, opensBlock } from './statement.ts'
import type { UseLine } from './use-lines.ts'

/** Limits on the characters of a shown line, which is truncated, and of a joined statement, which is not shown if longer. */
export const MAX_CHARS = 100
const MAX_JOINED = 120
/** Limit on the lines of a joined statement, of which the last is often only a bracket. */
const MAX_LINES = 4
const MAX_LINE = 2_000
/** Characters kept before a name if the start of its line is cut off. */
const BEFORE = 40
/** Matches a comment after code. */
export const REMARK = / (?:\/\/|# ).{0,200}$/
/** Matches a line that is a comment, or ends one. */
const COMMENT = /^(?:\/?\*(?![\w(])|\/\/)|\*\/$/
/** Matches the start of a literal over several lines, not of a block. */
const LITERAL = /(?:[=([,:]\s?|\w)\{$/
const OPENING = '([{'
const CLOSING = ')]}'

type Use = Pick<UseLine, 'line' | 'name'>

/**
 * The line of a use, if it is a complete statement, or opens a block; otherwise the statement on up to four lines, joined, if it
 * is short; otherwise the line with an ellipsis where a call is cut off after an argument. Empty if the line would show nothing:
 * `}.run()`, the first line of a call without any argument, or the name alone.
 */
export function shownCode(repo: RepoIndex, path: string, { line, name }: Use): string {
  const language = repo.files.get(path)?.language ?? ''
  // With one line more, to see whether it goes on above.
  const first = Math.max(1, line - MAX_LINES)
  const texts = codeLines(repo, path, first, line + MAX_LINES).map((one) => plainLine(path, one))
  const at = line - first
  const own = texts[at] ?? ''
  if (own.length > MAX_JOINED) return cut(own, name)
  // A macro of C that continues.
  if (own.endsWith(' \\')) return own.replace(/ \\$/, ' …')
  const bare = texts.map((one) => (COMMENT.test(one) ? '' : bareLine(one, language).trim()))
  const whole = wholeAt(texts, bare, at, language)
  if (whole !== undefined) return cut(whole, name)
  return isTelling(bare[at] ?? '', name) ? cut(torn(own, bare[at] ?? ''), name) : ''
}

/** The statement around a line, in one line; `undefined` if it is incomplete or too long. */
function wholeAt(texts: readonly string[], bare: readonly string[], at: number, language: string): string | undefined {
  let start = at
  // A comment or a blank line between two lines of a statement.
  const isInside = (one: number): boolean => one < at && bare[one] === ''
  while (start > 0 && (isInside(start) || isContinued(bare, start, language))) start--
  if (at - start >= MAX_LINES) return undefined
  // An item of a list.
  if (start === at && (bare[at] ?? '').endsWith(',') && openAt(bare[at] ?? '') < 0) return texts[at]
  let depth = 0
  let head: string | undefined
  for (let end = start; end < Math.min(start + MAX_LINES, texts.length); end++) {
    for (const sign of bare[end] ?? '') {
      depth += OPENING.includes(sign) ? 1 : CLOSING.includes(sign) ? -1 : 0
      if (depth < 0) return undefined
    }
    if (end < at) continue
    const joined = join(texts.slice(start, end + 1).filter((_, index) => bare[start + index] !== ''))
    if (end > start && joined.length > MAX_JOINED) break
    const opens = opensBlock(bare[end] ?? '', language)
    if (opens && end === at && !LITERAL.test(bare[end] ?? '')) return joined
    if (opens && end === at) head = joined
    const next = bare.slice(end + 1).find((one) => one !== '') ?? ''
    const isOpen = depth > 0 || isOpenEnd(bare[end] ?? '', language)
    if (!isOpen && !(continues(next) && !/^[)\]}]/.test(next))) return joined
  }
  return head
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

/** Whether part of a statement says more than the name: it has other words, and its last call an argument. */
function isTelling(bare: string, name: string | null): boolean {
  const words = name === null ? bare : bare.replaceAll(name, '')
  if (!/[\p{L}\p{N}"']/u.test(words)) return false
  const open = openAt(bare)
  return open < 0 || /[,{]/.test(bare.slice(open)) || bare.endsWith('{')
}

/** Position of the innermost bracket that the line leaves open, or -1. */
function openAt(bare: string): number {
  const open: number[] = []
  for (let at = 0; at < bare.length; at++) {
    if (OPENING.includes(bare[at] ?? ' ')) open.push(at)
    else if (CLOSING.includes(bare[at] ?? ' ')) open.pop()
  }
  return open.at(-1) ?? -1
}

const torn = (own: string, bare: string): string => (openAt(bare) >= 0 && !bare.endsWith('{') ? `${own} …` : own)

/** A line without indentation, with single spaces. Lines of notebooks are strings. */
function plainLine(path: string, line: string): string {
  const text = line.slice(0, MAX_LINE).replace(/\s+/g, ' ').trim()
  if (!path.endsWith('.ipynb')) return text
  const [, written] = /^"(.*?)(?:\\n)?",?$/.exec(text) ?? []
  return written === undefined ? text : written.replace(/\\(["\\])/g, '$1').trim()
}

/** A text of at most `MAX_CHARS` characters that contains the name. */
function cut(text: string, name: string | null): string {
  const most = Math.max(MAX_CHARS, text.length <= MAX_JOINED ? MAX_JOINED : 0)
  if (text.length <= most) return text
  const end = name === null ? 0 : wordAt(text, name) + name.length
  if (end < MAX_CHARS - 1) return `${text.slice(0, MAX_CHARS - 1)}…`
  const from = Math.min(end - (name ?? '').length - BEFORE, text.length - MAX_CHARS + 1)
  const rest = text.slice(from)
  return rest.length < MAX_CHARS ? `…${rest}` : `…${rest.slice(0, MAX_CHARS - 2)}…`
}
