/** Lists own members of classes, interfaces, object types and object literals, and members assigned to a symbol. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Flag, Sort } from '#generate/analyse/typescript/summary/record-values.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { type Found, foundAt, Index, type Linker } from './linker.ts'

/** Members keyed by name. */
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
  return linker.index(Index.members, at, () => readMembers(linker, at))
}

const NONE: ReadonlyMap<number, number> = new Map()

function readMembers({ units }: Linker, at: number): Members {
  const kind = units.kind(at)
  const field =
    kind === Kind.class ? Field.class.members : kind === Kind.interface ? Field.interface.members : Field.object.members
  const own = new Map<number, number[]>()
  const statics = new Map<number, number[]>()
  const spread: number[] = []
  const spreadBefore = new Map<number, number>()
  const call: number[] = []
  const construct: number[] = []
  const index: number[] = []
  const constructors: number[] = []
  for (const member of units.list(units.field(at, field))) {
    const sort = units.field(member, Field.member.sort)
    if (sort === Sort.spread) spread.unshift(units.field(member, Field.member.value))
    else if (sort === Sort.call) call.push(units.field(member, Field.member.value))
    else if (sort === Sort.construct) construct.push(units.field(member, Field.member.value))
    else if (sort === Sort.index) index.push(units.field(member, Field.member.value))
    else if (sort === Sort.constructor) constructors.push(units.field(member, Field.member.value))
    else {
      const of = (units.field(member, Field.member.flags) & Flag.static) === 0 ? own : statics
      const name = units.field(member, Field.member.name)
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
export function assignedMember(linker: Linker, symbol: number, name: number, isPrototype: boolean): Found | undefined {
  const { units } = linker
  const list = units.field(symbol, Field.symbol.assigned)
  if (list === 0) return undefined
  linker.touch(symbol)
  const declarations: number[] = []
  const members = units.list(list)
  for (const at of members) {
    const isOfPrototype = (units.field(at, Field.member.flags) & Flag.prototype) !== 0
    if (
      isOfPrototype === isPrototype &&
      units.field(at, Field.member.name) === name &&
      units.field(at, Field.member.sort) !== Sort.spread
    )
      declarations.push(at)
  }
  if (declarations.length > 0) return foundAt(declarations)
  for (const at of members) {
    const isOfPrototype = (units.field(at, Field.member.flags) & Flag.prototype) !== 0
    if (isOfPrototype !== isPrototype || units.field(at, Field.member.sort) !== Sort.spread) continue
    const found = linker.memberOf(linker.typeOf(units.field(at, Field.member.value)), name, 10)
    if (found !== undefined && !found.isOutside && !isOfLibrary(linker, found)) return found
  }
  return undefined
}

export function isOfLibrary({ units }: Linker, { declarations: [at] }: Found): boolean {
  return at !== undefined && units.isLibrary(at)
}
