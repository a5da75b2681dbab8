/**
 * Extension blocks: `extension<T>(List<T> list) where T : class { … }`. Their members are members of the static class
 * around them; methods get the receiver as first parameter. The grammar does not know such blocks, so it is given
 * structs named `__`, which the query captures as `impl`.
 */

import { D, D_WIDTH, DECL_KINDS, type FileFacts, Flag, NONE } from '#generate/analyse/engine/facts.ts'
import { parameterList } from '#generate/signature-parameters.ts'

interface Block {
  readonly start: number
  /** Offsets of the parentheses around the receiver. */
  readonly open: number
  readonly close: number
  /** `T`, `K, V`; '' without any. */
  readonly typeParameters: string
  readonly receiver: string
  /** `where T : class`, or ''. */
  readonly constraints: string
}

const KEYWORD = /(?:^|[{};])[ \t]*extension(?=\s{0,80}[<(])/gm
const HEAD = /\s*(?:<([^<>(){};]{1,300})>\s*)?\(/y
const TAIL = /\s*((?:where\s[^{};]{1,500})?)\{/y
const STRUCT = 'struct __'
const MAX_RECEIVER = 1_000
const TYPE_AND_NAME = /[\w>\])?*]\s+@?\w+\s*$/

/** @returns The text with blocks as structs, of the same length. */
export function withBlocksAsStructs(text: string): string {
  let out = ''
  let at = 0
  for (const { start, open, close, receiver } of blocksIn(text)) {
    out += text.slice(at, start) + STRUCT + text.slice(start + STRUCT.length, open)
    // A type without a name is not a parameter.
    out += TYPE_AND_NAME.test(receiver) ? text.slice(open, close + 1) : `:${text.slice(open + 1, close)} `
    at = close + 1
  }
  return out + text.slice(at)
}

function* blocksIn(text: string): Iterable<Block> {
  // The constructors of a class named `extension` look like blocks.
  if (!text.includes('extension') || /\b(?:class|struct|record)\s{1,80}extension\b/.test(text)) return
  for (const match of text.matchAll(KEYWORD)) {
    const end = match.index + match[0].length
    HEAD.lastIndex = end
    const head = HEAD.exec(text)
    const open = HEAD.lastIndex - 1
    const close = head === null ? -1 : closing(text, open)
    TAIL.lastIndex = close + 1
    const tail = close < 0 ? null : TAIL.exec(text)
    if (tail === null) continue
    yield {
      start: end - STRUCT.length,
      open,
      close,
      typeParameters: flat(head?.[1] ?? ''),
      receiver: flat(text.slice(open + 1, close)),
      constraints: flat(tail[1] ?? ''),
    }
  }
}

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** The offset of the parenthesis that closes one, or -1. */
function closing(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length && at < open + MAX_RECEIVER; at++) {
    if (text[at] === '(') depth++
    else if (text[at] === ')' && --depth === 0) return at
  }
  return -1
}

/** Gives the members of blocks the visibility of their class and the receiver, in place. */
export function addReceivers({ decls, strings }: FileFacts, text: string): void {
  const blocks = new Map<number, Block>()
  for (const block of blocksIn(text)) blocks.set(block.start, block)
  if (blocks.size === 0) return
  for (let row = 0; row < decls.length; row += D_WIDTH) {
    const parent = (decls[row + D.parent] ?? NONE) * D_WIDTH
    if (parent < 0 || DECL_KINDS[decls[parent + D.kind] ?? 0] !== 'impl') continue
    const block = blocks.get(decls[parent + D.start] ?? NONE)
    const around = (decls[parent + D.parent] ?? NONE) * D_WIDTH
    const isShown = around >= 0 && ((decls[around + D.flags] ?? 0) & Flag.exported) !== 0
    const flags = decls[row + D.flags] ?? 0
    if (!isShown) decls[row + D.flags] = flags & ~Flag.exported
    if (block === undefined || (flags & Flag.extension) === 0) continue
    if (DECL_KINDS[decls[row + D.kind] ?? 0] !== 'method') continue
    const most = decls[row + D.maxArity] ?? NONE
    if (most !== NONE) decls[row + D.maxArity] = most + 1
    const signature = strings[decls[row + D.signature] ?? NONE] ?? ''
    const name = strings[decls[row + D.name] ?? NONE] ?? ''
    decls[row + D.signature] = strings.push(withReceiver(signature, name, block)) - 1
  }
}

/** `R Map<R>()` as `R Map<T, R>(this List<T> list) where T : class`. */
function withReceiver(signature: string, name: string, { typeParameters, receiver, constraints }: Block): string {
  const list = parameterList(signature, name)
  if (list === null) return signature
  const before = signature.slice(0, list.open).trimEnd()
  const own = before.lastIndexOf(`${name}<`) + name.length + 1
  const head =
    typeParameters === ''
      ? before
      : before.endsWith('>')
        ? `${before.slice(0, own)}${typeParameters}, ${before.slice(own)}`
        : `${before}<${typeParameters}>`
  const first = receiver.replace(/^(?:\[[^\]]*\]\s*){0,8}/, '$&this ')
  const constraint = constraints === '' ? '' : ` ${constraints}`
  return `${head}(${[first, ...list.parts].join(', ')})${constraint}${signature.slice(list.end)}`
}
