/** Pairs the overloads of a definition in two versions. */

import { push } from '#base/multimap.ts'
import type { ApiDefinition } from '#store/public-api.ts'
import { rulesOf } from './language-rules.ts'
import { normalType } from './normal-type.ts'
import { readSignature } from './signatures.ts'

type Overloads = [before: ApiDefinition | undefined, after: ApiDefinition | undefined]

/** Pairs overloads by equal parameter types; if exactly one is then left on each side, these two are a pair, too. */
export function pairOverloads(
  before: readonly ApiDefinition[],
  after: readonly ApiDefinition[],
  language: string,
): Overloads[] {
  const [one] = before
  const [other] = after
  if (before.length === 1 && after.length === 1) return [[one, other]]
  const key = (definition: ApiDefinition): string => {
    const { parameters } = readSignature(definition.signature, definition.name, definition.kind, language)
    return parameters?.map(({ type, name }) => normalType(type === '' ? name : type, language)).join(', ') ?? '-'
  }
  const left = new Map<string, ApiDefinition[]>()
  for (const definition of after) {
    push(left, key(definition), definition)
  }
  const pairs: Overloads[] = []
  const unpaired: ApiDefinition[] = []
  for (const definition of before) {
    const same = left.get(key(definition))?.shift()
    if (same === undefined) unpaired.push(definition)
    else pairs.push([definition, same])
  }
  const others = [...left.values()].flat()
  // Without overloads, these are variants for several platforms: adding or removing one changes nothing for users.
  if (!rulesOf(language).hasOverloads && pairs.length > 0) return pairs
  if (unpaired.length === 1 && others.length === 1) return [...pairs, [unpaired[0], others[0]]]
  return [
    ...pairs,
    ...unpaired.map((old): Overloads => [old, undefined]),
    ...others.map((now): Overloads => [undefined, now]),
  ]
}
