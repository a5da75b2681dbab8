/** Rates changes of members that override inherited ones: the compiler guarantees more than their text shows. */

import type { ApiDefinition } from '#store/public-api.ts'
import type { Change } from './change.ts'
import { normalType } from './normal-type.ts'
import { readSignature, type Signature } from './signatures.ts'

/** The compiler lets an override only narrow the result type, so a changed result type breaks no caller. */
export const asOverride = (change: Change): Change =>
  change.rule === 'result-type-changed' && change.severity === 'breaking'
    ? { ...change, severity: 'compatible' }
    : change

/** Whether members hide inherited ones with any result type, as in Go or with `new` in C#, instead of overriding them. */
export function hidesInherited(members: readonly ApiDefinition[], language: string): boolean {
  if (language === 'csharp') return members.some(({ signature }) => !/\boverride\b/.test(signature))
  return language === 'go'
}

/**
 * Whether a method overrides one with the previous result type, so that the compiler generates a bridge method with that type.
 *
 * @param inherited - The members of supertypes with the same name.
 */
export function hasBridge(
  before: ApiDefinition,
  after: ApiDefinition,
  language: string,
  inherited: readonly ApiDefinition[] = [],
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
