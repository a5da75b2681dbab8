/** What the symbols of an index are called, and where they are: by the files' own text, since a symbol names no `mod` or `impl` that it is in. */

import { push } from '#base/multimap.ts'
import { type Item, itemAt, itemsOf } from './items.ts'
import { tokensOf } from './lex.ts'
import type { Document, Occurrence } from './scip.ts'

/** A file of which the index knows something. */
export interface Source {
  readonly path: string
  readonly items: readonly Item[]
  /** All words, by their places. */
  readonly words: ReadonlyMap<number, string>
  /** The places of those before `::`. */
  readonly leading: ReadonlySet<number>
  /** What the index knows, by places. */
  readonly occurrences: ReadonlyMap<number, Occurrence>
  /** Fields and variants, in their order. */
  readonly members: readonly Member[]
  lineOf(at: number): number
}

interface Member {
  readonly item: Item
  readonly at: number
  readonly symbol: string
  /** Of a field of a variant, `Variant.field`. */
  readonly name: string
}

export interface Place {
  readonly path: string
  readonly name: string
  readonly line: number
}

export interface Names {
  /** Where a symbol is defined; several where the index has one name for several things. */
  placesOf(symbol: string): readonly Place[]
  /** The item, or the member of a type, that a place is in. */
  holderOf(source: Source, at: number): string
  /** Qualified by modules, types and functions; an `impl` has the name of its type, or that of what is around. */
  nameOf(source: Source, item: Item | undefined): string
}

const TYPE = /^(?:struct|enum|union|trait|type)$/

/** @param text - A character for each byte. */
export function readSource(document: Document, text: string): Source {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  const tokens = tokensOf(text)
  const leading = tokens.filter((_, at) => tokens[at + 1]?.text === ':' && tokens[at + 2]?.text === ':')
  const items = itemsOf(tokens, text.length)
  const words = new Map(tokens.filter((token) => token.isWord).map((token) => [token.at, token.text]))
  const placed = document.occurrences.map((one) => [(starts[one.line] ?? 0) + one.column, one] as const)
  return {
    path: document.path,
    items,
    words,
    leading: new Set(leading.map((token) => token.at)),
    occurrences: new Map(placed),
    members: membersIn(placed, items, words),
    lineOf(at) {
      let low = 0
      let high = starts.length
      while (low < high) {
        const middle = (low + high) >> 1
        if ((starts[middle] ?? 0) <= at) low = middle + 1
        else high = middle
      }
      return low
    },
  }
}

function membersIn(
  placed: readonly (readonly [number, Occurrence])[],
  items: readonly Item[],
  words: ReadonlyMap<number, string>,
): Member[] {
  const members: Member[] = []
  let variant: Member | undefined
  for (const [at, { symbol, isDefinition }] of [...placed].sort(([a], [b]) => a - b)) {
    const item = itemAt(items, at)
    const word = words.get(at)
    if (!isDefinition || item === undefined || word === undefined || item.name?.at === at) continue
    if (!TYPE.test(item.keyword) || !/[#.]$/.test(symbol)) continue
    const isField = item.keyword === 'enum' && symbol.endsWith('.') && variant?.item === item
    const member = { item, at, symbol, name: isField ? join(variant?.name ?? '', word) : word }
    members.push(member)
    if (!isField) variant = member
  }
  return members
}

export function namesOf(sources: readonly Source[]): Names {
  const places = new Map<string, Place[]>()
  const types = new Map<string, string>()
  const nameOf = (source: Source, item: Item | undefined): string => {
    if (item === undefined) return ''
    const around = nameOf(source, item.around)
    if (item.keyword !== 'impl') return item.name === undefined ? around : join(around, item.name.text)
    return types.get(source.occurrences.get(item.target?.at ?? -1)?.symbol ?? '') ?? around
  }
  // Types come first: what is in an `impl` is named by them.
  for (const source of sources) {
    for (const item of source.items) {
      const symbol = symbolOf(source, item)
      if (symbol !== undefined && TYPE.test(item.keyword)) types.set(symbol, nameOf(source, item))
    }
  }
  for (const source of sources) {
    for (const item of source.items) {
      const symbol = symbolOf(source, item)
      if (symbol === undefined || item.name === undefined) continue
      push(places, symbol, { path: source.path, name: nameOf(source, item), line: source.lineOf(item.name.at) })
    }
    for (const member of source.members) {
      const name = join(nameOf(source, member.item), member.name)
      push(places, member.symbol, { path: source.path, name, line: source.lineOf(member.at) })
    }
  }
  return {
    placesOf: (symbol) => places.get(symbol) ?? [],
    holderOf(source, at) {
      const item = itemAt(source.items, at)
      const member = source.members.findLast((one) => one.item === item && one.at <= at)
      return join(nameOf(source, item), member?.name ?? '')
    },
    nameOf,
  }
}

/** Of what an item declares, where the index knows it; of a module with a file of its own, its name stands for it too. */
function symbolOf(source: Source, { keyword, name }: Item): string | undefined {
  const occurrence = source.occurrences.get(name?.at ?? -1)
  if (occurrence === undefined || occurrence.symbol.startsWith('local ')) return undefined
  return occurrence.isDefinition || keyword === 'mod' ? occurrence.symbol : undefined
}

const join = (around: string, name: string): string =>
  around === '' || name === '' ? around + name : `${around}.${name}`
