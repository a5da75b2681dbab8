/** Members after a dot: of types and their supertypes, and of namespaces. */

import type { Decl, FileUnit } from './declarations.ts'
import { D, Flag } from './facts.ts'
import { EXTERNAL, type LinkRules, type NameUse, type Resolution, type Value } from './language.ts'
import { accepted } from './names.ts'
import { fitsArity } from './overloads.ts'
import type { Semantics } from './semantics.ts'
import { substitute } from './substitute.ts'
import { takesTypes } from './type-arguments.ts'

/** A supertype, with its type arguments in terms of the subtype's parameters. */
export interface Ancestor {
  readonly decl: Decl
  readonly args: readonly Value[]
}

export interface Ancestors {
  /** Nearest first: depth first, in text order, each once. */
  readonly list: readonly Ancestor[]
  /** A supertype is outside the repository or unknown. */
  readonly isOpen: boolean
}

const PENDING: Ancestors = { list: [], isOpen: false }
const MAX_ANCESTORS = 500
/** Limit on the supertypes in one declaration; resolving each may scan all of them. */
const MAX_SUPERS = 500

export function ancestorsOf(semantics: Semantics, decl: Decl): Ancestors {
  const known = semantics.ancestors.get(decl)
  if (known !== undefined) return known
  semantics.ancestors.set(decl, PENDING)
  const list: Ancestor[] = []
  const seen = new Set<Decl>([decl])
  let isOpen = false
  // The supertypes are still being resolved: do not cache this result.
  let isAsked = false
  for (const part of partsOf(semantics, decl)) {
    const own = part.file.list(part.at(D.supers)).slice(0, MAX_SUPERS)
    const supers = [...own.map((expr) => ({ file: part.file, expr })), ...part.moreSupers.slice(0, MAX_SUPERS)]
    isAsked ||= supers.some(({ file, expr }) => file.values[expr] === null && file.isKnown[expr] !== 1)
    for (const type of traitsFirst(supers.map(({ file, expr }) => semantics.typeOf(file, expr)))) {
      if (type?.kind !== 'instance' || type.decl === null) {
        isOpen = true
        continue
      }
      const above = semantics.ancestorsOf(type.decl)
      isOpen ||= above.isOpen
      const direct = { decl: type.decl, args: type.args }
      const further = above.list.map((one) => ({
        decl: one.decl,
        args: one.args.map((arg) => substitute(arg, direct.decl, direct.args)),
      }))
      for (const one of [direct, ...further]) {
        if (seen.has(one.decl) || list.length >= MAX_ANCESTORS) continue
        seen.add(one.decl)
        list.push(one)
      }
    }
  }
  const ancestors = { list, isOpen }
  if (isAsked) semantics.ancestors.delete(decl)
  else semantics.ancestors.set(decl, ancestors)
  return ancestors
}

/** Members of traits take precedence over those of classes. */
function traitsFirst(types: (Value | undefined)[]): (Value | undefined)[] {
  return types.length < 2 ? types : types.sort((a, b) => Number(isTrait(b)) - Number(isTrait(a)))
}

function isTrait(type: Value | undefined): boolean {
  return type?.kind === 'instance' && (type.decl?.kind === 'trait' || type.decl?.kind === 'module')
}

/** A type with its other parts, where the language has partial types. */
export function partsOf(semantics: Semantics, decl: Decl): readonly Decl[] {
  if (!decl.file.spec.linking.hasPartialTypes || decl.fullName === '') return [decl]
  const parts = semantics.program.partsOf(decl.fullName)
  return parts.length < 2 ? [decl] : parts
}

export function memberOf(
  semantics: Semantics,
  value: Value,
  name: string,
  wanted: NameUse,
  file: FileUnit,
  args?: number,
  types = 0,
): Resolution | undefined {
  switch (value.kind) {
    case 'namespace':
      return inNamespace(semantics, value.path, name, wanted, file) ?? file.linker.memberOf?.(value, name, wanted, file)
    case 'instance':
    case 'type': {
      const found =
        value.decl === null ? undefined : inType(semantics, value, value.decl, name, wanted, file, args, types)
      if (found !== undefined && found.isExternal !== true) {
        if (value.decl?.kind !== 'module' || file.linker.inSight === undefined) return found
        const decls = file.linker.inSight(found.decls, file)
        return decls.length === 0 ? EXTERNAL : { ...found, decls }
      }
      return file.linker.memberOf?.(value, name, wanted, file) ?? found ?? (value.decl === null ? EXTERNAL : undefined)
    }
    case 'function':
      return file.linker.memberOf?.(value, name, wanted, file)
    case 'external':
      return file.linker.memberOf?.(value, name, wanted, file) ?? EXTERNAL
  }
}

