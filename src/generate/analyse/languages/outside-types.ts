/** Word lists and values of outside types, for the tables of standard library members. */

import type { Value } from '#generate/analyse/engine/language.ts'

/** The words of a text. */
export const wordsOf = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** A value of a type outside the repository. */
export const outsideInstance = (name: string, args: readonly Value[] = []): Value & { kind: 'instance' } => ({
  kind: 'instance',
  decl: null,
  name,
  args,
})
