/** Changes of members that override inherited ones, to whose users the compiler promises more than the text does. */

import type { ApiDefinition } from '#store/public-api.ts'
import type { Change } from './change.ts'
import { readSignature, type Signature } from './signatures.ts'
import { normalType } from './types.ts'

/** What overrides a member may promise more of its result, never less: the compiler has seen to that. */
export const asOverride = (change: Change): Change =>
  change.rule === 'result-type-changed' && change.severity === 'breaking'
    ? { ...change, severity: 'compatible' }
    : change

/**
 * Whether a method still overrides one with the former result, which the compiler then keeps beside it in what is compiled.
 *
 * @param inherited - Members of that name of supertypes.
 */
export function hasBridge(
  before: ApiDefinition,
  after: ApiDefinition,
  inherited: readonly ApiDefinition[] = [],
  language: string,
): boolean {
  if (!/^(?:java|kotlin|scala)$/.test(language)) return false
  const read = ({ signature, name, kind }: ApiDefinition): Signature => readSignature(signature, name, kind, language)
  const parametersOf = (one: ApiDefinition): string =>
    read(one)
      .parameters?.map(({ type }) => normalType(type, language))
      .join() ?? '-'
  const resultOf = (one: ApiDefinition): string => normalType(read(one).type, language)
  return inherited.some((one) => parametersOf(one) === parametersOf(after) && resultOf(one) === resultOf(before))
}
