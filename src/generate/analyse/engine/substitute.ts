/** Substitutes type arguments for type parameters. */

import type { Decl } from './declarations.ts'
import type { Value } from './language.ts'

/** The type of a member, with the type parameters of its owner replaced by the receiver's arguments. */
export function withArgumentsOf(value: Value | undefined, receiver: Value | undefined): Value | undefined {
  if (value === undefined || (receiver?.kind !== 'instance' && receiver?.kind !== 'type')) return value
  return receiver.decl === null ? value : substitute(value, receiver.decl, receiver.args)
}

/** Replace the type parameters of `owner` by arguments. */
export function substitute(value: Value, owner: Decl, args: readonly Value[]): Value {
  if (args.length === 0 || (value.kind !== 'instance' && value.kind !== 'type')) return value
  const { decl } = value
  if (decl?.kind === 'typeparam' && decl.parent === owner) return args[owner.typeParameters.indexOf(decl)] ?? value
  if (value.args.length === 0) return value
  return { ...value, args: value.args.map((arg) => substitute(arg, owner, args)) }
}
