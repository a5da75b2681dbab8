/** Finds calls and subscripts in tree-sitter trees, with their arguments. */

import { append } from '#base/long-arrays.ts'
import { literalAt, unwrapped } from './defaults.ts'
import { childrenOf, endOf, kindAt, type ReadTree, Shape, shapeAt, startOf } from './read-tree.ts'

/** Limit on enclosing nodes. */
export const MAX_DEPTH = 300
/** Limit on the characters of a callee. */
const MAX_CALLEE = 160
/** Kinds of list literals. */
const LISTS =
  /^(?:array|array_creation_expression|array_expression|array_literal|composite_literal|list|tuple|collection_literal)$/
/** Limit on the characters of a list literal whose strings are read. */
const MAX_LISTED = 400
/** Macros that quote code, which does not run here. */
const QUOTES = /^(?:quote|quote_spanned|parse_quote|stringify)!/

/** A call or a subscript. */
export interface Site {
  /** The whole call. */
  readonly node: number
  /** The callee with its bracket, but without spaces and type arguments. */
  readonly callee: string
  readonly args: readonly number[]
}

/** The call of an argument list. */
export function callAt(tree: ReadTree, around: readonly number[], list: number, depth: number): Site | undefined {
  const start = startOf(tree, list)
  const kind = kindAt(tree, list)
  const args = childrenOf(tree, list)
  let node = around[depth - 1] ?? Number.NaN
  if (kindAt(tree, node) === 'call_suffix') {
    append(
      args,
      childrenOf(tree, node).filter((child) => kindAt(tree, child) === 'value_argument' && !args.includes(child)),
    )
    node = around[depth - 2] ?? node
  }
  if (kind === 'token_tree') {
    if (around.slice(-MAX_DEPTH).some((one) => isQuote(tree, one))) return undefined
    const name = /(?<![\w:])[\w:]{1,60}!?$/.exec(tree.text.slice(Math.max(0, start - 60), start).trimEnd())?.[0] ?? ''
    if (kindAt(tree, node) === 'attribute') return { node: list, callee: `#${name}(`, args }
    return { node: list, callee: name.endsWith('!') ? name : `${name}(`, args }
  }
  const from = Math.max(startOf(tree, node), start - MAX_CALLEE)
  if (from >= start) return undefined
  return { node, callee: compact(tree.text.slice(from, start)) + (tree.text[start] === '[' ? '[' : '('), args }
}

/** The subscript at a node; `undefined` if it has no object. */
export function subscriptAt(tree: ReadTree, node: number): Site | undefined {
  const [object, ...args] = childrenOf(tree, node)
  if (object === undefined) return undefined
  const from = Math.max(startOf(tree, object), endOf(tree, object) - MAX_CALLEE)
  return { node, callee: `${compact(tree.text.slice(from, endOf(tree, object)))}[`, args }
}

/** The test `name in object` of Python, as a call of the object's method. */
export function membershipAt(tree: ReadTree, node: number): Site | undefined {
  const [name, object, ...others] = childrenOf(tree, node)
  if (name === undefined || object === undefined || others.length > 0) return undefined
  const end = endOf(tree, object)
  if (end - startOf(tree, object) > MAX_CALLEE) return undefined
  if (!/\bin$/.test(tree.text.slice(endOf(tree, name), startOf(tree, object)).trim())) return undefined
  return { node, callee: `${compact(tree.text.slice(startOf(tree, object), end))}.__contains__(`, args: [name] }
}

/** The strings of a list literal; none for any other node. */
export function listedIn(tree: ReadTree, node: number): string[] {
  const list = unwrapped(tree, node)
  if (!LISTS.test(kindAt(tree, list)) || endOf(tree, list) - startOf(tree, list) > MAX_LISTED) return []
  const found: string[] = []
  for (let one = list + 1; one < (tree.after[list] ?? 0); one++) {
    const value = tree.isNamed(one) && shapeAt(tree, one) === Shape.string ? literalAt(tree, one) : null
    if (value !== null) found.push(value)
  }
  return found
}

/** The name of a named argument. */
export function labelOf(tree: ReadTree, node: number): string | null {
  const kind = kindAt(tree, node)
  if (kind !== 'keyword_argument' && kind !== 'value_argument' && kind !== 'argument') return null
  const text = tree.text.slice(startOf(tree, node), startOf(tree, node) + 64)
  return /^(\w+)\s*[=:](?![=:])/.exec(text)?.[1] ?? null
}

/** Whether a node is a macro that quotes code. */
function isQuote(tree: ReadTree, node: number): boolean {
  const start = startOf(tree, node)
  return kindAt(tree, node) === 'macro_invocation' && QUOTES.test(tree.text.slice(start, start + 16))
}

/** Removes spaces, type arguments, and `?` and `!` of optional values. */
function compact(text: string): string {
  return text
    .replace(/\s+/g, '')
    .replace(/(?:::)?<[\w.,?]*>/g, '')
    .replace(/(?:\?|!!?)\./g, '.')
}
