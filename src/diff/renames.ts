/** Guesses which removed definition became which new one, by its body and its signature. */

import { push } from '#base/multimap.ts'
import type { ApiDefinition } from '#store/public-api.ts'

/** Shorter signatures may be alike by chance. */
const MIN_SIGNATURE = 24

/** @returns New definitions, keyed by the removed ones they replace; each new one only once, in the order of the removed ones. */
export function pairRenamed(
  gone: readonly ApiDefinition[],
  fresh: readonly ApiDefinition[],
): ReadonlyMap<ApiDefinition, ApiDefinition> {
  const found = new Map<ApiDefinition, ApiDefinition>()
  const taken = new Set<ApiDefinition>()
  for (const keyOf of [bodyOf, signatureOf]) {
    const freshByKey = grouped(fresh, keyOf)
    const goneByKey = grouped(gone, keyOf)
    for (const one of gone) {
      const key = keyOf(one)
      if (key === undefined || found.has(one)) continue
      const candidates = freshByKey.get(key) ?? []
      const [other] = candidates
      // A key that several definitions share identifies none of them.
      if (other === undefined || candidates.length > 1 || goneByKey.get(key)?.length !== 1 || taken.has(other)) continue
      found.set(one, other)
      taken.add(other)
    }
  }
  return found
}

function grouped(
  definitions: readonly ApiDefinition[],
  keyOf: (definition: ApiDefinition) => string | undefined,
): Map<string, ApiDefinition[]> {
  const groups = new Map<string, ApiDefinition[]>()
  for (const definition of definitions) {
    const key = keyOf(definition)
    if (key === undefined) continue
    push(groups, key, definition)
  }
  return groups
}

const bodyOf = ({ body, kind }: ApiDefinition): string | undefined =>
  body === undefined ? undefined : `${kind} ${body}`

/** A signature without its name, if it is distinctive. */
function signatureOf({ signature, name, kind }: ApiDefinition): string | undefined {
  const rest = signature.split(name).join('')
  return rest.length < MIN_SIGNATURE ? undefined : `${kind} ${rest}`
}
