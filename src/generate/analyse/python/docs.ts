/** Reads documentation in the source: docstrings, strings after assignments, `#:` comments. */

import { memoized } from '#base/memoize.ts'
import { packDoc } from '#generate/analyse/doc-comment.ts'
import { withoutOldQuotes } from '#generate/analyse/doc-markup.ts'
import { documenting, isOneWord, MACHINE } from '#generate/analyse/engine/doc-lines.ts'
import { isLicence } from '#generate/analyse/engine/licence-comments.ts'
import { trailingWords } from '#generate/analyse/engine/plain-lines.ts'
import { NONE, type SyntaxTree } from '#generate/analyse/syntax-tree.ts'
import type { Binding, Definition, FileFacts } from './facts.ts'
import { readDocstring } from './rest.ts'
import { substitutions, withSubstitutions } from './rest-inline.ts'
import { stringAt } from './strings.ts'
import { K } from './syntax.ts'

const definedWords = memoized(({ text }: SyntaxTree) => substitutions(text))

/** Limit on the characters of a documentation text. */
const MAX_DOC = 20_000

/** Limit on the lines of `#:` comments. */
const MAX_COMMENTS = 100

/** How many characters after a comment are read to see whether it is about the code below it. */
const MAX_BEHIND = 200

/** The docstring of a class or function, as Markdown. */
export function docstringOf(definition: Definition): string | null {
  const { tree } = definition.file
  const block = tree.childOfKind(definition.node, K.block)
  return block === NONE ? null : docOfStatement(tree, tree.first(block))
}

/** The docstring of a module, else the comment at its head. */
export function fileDocOf({ tree }: FileFacts): string | null {
  return docOfStatement(tree, tree.first(0)) ?? headComment(tree)
}

/**
 * The first block of comments, if it is not a licence and begins a sentence. A block directly above code is about that
 * code, unless the code is `from __future__`, which must come first in a file.
 */
