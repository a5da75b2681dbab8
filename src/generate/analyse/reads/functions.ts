/** Finds functions in tree-sitter trees: their names, parameters, and a parameter that they return. */

import { append } from '#base/long-arrays.ts'
import type { Parameter } from './file-reads.ts'
import { childrenOf, endOf, kindAt, type ReadTree, Shape, shapeAt, startOf, textAt } from './read-tree.ts'

const PARAMETER_LISTS = new Set([
  'parameters',
  'parameter_list',
  'formal_parameters',
  'method_parameters',
  'function_value_parameters',
])
const NAMES = new Set(['identifier', 'simple_identifier', 'variable_name', 'name', 'field_identifier'])
/** Nodes between a C function and its parameters. */
const DECLARATORS = new Set(['function_declarator', 'pointer_declarator', 'reference_declarator'])
/** Receivers that are declared as parameters but not passed in calls. */
const RECEIVERS = new Set(['self', 'cls'])
const MAX_RETURNS = 200
const MAX_NODES = 5_000

export interface FunctionShape {
  readonly node: number
  readonly name: string
  readonly parameters: readonly string[]
  /** The node that declares each parameter. */
  readonly declarations: readonly number[]
}

/** @returns `undefined` for an anonymous function. */
export function functionAt(tree: ReadTree, node: number): FunctionShape | undefined {
  let children = childrenOf(tree, node)
  for (let depth = 0; depth < 4; depth++) {
    const declarator = children.find((child) => DECLARATORS.has(kindAt(tree, child)))
    if (declarator === undefined) break
    children = childrenOf(tree, declarator)
  }
  const lists = children.filter((child) => PARAMETER_LISTS.has(kindAt(tree, child)))
  // In Go the receiver is in a list before the name.
  const isGoMethod = kindAt(tree, children[0] ?? node) === 'parameter_list'
  const list = lists[isGoMethod ? 1 : 0]
  const before = children.filter((child) => list === undefined || child < list)
  const nameNode = before.filter((child) => NAMES.has(kindAt(tree, child))).at(list === undefined ? 0 : -1)
  if (nameNode === undefined) return undefined
  const declared =
    list === undefined ? children.filter((child) => kindAt(tree, child) === 'parameter') : childrenOf(tree, list)
  const parameters: string[] = []
  const declarations: number[] = []
  for (const one of declared) {
    if (kindAt(tree, one) === 'self_parameter') continue
    const names = namesOf(tree, one)
    append(parameters, names.length === 0 ? [''] : names)
    while (declarations.length < parameters.length) declarations.push(one)
  }
  if (RECEIVERS.has(parameters[0] ?? '')) {
    parameters.shift()
    declarations.shift()
  }
  return { node, name: textAt(tree, nameNode), parameters, declarations }
}

/** The string that a parameter defaults to. */
export function defaultStringOf(tree: ReadTree, shape: FunctionShape, { index }: Parameter): number | undefined {
  const declaration = shape.declarations[index]
  return declaration === undefined
    ? undefined
    : childrenOf(tree, declaration).find((child) => shapeAt(tree, child) === Shape.string)
}

/** The names that one parameter binds: in Go there may be several. */
function namesOf(tree: ReadTree, node: number): string[] {
  if (NAMES.has(kindAt(tree, node))) return [bare(textAt(tree, node))]
  const own = childrenOf(tree, node).filter((child) => NAMES.has(kindAt(tree, child)))
  if (kindAt(tree, node) === 'parameter_declaration' && own.length > 1) return own.map((child) => textAt(tree, child))
  if (kindAt(tree, node) === 'parameter' && own.length > 1) {
    // `for key: String`, `default d: String` of Swift; `key: String` of Kotlin; `string key` of C#.
    const colon = tree.text.indexOf(':', startOf(tree, node))
    const named = own.filter((child) => colon < 0 || colon > endOf(tree, node) || startOf(tree, child) < colon)
    return [textAt(tree, named.at(-1) ?? node)]
  }
  const [first] = own
  if (first !== undefined) return [bare(textAt(tree, first))]
  const inner = childrenOf(tree, node).find((child) => /declarator|typed_parameter|pattern/.test(kindAt(tree, child)))
  return inner === undefined ? [] : namesOf(tree, inner)
}

export function parameterOf(shape: FunctionShape, name: string): Parameter | null {
  const index = shape.parameters.indexOf(bare(name))
  return index < 0 ? null : { name: bare(name), index }
}

/** The parameter, other than `beside`, that a function returns unchanged: `return fallback`. */
export function returnedParameter(tree: ReadTree, shape: FunctionShape, beside: string): Parameter | null {
  const end = Math.min(tree.after[shape.node] ?? 0, shape.node + MAX_NODES)
  let returns = 0
  for (let node = shape.node; node < end && returns < MAX_RETURNS; node++) {
    const kind = kindAt(tree, node)
    if (!tree.isNamed(node) || (kind !== 'return_statement' && kind !== 'return_expression')) continue
    returns++
    const text = textAt(tree, node).slice(0, 120)
    const name = /^return\s+(?:[^:;\n]{1,60}\s:\s*)?\$?(\w+)\s*;?$/.exec(text)?.[1]
    const parameter = name === undefined || name === bare(beside) ? null : parameterOf(shape, name)
    if (parameter !== null) return parameter
  }
  return null
}

/** A name without the `$` of PHP. */
function bare(name: string): string {
  return name.startsWith('$') ? name.slice(1) : name
}
