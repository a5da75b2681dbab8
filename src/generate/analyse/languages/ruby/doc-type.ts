/** Evaluates YARD types: `Foo, nil`, `Array<Foo>`, `Hash{Symbol => Foo}`. */

import type { Value } from '#generate/analyse/engine/language.ts'
import { outsideInstance } from '#generate/analyse/languages/outside-types.ts'
import { splitTypes } from '#generate/analyse/languages/split-types.ts'

/** Matches a collection of one type. */
const LIST = /^(?:Array|Set|Enumerable|Enumerator)<\s*([\w:]+)\s*>$/
const HASH = /^Hash(?:\{[^{}]{0,200}=>|<[^<>]{0,200},)\s*([\w:]+)\s*[}>]$/
const NAME = /^(?:::)?\p{Lu}\w*(?:::\p{Lu}\w*)*$/u

/**
 * @param named - Resolves a constant in the scope of the comment.
 * @returns The first alternative that is in the repository, or has elements that are.
 */
export function valueOfYardType(text: string, named: (name: string) => Value | undefined): Value | undefined {
  for (const type of splitTypes(text, ',')) {
    const [, element] = LIST.exec(type) ?? HASH.exec(type) ?? []
    const name = element ?? type
    const value = NAME.test(name) ? named(name) : undefined
    if (value?.kind !== 'instance' || value.decl === null) continue
    return element === undefined ? value : outsideInstance('Array', [value])
  }
  return undefined
}
