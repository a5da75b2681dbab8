/**
 * Finds the types that implement interfaces of the repository. Go does not declare this: a type implements an interface by
 * having its methods, with the same names, parameters and results.
 *
 * Each interface is compared with the types that have its rarest method. The methods of common interfaces of the standard
 * library are known (`standard-interfaces.ts`). Interfaces that embed anything else from outside the repository, empty
 * interfaces, type constraints and uncertain pairs are left out.
 */

import { push } from '#base/multimap.ts'
import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, E, Flag, NONE, Op } from '#generate/analyse/engine/facts.ts'
import type { Relation, Value } from '#generate/analyse/engine/language.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import { importPath, methodType, standardType } from './method-types.ts'
import { standardAliases, standardInterfaces } from './standard-interfaces.ts'

/** Methods keyed by name: the declaration, or the type as text if the standard library declares the method. */
type Methods = ReadonlyMap<string, Decl | string>

/** Limits on the types that one interface is compared with, and on all comparisons in a repository. */
const MAX_CANDIDATES = 5_000
const MAX_PAIRS = 500_000
/** Limit on the embedded types of one type. */
const MAX_SUPERS = 500
/** Limit on the relations; the remaining interfaces are left out. */
const MAX_RELATIONS = 100_000

export function implementations(program: Program, semantics: Semantics): ReadonlyMap<FileUnit, readonly Relation[]> {
  const interfaces: { decl: Decl; methods: Methods }[] = []
  const types = new Map<Decl, Methods>()
  const typesByMethod = new Map<string, Decl[]>()
  for (const file of program.files.values()) {
    for (const decl of file.decls) {
      if (decl.fullName === '' || !decl.isType || decl.has(Flag.static)) continue
      const { methods, isComplete } = methodsOf(program, semantics, decl)
      if (methods.size === 0) continue
      if (decl.kind === 'interface') {
        if (isComplete) interfaces.push({ decl, methods })
        continue
      }
      types.set(decl, methods)
      for (const name of methods.keys()) push(typesByMethod, name, decl)
    }
  }
  const relations = new Map<FileUnit, Relation[]>()
  let pairs = 0
  let count = 0
  const added = new Set<string>()
  const sameTypes = new Map<Decl, string | undefined>()
  const typeOf = (method: Decl): string | undefined => {
    if (!sameTypes.has(method)) sameTypes.set(method, methodType(program, method))
    return sameTypes.get(method)
  }
  const add = (relation: Relation): void => {
    const key = `${relation.kind} ${relation.from.file.path} ${relation.from.index} ${relation.to.file.path} ${relation.to.index}`
    if (added.has(key)) return
    added.add(key)
    count++
    push(relations, relation.from.file, relation)
  }
  const addOverrides = (own: Methods | undefined, contract: Methods): void => {
    for (const [name, wanted] of contract) {
      const method = own?.get(name)
      if (typeof method !== 'object' || typeof wanted !== 'object' || method.parent?.kind === 'interface') continue
      add({ from: method, to: wanted, kind: 'overrides' })
    }
  }
  for (const { decl, methods } of interfaces) {
    const compared = candidates(methods, typesByMethod)
    // A method name that all types and interfaces share would make this quadratic.
    if (pairs + compared.length > MAX_PAIRS || count > MAX_RELATIONS) {
      decl.file.isCrowded = true
      continue
    }
    pairs += compared.length
    for (const type of compared) {
      const own = types.get(type)
      if (own === undefined || isPromoted(own, methods) || !covers(semantics, typeOf, own, methods)) continue
      add({ from: type, to: decl, kind: 'implements' })
      addOverrides(own, methods)
    }
  }
  for (const file of program.files.values()) {
    for (const decl of file.decls) {
      const { type, contract } = checkedByCompiler(semantics, decl) ?? {}
      if (type === undefined || contract === undefined || count > MAX_RELATIONS) continue
      const { methods } = methodsOf(program, semantics, contract)
      if (methods.size === 0) continue
      add({ from: type, to: contract, kind: 'implements' })
      addOverrides(types.get(type), methods)
    }
  }
  return relations
}

/**
 * A type that the code itself uses as an interface, so that the compiler checks it: `var _ Router = &Mux{}`, or a function
 * that returns the type as the interface.
 */
function checkedByCompiler(semantics: Semantics, decl: Decl): { type: Decl; contract: Decl } | undefined {
  const { file } = decl
  const [declared, value] = [decl.at(D.type), decl.at(D.value)]
  const isAsserted = decl.kind === 'variable' && decl.name === ''
  if ((!isAsserted && !decl.isFunction) || declared === NONE || value === NONE) return undefined
  const isTuple = file.expr(declared, E.op) === Op.tuple
  const [first = NONE] = isTuple ? file.list(file.expr(declared, E.list)) : [declared]
  const contract = first === NONE ? undefined : semantics.typeOf(file, first)
  if (contract?.kind !== 'instance' || contract.decl?.kind !== 'interface') return undefined
  const type = semantics.evaluate(file, value)
  if (type?.kind !== 'instance' || type.decl?.isType !== true || type.decl.kind === 'interface') return undefined
  return { type: type.decl, contract: contract.decl }
}

