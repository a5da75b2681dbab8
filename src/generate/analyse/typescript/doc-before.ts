/** Finds the doc comment of a node of the syntax tree. */

import { ts } from '#generate/analyse/compiler.mjs'
import { packDoc, unpackDoc } from '#generate/analyse/doc-comment.ts'
import { trailingWords } from '#generate/analyse/engine/plain-lines.ts'
import { MAX_COMMENT, parseComment, type TaggedComment } from './comment.ts'

/** Limit on the characters after a value that are searched for a comment. */
const MAX_BEHIND = 800
/** A comment on the file, or one that declares or imports a type, does not describe the code below it. */
const OF_OTHERS =
  /^[\s*]{0,40}This file |(?:^|\n)[ \t*]*@(?:typedef|callback|import|file|fileoverview|packageDocumentation)\b/
/** Tags that describe a function. A comment with one of them may be continued by the next comment. */
const FUNCTION_TAGS = /(?:^\/|\n)[ \t*]*@(?:param|returns?|throws|template|example)\b/
/** `/** Map / Set plugin *\/` and a blank line: the heading of a part of the file. */
const PART_HEADING = /^\/\*\*[ \t]{1,9}[^\s.@]{1,40}(?: [^\s.@]{1,40}){0,3} \*\/$/
const BLANK_LINE = /^[ \t]{0,20}\r?\n[ \t]{0,20}\r?\n/
/** Declarations that a comment on the same line may describe. */
const VALUES = new Set([
  ts.SyntaxKind.EnumMember,
  ts.SyntaxKind.PropertyDeclaration,
  ts.SyntaxKind.PropertySignature,
  ts.SyntaxKind.VariableStatement,
])
/** A comment after a declaration, on the same line. */
const TRAILING = /^[ \t]{0,20}[,;]?[ \t]{0,200}(\/\/[^\n]{1,500}|\/\*[^*\n]{1,500}\*\/(?=[ \t]{0,20}\r?\n))/

/** The doc comment of a node, joined with the comment before it if it has no text itself; `undefined` for none. */
export function docBefore(text: string, node: ts.Node): TaggedComment | undefined {
  const comments = (ts.getLeadingCommentRanges(text, node.pos) ?? []).filter(
    ({ pos, end }) =>
      text.startsWith('/**', pos) &&
      text[pos + 3] !== '/' &&
      !OF_OTHERS.test(text.slice(pos + 3, end).slice(0, MAX_COMMENT)),
  )
  const [before, last] = [comments.at(-2), comments.at(-1)]
  if (last === undefined) return trailingComment(text, node)
  const own = text.slice(last.pos, last.end)
  if (PART_HEADING.test(own) && BLANK_LINE.test(text.slice(last.end, last.end + MAX_BEHIND))) return undefined
  const parsed = parseComment(own)
  if (before === undefined || (unpackDoc(parsed.doc).doc ?? '') !== '') return parsed
  const earlier = text.slice(before.pos, before.end)
  const isJoined = FUNCTION_TAGS.test(earlier.slice(0, MAX_COMMENT)) && text.slice(before.end, last.pos).trim() === ''
  return isJoined ? parseComment(`${earlier.slice(0, -2).trimEnd()}\n${own.slice(3)}`) : parsed
}

/** The trailing comment after a value that fits on one line. */
function trailingComment(text: string, node: ts.Node): TaggedComment | undefined {
  if (!VALUES.has(node.kind)) return undefined
  const before = (ts.getLeadingCommentRanges(text, node.pos) ?? ts.getTrailingCommentRanges(text, node.pos))?.at(-1)
  const value = text.slice(before?.end ?? node.pos, node.end).trim()
  if (value.includes('\n')) return undefined
  const [, comment] = TRAILING.exec(text.slice(node.end, node.end + MAX_BEHIND)) ?? []
  const words = comment === undefined ? '' : trailingWords([comment.trimEnd()])
  return words === '' ? undefined : { doc: packDoc({ text: words, details: {} }), tags: new Set() }
}
