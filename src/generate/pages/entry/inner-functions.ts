/** The named functions within a function, which are no components: what of its body has a name to be found by. */

import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

export interface InnerFunction {
  name: string
  startLine: number
  endLine: number
}

/** Shorter ones are as plain as the lines around them. */
const MIN_LINES = 3

/** In order of lines; none of what is a component itself, such as the methods of a class that a function makes. */
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
