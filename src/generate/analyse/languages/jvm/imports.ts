/** Reads a file's imports into tables. */

import type { FileUnit } from '#generate/analyse/engine/declarations.ts'
import { E, Op } from '#generate/analyse/engine/facts.ts'

export interface Imports {
  /** Full names keyed by their local names in the file. */
  readonly named: ReadonlyMap<string, readonly string[]>
  /** Packages and types whose names are all imported. */
  readonly wildcards: readonly string[]
}

/** Limits on the wildcard imports of a file and the full names for one local name: each is tried for each use. */
const MAX_WILDCARDS = 200
const MAX_PATHS = 50

/** @param around - The packages whose names are in scope, for imports that begin with one of them. */
export function importsOf(file: FileUnit, around: readonly string[]): Imports {
  const named = new Map<string, Set<string>>()
  const wildcards = new Set<string>()
  const prefixes = around.filter((one) => one !== '')
  for (const { path, alias, isWildcard } of file.facts.imports) {
    const name = alias ?? path.slice(path.lastIndexOf('.') + 1)
    const known = isWildcard ? wildcards : (named.get(name) ?? new Set<string>())
    if (!isWildcard) named.set(name, known)
    for (const one of [path, ...prefixes.map((prefix) => `${prefix}.${path}`)]) {
      if (known.size < (isWildcard ? MAX_WILDCARDS : MAX_PATHS)) known.add(one)
    }
  }
  return { named: new Map([...named].map(([name, paths]) => [name, [...paths]])), wildcards: [...wildcards] }
}

/** Every bare name that a file uses. */
export function namesUsedIn(file: FileUnit): ReadonlySet<string> {
  const names = new Set<string>()
  for (let expr = 0; expr < file.exprCount; expr++) {
    if (file.expr(expr, E.op) === Op.ref) names.add(file.nameOf(expr))
  }
  return names
}
