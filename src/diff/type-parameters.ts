/** Compares the type parameters of a definition, for users who write type arguments. */

import type { Answer } from './assignable.ts'
import type { Severity } from './change.ts'
import type { Context } from './context.ts'
import { isScript } from './language-rules.ts'
import { normalType } from './normal-type.ts'
import type { Signature } from './signatures.ts'
import { splitAt } from './split-at.ts'
import { compareTypes } from './types.ts'

interface TypeParameter {
  name: string
  /** What arguments must extend; '' for anything. */
  bound: string
  default: string
}

export function typeParametersChange(before: Signature, after: Signature, kind: string, context: Context): Severity {
  const { language, rules } = context
  const [old, now] = [before, after].map(({ typeParameters }) => read(typeParameters)) as [
    TypeParameter[],
    TypeParameter[],
  ]
  const isType = /^(?:class|interface|type)$/.test(kind)
  if (isScript(language)) return isType ? ofTypeScript(old, now, context) : ofFunction(old, now, context)
  return language === 'java' ? ofJava(old, now, isType, rules.typeParameters) : rules.typeParameters
}

/** Whether the type arguments that users write are still valid: not too many, not too few, and within the bounds. */
function ofTypeScript(old: readonly TypeParameter[], now: readonly TypeParameter[], context: Context): Severity {
  const least = (all: readonly TypeParameter[]): number => all.filter((one) => one.default === '').length
  if (now.length < old.length || least(now) > least(old)) return 'breaking'
  const answers = old.map((one, index) => acceptsBound(one, now[index] as TypeParameter, context))
  if (answers.includes('no')) return 'breaking'
  const isKept = old.every((one, index) => one.default === now[index]?.default)
  return isKept && !answers.includes('unknown') ? 'compatible' : 'unknown'
}

/** The compiler infers most type arguments of a function, so only the bounds matter. */
function ofFunction(old: readonly TypeParameter[], now: readonly TypeParameter[], context: Context): Severity {
  const isNarrower =
    old.length === now.length &&
    old.some((one, index) => acceptsBound(one, now[index] as TypeParameter, context) === 'no')
  return isNarrower ? 'breaking' : context.rules.typeParameters
}

/** Whether every type within the old bound is within the new one. */
function acceptsBound(old: TypeParameter, now: TypeParameter, context: Context): Answer {
  const bounds = [old, now].map(({ bound }) => (bound === '' ? 'unknown' : bound)) as [string, string]
  return bounds[0] === 'any' ? (bounds[1] === 'unknown' ? 'yes' : 'unknown') : compareTypes(...bounds, context).takes
}

/**
 * The erasure in compiled code changes with the name of the first bound. A type that had no type parameters can still be used
 * without arguments.
 */
function ofJava(
  old: readonly TypeParameter[],
  now: readonly TypeParameter[],
  isType: boolean,
  otherwise: Severity,
): Severity {
  if (isType && old.length > 0 && old.length !== now.length) return 'breaking'
  const erasure = ({ bound }: TypeParameter): string =>
    normalType(bound.replace(/[<&].*$/s, ''), 'java').replace(/^(?:.*\.)?Object$/, '')
  const isOther = old.some((one, index) => {
    const other = now[index]
    if (other === undefined || erasure(one) === erasure(other)) return false
    const [a, b] = [erasure(one), erasure(other)]
    return !a.endsWith(`.${b}`) && !b.endsWith(`.${a}`)
  })
  return isOther && old.length === now.length ? 'breaking' : otherwise
}

/** `T extends Plan = Base`. */
function read(typeParameters: string): TypeParameter[] {
  return splitAt(typeParameters, ',')
    .filter((one) => one !== '')
    .map((one) => {
      const [head = '', ...value] = one.split(/=(?!>)/)
      const [, name = head, bound = ''] = /^(?:(?:const|in|out) )*([\w$]+)(?: extends (.*))?$/s.exec(head.trim()) ?? []
      return { name, bound: bound.trim(), default: value.join('=').trim() }
    })
}
