/** Resolves bare names: from the innermost scope outwards, then by the language's linker. */

import { lowerBound } from '#base/binary-search.ts'
import { type Decl, type FileUnit, MAX_SCOPES } from './declarations.ts'
import { D, E, Flag, NONE, Op } from './facts.ts'
import { lookUpInLambda } from './lambdas.ts'
import type { LinkRules, NameUse, Resolution } from './language.ts'
import type { Semantics } from './semantics.ts'
import { unwrapped } from './unwrapped.ts'

/**
 * The meaning of `this`: the type in a type body, an instance in a method; either in a block in a type body, and neither
 * outside the innermost type.
 */
type Self = 'type' | 'instance' | 'block' | 'none'

const SIDES = {
  type: ['type'],
  instance: ['instance'],
  block: ['type', 'instance'],
  none: ['type'],
} as const

/**
 * Resolve a bare name. In each scope, outwards: its own declarations, its imports, the receiver of a lambda, then the members
 * of the type or namespace whose body it is.
 *
 * @param scope - The scope of the use; `NONE` for only the names that the linker knows.
 * @param at - The offset of the use: locals declared after it are not visible.
 * @returns `undefined` if the name is not known.
 */
export function lookUp(
  semantics: Semantics,
  file: FileUnit,
  scope: number,
  name: string,
  at: number,
  wanted: NameUse,
): Resolution | undefined {
  const rules = file.spec.linking
  // Whether `this` is the type or an instance, if the language separates their members.
  let self: Self = 'type'
  let hasFunction = false
  /** Functions of this name of a lambda's receiver: used only if no value is found in an outer scope. */
  let functions: Resolution | undefined
  const index = file.indexOf(name)
  for (let s = scope, depth = 0; s !== NONE && depth < MAX_SCOPES; s = file.scopeParent(s), depth++) {
    const decl = file.scopeDecl(s)
    /** The declaration whose body the scope is. */
    const body = decl?.at(D.ownScope) === s ? decl : undefined
    const own = inScope(visible(file, s, index, at, wanted), body, rules)
    if (own.length > 0) {
      const more = wanted === 'call' ? overloadsBeside(semantics, file, s, body, name, own) : []
      return { decls: more.length === 0 ? own : [...new Set([...own, ...more])], origin: 'same-file' }
    }
    const imported = file.linker.lookUpIn?.(file, s, name, wanted)
    // Enclosing scopes are not visible.
    if (imported === null) break
    if (imported !== undefined) return imported
    const inLambda = lookUpInLambda(semantics, file, s, name, wanted)
    // A name that is not called more likely means a value of an outer scope than a function.
    const isUnlikely = wanted === 'value' && rules.hasSeparateCalls && areFunctions(inLambda)
    if (inLambda !== undefined && !isUnlikely) return inLambda
    functions ??= inLambda
    if (body === undefined) continue
    if (body.isFunction) self = body.has(Flag.static) ? 'type' : 'instance'
    else if (self === 'type' && s !== scope && !hasFunction) self = 'block'
    hasFunction ||= body.isFunction
    const inside = lookUpInside(semantics, body, name, wanted, self)
    if (inside !== undefined) return functions !== undefined && areFunctions(inside) ? functions : inside
    const around = body.isFunction && body.host !== null ? lookUpAroundHost(semantics, body, name, wanted) : undefined
    if (around !== undefined) return around
    if (body.isType || body.kind === 'module') self = 'none'
  }
  return functions ?? file.linker.lookUp(file, name, wanted, scope)
}

const areFunctions = (found: Resolution | undefined): boolean =>
  found !== undefined && found.decls.length > 0 && found.decls.every((decl) => decl.isFunction)

/** The declarations in a scope that a bare name can mean: members of a type may be visible only through `this` or a path. */
function inScope(decls: readonly Decl[], body: Decl | undefined, rules: LinkRules): readonly Decl[] {
  if (decls.length === 0 || body === undefined) return decls
  const { hasImplicitThis, hasTypeMembers = false, typesNeedPaths = false } = rules
  const hasMembers = body.isType || body.kind === 'impl' || (body.kind === 'module' && hasTypeMembers)
  // With an implicit `this` for all members, their names are visible as those of any other scope.
  if (!hasMembers || (hasImplicitThis && !hasTypeMembers)) return decls
  if (typesNeedPaths) return decls.filter((decl) => decl.isLocal)
  // Types, locals and other declarations that are not members: with an implicit `this`, `lookUpInside` chooses between the members.
  const isMember = (decl: Decl): boolean => decl.isFunction || decl.kind === 'field' || !hasImplicitThis
  return decls.filter((decl) => decl.isType || decl.isLocal || !isMember(decl))
}

/** In open namespaces, functions in the same or the global namespace of other files overload those of the file. */
function overloadsBeside(
  semantics: Semantics,
  file: FileUnit,
  scope: number,
  body: Decl | undefined,
  name: string,
  own: readonly Decl[],
): readonly Decl[] {
  const isOpen = body === undefined ? file.scopeParent(scope) === NONE : body.kind === 'module'
  if (file.spec.linking.hasOpenModules !== true || !isOpen) return []
  const isOverload = (decl: Decl): boolean => decl.isFunction && decl.kind !== 'macro'
  if (!own.every(isOverload)) return []
  const found =
    body === undefined
      ? file.linker.lookUp(file, name, 'call', scope)
      : lookUpInside(semantics, body, name, 'call', 'type')
  return found?.decls.filter(isOverload) ?? []
}

