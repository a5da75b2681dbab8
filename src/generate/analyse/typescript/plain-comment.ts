/** Finds plain comments that describe the declaration below them. */

import { ts } from '#generate/analyse/compiler.mjs'
import { isOfFirst } from '#generate/analyse/engine/declaration-groups.ts'
import { documenting } from '#generate/analyse/engine/doc-lines.ts'
import { isForTools } from '#generate/tool-comments.ts'
import { linesOf, MAX_COMMENT, trimLines } from './comment.ts'

/** Limit on the Markdown of a comment, in characters. */
const MAX_MARKDOWN = 20_000

/**
 * The plain comment directly above a declaration (a block comment or consecutive line comments), for declarations
 * without a doc comment. Licences, directives for tools, commented-out code and headings are ignored.
 *
 * @returns Markdown; `undefined` if there is no such comment.
 */
export function plainCommentBefore(text: string, node: ts.Node): string | undefined {
  const ranges = ts.getLeadingCommentRanges(text, node.pos) ?? []
  const kept: ts.CommentRange[] = []
  let below = startAfter(text, ranges.at(-1)?.end ?? node.pos)
  for (const range of ranges.toReversed()) {
    const isNext = /^[ \t]*(?:(?:\r\n?|\n)[ \t]*)?$/.test(text.slice(range.end, below)) && startsLine(text, range.pos)
    const isDirective = isForTools(text.slice(range.pos, range.end))
    if (isNext && isDirective) {
      below = range.pos
      continue
    }
    const isSame = kept.length === 0 || (kept[0]?.kind === range.kind && range.kind === LINE)
    if (!isNext || !isSame) break
    kept.unshift(range)
    below = range.pos
  }
  const comments = documenting(kept.map(({ pos, end }) => text.slice(pos, end)))
  // Headings may be drawn with rules: `// ---`, `// Parts`, `// ---`.
  if (comments.length === 0 || comments.some((one) => BANNER.test(one) || TOOL.test(one))) return undefined
  const words =
    kept[0]?.kind === LINE
      ? comments.map((one) => one.replace(/^\/\/+ ?/, '').trimEnd()).join('\n')
      : linesOf(comments[0]?.slice(0, MAX_COMMENT).replace(/^\/\*(?!\*)/, '/**') ?? '').join('\n')
  const remark = trimLines(words.split('\n')).slice(0, MAX_MARKDOWN)
  if (isGroupTitle(text, node, remark) || isOfRun(text, node, remark)) return undefined
  return LICENCE.test(remark) || !isProse(remark) ? undefined : withFields(remark)
}

/** Matches a title, `Output formatters`, `Promise API`, but not a sentence such as `Get items`. */
const GROUP_TITLE =
  /^(?!(?:add|apply|build|check|clear|close|convert|copy|count|create|delete|filter|find|fix|format|generate|get|handle|init|initiali[sz]e|list|load|make|merge|open|parse|print|process|read|remove|render|reset|return|returns|run|save|send|set|show|sort|start|stop|store|track|update|use|validate|write)\b)\p{Lu}[\p{L}-]*(?: (?!(?:an?|for|in|of|the|to|with)\b)\p{L}[\p{L}-]*)? (?:\p{Ll}[\p{L}-]*[^s\W]s|APIs?)$/iu

/** Whether a comment is the title of several methods: the next ones have no comments. */
function isGroupTitle(text: string, node: ts.Node, remark: string): boolean {
  if (!ts.isMethodDeclaration(node) || !ts.isClassLike(node.parent) || !GROUP_TITLE.test(remark.trim())) return false
  const next = node.parent.members[node.parent.members.indexOf(node) + 1]
  return next !== undefined && ts.isMethodDeclaration(next) && ts.getLeadingCommentRanges(text, next.pos) === undefined
}

/** Whether a comment is above three or more values on lines that follow each other, and not about the first. */
function isOfRun(text: string, node: ts.Node, remark: string): boolean {
  if (!ts.isVariableStatement(node) || !(ts.isSourceFile(node.parent) || ts.isModuleBlock(node.parent))) return false
  const { statements } = node.parent
  const at = statements.indexOf(node)
  const run = statements.slice(at, at + MIN_RUN).filter(isOfValue)
  const isNext = (one: ts.Node, index: number): boolean =>
    index === 0 || /^[ \t]*\r?\n[ \t]*$/.test(text.slice(run[index - 1]?.end, startAfter(text, one.pos)))
  const [first = '', second = ''] = run.map(
    ({ declarationList }) => declarationList.declarations[0]?.name.getText() ?? '',
  )
  return run.length === MIN_RUN && run.every(isNext) && !isOfFirst(remark.split(/[^\p{L}\p{N}_$]+/u), first, second)
}

const MIN_RUN = 3

const isOfValue = (node: ts.Node): node is ts.VariableStatement =>
  ts.isVariableStatement(node) &&
  !node.declarationList.declarations.some(
    ({ initializer }) => initializer !== undefined && ts.isFunctionLike(initializer),
  )

/** A line that describes one field: `// limit: how many`. */
const FIELD = /^[A-Za-z_$][\w$.]{0,40}: \S/

/** Turns lines that describe one field each into a list, since Markdown would join them into one paragraph. */
function withFields(remark: string): string {
  const lines = remark.split('\n')
  if (lines.filter((line) => FIELD.test(line)).length < 2) return remark
  let isList = false
  return lines
    .flatMap((line, at) => {
      const isField = FIELD.test(line)
      const isParted = isField !== isList && at > 0 && !(isList && /^\s|^$/.test(line))
      isList = isField || (isList && /^\s/.test(line))
      return [...(isParted ? [''] : []), isField ? `- ${line}` : line]
    })
    .join('\n')
}

const LINE = ts.SyntaxKind.SingleLineCommentTrivia

/** Matches licences and copyright notices. */
export const LICENCE = /\bcopyright\b|\blicen[cs]e[ds]?\b|\bSPDX-|\(c\)|\ball rights reserved\b/i

const TOOL =
  /^\/[/*]+!?\s*(?:@|#|[</]|(?:eslint|tslint|jshint|jslint|oxlint)(?![\w-]* [\p{L}-]+ \p{L})|globals?\s[\w$:, ]+\*\/$|deno-|webpack\w*:|sourceMappingURL|TODO|FIXME|XXX|HACK)/iu

const BANNER = /[-=*#~_/]{4}/

/** At least two words, and no line that looks like code. */
function isProse(remark: string): boolean {
  const lines = remark.split('\n').filter((line) => line.trim() !== '')
  const isCode = (line: string): boolean =>
    /[;{}]\s*$|^\s*(?:[)\]}]|import\b.*['"]|export\s|(?:const|let|var|function|return|if|for|class|type|interface)\b.*[=({;])|=>|^\s*[\w.$[\]#?]+\??(?:\(.*\)|: [\w.[\]<>|&'"]+,?| = .*)$/.test(
      line,
    )
  // A code span is a word: `// Validate \`encoding\` option`. It may be the only word: the name that users know.
  const words = remark.replaceAll('`', '')
  return (/\p{L}['’]*[\s,]+\p{L}/u.test(words) || /^`[^`\n]+`$/.test(remark.trim())) && !lines.some(isCode)
}

function startAfter(text: string, from: number): number {
  let at = from
  while (/\s/.test(text[at] ?? '')) at++
  return at
}

function startsLine(text: string, at: number): boolean {
  return /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, at - 200), at))
}
