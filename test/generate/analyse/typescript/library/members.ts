/** Looks up members in the table of the standard library, also those of bases, to compare them with the compiler's. */

import { libraryDeclaration } from '#generate/analyse/typescript/library/library.ts'
import type { LibraryMember, LibraryType } from '#generate/analyse/typescript/library/types.ts'
import { substitute } from './substitute.ts'

/** The maximum length of a chain of base interfaces. */
const MAX_BASES = 20

/**
 * A member of a type or of its bases, in terms of the type parameters of the type.
 *
 * @returns `undefined` if there is none. If `isComplete` is false for the type or a base, one may exist nevertheless.
 */
export function libraryMember(type: string, member: string): LibraryMember | undefined {
  return memberOf(type, member, 0)
}

/**
 * The element type that `for (const element of value)` and `[...value]` yield, in terms of the type's parameters; with
 * `isAsync`, that of `for await`.
 */
export function libraryElement(type: string, isAsync = false): LibraryType | undefined {
  const iterator = libraryMember(type, isAsync ? '[asyncIterator]' : '[iterator]')?.type
  const result = iterator?.kind === 'function' ? iterator.signatures[0]?.result : undefined
  // The first type argument of every iterator type is its element type.
  return result?.kind === 'reference' ? result.arguments[0] : undefined
}

function memberOf(type: string, member: string, depth: number): LibraryMember | undefined {
  const declaration = libraryDeclaration(type)
  const own = declaration?.members.get(member)
  if (own !== undefined || declaration === undefined || depth > MAX_BASES) return own
  for (const base of declaration.bases) {
    if (base.kind !== 'reference') continue
    const found = memberOf(base.name, member, depth + 1)
    if (found !== undefined) return { sort: found.sort, type: substitute(found.type, base.arguments) }
  }
  return undefined
}