function inNamespace(
  semantics: Semantics,
  path: string,
  name: string,
  wanted: NameUse,
  file: FileUnit,
): Resolution | undefined {
  const { program } = semantics
  const full = path === '' ? name : `${path}.${name}`
  const decls = accepted(program.byFullName.get(full) ?? [], wanted, file.spec.linking)
  if (decls.length > 0) return { decls: file.linker.inSight?.(decls, file) ?? decls, origin: 'package' }
  return program.namespaces.has(full) ? { decls: [], origin: 'package', namespace: full } : undefined
}

function inType(
  semantics: Semantics,
  value: Value & { kind: 'instance' | 'type' },
  decl: Decl,
  name: string,
  wanted: NameUse,
  file: FileUnit,
  args: number | undefined,
  types: number,
): Resolution | undefined {
  const own = file.linker.seenFrom?.(decl, file) ?? decl
  const target = throughAliases(semantics, own)
  const rules = decl.file.spec.linking
  const { list, isOpen } = semantics.ancestorsOf(target)
  let second: Resolution | undefined
  // An alias itself first, then the aliased type, then its supertypes.
  for (let at = own === target ? -1 : -2; at < list.length; at++) {
    const one = at < 0 ? { decl: at === -1 ? target : own, args: value.args } : list[at]
    const seen = one === undefined ? [] : membersSeen(semantics, one.decl, name, file)
    // Singleton methods of a Ruby module are not mixed in.
    const isMixed = at >= 0 && value.kind === 'type' && rules.mixins === 'module' && one?.decl.kind === 'module'
    const all = isMixed ? seen.filter((decl) => !decl.isFunction) : seen
    if (one === undefined || all.length === 0) continue
    const decls = accepted(ofSide(all, value.kind === 'type', rules), wanted, rules)
    if (decls.length === 0) continue
    const isInherited = at >= 0
    const receiver: Value = {
      kind: value.kind,
      decl: one.decl,
      name: one.decl.name,
      args: isInherited ? one.args.map((arg) => substitute(arg, target, value.args)) : one.args,
    }
    const found: Resolution = { decls, origin: isInherited ? 'inheritance' : 'receiver-type', receiver }
    const fitting =
      args === undefined
        ? decls
        : decls.filter((one) => !one.isFunction || (fitsArity(one, args) && takesTypes(one, types)))
    if (fitting.length > 0) return second !== undefined && areOverridden(fitting, second, rules) ? second : found
    second ??= found
  }
  return second ?? (isOpen || target.kind === 'typeparam' ? EXTERNAL : undefined)
}

/** Whether the nearer members override these and inherit their default arguments. */
function areOverridden(decls: readonly Decl[], nearer: Resolution, rules: LinkRules): boolean {
  if (rules.inheritsDefaults !== true) return false
  const counts = new Set(nearer.decls.map((decl) => decl.at(D.maxArity)))
  return decls.every((decl) => counts.has(decl.at(D.maxArity)))
}

/** The members of this name that a type declares; those for the file's operating system take precedence. */
function membersSeen(semantics: Semantics, decl: Decl, name: string, file: FileUnit): readonly Decl[] {
  const seen = file.linker.seenFrom?.(decl, file) ?? decl
  const members = inSight(membersNamed(semantics, seen, name), file)
  return members.length > 0 || seen === decl ? members : inSight(membersNamed(semantics, decl, name), file)
}

function inSight(members: readonly Decl[], file: FileUnit): readonly Decl[] {
  return members.length === 0 ? members : (file.linker.membersInSight?.(members, file) ?? members)
}

/** The members of this name in all parts of a type. */
function membersNamed({ program }: Semantics, decl: Decl, name: string): readonly Decl[] {
  const own = program.membersOf(decl).get(name) ?? NO_DECLS
  if (!decl.file.spec.linking.hasPartialTypes || decl.fullName === '') return own
  return program.partsOf(decl.fullName).length < 2 ? own : program.membersOfParts(decl.fullName, name)
}

const NO_DECLS: readonly Decl[] = []

/** Only the members of the type, or only those of its values, where a language separates them. */
function ofSide(decls: readonly Decl[], isOfType: boolean, rules: LinkRules): readonly Decl[] {
  if (rules.hasTypeMembers !== true) return decls
  return decls.filter(
    (decl) =>
      !(decl.isFunction || decl.kind === 'field') || decl.has(Flag.shared) || decl.has(Flag.static) === isOfType,
  )
}

/** The type behind a chain of aliases; itself without one. */
export function throughAliases(semantics: Semantics, decl: Decl): Decl {
  let at = decl
  for (let steps = 0; steps < 10; steps++) {
    const expr = at.kind === 'type' ? at.at(D.value) : -1
    if (expr < 0 || at.has(Flag.prototype)) return at
    const type = semantics.typeOf(at.file, expr)
    if (type?.kind !== 'instance' || type.decl === null || type.decl === at) return at
    at = type.decl
  }
  return at
}
