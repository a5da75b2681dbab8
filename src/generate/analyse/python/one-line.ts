/** Puts Python code on one line, for signatures. */

import { NONE, type SyntaxTree } from '#generate/analyse/syntax-tree.ts'
import { K } from './syntax.ts'

/**
 * Removes comments and collapses whitespace, except in strings. Of a string that spans lines, only the quotes are shown: `"""…"""`.
 *
 * @param end - Where the text ends, if it is not the whole node.
 */
export function oneLine(tree: SyntaxTree, node: number, end = tree.end(node)): string {
  if (node === NONE) return ''
  let text = ''
  let from = tree.start(node)
  for (let at = node; at < tree.afterOf(node) && tree.start(at) < end; at++) {
    // A string may contain others in its expressions.
    if (tree.kind(at) !== K.string || tree.start(at) < from) continue
    text += collapsed(tree, from, tree.start(at)) + stringText(tree.textOf(at))
    from = tree.end(at)
  }
  return (text + collapsed(tree, from, end)).trim()
}

function collapsed(tree: SyntaxTree, start: number, end: number): string {
  let text = ''
  let from = start
  for (let i = tree.firstCommentFrom(start); i < tree.comments.length; i += 2) {
    const commentStart = tree.comments[i] ?? end
    if (commentStart >= end) break
    text += tree.text.slice(from, commentStart)
    from = tree.comments[i + 1] ?? end
  }
  return (text + tree.text.slice(from, Math.max(from, end))).replace(/\\\r?\n/g, ' ').replace(/\s+/g, ' ')
}

function stringText(text: string): string {
  if (!/[\r\n]/.test(text)) return text
  const [start = '', quotes = ''] = /^[a-z]{0,2}("""|'''|"|')/i.exec(text) ?? []
  return `${start}…${quotes}`
}
