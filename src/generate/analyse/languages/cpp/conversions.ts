/**
 * Scores how well a value matches a wanted type if at least one of the two is from outside the repository; for overload
 * resolution. A template accepts any value unless its parameters are constrained; a class accepts the values that its
 * constructors accept.
 */

import { throughAliases } from '#generate/analyse/engine/ancestors.ts'
import type { Decl } from '#generate/analyse/engine/declarations.ts'
import { D, E, Flag, NONE, Op } from '#generate/analyse/engine/facts.ts'
import type { Value } from '#generate/analyse/engine/language.ts'
import { acceptsArity } from '#generate/analyse/engine/overloads.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'

const CONSTRAINED = /enable_if|\brequires\b/i
const NUMBERS = new Set(['int', 'bool', 'float', 'double', 'size_t', 'unsigned', 'long', 'short'])
/** Characters and strings that are wider or narrower than plain literals. */
const WIDE = /^(?:wchar_t|char(?:8|16|32)_t|w(?:string|string_view))$/

/** @returns -5 to 3, where 3 is the same type; `undefined` if it cannot be decided here. */
export function conversionScore(semantics: Semantics, given: Value, wanted: Value): number | undefined {
  if (wanted.kind !== 'instance' || given.kind !== 'instance') return undefined
  if (wanted.decl?.kind === 'typeparam') return isConstrained(wanted.decl.parent) ? 0 : 2
  if (given.decl !== null) return given.decl.isType && given.decl.kind !== 'class' ? 0 : undefined
  if (wanted.decl === null) return outsideScore(given.name, wanted.name)
  const type = throughAliases(semantics, wanted.decl)
  if (given.name === 'char' && isWide(semantics, wanted.decl)) return -3
  if (type.kind === 'class' || type.kind === 'struct') return canBeMadeOf(semantics, type, given) ? 0 : -3
  return type.kind === 'enum' ? -3 : 0
}

function isConstrained(owner: Decl | null): boolean {
  return owner?.isFunction === true && CONSTRAINED.test(owner.file.string(owner.at(D.signature)))
}

function outsideScore(given: string, wanted: string): number {
  if (given === wanted) return 3
  if (given === 'char') return WIDE.test(wanted) ? -3 : NUMBERS.has(wanted) ? -1 : 0
  return NUMBERS.has(given) && NUMBERS.has(wanted) ? 1 : -1
}

/** An alias for a template of a wide character: `basic_string_view<wchar_t>`. */
function isWide(semantics: Semantics, decl: Decl): boolean {
  let at: Decl | null = decl
  for (let steps = 0; at?.kind === 'type' && steps < 10; steps++) {
    const expr: number = at.at(D.value)
    const value: Value | undefined = expr === NONE ? undefined : semantics.typeOf(at.file, expr)
    if (value?.kind !== 'instance') return false
    if (WIDE.test(value.name) || value.args.some((arg) => arg.kind === 'instance' && WIDE.test(arg.name))) return true
    at = value.decl
  }
  return false
}

/** Whether a constructor takes the value alone, or the constructors are not all known. */
function canBeMadeOf(semantics: Semantics, type: Decl, given: Value & { kind: 'instance' }): boolean {
  const { list, isOpen } = semantics.ancestorsOf(type)
  if (isOpen || list.length > 0) return true
  const members = semantics.program.membersOf(type).get(type.name) ?? []
  return members.some((one) => one.isFunction && acceptsArity(one, 1) && takes(semantics, one, given))
}

function takes(semantics: Semantics, maker: Decl, given: Value & { kind: 'instance' }): boolean {
  const [parameter] = maker.parameters
  if (parameter === undefined) return false
  const { file } = parameter
  const expr = parameter.at(D.type)
  const type = expr === NONE ? undefined : semantics.typeOf(file, expr)
  if (type?.kind !== 'instance' || parameter.has(Flag.rest)) return true
  if (type.decl === maker.owner) return false
  if (type.decl !== null) return type.decl.kind !== 'enum'
  return file.expr(expr, E.op) !== Op.ref || outsideScore(given.name, type.name) >= 0
}
