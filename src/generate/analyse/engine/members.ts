/** Resolves the name after a dot: to members of types and their supertypes, and of namespaces. */

import { type Ancestor, partsOf, throughAliases } from './ancestors.ts'
import type { Decl, FileUnit } from './declarations.ts'
import { D, E, Flag, NONE, Op } from './facts.ts'
import { type CallShape, EXTERNAL, type LinkRules, type NameUse, type Resolution, type Value } from './language.ts'
import { accepted } from './names.ts'
import { acceptsArity, isAccepted } from './overloads.ts'
import type { Semantics } from './semantics.ts'
import { substitute } from './substitute.ts'
import { takesTypes } from './type-arguments.ts'
import { unwrapped } from './unwrapped.ts'

const NO_DECLS: readonly Decl[] = []

/** The use of a name after a dot, in a file. */
interface MemberUse {
  readonly name: string
  readonly wanted: NameUse
  readonly file: FileUnit
  /** `undefined` if it is not called. */
  readonly call: CallShape | undefined
}

export function memberOf(semantics: Semantics, value: Value, use: MemberUse): Resolution | undefined {
  const { name, wanted, file, call } = use
  switch (value.kind) {
    case 'namespace':
      return inNamespace(semantics, value.path, name, wanted, file) ?? file.linker.memberOf?.(value, name, wanted, file)
    case 'instance':
    case 'type': {
      const found = value.decl === null ? undefined : inType(semantics, value, value.decl, use)
      if (found !== undefined && found.isExternal !== true) {
        if (call !== undefined && wanted === 'call' && isRefused(semantics, found, call.args, file)) {
          const extension = file.linker.memberOf?.(value, name, wanted, file)
          if (extension !== undefined && isAccepted(extension.decls, call.args, false)) return extension
        }
        if (value.decl?.kind !== 'module' || file.linker.visibleFrom === undefined) return found
        const decls = file.linker.visibleFrom(found.decls, file)
        return decls.length === 0 ? EXTERNAL : { ...found, decls }
      }
      const extension = file.linker.memberOf?.(value, name, wanted, file)
      // The type from outside has a method of this name that takes other arguments.
      if (value.decl === null && call !== undefined && isUnfit(extension, call.args, file)) return EXTERNAL
      return extension ?? found ?? (value.decl === null ? EXTERNAL : undefined)
    }
    case 'function':
      return file.linker.memberOf?.(value, name, wanted, file)
    case 'external':
      return file.linker.memberOf?.(value, name, wanted, file) ?? EXTERNAL
  }
}

/** Whether no method accepts the number of arguments, and no unknown supertype may have one that does. */
export function isRefused(semantics: Semantics, { decls }: Resolution, args: number, file: FileUnit): boolean {
  if (file.spec.linking.extensionsOverload !== true || decls.length === 0) return false
  return decls.every(
    (decl) =>
      decl.isFunction &&
      decl.parent?.isType === true &&
      !acceptsArity(decl, args) &&
      !semantics.ancestorsOf(decl.parent).isOpen,
  )
}

/** Whether only functions are found that do not take the number of arguments. */
function isUnfit(found: Resolution | undefined, args: number, file: FileUnit): boolean {
  if (found === undefined || file.spec.linking.extensionsOverload !== true || found.decls.length === 0) return false
  return found.decls.every((decl) => decl.isFunction) && !isAccepted(found.decls, args, false)
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
  if (decls.length > 0) return { decls: file.linker.visibleFrom?.(decls, file) ?? decls, origin: 'package' }
  return program.namespaces.has(full) ? { decls: [], origin: 'package', namespace: full } : undefined
}

/** A type that may declare the member: the value's own type or a supertype. */
interface Owner {
  readonly decl: Decl
  readonly args: readonly Value[]
  readonly isInherited: boolean
}

