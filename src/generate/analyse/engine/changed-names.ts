/**
 * Finds what a changed declaration may change in other files, in languages that find declarations only by the names in the
 * code (`ReadRules.bareName`): the uses of its name, and of the names of declarations whose types lead to it.
 */

import { push } from '#base/multimap.ts'
import type { Decl, FileUnit } from './declarations.ts'
import { D, D_WIDTH, E, type FileFacts, NONE, Op } from './facts.ts'

/** If the meaning of more names may have changed, files are not examined one by one. */
const MAX_NAMES = 5_000

/**
 * The names whose meaning may have changed.
 *
 * @returns `undefined` if that may be any name.
 */
export function changedNames(
  before: ReadonlyMap<string, FileFacts>,
  units: readonly FileUnit[],
): ReadonlySet<string> | undefined {
  if (before.size !== units.length) return undefined
  const names = new Set<string>()
  for (const { path, spec, facts } of units) {
    const old = before.get(path)
    if (old === facts) continue
    if (old === undefined || spec.reading.bareName === undefined) return undefined
    if (old.notes.join('\0') !== facts.notes.join('\0')) return undefined
    const [was, is] = [hashesByName(old), hashesByName(facts)]
    for (const name of new Set([...was.keys(), ...is.keys()])) if (was.get(name) !== is.get(name)) names.add(name)
  }
  const users = units.map((unit) => new NameUsers(unit))
  for (const name of names) {
    if (names.size > MAX_NAMES) return undefined
    for (const unit of users) for (const user of unit.declarationsUsing(name)) names.add(user)
  }
  return names
}

/** Whether a use in the file may depend on one of the names. */
export function mayUse({ facts, spec: { reading } }: FileUnit, names: ReadonlySet<string>): boolean {
  if (names.size === 0 || reading.bareName === undefined) return names.size > 0
  const { bareName } = reading
  return facts.strings.some((text) => names.has(text) || names.has(bareName(text)))
}

function hashesByName(facts: FileFacts): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [index, hash] of (facts.hashes ?? []).entries()) {
    const name = facts.strings[facts.decls[index * D_WIDTH + D.name] ?? NONE] ?? ''
    if (hash !== 0) found.set(name, `${found.get(name) ?? ''} ${hash}`)
  }
  return found
}

/** The declarations of a file by the names in their types and values. */
class NameUsers {
  readonly #unit: FileUnit
  /** The texts in the file that are looked up by another name. */
  readonly #spelled = new Map<string, string[]>()
  #users: ReadonlyMap<string, ReadonlySet<string>> | undefined

  constructor(unit: FileUnit) {
    this.#unit = unit
    const bareName = unit.spec.reading.bareName ?? String
    for (const text of unit.facts.strings) if (bareName(text) !== text) push(this.#spelled, bareName(text), text)
  }

  /** The declarations whose types may depend on a name; in languages without `bareName`, all if the file contains it. */
  *declarationsUsing(name: string): Iterable<string> {
    for (const text of [name, ...(this.#spelled.get(name) ?? [])]) {
      if (this.#unit.indexOf(text) === NONE) continue
      this.#users ??= this.#find()
      yield* this.#users.get(text) ?? []
    }
  }

  #find(): ReadonlyMap<string, ReadonlySet<string>> {
    const { decls, facts, spec } = this.#unit
    if (spec.reading.bareName === undefined) {
      const all = new Set(decls.map((decl) => decl.name))
      return new Map(facts.strings.map((text) => [text, all]))
    }
    const users = new Map<string, Set<string>>()
    for (const decl of decls) {
      if (decl.kind === 'local') continue
      // The type of a parameter is part of its function's.
      const user = decl.kind === 'parameter' && decl.parent !== null ? decl.parent.name : decl.name
      for (const text of this.#textsIn(decl)) {
        const all = users.get(text) ?? new Set()
        users.set(text, all.add(user))
      }
    }
    return users
  }

  /** The names in the expressions that determine the type of a declaration. */
  #textsIn(decl: Decl): Set<string> {
    const unit = this.#unit
    const texts = new Set<string>()
    const seen = new Set<number>([NONE])
    const left = [decl.at(D.type), decl.at(D.value), decl.at(D.receiver), ...unit.list(decl.at(D.supers))]
    for (let expr = left.pop(); expr !== undefined; expr = left.pop()) {
      if (seen.has(expr)) continue
      seen.add(expr)
      const op = unit.expr(expr, E.op)
      if (op !== Op.call) texts.add(unit.nameOf(expr))
      if (op !== Op.declared) left.push(unit.expr(expr, E.left))
      for (const one of unit.list(unit.expr(expr, E.list))) left.push(one)
    }
    return texts
  }
}
