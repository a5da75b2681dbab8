/** Reads literals in tree-sitter trees, and the defaults of reads. */

import { plainLiteral, stringLiteral } from './literals.ts'
import { childrenOf, endOf, kindAt, type ReadTree, Shape, shapeAt, startOf, textAt } from './read-tree.ts'

/** Nodes with the value of their last child. */
const WRAPPERS = new Set(
  `argument value_argument keyword_argument expression_list parenthesized_expression parenthesized_statements
  closure_expression block do_block block_body body_statement pair`.split(/\s+/),
)
/** Kinds of children that are literal text of a string. */
const TEXT = /content|fragment|escape|text|start|end/
const OR = new Set(['||', '??', '?:', 'or', '||=', '??='])
const CHAIN =
  /^\s{0,40}(?:\.(?:ok|as_deref|as_ref)\(\)\s{0,40}){0,3}\.(?:unwrap_or|unwrap_or_else|getOrElse|orElse)\s{0,9}\(/

export function unwrapped(tree: ReadTree, node: number): number {
  let inner = node
  for (let depth = 0; depth < 6 && WRAPPERS.has(kindAt(tree, inner)); depth++) {
    const last = childrenOf(tree, inner).at(-1)
    if (last === undefined) break
    inner = last
  }
  return inner
}

/** The literal of a node, as shown in tables. */
export function literalAt(tree: ReadTree, node: number): string | null {
  const inner = unwrapped(tree, node)
  if (shapeAt(tree, inner) === Shape.string) return stringAt(tree, inner)
  if (endOf(tree, inner) - startOf(tree, inner) > 100) return null
  const text = textAt(tree, inner)
  const converted = /^(?:String::from\(.*\)|.*\.(?:into|to_string|to_owned)\(\))$/.test(text)
  return converted ? convertedString(tree, inner) : plainLiteral(text)
}

function stringAt(tree: ReadTree, node: number): string | null {
  const kinds = childrenOf(tree, node).map((child) => kindAt(tree, child))
  if (!kinds.every((kind) => TEXT.test(kind))) return null
  const text = tree.text.slice(startOf(tree, node), Math.min(endOf(tree, node), startOf(tree, node) + 120))
  // Only the grammar of Python has nodes for quotes.
  return stringLiteral(text, kinds[0] === 'string_start')
}

/** `"x".into()`, `String::from("x")`: the only string inside. */
function convertedString(tree: ReadTree, node: number): string | null {
  const strings: number[] = []
  const end = tree.after[node] ?? 0
  for (let one = node; one < end; one++) if (tree.isNamed(one) && shapeAt(tree, one) === Shape.string) strings.push(one)
  const [first] = strings
  if (first === undefined || strings.length > 1) return null
  const around = textAt(tree, node).replace(textAt(tree, first), '')
  return /^(?:String::from\(\)|\.(?:into|to_string|to_owned)\(\))$/.test(around) ? stringAt(tree, first) : null
}

/**
 * The default that follows a read or an option made of it: `?? "a"`, `or "a"`, `.unwrap_or("a")`, `{ "a" }`.
 *
 * @param around - Enclosing nodes, innermost last; may include the node itself.
 */
export function defaultAfter(tree: ReadTree, read: number, around: readonly number[]): number | undefined {
  const node = asOption(tree, read, around)
  const block = childrenOf(tree, node).at(-1)
  if (block !== undefined && /^(?:do_)?block$/.test(kindAt(tree, block))) return block
  const end = endOf(tree, node)
  const chain = CHAIN.exec(tree.text.slice(end, end + 120))
  const paren = chain === null ? -1 : end + chain[0].length - 1
  let child = node
  let last = around.length - 1
  while (last >= 0 && (around[last] ?? 0) >= node) last--
  for (let at = last; at >= 0 && at > last - 5; at--) {
    const parent = around[at] ?? 0
    const children = childrenOf(tree, parent)
    if (paren >= 0) {
      const list = children.find((one) => startOf(tree, one) === paren)
      if (list !== undefined) return childrenOf(tree, list)[0]
      continue
    }
    // In Ruby, `ENV['A'].presence || 'a'` also replaces what is blank.
    if (tree.text.slice(endOf(tree, child), endOf(tree, parent)) === '.presence') {
      child = parent
      continue
    }
    const next = children[children.indexOf(child) + 1]
    if (next !== undefined && children.includes(child)) {
      const sign = tree.text.slice(endOf(tree, child), Math.min(startOf(tree, next), endOf(tree, child) + 40)).trim()
      return OR.has(sign) ? next : undefined
    }
    if (!/^parenthesized|^call_expression$/.test(kindAt(tree, parent))) return undefined
    child = parent
  }
  return undefined
}

/** `Option(read)`, `Optional.ofNullable(read)` around a read; else the read itself. */
function asOption(tree: ReadTree, read: number, around: readonly number[]): number {
  const isOption = (one: number): boolean => {
    const before = tree.text.slice(startOf(tree, one), startOf(tree, read))
    return /^(?:Option|Optional\.ofNullable)\s{0,9}\(\s{0,40}$/.test(before)
  }
  const call = around
    .slice(-8)
    .findLast((one) => one < read && startOf(tree, one) > startOf(tree, read) - 80 && isOption(one))
  return call === undefined || tree.text.charAt(endOf(tree, call) - 1) !== ')' ? read : call
}