function inType(
  semantics: Semantics,
  value: Value & { kind: 'instance' | 'type' },
  decl: Decl,
  { name, wanted, file, call }: MemberUse,
): Resolution | undefined {
  const own = file.linker.variantFor?.(decl, file) ?? decl
  const target = throughAliases(semantics, own)
  const rules = decl.file.spec.linking
  const { list, isOpen } = semantics.ancestorsOf(target)
  let nearest: Resolution | undefined
  let best: Resolution | undefined
  for (const owner of ownersOf(own, target, value.args, list)) {
    const visible = visibleMembers(semantics, owner.decl, name, file)
    // Singleton methods of a Ruby module are not mixed in.
    const isMixin =
      owner.isInherited && value.kind === 'type' && rules.mixins === 'module' && owner.decl.kind === 'module'
    const all = isMixin ? visible.filter((decl) => !decl.isFunction) : visible
    if (all.length === 0) continue
    const decls = accepted(ofSide(all, value.kind === 'type', rules), wanted, rules)
    if (decls.length === 0) continue
    const receiver: Value = {
      kind: value.kind,
      decl: owner.decl,
      name: owner.decl.name,
      args: owner.isInherited ? owner.args.map((arg) => substitute(arg, target, value.args)) : owner.args,
    }
    const found: Resolution = owner.isInherited
      ? { decls, origin: 'inheritance', receiver, on: value }
      : { decls, origin: 'receiver-type', receiver }
    const matching =
      call === undefined
        ? decls
        : decls.filter((one) => !one.isFunction || (acceptsArity(one, call.args) && takesTypes(one, call.types)))
    if (matching.length === 0) {
      nearest ??= found
      continue
    }
    if (best === undefined && nearest !== undefined && areOverridden(matching, nearest, rules)) return nearest
    if (call === undefined || rules.inheritsOverloads !== true) return found
    if (best === undefined) best = found
    else {
      const more = matching.filter((one) => best?.decls.every((nearer) => !mayReplace(nearer, one)) === true)
      if (more.length > 0) best = { ...best, decls: [...best.decls, ...more] }
    }
  }
  return best ?? nearest ?? (isOpen || target.kind === 'typeparam' ? EXTERNAL : undefined)
}

/** Yields an alias itself first, then the aliased type, then its supertypes. */
function* ownersOf(own: Decl, target: Decl, args: readonly Value[], ancestors: readonly Ancestor[]): Iterable<Owner> {
  if (own !== target) yield { decl: own, args, isInherited: false }
  yield { decl: target, args, isInherited: false }
  for (const { decl, args } of ancestors) yield { decl, args, isInherited: true }
}

/**
 * Whether a member may replace an inherited one of its name. A method may, unless the numbers of parameters differ, or
 * the types of a parameter are both known and differ; any other member may.
 */
export function mayReplace(nearer: Decl, other: Decl): boolean {
  if (!nearer.isFunction || nearer.parameters.length !== other.parameters.length) return !nearer.isFunction
  return nearer.parameters.every((one, index) => {
    const [own, above] = [typeNameOf(one), typeNameOf(other.parameters[index])]
    return own === undefined || above === undefined || own === above
  })
}

/** The name of a parameter's declared type; `[]` for arrays, `undefined` for other forms and for type parameters. */
function typeNameOf(parameter: Decl | undefined): string | undefined {
  if (parameter === undefined) return undefined
  const { file } = parameter
  const type = unwrapped(file, parameter.at(D.type))
  const op = type === NONE ? NONE : file.expr(type, E.op)
  if (op === Op.array) return '[]'
  if (op !== Op.ref) return undefined
  const name = file.nameOf(type)
  const isVariable = (owner: Decl | null): boolean => owner?.typeParameters.some((one) => one.name === name) === true
  return isVariable(parameter.parent) || isVariable(parameter.parent?.parent ?? null) ? undefined : name
}

/** Whether the nearer members override these and inherit their default arguments. */
function areOverridden(decls: readonly Decl[], nearer: Resolution, rules: LinkRules): boolean {
  if (rules.inheritsDefaults !== true) return false
  const counts = new Set(nearer.decls.map((decl) => decl.at(D.maxArity)))
  return decls.every((decl) => counts.has(decl.at(D.maxArity)))
}

/** The members of this name that a type declares; those for the file's operating system take precedence. */
function visibleMembers(semantics: Semantics, decl: Decl, name: string, file: FileUnit): readonly Decl[] {
  const seen = file.linker.variantFor?.(decl, file) ?? decl
  const members = onlyVisible(declaredMembers(semantics, seen, name), file)
  return members.length > 0 || seen === decl ? members : onlyVisible(declaredMembers(semantics, decl, name), file)
}

function onlyVisible(members: readonly Decl[], file: FileUnit): readonly Decl[] {
  return members.length === 0 ? members : (file.linker.membersVisibleFrom?.(members, file) ?? members)
}

/** The members of this name in all parts of a type. */
function declaredMembers(semantics: Semantics, decl: Decl, name: string): readonly Decl[] {
  const { program } = semantics
  const own = program.membersOf(decl).get(name) ?? NO_DECLS
  if (!decl.file.spec.linking.hasPartialTypes || decl.fullName === '') return own
  if (program.partsOf(decl.fullName).length < 2) return own
  if (decl.file.spec.linking.typesByArity === true)
    return partsOf(semantics, decl).flatMap((part) => program.membersOf(part).get(name) ?? NO_DECLS)
  return program.membersOfParts(decl.fullName, name)
}

/** Only the members of the type, or only those of its values, if the language separates them. */
function ofSide(decls: readonly Decl[], isOfType: boolean, rules: LinkRules): readonly Decl[] {
  if (rules.hasTypeMembers !== true) return decls
  return decls.filter(
    (decl) =>
      !(decl.isFunction || decl.kind === 'field') || decl.has(Flag.shared) || decl.has(Flag.static) === isOfType,
  )
}
