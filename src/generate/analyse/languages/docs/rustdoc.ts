/**
 * Removes the comment markers and the hidden lines of doctests from Rust's doc comments, which are Markdown already.
 */

import { type DocComment, DocParts } from '#generate/analyse/doc-comment.ts'
import { symbolLinksIn } from './brackets.ts'

const SECTION = /^#{1,6} +(?:arguments|parameters|params|returns)\s*$/im
/** Line breaks as clap writes them; it joins all other lines. */
const BREAKS = { before: /^\s{0,8}(?:\{n\})+\s{0,8}/, behind: /(?:\{n\}){1,8}$/ }
const ARGUMENT = /^ {0,3}[-*+] `([\w.&]{1,80})`(.*)$/

/**
 * Outer comments (`///`, `/** … *\/`) document the next item; without any, inner ones (`//!`) document the enclosing
 * one.
 */
export function rustdoc(comments: readonly string[]): DocComment | null {
  const outer = comments.filter((comment) => /^\/\/\/(?!\/)|^\/\*\*(?![*/])/.test(comment))
  const inner = comments.filter((comment) => /^\/\/!|^\/\*!/.test(comment))
  const chosen = outer.length > 0 ? outer : inner.length === comments.length ? inner : []
  const text = symbolLinksIn(withoutHiddenLines(chosen.map(withoutMarks).join('\n'))).trim()
  return text === '' ? null : withoutLists(text)
}

/** Extracts `# Arguments` above a list, and `# Returns`. Other sections, such as `# Errors` and `# Panics`, stay. */
function withoutLists(text: string): DocComment {
  if (!SECTION.test(text)) return { text, details: {} }
  const parts = new DocParts()
  const kept: string[] = []
  let section = ''
  const result: string[] = []
  let isCode = false
  for (const line of text.split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) isCode = !isCode
    const title = isCode ? null : /^#{1,6} +(\S.*)$/.exec(line)
    if (title !== null) {
      const name = title[1]?.trim().toLowerCase() ?? ''
      section = name === 'returns' ? 'returns' : /^(?:arguments|parameters|params)$/.test(name) ? 'parameters' : ''
      if (section !== '') continue
    }
    const [, name, words = ''] = (section === 'parameters' ? ARGUMENT.exec(line) : null) ?? []
    const last = parts.details.parameters?.at(-1)
    if (name !== undefined) parts.add('parameters', { name, text: words.replace(/^[\s:–—-]{0,5}/, '') })
    else if (section === 'returns') result.push(line)
    else if (section === 'parameters' && (line.trim() === '' || (last !== undefined && /^\s/.test(line)))) {
      if (last !== undefined && line.trim() !== '') last.text += ` ${line.trim()}`
    } else {
      if (section === 'parameters') section = ''
      kept.push(line)
    }
  }
  const returned = result.join('\n').trim()
  if (returned !== '') parts.add('returns', { text: returned })
  return { text: kept.join('\n').trim(), details: parts.details }
}

function withoutMarks(comment: string): string {
  if (comment.startsWith('//')) return comment.slice(3).replace(/^ /, '').trimEnd()
  return comment
    .slice(3)
    .replace(/\*\/$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
}

/** Removes lines of examples that begin with `# `, which are compiled but not shown. */
function withoutHiddenLines(text: string): string {
  const lines: string[] = []
  let isCode = false
  for (const line of text.split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) {
      isCode = !isCode
      lines.push(
        isCode
          ? line.replace(/(```|~~~)(?:(?:rust|no_run|ignore|should_panic|compile_fail|edition\d+)\b,?)*\s*$/, '$1rust')
          : line,
      )
    } else if (!isCode) pushWords(lines, line)
    else if (!/^\s*#(?: |$)/.test(line)) lines.push(line)
  }
  return lines.join('\n')
}

/** Adds a line outside of code blocks; two spaces at its end break it in Markdown. */
function pushWords(lines: string[], line: string): void {
  const last = lines.length - 1
  if (BREAKS.before.test(line) && /\S$/.test(lines[last] ?? '')) lines[last] += '  '
  lines.push(line.replace(BREAKS.before, '').replace(BREAKS.behind, '  '))
}
