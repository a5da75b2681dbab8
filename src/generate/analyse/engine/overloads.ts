/** Chooses among functions of one name: by the number of arguments, then by their types. */

import { greatest } from '#base/long-arrays.ts'
import type { Decl, FileUnit } from './declarations.ts'
import { D, E, Flag, NONE, Op } from './facts.ts'
import type { Value } from './language.ts'
import type { Semantics } from './semantics.ts'
import { Inferred, takingTypes } from './type-arguments.ts'

/** Names of array types and of their constructor. */
const ARRAYS = new Set(['[]', 'Array'])

/** Whether a function accepts this number of arguments. */
export function acceptsArity(decl: Decl, args: number): boolean {
  const least = decl.at(D.minArity)
  const most = decl.at(D.maxArity)
  return args >= least && (most === NONE || args <= most)
}

/**
 * How many parameters the receiver of a call fills: one for an extension that declares its receiver like other
 * parameters.
 */
function receiversOf(decl: Decl): number {
  return decl.file.spec.linking.declaresReceiver === true && decl.has(Flag.extension) ? 1 : 0
}

/**
 * Whether a function accepts this number of arguments. The parameter that the receiver fills counts as optional, so the
 * number must be in range with and without it.
 */
function acceptsCount(decl: Decl, args: number, isPlain: boolean): boolean {
  const receivers = receiversOf(decl)
  return acceptsArity(decl, args + (isPlain ? 0 : receivers)) && acceptsArity(decl, args - (isPlain ? receivers : 0))
}

/** Whether some function accepts the number of arguments, where each is an extension or is called by its name. */
export function isAccepted(decls: readonly Decl[], args: number, isPlain: boolean): boolean {
  return decls.some((decl) => decl.isFunction && acceptsCount(decl, args, isPlain))
}

/** Whether a function is called by its name, or on the type that declares it, not on a value. */
export function isPlainCall({ receiver }: { readonly receiver?: Value | undefined }, op: number): boolean {
  return op === Op.ref || receiver?.kind === 'type'
}

export interface Chosen {
  readonly decl: Decl
  /** No other candidate matches as well. */
  readonly isSure: boolean
  /** The equally good candidates, with `decl`, and those that unknown types may make as good. */
  readonly best: readonly Decl[]
  /** Equally good candidates are in other files. */
  readonly isScattered: boolean
  /** Equally good candidates belong to other implementations of a trait: unknown types decide. */
  readonly isOfSeveralTraits: boolean
}

/** What is known about a call of an overloaded function. */
interface OverloadedCall {
  /** Expressions in the calling file; `NONE` for unknown ones, `undefined` if the function is not called. */
  readonly args: readonly number[] | undefined
  /** The number of explicit type arguments; 0 by default. */
  readonly types?: number
  /**
   * Whether it is called by its name, or on the type that declares it, so that extensions get their receivers as
   * arguments.
   */
  readonly isPlain?: boolean
  /** The expression of the call, if it is known. */
  readonly call?: number | undefined
}

