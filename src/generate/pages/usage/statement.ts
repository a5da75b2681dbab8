/** Finds the statement that begins on a line, by brackets, strings and indentation; `undefined` if it is incomplete. */

import { endOfQuote } from '#base/end-of-quote.ts'
import { least } from '#base/long-arrays.ts'
import { codeLines, indentOf } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

const MAX_LINES = 8
const MAX_CHARS = 700
/** Limit on the characters of a line that are read. */
const MAX_LINE = 300
const OPEN = '([{'
const CLOSE = ')]}'
/** Languages in which a colon at the end of a line begins an indented block. */
const BY_MARGIN = new Set(['python'])
/** Languages in which keywords end blocks. */
const BY_WORDS = new Set(['ruby', 'lua', 'elixir'])
/** Matches a line that continues the one before it: part of a chain or an expression, or the end of a call. */
const CONTINUES =
  /^(?:\.\w|\?[.:\s]|(?:[:+*/%<=>-]|[<=>!]=|<<|<>|&&?|\|[|>]?|\?\?) |->|[,)\]]|\}(?!\s{0,4}(?:catch|elif|else|finally|while)\b)|(?:and|or)\b)/
/** Matches a line that cannot begin a statement. */
const INSIDE = /^(?:\}|(?:else|elif|except|catch|finally|rescue|ensure|end)\b)/
/**
 * Matches the end of a line that the next one continues. Operators and words have a space before them, unlike in `isEmpty?`, `i++`,
 * `:name=` and `.new`.
 */
