/** Finds the named functions inside a function, which are not components. */

import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

export interface InnerFunction {
  name: string
  startLine: number
  endLine: number
}

/** Shorter inner functions are not worth listing. */
const MIN_LINES = 3

/** In order of lines, without components such as the methods of a class inside the function. */
export function innerFunctions(repo: RepoIndex, component: Component): InnerFunction[] {
  const known = new Set((repo.members.get(component.id) ?? []).map(({ startLine }) => startLine))
  const found = new Map<number, InnerFunction>()
  for (const { kind, name, startLine, endLine } of repo.occurrences.blocksOf(component.file)) {
    if (kind !== 'nested' || name === undefined || endLine - startLine + 1 < MIN_LINES) continue
    if (startLine <= component.startLine || endLine > component.endLine) continue
    if (!known.has(startLine) && !found.has(startLine)) found.set(startLine, { name, startLine, endLine })
  }
  return [...found.values()].sort((a, b) => a.startLine - b.startLine)
}
