/** Rust's doc comments are Markdown already: only their marks are taken off, and lines that only rustdoc's tests see. */

import { definitionsOf, withSymbolLinks } from './brackets.ts'

/** Outer ones (`///`, `/** … *\/`) document what follows; where there are none, inner ones (`//!`) what is around. */
export function rustdoc(comments: readonly string[]): string | null {
  const outer = comments.filter((comment) => /^\/\/\/(?!\/)|^\/\*\*(?![*/])/.test(comment))
  const inner = comments.filter((comment) => /^\/\/!|^\/\*!/.test(comment))
  const chosen = outer.length > 0 ? outer : inner.length === comments.length ? inner : []
  const text = withoutHiddenLines(chosen.map(withoutMarks).join('\n')).trim()
  return text === '' ? null : text
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

/** In examples, lines that begin with `# ` are compiled and not shown. */
function withoutHiddenLines(text: string): string {
  const definitions = definitionsOf(text)
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
    } else if (!isCode) lines.push(withSymbolLinks(line, definitions))
    else if (!/^\s*#(?: |$)/.test(line)) lines.push(line)
  }
  return lines.join('\n')
}