/** The best of the candidates `all` for a call in `file`. */
export function chooseOverload(
  semantics: Semantics,
  file: FileUnit,
  all: readonly Decl[],
  { args, types = 0, isPlain = false, call = NONE }: OverloadedCall,
): Chosen | undefined {
  const known = all.length > 1 ? (file.spec.linking.variants?.(all, file) ?? all) : all
  const { linker } = file
  const isFormed = known.length > 1 && call !== NONE && args !== undefined
  const variants = isFormed ? (linker.calledAs?.(known, file, call, args) ?? known) : known
  const isCandidate = linker.isCandidate?.bind(linker)
  const possible = isCandidate && args ? variants.filter((decl) => isCandidate(decl, file, args)) : variants
  const candidates = args === undefined ? possible : takingTypes(semantics, file, possible, types)
  const [first] = candidates
  if (first === undefined) return undefined
  if (args === undefined) return chosen(first, candidates)
  const byCount = candidates.filter((decl) => acceptsCount(decl, args.length, isPlain))
  const type = byCount.length === 0 ? typeBeside(semantics, file, first) : undefined
  if (type !== undefined) return chosen(type, [type])
  if (byCount.length === 0 && isOutside(file, candidates, args)) return undefined
  const left = byCount.length > 0 ? byCount : candidates
  if (left.length === 1) return chosen(first, left)
  const scores = left.slice(0, 50).map((decl) => {
    const parameters = isPlain ? decl.parameters : decl.parameters.slice(receiversOf(decl))
    return scoreOf(semantics, file, decl, parameters, args)
  })
  const best = greatest(scores)
  const one = chosen(
    first,
    left.filter((_, index) => scores[index] === best),
  )
  const rivals = left.filter(
    (decl, index) => scores[index] === best - 1 && takesUnknownRest(semantics, file, decl, args),
  )
  return rivals.length > 0 ? { ...one, isSure: false, best: [...one.best, ...rivals] } : one
}

/** A type with the name of a function, which a call instantiates if the function does not take its arguments. */
function typeBeside({ program }: Semantics, { spec }: FileUnit, { fullName, parent }: Decl): Decl | undefined {
  if (!spec.linking.callsMakeInstances || fullName === '') return undefined
  return program.byFullName.get(fullName)?.find((one) => one.isType && one.parent === parent)
}

/** Whether a variadic parameter takes an argument of unknown type, which may be what another overload takes whole. */
function takesUnknownRest(semantics: Semantics, file: FileUnit, decl: Decl, args: readonly number[]): boolean {
  if (decl.at(D.maxArity) !== NONE) return false
  const isUnknown = (arg: number): boolean =>
    arg === NONE || (semantics.evaluate(file, arg)?.kind ?? 'external') === 'external'
  const rest = Math.max(0, Math.min(decl.at(D.minArity), decl.parameters.length - 1))
  return args.slice(rest).some(isUnknown)
}

/** Whether no candidate accepts this number of arguments, so that the call means a function outside the repository. */
function isOutside(file: FileUnit, candidates: readonly Decl[], args: readonly number[]): boolean {
  if (file.spec.linking.dropsAmbiguous !== true || args.includes(NONE)) return false
  return candidates.every((decl) => {
    const most = decl.at(D.maxArity)
    return decl.file.spec === file.spec && decl.kind === 'function' && most !== NONE && args.length > most
  })
}

/** The first of equally good candidates. */
function chosen(first: Decl, best: readonly Decl[]): Chosen {
  const [decl = first] = best
  return {
    decl,
    best,
    isSure: best.length === 1,
    isScattered: best.some((one) => one.file !== decl.file),
    isOfSeveralTraits: best.some((one) => one.parent !== decl.parent && isOfTrait(one)) && isOfTrait(decl),
  }
}

const isOfTrait = ({ parent }: Decl): boolean =>
  parent?.kind === 'impl' && parent.file.list(parent.at(D.supers)).length > 0

