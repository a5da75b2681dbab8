/** Compares the type parameters of a type for those who write its arguments. */

import type { Severity } from './change.ts'
import type { Signature } from './signatures.ts'
import { splitAt } from './types.ts'

/** Whether the type arguments that users write still fit: not too many, and not too few. */
export function argumentsChange(old: Signature, now: Signature): Severity {
  const [most, mostNow] = [old, now].map(({ typeParameters }) => partsOf(typeParameters).length) as [number, number]
  const least = ({ typeParameters }: Signature): number =>
    partsOf(typeParameters).filter((one) => !/=(?!>)/.test(one)).length
  return mostNow < most || least(now) > least(old) ? 'breaking' : 'unknown'
}

const partsOf = (typeParameters: string): string[] => splitAt(typeParameters, ',').filter((one) => one !== '')
