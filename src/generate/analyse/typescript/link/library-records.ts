/** Converts types and values of the standard library to records, one unit for each name, on demand. */

import { libraryDeclaration, libraryGlobal } from '#generate/analyse/typescript/library/library.ts'
import type {
  LibraryMember,
  LibrarySignature,
  LibraryType,
  TypeParameter,
} from '#generate/analyse/typescript/library/types.ts'
import { Heap } from '#generate/analyse/typescript/summary/heap.ts'
import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Basic, Flag, ModuleFlag, Sort } from '#generate/analyse/typescript/summary/record-values.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import type { UnitSource } from './units.ts'

const units = new Map<string, UnitSource | null>()

/** `undefined` if the library does not have the name. */
export function libraryUnit(name: string): UnitSource | undefined {
  let unit = units.get(name)
  if (unit === undefined) {
    unit = makeUnit(name)
    units.set(name, unit)
  }
  return unit ?? undefined
}

function makeUnit(name: string): UnitSource | null {
  const declaration = libraryDeclaration(name)
  const value = libraryGlobal(name)
  if (declaration === undefined && value === undefined) return null
  const maker = new LibraryMaker()
  const { heap } = maker
  const declarations: number[] = []
  if (declaration !== undefined) declarations.push(maker.declaration(name))
  if (value !== undefined)
    declarations.push(heap.add(Kind.variable, 0, heap.name(name), maker.type(value.type), 0, Flag.const, 0))
  const symbol = heap.add(Kind.symbol, heap.name(name), heap.list(declarations), 0)
  if (declaration !== undefined && declaration.alias === undefined)
    heap.set(declarations[0] ?? 0, Field.interface.symbol, symbol)
  const globals = heap.list([symbol])
  const module = heap.add(Kind.module, 0, 0, ModuleFlag.declaration | ModuleFlag.script, globals, 0, 0, 0, 0)
  const sites = {
    rows: '',
    count: 0,
    regions: '',
    heads: '',
    rest: { names: [], statements: '', calls: '', values: '' },
    names: new Map(),
    named: [],
    bindings: [],
  }
  return {
    path: '',
    summary: { records: heap.pack(), module, isGlobal: true, sites, parts: [] },
    components: [],
    whole: undefined,
  }
}

class LibraryMaker {
  readonly heap = new Heap()
  /** The type parameters of the type, and those of the enclosing signatures. */
  #parameters: number[] = []
  #own: number[] = []
  #interface = 0
  /** The `T[P]` of the enclosing mapped type. */
  #item = 0

