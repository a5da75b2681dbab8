/** Evaluates YARD types: `Foo, nil`, `Array<Foo>`, `Hash{Symbol => Foo}`. */

import type { Value } from '#generate/analyse/engine/language.ts'

/**
 * @param named - Resolves a constant in the scope of the comment.
 * @returns The first alternative that is in the repository.
 */
export function valueOfYardType(text: string, named: (name: string) => Value | undefined): Value | undefined {
  const list = /^(?:Array|Set|Enumerable|Enumerator)<\s*([\w:]+)\s*>$/.exec(text.trim())
  if (list !== null) {
    const element = named(list[1] ?? '')
    return element === undefined ? undefined : { kind: 'instance', decl: null, name: 'Array', args: [element] }
  }
  for (const part of text.split(',')) {
    const name = part.trim()
    if (!/^(?:::)?\p{Lu}\w*(?:::\p{Lu}\w*)*$/u.test(name)) continue
    const value = named(name)
    if (value?.kind === 'instance' && value.decl !== null) return value
  }
  return undefined
}