/** A score that is higher the better the parameter types match the arguments. */
function scoreOf(
  semantics: Semantics,
  file: FileUnit,
  decl: Decl,
  parameters: readonly Decl[],
  args: readonly number[],
): number {
  let sum = decl.at(D.maxArity) === NONE ? -1 : 0
  const inferred = file.spec.linking.infersFromArguments === true ? new Inferred() : undefined
  for (const [index, arg] of args.entries()) {
    const parameter = parameters[Math.min(index, parameters.length - 1)]
    if (parameter === undefined || arg === NONE) continue
    const isLambda = file.expr(arg, E.op) === Op.lambda
    const isWhole = args.length === parameters.length && parameter.has(Flag.rest)
    const value = isLambda ? undefined : semantics.evaluate(file, arg)
    const given = isWhole ? elementOfArray(value) : value
    const type = parameter.at(D.type)
    const wanted = type === NONE ? undefined : semantics.typeOf(parameter.file, type)
    // A function is not an instance of a class.
    if (isLambda && wanted?.kind === 'instance' && (wanted.decl?.kind === 'class' || wanted.decl?.kind === 'enum'))
      sum -= 3
    if (given?.kind !== 'instance' || wanted?.kind !== 'instance') continue
    // It is passed as the whole array, which a type parameter does not match better.
    if (given !== value && matchScore(semantics, file, given, wanted) >= SAME) sum += WHOLE
    const isInferred = wanted.decl?.kind === 'typeparam' && wanted.decl.parent === decl
    if (isInferred && wanted.decl !== null && !satisfies(semantics, file, given, wanted.decl)) sum += IMPOSSIBLE
    else if (inferred !== undefined && isInferred && wanted.decl !== null)
      sum += inferred.add(wanted.decl, given, (a, b) => matchScore(semantics, file, a, b))
    else sum += matchScore(semantics, file, given, wanted)
  }
  return sum
}

/** The score of an argument of the type of the parameter, and what is added for an array that a variadic parameter takes whole. */
const SAME = 3
const WHOLE = 1.5
/** The score of an argument whose type does not match the parameter. */
const IMPOSSIBLE = -5
const MAX_BOUNDS = 20

/** Whether a value satisfies the bounds of a type parameter; true if unknown. */
function satisfies(semantics: Semantics, file: FileUnit, given: Value, typeParameter: Decl): boolean {
  const own = typeParameter.file.list(typeParameter.at(D.supers)).map((expr) => ({ file: typeParameter.file, expr }))
  return [...own, ...typeParameter.moreSupers].slice(0, MAX_BOUNDS).every((bound) => {
    const type = semantics.typeOf(bound.file, bound.expr)
    if (given.kind !== 'instance' || type?.kind !== 'instance' || type.decl === null) return true
    if (given.decl === null) return (file.linker.conversionScore?.(given, type) ?? 0) > -2
    if (given.decl.kind === 'typeparam' || semantics.ancestorsOf(given.decl).isOpen) return true
    return isOneType(given.decl, type.decl) || extendsType(semantics, given.decl, type.decl)
  })
}

/** The element of an array that is passed as all values of a variadic parameter. */
function elementOfArray(value: Value | undefined): Value | undefined {
  return value?.kind === 'instance' && value.decl === null && ARRAYS.has(value.name) ? value.args[0] : value
}

/** Positive if a value is known to be of a type, negative if it is known not to be. */
export function matchScore(semantics: Semantics, file: FileUnit, given: Value, wanted: Value): number {
  if (given.kind !== 'instance' || wanted.kind !== 'instance') return 0
  const isOutside = given.decl === null || wanted.decl === null || wanted.decl.kind === 'typeparam'
  const fit = isOutside ? file.linker.conversionScore?.(given, wanted) : undefined
  if (fit !== undefined) return fit
  if (wanted.decl?.kind === 'typeparam') return 0
  if (given.decl === null && wanted.decl === null) return given.name === wanted.name ? SAME : -1
  if (given.decl === null || wanted.decl === null) return -2
  if (isOneType(given.decl, wanted.decl)) return SAME
  return extendsType(semantics, given.decl, wanted.decl) ? 2 : -3
}

function extendsType(semantics: Semantics, decl: Decl, wanted: Decl): boolean {
  return semantics.ancestorsOf(decl).list.some((one) => isOneType(one.decl, wanted))
}

/**
 * Whether two declarations have the same qualified name: parts of one type, or one declaration per operating system.
 * Where `Request` and `Request<T>` are two types, they have as many type parameters too.
 */
function isOneType(a: Decl, b: Decl): boolean {
  if (a === b) return true
  if (a.fullName === '' || a.fullName !== b.fullName) return false
  return a.file.spec.linking.typesByArity !== true || a.typeParameters.length === b.typeParameters.length
}
