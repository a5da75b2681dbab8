/** Marks functions as deprecated if their body starts with a deprecation warning and their comment does not say so. */

import type { Component, SourceFile } from '#generate/model.ts'

/** Per language, a pattern for the start of a warning up to its message. */
const WARNS: Readonly<Record<string, RegExp>> = {
  ruby: /^(?:Kernel\.)?warn[ (]+(["'])(.*)/s,
  python: /^(?:warnings\.)?warn\(\s*f?(["'])(.*)/s,
  php: /^@?trigger_error\(\s*(["'])(.*)/s,
}
/** The category that a warning in Python and PHP must name to be about deprecation. */
const CATEGORY: Readonly<Record<string, RegExp>> = { python: /DeprecationWarning/, php: /E_USER_DEPRECATED/ }
/** Maximum number of lines read of a statement. */
const MAX_LINES = 12
/** Maximum number of lines of a signature and docstring before the first statement. */
const MAX_HEAD_LINES = 60
/** Maximum number of characters read of a line: thousands of functions may be on one long line. */
const MAX_LINE_CHARS = 2_000

export function withDeprecatedBodies(
  components: readonly Component[],
  files: ReadonlyMap<string, SourceFile>,
): Component[] {
  let last: { file: string; lines: readonly string[] | null } = { file: '', lines: null }
  return components.map((one) => {
    if ((one.kind !== 'method' && one.kind !== 'function') || one.details?.deprecated !== undefined) return one
    const { language = null, text = null } = files.get(one.file) ?? {}
    if (language === null || text === null || WARNS[language] === undefined) return one
    if (last.file !== one.file) last = { file: one.file, lines: aboutOf(language).test(text) ? text.split('\n') : null }
    const message = last.lines === null ? null : warningIn(last.lines, one, language)
    return message === null ? one : { ...one, details: { ...one.details, deprecated: message } }
  })
}

const aboutOf = (language: string): RegExp => CATEGORY[language] ?? /deprecat/i

/** The message, '' if it is computed at run time; `null` if the body does not begin with a warning. */
function warningIn(lines: readonly string[], { startLine, endLine }: Component, language: string): string | null {
  const first = firstStatement(lines, startLine, endLine, language)
  if (first < 0) return null
  const statement = lines
    .slice(first, Math.min(first + MAX_LINES, endLine))
    .map((line) => line.slice(0, MAX_LINE_CHARS))
    .join('\n')
    .trim()
  const [, quote = '', rest = ''] = WARNS[language]?.exec(statement) ?? []
  if (quote === '') return null
  const call = statement.slice(0, endOfCall(statement))
  if (!aboutOf(language).test(call)) return null
  const words = rest.slice(0, Math.max(0, rest.indexOf(quote)))
  if (language === 'ruby' && isConditional(rest.slice(words.length + 1))) return null
  const isPart = /[#$]?\{|%[sd]|\$\w/.test(words) || /^\s*(?:[.+%]|f?["'])/.test(rest.slice(words.length + 1))
  return isPart ? '' : words.replace(/^\W*deprecat\w*\W+/i, '').replace(/[<>*_[\]#]/g, '\\$&')
}

/** Whether a statement of Ruby ends with a condition: `warn "…" if old?`. */
function isConditional(behind: string): boolean {
  const [end = ''] = /^(?:[^\n]*[\\,+]\n)*[^\n]*/.exec(behind) ?? []
  return /(?:^|[\s)])(?:if|unless)\b/.test(end.replace(/"[^"\n]*"|'[^'\n]*'|#[^\n]*/g, ''))
}

/** The index of the line where the body begins, after the signature and the docstring; -1 without a body. */
function firstStatement(lines: readonly string[], startLine: number, endLine: number, language: string): number {
  const end = Math.min(endLine, startLine + MAX_HEAD_LINES)
  let depth = 0
  let isHead = true
  let quote = ''
  for (let at = startLine - 1; at < end; at++) {
    const line = (lines[at] ?? '').slice(0, MAX_LINE_CHARS).trim()
    if (isHead) {
      const [opening, closing] = language === 'php' ? ['([', ')]'] : ['([{', ')]}']
      for (const sign of line) depth += opening.includes(sign) ? 1 : closing.includes(sign) ? -1 : 0
      const isEnd =
        language === 'python'
          ? line.split(/\s#/, 1)[0]?.trimEnd().endsWith(':')
          : language === 'php'
            ? line.endsWith('{')
            : depth <= 0
      if (isEnd && depth <= 0 && !line.startsWith('@') && !line.startsWith('#')) isHead = false
      continue
    }
    if (quote !== '') {
      if (line.includes(quote)) quote = ''
      continue
    }
    const [, open = ''] = /^r?("""|''')/.exec(line) ?? []
    if (language === 'python' && open !== '') {
      if (!line.slice(line.indexOf(open) + 3).includes(open)) quote = open
      continue
    }
    if (line !== '' && line !== '{' && !/^(?:#|\/\/|\/\*|\*)/.test(line)) return at
  }
  return -1
}

/** The end of the first call, or of the first line if the call has no brackets. */
function endOfCall(text: string): number {
  const open = text.indexOf('(')
  const line = text.indexOf('\n')
  if (open < 0 || (line >= 0 && line < open)) return line < 0 ? text.length : line
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++
    else if (text[at] === ')' && --depth === 0) return at + 1
  }
  return text.length
}