/** Members attached from outside also see the scopes around the type: `A::f` in C++. */
function lookUpAroundHost(semantics: Semantics, decl: Decl, name: string, wanted: NameUse): Resolution | undefined {
  if (decl.file.spec.linking.hasOpenModules !== true) return undefined
  for (let at = decl.host?.parent ?? null; at !== null && at !== decl.parent; at = at.parent) {
    const inside = lookUpInside(semantics, at, name, wanted, 'type')
    if (inside !== undefined) return inside
  }
  return undefined
}

/** Members of the type that a declaration is or is attached to, and names in enclosing namespaces. */
function lookUpInside(
  semantics: Semantics,
  decl: Decl,
  name: string,
  wanted: NameUse,
  self: Self,
): Resolution | undefined {
  const { program } = semantics
  const { hasTypeMembers = false } = decl.file.spec.linking
  if (decl.kind === 'namespace' || decl.kind === 'module') {
    const outer = decl.fullName.slice(0, -decl.name.length - 1)
    for (
      let path = decl.fullName;
      path !== outer && path !== '';
      path = path.slice(0, Math.max(0, path.lastIndexOf('.')))
    ) {
      const declared = program.byFullName.get(`${path}.${name}`) ?? []
      const all = declared.length > 0 ? (decl.file.linker.visibleFrom?.(declared, decl.file) ?? declared) : declared
      const named = hasTypeMembers ? all.filter((one) => !one.isFunction) : all
      const decls = accepted(named, wanted, decl.file.spec.linking)
      if (decls.length > 0) return { decls, origin: 'package' }
    }
    if (!hasTypeMembers) return undefined
  }
  const type = decl.isType || decl.kind === 'module' ? decl : decl.host
  if (type === null || type === undefined) return undefined
  // Without an implicit `this`, only nested types and type parameters are visible.
  const { hasImplicitThis, typesNeedPaths, extensionsNeedReceiver } = decl.file.spec.linking
  if (!hasImplicitThis && (wanted !== 'type' || typesNeedPaths === true)) return undefined
  const kinds = hasTypeMembers ? SIDES[self] : (['instance'] as const)
  for (const kind of kinds) {
    const found = semantics.memberOf({ kind, decl: type, name: type.name, args: [] }, name, wanted, decl.file)
    const [first] = found === undefined || found.isExternal === true ? [] : found.decls
    if (first === undefined || (extensionsNeedReceiver === true && isAddedTo(first, type))) continue
    // Methods and fields around the type of `this` are not visible.
    return self === 'none' && (first.isFunction || first.kind === 'field') ? undefined : found
  }
  return undefined
}

/** Whether a member is an extension, or a method of another class that wraps values. */
const isAddedTo = (member: Decl, type: Decl): boolean =>
  member.at(D.receiver) !== NONE || (member.parent !== type && member.parent?.has(Flag.extension) === true)

/** The declarations of a name in one scope that a use can mean. */
function visible(file: FileUnit, scope: number, name: number, at: number, wanted: NameUse): readonly Decl[] {
  const rules = file.spec.linking
  const locals = file.localsAt(scope, name)
  // The last local that is already visible. Locals are sorted by position.
  const last = lastBefore(locals, at)
  for (let i = last; i >= 0 && last - i < MAX_BEFORE; i--) {
    const decl = locals[i]
    if (decl !== undefined && decl.at(D.from) <= at && accepts(decl, wanted, rules)) return [decl]
  }
  return accepted(file.boundAt(scope, name), wanted, rules)
}

/** Limit on earlier locals of the same name that are considered. */
const MAX_BEFORE = 500

/**
 * The index of the last declaration that begins at or before `at`, or -1: a file may declare one name ten thousand
 * times.
 */
function lastBefore(decls: readonly Decl[], at: number): number {
  return lowerBound(decls.length, (index) => (decls[index]?.start ?? 0) <= at) - 1
}

/** The declarations that a use can mean; only the preferred ones if there are any. */
export function accepted(decls: readonly Decl[], wanted: NameUse, rules: LinkRules): readonly Decl[] {
  if (decls.length === 0) return decls
  const matching = decls.filter((decl) => accepts(decl, wanted, rules))
  if (matching.length < 2 || wanted === 'type') return matching
  const functions = matching.filter((decl) => decl.isFunction)
  if (wanted === 'call') return functions.length > 0 ? functions : matching
  const values = matching.filter((decl) => !decl.isFunction && !decl.isType)
  return values.length > 0 ? values : matching
}

/** Whether a declaration can be used like this. */
export function accepts(decl: Decl, wanted: NameUse, rules: LinkRules): boolean {
  // In C, a tag is not visible by its bare name.
  if (decl.has(Flag.special) && decl.isType) return false
  switch (wanted) {
    case 'type':
      return decl.isType || decl.kind === 'typeparam' || decl.kind === 'module' || decl.kind === 'namespace'
    case 'call':
      if (decl.isFunction) return decl.kind !== 'constructor'
      if (decl.isType) return rules.callsMakeInstances
      if (decl.kind === 'module' || decl.kind === 'namespace') return false
      if (rules.bareNamesCall === true)
        return decl.kind === 'field' || (rules.applyName !== undefined && decl.isLocal && decl.kind !== 'typeparam')
      if (decl.kind === 'typeparam') return false
      return rules.hasSeparateCalls === 'members' ? decl.isLocal && !hasNamedType(decl) : !rules.hasSeparateCalls
    case 'value':
      return decl.kind !== 'constructor' && !(decl.has(Flag.special) && decl.isFunction)
  }
}

/** Whether a variable is declared with a named type; function types have no name. */
function hasNamedType(decl: Decl): boolean {
  const type = unwrapped(decl.file, decl.at(D.type))
  return type !== NONE && [Op.ref, Op.member, Op.generic].some((op) => op === decl.file.expr(type, E.op))
}
