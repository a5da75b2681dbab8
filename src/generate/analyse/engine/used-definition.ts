/** Finds the definition that a use of a declaration means: not its prototype, and the type instead of its constructor. */

import type { Decl, FileUnit } from './declarations.ts'
import type { Chosen } from './overloads.ts'
import type { Program } from './program.ts'

/** The definition of a prototype, the type of a constructor, or else the declaration itself. */
export function definitionOf(decl: Decl, program: Program): Decl {
  const definition = decl.file.spec.linking.definitionOf?.(decl, program) ?? decl
  // A constructor represents its type: calling it instantiates the type.
  return definition.kind === 'constructor' && definition.owner !== null ? definition.owner : definition
}

/**
 * The definition that a call refers to. A call within an overload is not recursion if it can also refer to another overload.
 *
 * @param user - The id of the component that contains the call.
 */
export function calledDefinition(
  user: string,
  { decl, best, isSure }: Pick<Chosen, 'decl' | 'best' | 'isSure'>,
  program: Program,
): Decl {
  const target = definitionOf(decl, program)
  if (isSure || target.id !== user) return target
  const others = best.map((one) => definitionOf(one, program))
  return others.find(({ id }) => id !== null && id !== user) ?? target
}

/**
 * Drops prototypes whose definitions are candidates too.
 *
 * @param file - The file that uses the declarations.
 */
export function withoutPrototypes(decls: readonly Decl[], file: FileUnit, program: Program): readonly Decl[] {
  if (decls.length < 2 || file.spec.linking.definitionOf === undefined) return decls
  const all = new Set(decls)
  return decls.filter((decl) => {
    const definition = definitionOf(decl, program)
    return definition === decl || !all.has(definition)
  })
}
