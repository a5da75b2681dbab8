/**
 * Converts Go's doc comments to Markdown: https://go.dev/doc/comment. They resemble Markdown, with indented lists and
 * code.
 */

import type { DocComment } from '#generate/analyse/doc-comment.ts'
import { withoutMargin } from '#generate/formats/indentation.ts'
import { withBackslashes } from './javadoc-markup.ts'

/** Directives for tools, as go/ast defines them, with older forms: `//go:build`, `//easyjson:json`, `//nolint`. */
const DIRECTIVE = /^\/\/(?:[a-z0-9]{1,60}:[a-z0-9]|line |export |extern |nolint|\s*\+build )/
const LIST_ITEM = /^\s+(?:[-*+•]|\d+[.)])\s+/

/** @param comments - The comments directly above a declaration, with their `//`. */
export function godoc(comments: readonly string[]): DocComment | null {
  const lines = comments.filter((comment) => !DIRECTIVE.test(comment)).flatMap(linesOf)
  // Block comments are often indented as a whole.
  const text = withoutMargin(lines)
    .map((line, index, all) =>
      isOldHeading(line, index, all)
        ? `### ${line.trim()}`
        : markdownLine(line, index === 0 ? '' : (all[index - 1] ?? '')),
    )
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  return text === '' ? null : withoutDeprecated(text)
}

/** `Deprecated:` begins a paragraph of its own: https://go.dev/wiki/Deprecated. */
function withoutDeprecated(text: string): DocComment {
  const paragraphs = text.split('\n\n')
  const at = paragraphs.findIndex((one) => one.startsWith('Deprecated:'))
  if (at < 0) return { text, details: {} }
  const [deprecated = ''] = paragraphs.splice(at, 1)
  return { text: paragraphs.join('\n\n'), details: { deprecated: deprecated.slice('Deprecated:'.length).trim() } }
}

function linesOf(comment: string): string[] {
  if (comment.startsWith('//')) return [comment.slice(2).replace(/^ /, '').trimEnd()]
  return comment
    .replace(/^\/\*+/, '')
    .replace(/(?<!\*)\*+\/$/, '')
    .split('\n')
    .map((line) => line.trimEnd())
}

/**
 * Whether a line is an old-style heading: a line between paragraphs that starts with a capital and has no punctuation
 * (`isOldHeading` of go/doc/comment).
 */
function isOldHeading(line: string, index: number, all: readonly string[]): boolean {
  const isAlone = index > 1 && all[index - 1] === '' && all[index + 1] === '' && /^\S/.test(all[index + 2] ?? '')
  return (
    isAlone &&
    /^\p{Lu}[^;:!?+*/=[\]{}_^°&§~%#@<">\\]*[\p{L}\p{N}]$/u.test(line) &&
    !/\.(?:\s|$)|'(?!s )/.test(line) &&
    /^\S/.test(all.slice(0, index - 1).findLast((one) => one !== '') ?? '')
  )
}

function markdownLine(line: string, before: string): string {
  if (line.trim() === '') return ''
  if (LIST_ITEM.test(line)) {
    const item = literal(line.trim()).replace(/^[*+•]\s+/, '- ')
    return before.trim() === '' || LIST_ITEM.test(before) ? item : `\n${item}`
  }
  // Code is indented; so is the continuation of an item.
  if (/^\s/.test(line))
    return LIST_ITEM.test(before) ? `  ${links(line.trim())}` : `    ${line.replace(/^(?:\t| {1,4})/, '')}`
  return links(line)
}

/** Escapes the backslashes and tags of a line, because Go's comments have neither: `\d` and `<br>` are text. */
const literal = (line: string): string =>
  line.includes('`') ? withBackslashes(line) : withBackslashes(line).replace(/<(?=[a-z/])(?!https?:)/gi, '\\<')

/** `[Name]` and `[pkg.Name]` name a symbol; `[text]: address` is Markdown already. */
function links(line: string): string {
  return literal(line).replace(/(?<![\w\]`])\[(\*?[A-Za-z_][\w./]*)\](?![:(\w[])/g, '`$1`')
}
