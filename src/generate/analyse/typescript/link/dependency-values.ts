/**
 * Computes the current value of each dependency key (see `dependencies.ts`), as a string that changes whenever the
 * value does. The standard library is not part of it, since it belongs to the version of the analysis.
 */

import type { FileFacts } from '#generate/analyse/typescript/facts.ts'
import type { Resolve } from '#generate/analyse/typescript/resolve.ts'
import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { ExportSort } from '#generate/analyse/typescript/summary/record-values.ts'
import type { Units } from './units.ts'

/** What is known from the previous analysis. */
export interface KnownValues {
  readonly answers: ReadonlyMap<string, string>
  /** Whether a file is the same as then, so that the values of its parts and exports are. */
  isSame(path: string): boolean
}

export class DependencyValues {
  readonly #units: Units
  readonly #facts: ReadonlyMap<string, FileFacts>
  readonly #resolve: Resolve
  readonly #before: KnownValues | undefined
  readonly #known = new Map<string, string>()
  readonly #parts = new Map<string, ReadonlyMap<string, string>>()

  constructor(units: Units, facts: ReadonlyMap<string, FileFacts>, resolve: Resolve, before?: KnownValues) {
    this.#units = units
    this.#facts = facts
    this.#resolve = resolve
    this.#before = before
  }

  of(key: string): string {
    let answer = this.#known.get(key)
    if (answer === undefined) {
      answer = this.#find(key)
      this.#known.set(key, answer)
    }
    return answer
  }

  #find(key: string): string {
    const rest = key.slice(2)
    const at = rest.indexOf('\0')
    const first = at === -1 ? rest : rest.slice(0, at)
    const second = at === -1 ? '' : rest.slice(at + 1)
    if (this.#before?.isSame(first) === true && 'def'.includes(key[0] ?? '')) {
      const known = this.#before.answers.get(key)
      if (known !== undefined) return known
    }
    switch (key[0]) {
      case 'd':
        return this.#partsOf(first).get(second) ?? ''
      case 'f':
        return [...this.#partsOf(first).values()].join()
      case 'e':
        return this.#export(first, second)
      case 'g':
        return this.#global(rest)
      case 'a':
        return this.#augmentations()
      case 'r': {
        const path = this.#resolve(first, second)
        return path === undefined ? '' : `${this.#units.has(path) ? '+' : '-'}${path}`
      }
      default:
        return String(this.#units.memberNames.has(rest))
    }
  }

  #partsOf(path: string): ReadonlyMap<string, string> {
    const known = this.#parts.get(path) ?? new Map(this.#facts.get(path)?.summary.parts)
    this.#parts.set(path, known)
    return known
  }

  #export(path: string, name: string): string {
    const unit = this.#units.at(path)
    if (unit === undefined) return ''
    const units = this.#units
    const stars = units
      .list(units.field(unit.module, Field.module.stars))
      .map((at) => units.nameText(units.field(at, Field.export.specifier)))
    const others = `${stars.join('\0')} ${unit.flags} ${unit.spreads.length}`
    if (name === '*') return `${[...unit.exports].map(([, at]) => this.#entry(at)).join()} ${others}`
    const whole = units.field(unit.module, Field.module.whole) === 0 ? '' : '='
    const at = unit.exports.get(units.records.nameOf(name))
    const hasEquals = unit.exports.has(units.records.nameOf('export='))
    const entry = at === undefined ? '' : this.#entry(at)
    return `${entry} ${whole} ${unit.whole} ${hasEquals} ${name === 'default' ? unit.exports.size > 0 : ''} ${others}`
  }

  #entry(at: number): string {
    const units = this.#units
    const sort = units.field(at, Field.export.sort)
    const local =
      sort === ExportSort.symbol
        ? units.nameText(units.field(units.field(at, Field.export.record), Field.symbol.name))
        : ''
    const from = `${units.nameText(units.field(at, Field.export.specifier))} ${units.nameText(units.field(at, Field.export.imported))}`
    return `${units.nameText(units.field(at, Field.export.name))} ${sort} ${local} ${from}`
  }

  #global(text: string): string {
    const units = this.#units
    const name = units.records.nameOf(text)
    const paths = units.ownGlobalsOf(name).map((symbol) => units.of(symbol).path)
    const umd = units.umd(name)
    return `${paths.join('\0')} ${umd === undefined ? '' : units.all[umd]?.path}`
  }

  /** All module augmentations: their targets and the names they add. */
  #augmentations(): string {
    const units = this.#units
    return units.augmentations
      .map(({ specifier, from, symbols, byDefault, whole }) => {
        const names = [byDefault, whole, ...symbols.map((symbol) => units.field(symbol, Field.symbol.name))].map(
          (one) => units.nameText(one),
        )
        return `${from}\0${units.ambient.has(specifier)}\0${specifier}\0${this.#resolve(specifier, from) ?? ''}\0${names.join('\0')}`
      })
      .join('\n')
  }
}
