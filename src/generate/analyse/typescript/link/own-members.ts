/** Own members of classes, interfaces, object types and object literals, and members assigned to a symbol. */

import { Flag, Kind, Sort } from '#generate/analyse/typescript/summary/records.ts'
import { type Found, foundAt, type Linker } from './linker.ts'

/** Members by name. */
export interface Members {
  readonly own: ReadonlyMap<number, readonly number[]>
  readonly static: ReadonlyMap<number, readonly number[]>
  /** Spread values, the last first. */
  readonly spread: readonly number[]
  /** For each member, the number of spreads after it. */
  readonly spreadAfter: ReadonlyMap<number, number>
  readonly call: readonly number[]
  readonly construct: readonly number[]
  readonly index: readonly number[]
  readonly constructors: readonly number[]
}

export function membersOf(linker: Linker, at: number): Members {
  linker.touch(at)
  return linker.index(at, () => readMembers(linker, at))
}

const NONE: ReadonlyMap<number, number> = new Map()

function readMembers({ units }: Linker, at: number): Members {
  const field = units.kind(at) === Kind.class ? 7 : units.kind(at) === Kind.interface ? 5 : 1
  const own = new Map<number, number[]>()
  const statics = new Map<number, number[]>()
  const spread: number[] = []
  const spreadBefore = new Map<number, number>()
  const call: number[] = []
  const construct: number[] = []
  const index: number[] = []
  const constructors: number[] = []
  for (const member of units.list(units.field(at, field))) {
    const sort = units.field(member, 3)
    if (sort === Sort.spread) spread.unshift(units.field(member, 6))
    else if (sort === Sort.call) call.push(units.field(member, 6))
    else if (sort === Sort.construct) construct.push(units.field(member, 6))
    else if (sort === Sort.index) index.push(units.field(member, 6))
    else if (sort === Sort.constructor) constructors.push(units.field(member, 6))
    else {
      const of = (units.field(member, 4) & Flag.static) === 0 ? own : statics
      const name = units.field(member, 2)
      spreadBefore.set(name, spread.length)
      const known = of.get(name)
      if (known === undefined) of.set(name, [member])
      else known.push(member)
    }
  }
  const spreadAfter =
    spread.length === 0 ? NONE : new Map([...spreadBefore].map(([name, before]) => [name, spread.length - before]))
  return { own, static: statics, spread, spreadAfter, call, construct, index, constructors }
}

/** A member assigned to a symbol or to its prototype. */
export function given(linker: Linker, symbol: number, name: number, isPrototype: boolean): Found | undefined {
  const { units } = linker
  const list = units.field(symbol, 3)
  if (list === 0) return undefined
  linker.touch(symbol)
  const declarations: number[] = []
  const members = units.list(list)
  for (const at of members) {
    const isOfPrototype = (units.field(at, 4) & Flag.prototype) !== 0
    if (isOfPrototype === isPrototype && units.field(at, 2) === name && units.field(at, 3) !== Sort.spread)
      declarations.push(at)
  }
  if (declarations.length > 0) return foundAt(declarations)
  for (const at of members) {
    const isOfPrototype = (units.field(at, 4) & Flag.prototype) !== 0
    if (isOfPrototype !== isPrototype || units.field(at, 3) !== Sort.spread) continue
    const found = linker.memberOf(linker.typeOf(units.field(at, 6)), name, 10)
    if (found !== undefined && !found.isOutside && !isOfLibrary(linker, found)) return found
  }
  return undefined
}

export function isOfLibrary({ units }: Linker, { declarations: [at] }: Found): boolean {
  return at !== undefined && units.isLibrary(at)
}
