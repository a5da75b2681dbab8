/** The files of a program as the linker sees them: units of records, with tables of exports and globals. */

import { lowerBound } from '#base/binary-search.ts'
import { unpackNumbers } from '#generate/analyse/typescript/packed-numbers.ts'
import { Records } from '#generate/analyse/typescript/summary/heap.ts'
import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { ModuleFlag } from '#generate/analyse/typescript/summary/record-values.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import type { Summary } from '#generate/analyse/typescript/summary/summary.ts'
import type { Component } from '#generate/model.ts'
import { libraryUnit } from './library-records.ts'

export interface Unit {
  readonly index: number
  /** '' for a unit of the standard library. */
  readonly path: string
  /** The offset of its records in the program. */
  readonly base: number
  readonly module: number
  readonly components: readonly Component[]
  /** The id of the component that is exported with `export =`. */
  readonly whole: string | undefined
  /** Exports keyed by name. */
  readonly exports: ReadonlyMap<number, number>
  /** Values whose members are exported. */
  readonly spreads: readonly number[]
  /** For each of its names, the number in the program. */
  readonly names: readonly number[]
  readonly flags: number
}

export interface UnitSource {
  readonly path: string
  readonly summary: Summary
  readonly components: readonly Component[]
  readonly whole: string | undefined
}

/** A `declare module '…' {}` in a file. */
export interface Augmentation {
  readonly specifier: string
  readonly from: string
  readonly symbols: readonly number[]
  /** Names of `export default` and `export =` in it; 0 for none. */
  readonly byDefault: number
  readonly whole: number
}

export class Units {
  readonly records = new Records()
  /** Sparse: lacks files that were never requested. */
  readonly all: Unit[] = []
  readonly #sources: UnitSource[] = []
  readonly #starts: number[] = []
  /** Indexes of files. */
  readonly #byPath = new Map<string, number>()
  #memberNames: ReadonlySet<string> | undefined
  /** Ambient modules declared in global declaration files; they take precedence over resolution. */
  readonly ambient = new Set<string>()
  readonly #globals = new Map<number, number[]>()
  /** Names already looked up in the standard library. */
  readonly #lookedUp = new Set<number>()
  /** All module augmentations. */
  readonly augmentations: Augmentation[] = []

  /** Names of members, exports and symbols in the repository's own files. */
  get memberNames(): ReadonlySet<string> {
    this.#memberNames ??= new Set(
      this.#sources.flatMap(({ path, summary: { records } }) =>
        path === '' ? [] : unpackNumbers(records.members).map((name) => records.names[name] ?? ''),
      ),
    )
    return this.#memberNames
  }

  get numbers(): Int32Array {
    return this.records.numbers
  }

  /** Add a file. Its records are unpacked on first request, or now if names can refer to it without an import. */
  add(source: UnitSource): void {
    const index = this.#sources.length
    this.#sources.push(source)
    this.#starts.push(this.records.reserve(source.summary.records))
    if (source.path !== '') this.#byPath.set(source.path, index)
    if (source.summary.isGlobal) this.#open(index, source)
  }

  #open(index: number, { path, summary, components, whole }: UnitSource): Unit {
    const base = this.#starts[index] ?? 0
    const names = this.records.fill(base, summary.records)
    const module = base + summary.module
    const exports = new Map<number, number>()
    const spreads: number[] = []
    for (const at of this.list(this.field(module, Field.module.exports))) {
      const name = this.field(at, Field.export.name)
      if (name === 0) spreads.push(this.field(at, Field.export.record))
      else exports.set(name, at)
    }
    const flags = this.field(module, Field.module.flags)
    const unit: Unit = { index, path, base, module, components, whole, exports, spreads, names, flags }
    this.all[index] = unit
    const umd = this.field(module, Field.module.umd)
    for (const symbol of this.list(this.field(module, Field.module.globals)))
      this.#addGlobal(this.field(symbol, Field.symbol.name), symbol)
    if (umd !== 0) this.#umd.set(umd, index)
    for (const at of this.list(this.field(module, Field.module.augmentations))) {
      const specifier = this.nameText(this.field(at, Field.augmentation.specifier))
      if ((flags & ModuleFlag.script) !== 0) this.ambient.add(specifier)
      this.augmentations.push({
        specifier,
        from: path,
        symbols: this.list(this.field(at, Field.augmentation.symbols)),
        byDefault: this.field(at, Field.augmentation.default),
        whole: this.field(at, Field.augmentation.whole),
      })
    }
    return unit
  }

  readonly #umd = new Map<number, number>()

  /** The unit exposed as a UMD global of this name. */
  umd(name: number): number | undefined {
    return this.#umd.get(name)
  }

  #addGlobal(name: number, symbol: number): void {
    const known = this.#globals.get(name)
    if (known === undefined) this.#globals.set(name, [symbol])
    else known.push(symbol)
  }

  /** Global symbols of this name in the repository. */
  ownGlobalsOf(name: number): readonly number[] {
    return (this.#globals.get(name) ?? NONE).filter((symbol) => !this.isLibrary(symbol))
  }

  /** Global symbols of this name, those of the standard library last. */
  globalsOf(name: number): readonly number[] {
    if (!this.#lookedUp.has(name)) {
      this.#lookedUp.add(name)
      const library = libraryUnit(this.nameText(name))
      if (library !== undefined) this.add(library)
    }
    return this.#globals.get(name) ?? NONE
  }

  /** Whether there is such a file. */
  has(path: string): boolean {
    return this.#byPath.has(path)
  }

  at(path: string): Unit | undefined {
    const index = this.#byPath.get(path)
    const source = index === undefined ? undefined : this.#sources[index]
    return index === undefined || source === undefined ? undefined : (this.all[index] ?? this.#open(index, source))
  }

  /** The unit that a record belongs to. */
  of(record: number): Unit {
    const after = lowerBound(this.#starts.length, (index) => (this.#starts[index] ?? 0) < record)
    return this.all[Math.max(0, after - 1)] as Unit
  }

  /** The last position of a unit's records. */
  endOf({ index }: Unit): number {
    return this.#starts[index + 1] ?? this.records.length - 1
  }

  kind(at: number): number {
    return this.records.numbers[at] ?? 0
  }

  /** @param number - From 1. */
  field(at: number, number: number): number {
    return this.records.numbers[at + number] ?? 0
  }

  list(at: number): readonly number[] {
    if (at === 0) return NONE
    const { numbers } = this.records
    const length = numbers[at + 1] ?? 0
    const list = new Array<number>(length)
    for (let index = 0; index < length; index++) list[index] = numbers[at + 2 + index] ?? 0
    return list
  }

  lengthOf(at: number): number {
    return at === 0 ? 0 : (this.records.numbers[at + 1] ?? 0)
  }

  nameText(name: number): string {
    return this.records.names[name] ?? ''
  }

  /** The component of a declaration or member, if it has one. */
  componentOf(at: number): Component | undefined {
    const kind = this.kind(at)
    const isDeclaration = kind >= Kind.function && kind <= Kind.member
    const number = isDeclaration
      ? this.field(at, Field.declaration.component)
      : kind === Kind.lambda
        ? this.field(at, Field.lambda.component)
        : 0
    return number === 0 ? undefined : this.of(at).components[number - 1]
  }

  isLibrary(at: number): boolean {
    return this.of(at).path === ''
  }

  isJavaScript(unit: Unit): boolean {
    return (unit.flags & ModuleFlag.javascript) !== 0
  }
}

const NONE: readonly number[] = []