const OPEN_END =
  /(?:[([{,:\\]|(?<!\.)\.|[-=]>|(?:^|\s)[<>!]?(?!\*\/)[-=+*/%|&?^]{1,3}|(?:^|\s)(?:<<|and|or|not|in|await|else))$/
/** `OPEN_END` of languages in which `else` and `in` begin blocks, and of shells, in which operators are arguments. */
const OPEN_END_BY_WORDS = /(?:[([{,\\]|(?<!\.)\.|[-=]>|::|(?:^|\s)[<>!]?[-=+*/%|&?:^]{1,3}|(?:^|\s)(?:<<|and|or|not))$/
const OPEN_END_OF_SHELLS = /(?:[([{\\]|\|\|?|&&)$/

/** @param bare - A line as from `bareLine`, without indentation. */
export const continues = (bare: string): boolean => CONTINUES.test(bare)

/** Whether a statement goes on after a line that does not begin a block. */
export function isOpenEnd(bare: string, language: string): boolean {
  const openEnd = language === 'bash' ? OPEN_END_OF_SHELLS : BY_WORDS.has(language) ? OPEN_END_BY_WORDS : OPEN_END
  return openEnd.test(bare) && !opensBlock(bare, language)
}

/** Matches statements that do not show how something is used. */
const NO_EXAMPLE =
  /\bsuper\b|^(?:import|from|use|using|require|require_relative|#\s*include|package|export|def|func|fn|function|class|struct|type|interface|public|private|protected|static|if|while|for|switch|match|case|elif|assert|assert_\w+|self\.assert\w*|expect|it|test|describe|unless|raise|throw|with pytest|else|try|@pytest|@Test|@ParameterizedTest)\b/

/** Matches assertions of test libraries. */
const ASSERTS =
  /^(?:\$?\w+(?:\.|->|::))?(?:assert\w*!?|expect\w*|should\w*|verify\w*|require|ensure|check|REQUIRE\w*|CHECK\w*|EXPECT_\w+|ASSERT_\w+|[A-Z]{2,20}_ASSERT\w*|STATIC_REQUIRE\w*)\s*(?:[.(!]|$)|^(?:Assert|Verify|Expect|Truth)(?:\.|::)|\.(?:should|must_|to_not|not_to|to)\b[ ._(]|\b(?:assert|t)\.(?:equal|deepEqual|is|not|true|false|Error|Fatal)\w*\(/

/** @param text - A line without indentation. */
export const isAssertion = (text: string): boolean => ASSERTS.test(text) || /^(?:assert|expect)\w*\b/.test(text)

/** Number of lines before and after a statement that show where it begins and ends. */
const AROUND = 3

/** Lines of code from one to another, both included. */
export interface Statement {
  startLine: number
  endLine: number
  text: string
}

export function statementAt(repo: RepoIndex, path: string, start: number): Statement | undefined {
  const first = Math.max(1, start - AROUND)
  const lines = codeLines(repo, path, first, start + MAX_LINES + AROUND)
  const line = start - first + 1
  const language = repo.files.get(path)?.language ?? ''
  const head = lines[line - 1] ?? ''
  const before = lines.slice(0, line - 1).findLast((one) => one.trim() !== '')
  if (
    head.length > MAX_LINE ||
    NO_EXAMPLE.test(head.trim()) ||
    ASSERTS.test(head.trim()) ||
    CONTINUES.test(head.trim()) ||
    INSIDE.test(head.trim())
  )
    return undefined
  if (before !== undefined && before.length < MAX_LINE && isOpenEnd(bareLine(before, language).trim(), language))
    return undefined
  const end = endOf(lines, line, language)
  if (end === undefined) return undefined
  const text = dedent(lines.slice(line - 1, end))
  return text.length > MAX_CHARS ? undefined : { startLine: start, endLine: start + end - line, text }
}

/** Whether a line ends with `{` or `:`, so that the statement is inside the block. */
export function opensBlock(line: string, language: string): boolean {
  const plain = bareLine(line, language).trim()
  return (
    /\{$|[^\s|]\|$|\{[^{}]{0,100}(?:\sin|->)$/.test(plain) ||
    (BY_MARGIN.has(language) && plain.endsWith(':')) ||
    /^(?:case|default)\b.*:$/.test(plain)
  )
}

function endOf(lines: readonly string[], line: number, language: string): number | undefined {
  const margin = indentOf(lines[line - 1] ?? '')
  let depth = 0
  let isOpen = false
  for (let at = line; at < line + MAX_LINES && at <= lines.length; at++) {
    const text = lines[at - 1] ?? ''
    if (text.length > MAX_LINE) return undefined
    const bare = bareLine(text, language)
    for (const sign of bare) {
      if (OPEN.includes(sign)) depth++
      else if (CLOSE.includes(sign)) depth--
      if (depth < 0) return undefined
    }
    const plain = bare.trim()
    // A comment after an argument is on the next one.
    if (plain === '' && at > line && !isOpen) continue
    if (BY_MARGIN.has(language) && depth === 0 && (plain.endsWith(':') || plain.startsWith('@'))) isOpen = true
    if (BY_WORDS.has(language) && /\bdo(?:\s*\|[^|]*\|)?$/.test(plain)) isOpen = true
    const next = lines.slice(at).findIndex((one) => one.trim() !== '')
    const following = next < 0 ? '' : (lines[at + next] ?? '')
    const after = bareLine(following.slice(0, MAX_LINE), language).trim()
    const goesOn = depth > 0 || isOpenEnd(plain, language) || (continues(after) && !/^[)\]}]/.test(after))
    if (goesOn && !(isOpen && depth === 0)) continue
    if (!isOpen) return at
    if (BY_WORDS.has(language) && /^end\b/.test(plain) && indentOf(text) === margin) return at
    if (
      BY_MARGIN.has(language) &&
      at > line &&
      indentOf(following) <= margin &&
      !plain.endsWith(':') &&
      !/^(?:@|async def|def|class)\b/.test(plain)
    )
      return at
  }
  return undefined
}

/** A line without the contents of strings and without a comment at its end. */
export function bareLine(line: string, language: string): string {
  const mark = language === 'python' || language === 'ruby' || language === 'bash' ? '#' : '//'
  let bare = ''
  // Quotes without a closing one: searching for it each time would take quadratic time.
  const open = new Set<string>()
  for (let at = 0; at < line.length; at++) {
    const sign = line[at] ?? ''
    if (line.startsWith(mark, at)) break
    if (sign !== '"' && sign !== "'" && sign !== '`') {
      bare += sign
      continue
    }
    const end = open.has(sign) ? -1 : endOfQuote(line, at)
    if (end < 0) open.add(sign)
    // A Rust lifetime, or the start of a string over several lines.
    bare += end < 0 ? sign : '""'
    if (end > 0) at = end
  }
  return bare
}

function dedent(lines: readonly string[]): string {
  const margin = least(lines.filter((line) => line.trim() !== '').map(indentOf))
  return lines.map((line) => line.slice(margin).trimEnd()).join('\n')
}
