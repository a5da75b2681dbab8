/** Finds calls whose arguments may name a variable, or pass on a parameter that does. */

import { labelOf, listedIn } from './call-sites.ts'
import { literalAt, unwrapped } from './defaults.ts'
import {
  type Argument,
  isShouted,
  isVariableName,
  MAX_ARGUMENTS,
  type NamingCall,
  soundsLikeReading,
} from './file-reads.ts'
import { type FunctionShape, parameterOf } from './functions.ts'
import { type ReadTree, Shape, shapeAt, textAt } from './read-tree.ts'

interface FoundCall {
  readonly call: Omit<NamingCall, 'line'>
  /** Whether an argument is a name. */
  readonly isNaming: boolean
  /** The enclosing function, if one of its parameters is an argument. */
  readonly forwarder: FunctionShape | undefined
}

/** @param functionAround - The enclosing function. */
export function namingCallAt(
  tree: ReadTree,
  callee: string,
  given: readonly number[],
  functionAround: () => FunctionShape | undefined,
): FoundCall | undefined {
  const name = /(?<![\w$])[A-Za-z_][\w$]{0,80}[!?]?(?=\($)/.exec(callee.slice(-80))?.[0]
  if (name === undefined) return undefined
  const sounds = soundsLikeReading(name)
  const nodes = given.slice(0, MAX_ARGUMENTS)
  const isLiteral = (node: number): boolean => shapeAt(tree, unwrapped(tree, node)) === Shape.string
  const lists = nodes.map((node) => listedIn(tree, node))
  const hasString = nodes.some(isLiteral) || lists.some((list) => list.length > 0)
  if (!hasString && !sounds) return undefined
  const args = nodes.map((node, index): Argument => {
    const label = labelOf(tree, node)
    const value = literalAt(tree, node)
    const listed = lists[index] ?? []
    const parameter = value === null && sounds ? parameterAt(tree, node, functionAround) : null
    return listed.length > 0 ? { label, value, parameter, listed } : { label, value, parameter }
  })
  const mayName = (text: string): boolean => isShouted(text) || (sounds && isVariableName(text))
  const isName = ({ value, listed = [] }: Argument, index: number): boolean =>
    (value !== null && mayName(value) && isLiteral(nodes[index] ?? 0)) || listed.some(mayName)
  const isOwn = /^(?:\$?this|self|cls)(?:\.|->|::)\w+\($/.test(callee)
  return {
    call: { callee: name, isOwn, args },
    isNaming: args.some(isName),
    forwarder: sounds && args.some(({ parameter }) => parameter !== null) ? functionAround() : undefined,
  }
}

function parameterAt(
  tree: ReadTree,
  node: number,
  functionAround: () => FunctionShape | undefined,
): Argument['parameter'] {
  const text = textAt(tree, unwrapped(tree, node)).slice(0, 64)
  const around = /^[&$]?[A-Za-z_]\w*$/.test(text) ? functionAround() : undefined
  return around === undefined ? null : parameterOf(around, text.replace(/^&/, ''))
}

/** Whether the text looks like a quoted variable name; the kind of string is not checked. */
export function isQuotedName(text: string, start: number, end: number): boolean {
  let from = start
  while (from < end && from < start + 4 && !QUOTE.has(text[from] ?? '')) from++
  let to = end - 1
  while (to > from && !QUOTE.has(text[to] ?? '')) to--
  if (to - from < 3) return false
  for (let at = from + 1; at < to; at++) {
    const unit = text.charCodeAt(at)
    const isOfName = (unit >= 0x41 && unit <= 0x5a) || unit === 0x5f || (at > from + 1 && unit >= 0x30 && unit <= 0x39)
    if (!isOfName) return false
  }
  return true
}

const QUOTE = new Set(['"', "'", '`'])