function headComment(tree: SyntaxTree): string | null {
  const { comments, text } = tree
  const first = tree.first(0)
  const end = first === NONE ? text.length : tree.start(first)
  const blocks: { lines: string[]; end: number }[] = []
  for (let at = 0; at < comments.length && blocks.length < MAX_COMMENTS; at += 2) {
    const [from = 0, to = 0] = [comments[at], comments[at + 1]]
    if (from >= end) break
    const block = blocks.at(-1)
    const line = text.slice(from, to)
    if (
      block === undefined ||
      text.slice(block.end, from).trim() !== '' ||
      /\n[ \t]*\r?\n/.test(text.slice(block.end, from))
    )
      blocks.push({ lines: [line], end: to })
    else {
      block.lines.push(line)
      block.end = to
    }
  }
  for (const block of blocks) {
    const lines = documenting(block.lines.filter((line) => !MACHINE.test(line)))
    const words = lines.map((line) => line.replace(/^#+ ?/, '')).join('\n')
    if (words.trim() === '' || isLicence(words) || isOneWord(words)) continue
    const following = text.slice(block.end, block.end + MAX_BEHIND)
    const isApart = /^[ \t]*\r?\n[ \t]*\r?\n/.test(following) || /^\s*from __future__ /.test(following)
    return isApart && /^\s*\p{Lu}[^\n]{0,200} /u.test(words) ? asDoc(withList(words)) : null
  }
  return null
}

/** Marks the indented lines below a line that ends in a colon as the items of a list. */
function withList(words: string): string {
  const [first = '', ...others] = words.split('\n')
  const isList = /:\s*$/.test(first) && others.length > 1 && others.every((line) => /^(?: {1,8}|\t)[^\s*-]/.test(line))
  return isList ? [first, '', ...others.map((line) => `- ${line.trim()}`)].join('\n') : words
}

/** The string below an assignment, else the `#:` comments above it or after it. */
export function variableDoc(definition: Definition, mainBinding: Binding): string | null {
  const { tree } = definition.file
  const statement = statementOf(tree, mainBinding.node)
  if (statement !== NONE) {
    const next = tree.afterOf(statement)
    const isSibling = next < tree.size && tree.kind(next) === K.expression_statement
    if (isSibling && indentAt(tree.text, tree.start(next)) === indentAt(tree.text, tree.start(statement))) {
      const doc = docOfStatement(tree, next)
      if (doc !== null) return doc
    }
  }
  return commentDoc(tree, tree.start(mainBinding.node), mainBinding.from)
}

/** The statement whose first part is the name at `node`: the name itself, or the end of `self.name`. */
function statementOf(tree: SyntaxTree, node: number): number {
  for (let at = node - 1; at >= Math.max(0, node - 4); at--) {
    if (tree.kind(at) === K.expression_statement)
      return tree.start(at) <= tree.start(node) && tree.afterOf(at) > node ? at : NONE
  }
  return NONE
}

function docOfStatement(tree: SyntaxTree, statement: number): string | null {
  if (statement === NONE || tree.kind(statement) !== K.expression_statement) return null
  const text = stringAt(tree, tree.first(statement))
  return text === undefined ? null : asDoc(withSubstitutions(text, definedWords(tree)))
}

function asDoc(text: string): string | null {
  return packDoc(readDocstring(withoutOldQuotes(cleaned(text.slice(0, MAX_DOC * 2)))))
}

function indentAt(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1)
}

/**
 * `#:` on the lines directly above, or after the value; in a class, and of a single variable of a module, also a
 * sentence above.
 */
function commentDoc(tree: SyntaxTree, start: number, end: number): string | null {
  const { comments, text } = tree
  const next = tree.firstCommentFrom(start)
  const after = comments[next] ?? -1
  if (after >= end && !text.slice(end, after).includes('\n') && text.startsWith('#:', after)) {
    return asDoc(text.slice(after + 2, comments[next + 1]))
  }
  const lines: string[] = []
  let line = tree.lineAt(start) - 1
  const isMarked = text.startsWith('#:', comments[next - 2] ?? -1)
  const mark = isMarked ? '#:' : '#'
  for (let i = next - 2; i >= 0 && lines.length < MAX_COMMENTS; i -= 2, line--) {
    const from = comments[i] ?? 0
    const isAlone = text.slice(text.lastIndexOf('\n', from - 1) + 1, from).trim() === ''
    const isBeside = indentAt(text, from) === indentAt(text, comments[next - 2] ?? 0)
    const isSame = isBeside && text.startsWith(mark, from) && text.startsWith('#:', from) === isMarked
    if (!isAlone || !isSame || tree.lineAt(from) !== line) break
    lines.unshift(text.slice(from, comments[i + 1]))
  }
  // A comment above multiple variables describes all of them.
  const isOwn = indentAt(text, start) > 0 ? text[start - 1] !== '.' : ENDS_GROUP.test(text.slice(end, end + MAX_BEHIND))
  const own = isMarked ? lines : plainLines(lines, isOwn)
  return own.length === 0
    ? trailingDoc(tree, start, end)
    : asDoc(
        own
          .map((one) => one.slice(mark.length))
          .join('\n')
          .replace(/^ /gm, ''),
      )
}

/** The text of a comment after the value of a class attribute, continued below in the same column. */
function trailingDoc(tree: SyntaxTree, start: number, end: number): string | null {
  const { comments, text } = tree
  const next = tree.firstCommentFrom(end)
  const after = comments[next] ?? -1
  if (indentAt(text, start) === 0 || text[start - 1] === '.' || !/^[ \t]*$/.test(text.slice(end, after))) return null
  const lines: string[] = []
  for (let i = next; i < comments.length && lines.length < MAX_COMMENTS; i += 2) {
    const from = comments[i] ?? 0
    const isNext = tree.lineAt(from) === tree.lineAt(after) + lines.length
    const isAlone = i === next || text.slice(comments[i - 1], from).trim() === ''
    if (!isNext || !isAlone || indentAt(text, from) !== indentAt(text, after)) break
    lines.push(text.slice(from, comments[i + 1]))
  }
  const words = trailingWords(lines)
  return words === '' ? null : asDoc(words)
}

/** The end of a statement that a blank line follows. */
const ENDS_GROUP = /^[^\n]{0,200}(?:\n[ \t\r]{0,40}(?:\n|$)|$)/

/** Number of words above which a line without a full stop is not a title. */
const MIN_UNENDED = 5

/** The lines of a plain comment, which documents the variable below it if it is a sentence, not a title or code. */
function plainLines(lines: readonly string[], isOwn: boolean): readonly string[] {
  if (!isOwn) return []
  const own = documenting(lines)
  const words = own.map((one) => one.slice(1).trim()).join(' ')
  const count = words.split(' ').length
  const isEnded = /[.!)"'`]$/.test(words) || (count > MIN_UNENDED && /[\p{L}\p{N}]$/u.test(words))
  const isSentence = /^[\p{Lu}`'"]/u.test(words) && count > 2 && isEnded
  return isSentence && !/^[`'"]?\w[\w.]* ?[=(]/.test(words) ? own : []
}

/** A docstring without its indentation, like the result of `inspect.cleandoc`. */
export function cleaned(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\t/g, '        ').split('\n')
  let indent = Number.POSITIVE_INFINITY
  for (const line of lines.slice(1)) {
    const content = line.trimStart()
    if (content !== '') indent = Math.min(indent, line.length - content.length)
  }
  const [first = '', ...rest] = lines
  const body = rest.map((line) => (indent === Number.POSITIVE_INFINITY ? line.trimStart() : line.slice(indent)))
  return [first.trimStart(), ...body].join('\n').replace(/^\n+/, '').trimEnd()
}
