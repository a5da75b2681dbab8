/** Calls and lists of strings in trees of Python. */

import { childrenOf, endOf, kindAt, type ReadTree, startOf } from '#generate/analyse/reads/read-tree.ts'
import { wordsAt } from './option-texts.ts'
import { type Arg, argsOf, partsOf } from './option-tree.ts'

export interface Call {
  /** The callee with its parenthesis: `parser.add_argument(`. */
  readonly callee: string
  readonly args: Arg[]
}

export function callOf(tree: ReadTree, node: number): Call | undefined {
  if (kindAt(tree, node) !== 'call') return undefined
  const [callee, list] = childrenOf(tree, node)
  if (callee === undefined || list === undefined || kindAt(tree, list) !== 'argument_list') return undefined
  const text = tree.text.slice(Math.max(startOf(tree, callee), endOf(tree, callee) - 100), endOf(tree, callee))
  return { callee: `${text}(`, args: argsOf(tree, list) }
}

/** The strings of a list, tuple or set; `undefined` if it contains anything else. */
export function listAt(tree: ReadTree, node: number): string[] | undefined {
  if (!/^(?:list|tuple|set)$/.test(kindAt(tree, node))) return undefined
  const texts = partsOf(tree, node).map((part) => wordsAt(tree, part))
  return texts.every((text) => text !== null) ? texts : undefined
}
