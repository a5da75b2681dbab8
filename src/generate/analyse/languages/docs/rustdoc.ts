/**
 * Removes the comment markers and the hidden lines of doctests from Rust's doc comments, which are Markdown already.
 */

import { append } from '#base/long-arrays.ts'
import { type DocComment, DocParts } from '#generate/analyse/doc-comment.ts'
import { plainLines } from '#generate/analyse/engine/plain-lines.ts'
import { withoutMargin } from '#generate/formats/indentation.ts'
import { shownRustLine } from '#generate/formats/rust-examples.ts'
import { Fences } from '#markdown/fences.ts'
import { symbolLinksIn } from './brackets.ts'

const SECTION = /^#{1,6} +(?:arguments|parameters|params|returns)\s*$/im
/** Line breaks as clap writes them; it joins all other lines. */
const BREAKS = { before: /^\s{0,8}(?:\{n\})+\s{0,8}/, after: /(?:\{n\}){1,8}$/ }
/** What an info string may contain besides `rust` if the code is Rust, separated by commas or spaces: `LangString::parse` of rustdoc. */
const RUST_WORD =
  /^(?:rust|no_run|should_panic|compile_fail|test_harness|standalone_crate|ignore(?:-.*)?|edition\d+|E\d{4})$/
const ARGUMENT = /^ {0,3}[-*+] `([\w.&]{1,80})`(.*)$/

/**
 * Outer comments (`///`, `/** … *\/`) document the next item; without any, inner ones (`//!`) document the enclosing
 * one. Plain ones that read like a sentence describe the item below.
 */
export function rustdoc(comments: readonly string[]): DocComment | null {
  const outer = comments.filter((comment) => /^\/\/\/(?!\/)|^\/\*\*(?![*/])/.test(comment))
  const inner = comments.filter((comment) => /^\/\/!|^\/\*!/.test(comment))
  const chosen = outer.length > 0 ? outer : inner.length === comments.length ? inner : []
  const text = symbolLinksIn(withoutHiddenLines(chosen.map(withoutMarks).join('\n')), true).trim()
  if (text !== '') return withoutLists(text)
  const plain = plainLines(comments)
  return plain === '' ? null : { text: plain, details: {} }
}

/** Extracts `# Arguments` above a list, and `# Returns`. Other sections, such as `# Errors` and `# Panics`, stay. */
function withoutLists(text: string): DocComment {
  if (!SECTION.test(text)) return { text, details: {} }
  const parts = new DocParts()
  const kept: string[] = []
  const result: string[] = []
  let section = ''
  /** The heading above a list of parameters, and blank lines, until the first item is found. */
  let heading: string[] = []
  const fences = new Fences({ isIndented: true })
  for (const line of text.split('\n')) {
    const title = fences.isCode(line) ? undefined : /^#{1,6} +(\S.*)$/.exec(line)?.[1]?.trim().toLowerCase()
    if (title !== undefined) {
      append(kept, heading)
      section = title === 'returns' ? 'returns' : /^(?:arguments|parameters|params)$/.test(title) ? 'parameters' : ''
      heading = section === 'parameters' ? [line] : []
      if (section !== '') continue
    }
    const [, name, words = ''] = (section === 'parameters' ? ARGUMENT.exec(line) : null) ?? []
    const last = heading.length === 0 ? parts.details.parameters?.at(-1) : undefined
    if (name !== undefined) {
      heading = []
      parts.add('parameters', { name, text: words.replace(/^[\s:–—-]{0,5}/, '') })
    } else if (section === 'returns') result.push(line)
    else if (section === 'parameters' && (line.trim() === '' || (last !== undefined && /^\s/.test(line)))) {
      if (last === undefined) heading.push(line)
      else if (line.trim() !== '') last.text += ` ${line.trim()}`
    } else {
      append(kept, heading)
      heading = []
      if (section === 'parameters') section = ''
      kept.push(line)
    }
  }
  append(kept, heading)
  const returned = result.join('\n').trim()
  if (returned !== '') parts.add('returns', { text: returned })
  return { text: kept.join('\n').trim(), details: parts.details }
}

function withoutMarks(comment: string): string {
  if (comment.startsWith('//')) return comment.slice(3).replace(/^ /, '').trimEnd()
  const lines = comment
    .slice(3)
    .replace(/\*\/$/, '')
    .split('\n')
    .map((line) => line.trimEnd())
  const [first = '', ...others] = lines
  // Stars are markers only if every line has one.
  const below = others.every((line) => /^\s*(?:\*|$)/.test(line))
    ? others.map((line) => line.replace(/^\s*\* ?/, ''))
    : withoutMargin(others)
  return [first.replace(/^\s*\* ?/, '').trimStart(), ...below].join('\n')
}

/** Removes the hidden lines of Rust examples. */
function withoutHiddenLines(text: string): string {
  const lines: string[] = []
  const fences = new Fences({ isIndented: true })
  let isRust = false
  for (const line of text.split('\n')) {
    const wasCode = fences.open !== ''
    if (!fences.isCode(line)) pushWords(lines, line)
    else if (!wasCode) {
      const [mark = ''] = /^\s*(?:`{3,}|~{3,})/.exec(line) ?? []
      isRust = isRustCode(line.slice(mark.length))
      lines.push(isRust ? `${mark}rust` : line)
    } else if (!isRust || fences.open === '') lines.push(line)
    else {
      const shown = shownRustLine(line)
      if (shown !== undefined) lines.push(shown)
    }
  }
  return lines.join('\n')
}

/** @param info - The text after the mark that opens a code block. Rust is the default; `(…)` is a comment. */
function isRustCode(info: string): boolean {
  const words = info
    .replace(/\([^()]{0,200}\)/g, ' ')
    .split(/[\s,]+/)
    .filter((word) => word !== '')
  return words.includes('rust') || words.every((word) => RUST_WORD.test(word))
}

/** Adds a line outside of code blocks; two spaces at its end break it in Markdown. */
function pushWords(lines: string[], line: string): void {
  const last = lines.length - 1
  if (BREAKS.before.test(line) && /\S$/.test(lines[last] ?? '')) lines[last] += '  '
  lines.push(line.replace(BREAKS.before, '').replace(BREAKS.after, '  '))
}