  declaration(name: string): number {
    const { heap } = this
    const one = libraryDeclaration(name)
    if (one === undefined) return 0
    const { parameters, bases, members, isComplete, alias } = one
    const symbols = parameters.map((_, index) => this.#parameterSymbol(`T${index}`))
    this.#parameters = symbols
    const list = heap.list(parameters.map((parameter, index) => this.#fillParameter(symbols[index] ?? 0, parameter)))
    if (alias !== undefined) {
      const type = name === 'Record' ? this.#record() : this.type(alias)
      return heap.add(Kind.alias, 0, heap.name(name), list, type)
    }
    const at = heap.add(Kind.interface, 0, heap.name(name), list, 0, 0, 0)
    this.#interface = at
    heap.set(at, Field.interface.bases, heap.list(bases.map((base) => this.type(base))))
    const own = [...members].flatMap(([text, member]) => this.#member(text, member))
    heap.set(at, Field.interface.members, heap.list(isComplete ? own : [...own, this.#rest()]))
    return at
  }

  type(type: LibraryType): number {
    const { heap } = this
    switch (type.kind) {
      case 'outside':
        return heap.add(Kind.platform)
      case 'unknown':
        return heap.add(Kind.basic, Basic.unknown)
      case 'nothing':
        return heap.add(Kind.basic, Basic.nothing)
      case 'primitive':
        return heap.add(Kind.basic, Basic[type.name])
      case 'literal':
        return heap.add(Kind.literal, Basic.string, heap.name(type.text))
      case 'reference':
        return this.#reference(type.name, type.arguments)
      case 'parameter':
        return this.#referenceTo(this.#parameters[type.index] ?? 0)
      case 'own':
        return this.#referenceTo(this.#own[type.index] ?? 0)
      case 'this':
        return this.#interface === 0 ? heap.add(Kind.basic, Basic.unknown) : heap.add(Kind.thisType, this.#interface)
      case 'union':
      case 'intersection': {
        const kind = type.kind === 'union' ? Kind.union : Kind.intersection
        return heap.add(kind, heap.list(type.types.map((one) => this.type(one))))
      }
      case 'tuple': {
        const items = type.elements.map((one) =>
          one.isRest ? heap.add(Kind.restType, this.type(one.type)) : this.type(one.type),
        )
        return heap.add(Kind.tuple, heap.list(items))
      }
      case 'function': {
        const [first, ...others] = type.signatures
        if (first === undefined) return heap.add(Kind.platform)
        if (others.length === 0)
          return heap.add(type.isNew ? Kind.constructorType : Kind.functionType, this.#signature(first))
        const sort = type.isNew ? Sort.construct : Sort.call
        const members = type.signatures.map((one) => heap.add(Kind.member, 0, 0, sort, 0, 0, this.#signature(one)))
        return heap.add(Kind.typeLiteral, heap.list(members))
      }
      case 'object':
        return heap.add(Kind.typeLiteral, this.#members(type.members))
      case 'keys':
        return heap.add(Kind.keyOf, this.type(type.of))
      case 'indexed':
        return heap.add(Kind.indexed, this.type(type.object), this.type(type.index))
      case 'mapped':
        return this.#mapped(type.over, type.value)
      case 'item':
        return this.#item
      case 'predicate':
        return heap.add(Kind.predicate, heap.name('p0'), this.type(type.type))
    }
  }

  #reference(name: string, given: readonly LibraryType[]): number {
    const { heap } = this
    const list = heap.list(given.map((one) => this.type(one)))
    return heap.add(Kind.reference, heap.add(Kind.name, heap.name(name), 0, 0), list)
  }

  #referenceTo(symbol: number): number {
    const { heap } = this
    if (symbol === 0) return heap.add(Kind.basic, Basic.unknown)
    return heap.add(Kind.reference, heap.add(Kind.name, heap.field(symbol, Field.symbol.name), symbol, 0), 0)
  }

  #parameterSymbol(name: string): number {
    const { heap } = this
    const declaration = heap.add(Kind.typeParameter, 0, heap.name(name), 0, 0)
    return heap.add(Kind.symbol, heap.name(name), heap.list([declaration]), 0)
  }

  /** @returns The declaration of the symbol. */
  #fillParameter(symbol: number, { constraint, default: fallback }: TypeParameter): number {
    const { heap } = this
    const declaration = heap.first(heap.field(symbol, Field.symbol.declarations))
    if (constraint !== undefined) heap.set(declaration, Field.typeParameter.constraint, this.type(constraint))
    if (fallback !== undefined) heap.set(declaration, Field.typeParameter.default, this.type(fallback))
    return declaration
  }

  #mapped(over: LibraryType, value: LibraryType): number {
    const { heap } = this
    const symbol = this.#parameterSymbol('P')
    const declaration = heap.first(heap.field(symbol, Field.symbol.declarations))
    const outer = this.#item
    this.#item = heap.add(Kind.indexed, this.type(over), this.#referenceTo(symbol))
    const type = this.type(value)
    this.#item = outer
    return heap.add(Kind.mapped, heap.list([declaration]), heap.add(Kind.keyOf, this.type(over)), type)
  }

  /** `Record<K, V>`, which has a V for every key. */
  #record(): number {
    const { heap } = this
    const symbol = this.#parameterSymbol('P')
    const declaration = heap.first(heap.field(symbol, Field.symbol.declarations))
    const [key = 0, value = 0] = this.#parameters
    return heap.add(Kind.mapped, heap.list([declaration]), this.#referenceTo(key), this.#referenceTo(value))
  }

  #members(members: ReadonlyMap<string, LibraryMember>): number {
    return this.heap.list([...members].flatMap(([name, member]) => this.#member(name, member)))
  }

  #member(name: string, { sort, type }: LibraryMember): number[] {
    const { heap } = this
    const add = (of: number, text: string, written: number, value: number): number =>
      heap.add(Kind.member, 0, heap.name(text), of, 0, written, value)
    const signatures = type.kind === 'function' ? type.signatures : []
    if (name === '()') return signatures.map((one) => add(Sort.call, '', 0, this.#signature(one)))
    if (name === 'new') return signatures.map((one) => add(Sort.construct, '', 0, this.#signature(one)))
    if (name === '[]' || name === '[string]') {
      const signature = heap.add(Kind.signature, 0, 0, this.type(type), 0, 0, 0, 0, 0)
      return [add(Sort.index, '', 0, signature)]
    }
    const text = name.startsWith('[') ? `[Symbol.${name.slice(1)}` : name
    if (sort === 'method' && signatures.length > 0)
      return signatures.map((one) => add(Sort.method, text, 0, this.#signature(one)))
    return [add(Sort.property, text, this.type(type), 0)]
  }

  /** An index signature for members that are missing from the table. */
  #rest(): number {
    const { heap } = this
    const signature = heap.add(Kind.signature, 0, 0, heap.add(Kind.platform), 0, 0, 0, 0, 0)
    return heap.add(Kind.member, 0, 0, Sort.index, 0, 0, signature)
  }

  #signature({ own, parameters, result }: LibrarySignature): number {
    const { heap } = this
    const outer = this.#own
    const symbols = own.map((_, index) => this.#parameterSymbol(`U${index}`))
    if (own.length > 0) this.#own = symbols
    const at = heap.add(Kind.signature, 0, 0, 0, 0, 0, 0, 0, 0)
    heap.set(
      at,
      Field.signature.typeParameters,
      heap.list(own.map((one, index) => this.#fillParameter(symbols[index] ?? 0, one))),
    )
    const list = parameters.map(({ type, isRest, isOptional }, index) => {
      const flags = (isRest ? Flag.rest : 0) | (isOptional ? Flag.optional : 0)
      return heap.add(Kind.parameter, 0, heap.name(`p${index}`), this.type(type), 0, flags, at, index)
    })
    heap.set(at, Field.signature.parameters, heap.list(list))
    heap.set(at, Field.signature.result, this.type(result))
    this.#own = outer
    return at
  }
}
