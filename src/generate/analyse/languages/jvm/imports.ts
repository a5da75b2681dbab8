/** The imports of a file as tables. */

import { E, Op } from '#generate/analyse/engine/facts.ts'
import type { FileUnit } from '#generate/analyse/engine/program.ts'

export interface Imports {
  /** Full names by the name that they have in the file. */
  readonly named: ReadonlyMap<string, readonly string[]>
  /** Packages and types of which all names are imported. */
  readonly wildcards: readonly string[]
}

/** @param around - The packages whose names are in scope, for imports that begin with one of them. */
export function importsOf(file: FileUnit, around: readonly string[]): Imports {
  const named = new Map<string, string[]>()
  const wildcards: string[] = []
  for (const { path, alias, isWildcard } of file.facts.imports) {
    const paths = [path, ...around.filter((one) => one !== '').map((one) => `${one}.${path}`)]
    if (isWildcard) wildcards.push(...paths)
    else {
      const name = alias ?? path.slice(path.lastIndexOf('.') + 1)
      named.set(name, [...(named.get(name) ?? []), ...paths])
    }
  }
  return { named, wildcards }
}

/** Every bare name that a file uses. */
export function namesUsedIn(file: FileUnit): ReadonlySet<string> {
  const names = new Set<string>()
  for (let expr = 0; expr < file.exprCount; expr++) {
    if (file.expr(expr, E.op) === Op.ref) names.add(file.nameOf(expr))
  }
  return names
}
