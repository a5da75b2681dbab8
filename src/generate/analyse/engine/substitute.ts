/** Types with arguments in the place of parameters. */

import type { Decl } from './declarations.ts'
import type { Value } from './language.ts'

/** A value of a member's type, with the parameters of the type it is a member of replaced by its arguments. */
export function seenFrom(value: Value | undefined, receiver: Value | undefined): Value | undefined {
  if (value === undefined || (receiver?.kind !== 'instance' && receiver?.kind !== 'type')) return value
  return receiver.decl === null ? value : substitute(value, receiver.decl, receiver.args)
}

/** Put arguments in the place of the parameters of `owner`. */
export function substitute(value: Value, owner: Decl, args: readonly Value[]): Value {
  if (args.length === 0 || (value.kind !== 'instance' && value.kind !== 'type')) return value
  const { decl } = value
  if (decl?.kind === 'typeparam' && decl.parent === owner) return args[owner.typeParameters.indexOf(decl)] ?? value
  if (value.args.length === 0) return value
  return { ...value, args: value.args.map((arg) => substitute(arg, owner, args)) }
}
