/** Finds the comment that documents a whole file. */

import { ts } from '#generate/analyse/compiler.mjs'
import { documenting } from '#generate/analyse/engine/doc-lines.ts'
import { parseComment } from './comment.ts'
import { LICENCE } from './plain-comment.ts'
import { textOf } from './summary/names.ts'

/** A shorter block of line comments is a heading rather than a description. */
const MIN_CHARS = 20
const MAX_CHARS = 20_000
const FILE_TAGS = ['module', 'file', 'fileoverview', 'overview', 'packageDocumentation']
/** Line comments that are directives for a tool. */
const PRAGMA = /^\/\/\s*(?:@|eslint|tslint|biome|prettier|jshint|jslint|global|#|c8|v8|istanbul|oxlint|deno-|<ref|\/)/

/**
 * The first comment with a tag such as `@file`; otherwise the first comment that is neither a licence nor the doc
 * comment of the first statement.
 *
 * @returns Markdown, or `null`.
 */
export function fileDocOf(file: ts.SourceFile): string | null {
  const text = file.text
  const start = ts.getShebang(text)?.length ?? 0
  const ranges = ts.getLeadingCommentRanges(text, start) ?? []
  const first = file.statements[0]
  let plain: string | null = null
  for (const [index, range] of ranges.entries()) {
    if (range.kind !== ts.SyntaxKind.MultiLineCommentTrivia) continue
    const comment = text.slice(range.pos, range.end)
    const parsed = parseComment(comment)
    if (FILE_TAGS.some((tag) => parsed.tags.has(tag))) return withoutLicence(parsed.doc)
    const isLast = index === ranges.length - 1
    const isOfStatement = isLast && comment.startsWith('/**') && first !== undefined && isDeclaration(first)
    const isTool =
      /^\/\*+\s*(?:eslint|tslint|global|jshint|jslint|istanbul|prettier|biome|@jsx|@ts-|@vitest|@jest)/.test(comment)
    if (plain === null && !isOfStatement && !isTool && !LICENCE.test(comment)) plain = parsed.doc
  }
  return plain ?? lineCommentDoc(text, ranges)
}

function withoutLicence(markdown: string | null): string | null {
  if (markdown === null || !LICENCE.test(markdown)) return markdown
  const rest = markdown.split('\n\n').filter((part) => !LICENCE.test(part))
  return rest.length === 0 ? null : rest.join('\n\n')
}

/**
 * Whether a statement may have its own doc comment, as an assignment to `exports.name` may. Imports, exports, directives
 * and the assignment to `module.exports` have none.
 */
function isDeclaration(statement: ts.Statement): boolean {
  if (ts.isExpressionStatement(statement)) {
    const { expression } = statement
    if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false
    return textOf(expression.left) !== 'module.exports'
  }
  return !ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)
}

/** A block of `//` lines at the top, followed by an empty line. */
function lineCommentDoc(text: string, ranges: readonly ts.CommentRange[]): string | null {
  const lines: string[] = []
  let end = -1
  for (const range of ranges) {
    const isNext = end < 0 || text.slice(end, range.pos).split('\n').length === 2
    if (range.kind !== ts.SyntaxKind.SingleLineCommentTrivia || !isNext) break
    lines.push(text.slice(range.pos, range.end))
    end = range.end
  }
  if (lines.length === 0 || !/^\r?\n[ \t]*\r?\n/.test(text.slice(end, end + 200))) return null
  if (lines.some((line) => PRAGMA.test(line) || LICENCE.test(line))) return null
  if (documenting(lines).length < lines.length) return null
  const doc = lines
    .map((line) => line.replace(/^\/\/ ?/, '').trimEnd())
    .join('\n')
    .trim()
  return doc.length < MIN_CHARS ? null : doc.slice(0, MAX_CHARS)
}