/**
 * A type's own methods and those of embedded types, the nearest of each name; `isComplete` if there are no others.
 */
function methodsOf(program: Program, semantics: Semantics, decl: Decl): { methods: Methods; isComplete: boolean } {
  const methods = new Map<string, Decl | string>()
  const all = [decl, ...semantics.ancestorsOf(decl).list.map((ancestor) => ancestor.decl)]
  for (const one of all) {
    for (const [name, members] of program.membersOf(one)) {
      const method = members.find((member) => member.isFunction)
      if (method !== undefined && !methods.has(name)) methods.set(name, method)
    }
  }
  let isComplete = true
  for (const { file, expr } of all.flatMap((one) => foreignSupers(semantics, one))) {
    const known = standardInterfaces.get(outsideName(file, expr))
    isComplete &&= known !== undefined
    for (const signature of known ?? []) {
      const name = signature.slice(0, signature.indexOf('('))
      const type = standardType(signature, name)
      if (type !== undefined && !methods.has(name)) methods.set(name, type)
    }
  }
  return { methods, isComplete }
}

/** Embedded types that the repository does not declare. */
function foreignSupers(semantics: Semantics, decl: Decl): { file: FileUnit; expr: number }[] {
  const { file } = decl
  const supers = [...file.list(decl.at(D.supers)).map((expr) => ({ file, expr })), ...decl.moreSupers]
  return supers.slice(0, MAX_SUPERS).filter((one) => {
    const type = semantics.typeOf(one.file, one.expr)
    return type?.kind !== 'instance' || type.decl === null
  })
}

/** `io/fs.File` for `fs.File`; '' for anything but a plain name. */
function outsideName(file: FileUnit, expr: number): string {
  const name = file.nameOf(expr)
  if (file.expr(expr, E.op) === Op.ref) return name
  const left = file.expr(expr, E.left)
  if (file.expr(expr, E.op) !== Op.member || file.expr(left, E.op) !== Op.ref) return ''
  const full = `${importPath(file, file.nameOf(left))}.${name}`
  return standardAliases.get(full) ?? full
}

function candidates(methods: Methods, typesByMethod: ReadonlyMap<string, readonly Decl[]>): readonly Decl[] {
  let fewest: readonly Decl[] | undefined
  for (const name of methods.keys()) {
    const types = typesByMethod.get(name) ?? []
    if (fewest === undefined || types.length < fewest.length) fewest = types
  }
  return fewest?.slice(0, MAX_CANDIDATES) ?? []
}

/** Whether a struct has all methods of an interface only from interfaces that it embeds: it holds an implementation. */
function isPromoted(own: Methods, wanted: Methods): boolean {
  for (const name of wanted.keys()) {
    const method = own.get(name)
    if (typeof method === 'object' && method.parent?.kind !== 'interface') return false
  }
  return true
}

function covers(semantics: Semantics, typeOf: TypeOf, own: Methods, wanted: Methods): boolean {
  for (const [name, method] of wanted) {
    const found = own.get(name)
    if (found === undefined) return false
    if (found !== method && !agrees(semantics, typeOf, found, method)) return false
  }
  return true
}

/** The type of a method as text, to compare types by; `undefined` if it is not certain. */
type TypeOf = (method: Decl) => string | undefined

function agrees(semantics: Semantics, typeOf: TypeOf, one: Decl | string, other: Decl | string): boolean {
  const types = [one, other].map((method) => (typeof method === 'string' ? method : typeOf(method)))
  if (typeof one === 'object' && typeof other === 'object') {
    const isPrivate = !/^\p{Lu}/u.test(other.name)
    if (isPrivate && one.file.package !== other.file.package) return false
    if (types.includes(undefined)) return hasSameValues(semantics, one, other)
  }
  return types[0] === types[1]
}

/** Compares the known types of parameters and results. */
function hasSameValues(semantics: Semantics, one: Decl, other: Decl): boolean {
  if (one.at(D.minArity) !== other.at(D.minArity) || one.at(D.maxArity) !== other.at(D.maxArity)) return false
  const { parameters } = one
  return (
    isSame(typeIn(semantics, one), typeIn(semantics, other)) &&
    other.parameters.every((parameter, index) => {
      const same = parameters[index]
      return same !== undefined && isSame(typeIn(semantics, same), typeIn(semantics, parameter))
    })
  )
}

/** `null` for a function without a result. */
function typeIn(semantics: Semantics, decl: Decl): Value | undefined | null {
  const type = decl.at(D.type)
  return type === NONE ? null : semantics.typeOf(decl.file, type)
}

/** An unknown type counts as equal. */
function isSame(one: Value | undefined | null, other: Value | undefined | null): boolean {
  if (one === null || other === null) return one === other
  if (one?.kind !== 'instance' || other?.kind !== 'instance') return true
  if (one.decl?.kind === 'typeparam' || other.decl?.kind === 'typeparam') return true
  if (one.decl !== other.decl || one.name !== other.name) return one.decl !== null && one.decl === other.decl
  return one.args.length === other.args.length && one.args.every((arg, index) => isSame(arg, other.args[index]))
}
