/** Infers the type parameters of a function from the arguments of one call: `<T> T read(Class<T> type)`. */

import type { Decl, FileUnit } from './declarations.ts'
import { D, E, NONE, Op } from './facts.ts'
import type { Value } from './language.ts'
import type { Semantics } from './semantics.ts'
import { substitute } from './substitute.ts'
import { resultOf } from './values.ts'

/** The result of calling `decl` with arguments and explicit type arguments, which are expressions in `file`. */
export function resultOfCall(
  semantics: Semantics,
  decl: Decl,
  receiver: Value | undefined,
  file: FileUnit,
  { args, types = [] }: { readonly args: readonly number[]; readonly types?: readonly number[] },
): Value | undefined {
  const result = resultOf(semantics, decl, receiver)
  if (result === undefined || !mentions(result, decl, 0)) return result
  const known = new Map<Decl, Value>()
  if (types.length > 0) {
    for (const [index, one] of decl.typeParameters.entries()) {
      const given = semantics.typeOf(file, types[index] ?? NONE)
      if (given !== undefined) known.set(one, given)
    }
    return replace(result, known, 0)
  }
  const { parameters } = decl
  const lambdas: { wanted: Value; body: number }[] = []
  for (const [index, arg] of args.entries()) {
    const parameter = parameters[Math.min(index, parameters.length - 1)]
    const type = parameter?.at(D.type) ?? NONE
    if (parameter === undefined || type === NONE || arg === NONE) continue
    const wanted = semantics.typeOf(parameter.file, type)
    if (wanted === undefined || !mentions(wanted, decl, 0)) continue
    if (file.expr(arg, E.op) === Op.lambda) {
      lambdas.push({ wanted, body: file.expr(arg, E.left) })
      continue
    }
    const given = semantics.evaluate(file, arg)
    if (given !== undefined) unify(semantics, wanted, given, decl, known, 0)
  }
  // The last type argument of a function type is usually its result, as in `Function<A, R>`, but not in `Consumer<T>`, so other
  // arguments are more reliable.
  for (const { wanted, body } of lambdas) {
    const last = wanted.kind === 'instance' ? wanted.args.at(-1) : undefined
    const given = last === undefined ? undefined : semantics.evaluate(file, body)
    if (last !== undefined && given !== undefined) unify(semantics, last, given, decl, known, 0)
  }
  return replace(result, known, 0)
}

/** Whether a type mentions a type parameter of the function. */
function mentions(value: Value, owner: Decl, depth: number): boolean {
  if ((value.kind !== 'instance' && value.kind !== 'type') || depth > 5) return false
  if (value.decl?.kind === 'typeparam' && value.decl.parent === owner) return true
  return value.args.some((arg) => mentions(arg, owner, depth + 1))
}

function unify(
  semantics: Semantics,
  wanted: Value,
  given: Value,
  owner: Decl,
  known: Map<Decl, Value>,
  depth: number,
): void {
  if (wanted.kind !== 'instance' || given.kind !== 'instance' || depth > 5) return
  if (wanted.decl?.kind === 'typeparam' && wanted.decl.parent === owner) {
    if (!known.has(wanted.decl)) known.set(wanted.decl, given)
    return
  }
  const args = argsAs(semantics, given, wanted.decl)
  for (const [index, arg] of wanted.args.entries()) {
    const other = args[index]
    if (other !== undefined) unify(semantics, arg, other, owner, known, depth + 1)
  }
}

/** The type arguments of a value, seen as one of its supertypes. */
function argsAs(semantics: Semantics, value: Value & { kind: 'instance' }, type: Decl | null): readonly Value[] {
  if (value.decl === type || value.decl === null || type === null) return value.args
  const { decl, args } = value
  const above = semantics.ancestorsOf(decl).list.find((one) => one.decl === type)
  return above === undefined ? [] : above.args.map((arg) => substitute(arg, decl, args))
}

function replace(value: Value, known: ReadonlyMap<Decl, Value>, depth: number): Value {
  if ((value.kind !== 'instance' && value.kind !== 'type') || depth > 5) return value
  const given = value.decl === null ? undefined : known.get(value.decl)
  if (given !== undefined) return given
  if (value.args.length === 0) return value
  return { ...value, args: value.args.map((arg) => replace(arg, known, depth + 1)) }
}
