/** What a Rust file declares and where each declaration reaches: an index says where a name stands, not what it is in. */

import type { Token } from './lex.ts'

export interface Item {
  /** The word that makes it; of a macro `macro_rules`. */
  readonly keyword: string
  /** `undefined` for `impl` and `use`. */
  readonly name: Token | undefined
  /** Of an `impl`: the last words of the type it is for and of the trait. */
  readonly target?: Token | undefined
  readonly trait?: Token | undefined
  readonly around: Item | undefined
  /** In a function, in a value, or among the arguments of a macro: no name leads to it from elsewhere. */
  readonly isLocal: boolean
  /** With its attributes. */
  readonly start: number
  end: number
}

/** Declared with a name after the keyword. */
const NAMED: ReadonlySet<string> = new Set(['fn', 'struct', 'enum', 'union', 'trait', 'mod', 'const', 'static', 'type'])
/** End at a semicolon, whatever braces are before it. */
const TO_SEMICOLON: ReadonlySet<string> = new Set(['const', 'static', 'type', 'use'])
/** What is declared in their bodies is seen there only. */
const LOCAL = /^(?:fn|const|static|macro_rules)$/
const OPEN = new Set(['(', '[', '{'])
const CLOSE = new Set([')', ']', '}'])

/** In the order in which they begin: what is around comes first. */
export function itemsOf(tokens: readonly Token[], length: number): Item[] {
  const items: Item[] = []
  const frames: { sign: string; item: Item | undefined }[] = []
  /** Declared, and their bodies have not begun or their semicolons not come: by the depth they began at. */
  const pending: { item: Item; depth: number }[] = []
  let boundary = 0
  const around = (): Item | undefined => {
    const waiting = pending.at(-1)
    const holder = frames.findLast((frame) => frame.item !== undefined)?.item
    if (waiting === undefined) return holder
    return holder === undefined || waiting.item.start > holder.start ? waiting.item : holder
  }
  const finish = (at: number): void => {
    const done = pending.pop()
    if (done !== undefined) done.item.end = at
  }
  tokens.forEach((token, index) => {
    const waiting = pending.at(-1)
    const isHeader = waiting !== undefined && !TO_SEMICOLON.has(waiting.item.keyword)
    if (token.isWord && !(isHeader && waiting.depth === frames.length)) {
      const isLocal = pending.length > 0 || frames.some(({ item }) => item === undefined || LOCAL.test(item.keyword))
      const base = { around: around(), isLocal, start: tokens[boundary]?.at ?? token.at, end: length }
      const made = declaredAt(tokens, index, base)
      if (made !== undefined) {
        items.push(made)
        pending.push({ item: made, depth: frames.length })
      }
    } else if (OPEN.has(token.text)) {
      const isBody = token.text === '{' && isHeader && waiting.depth === frames.length
      if (isBody) pending.pop()
      frames.push({ sign: token.text, item: isBody ? waiting.item : undefined })
    } else if (CLOSE.has(token.text)) {
      while ((pending.at(-1)?.depth ?? -1) >= frames.length && frames.length > 0) finish(token.at)
      const frame = frames.pop()
      if (frame?.item !== undefined) frame.item.end = token.at + 1
    } else if (token.text === ';' && waiting?.depth === frames.length) finish(token.at + 1)
    if (/[;{}]/.test(token.text)) boundary = index + 1
  })
  return items
}

function declaredAt(
  tokens: readonly Token[],
  index: number,
  place: Pick<Item, 'around' | 'isLocal' | 'start' | 'end'>,
): Item | undefined {
  const keyword = tokens[index]?.text ?? ''
  const before = tokens[index - 1]?.text ?? ';'
  const next = tokens[index + 1]
  const base = { ...place, keyword }
  if (keyword === 'macro_rules' && next?.text === '!') return { ...base, name: tokens[index + 2] }
  if (keyword === 'use' && /^[;{}\])]$|^pub$/.test(before)) return { ...base, name: undefined }
  if (keyword === 'impl' && /^[;{}\]]$|^(?:unsafe|default)$/.test(before)) {
    return { ...base, name: undefined, ...headOfImpl(tokens, index + 1) }
  }
  if (!NAMED.has(keyword)) return undefined
  const name = keyword === 'static' && next?.text === 'mut' ? tokens[index + 2] : next
  const after = tokens[index + (name === next ? 2 : 3)]?.text ?? ''
  if (name?.isWord !== true || (keyword === 'const' && after !== ':')) return undefined
  const isDeclared = keyword === 'fn' || /^[{<(;:=]$|^where$/.test(after)
  return isDeclared && !/^[.&']$/.test(before) ? { ...base, name } : undefined
}

/** `impl<T> a::Trait<X> for b::Type<T> where …` */
function headOfImpl(tokens: readonly Token[], from: number): { target: Token | undefined; trait: Token | undefined } {
  let depth = 0
  let last: Token | undefined
  let trait: Token | undefined
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at]
    if (token === undefined || (depth === 0 && /^(?:[{;]|where)$/.test(token.text))) break
    if (/^[<([]$/.test(token.text)) depth++
    else if (/^[)\]]$/.test(token.text) || (token.text === '>' && tokens[at - 1]?.text !== '-')) depth--
    else if (depth === 0 && token.text === 'for') trait = last
    else if (depth === 0 && token.isWord && !/^(?:dyn|mut|const|unsafe)$/.test(token.text)) last = token
  }
  return { target: last, trait }
}

/** The innermost of the items at a place. */
export function itemAt(items: readonly Item[], at: number): Item | undefined {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((items[middle]?.start ?? 0) <= at) low = middle + 1
    else high = middle
  }
  let item = items[low - 1]
  while (item !== undefined && item.end <= at) item = item.around
  return item
}
