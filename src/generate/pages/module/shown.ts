/** Lists the definitions that files offer to their users, for all lists and counts of names. */

import type { Component } from '#generate/model.ts'
import { byLead, isHeader, leading } from '#generate/pages/public-api/leading.ts'
import { isScriptVariable } from '#generate/pages/public-api/traits.ts'
import { isAdded } from '#generate/pages/tops.ts'
import { titleOf, type Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'

/**
 * The public definitions of the files, and those that their headers declare; most important first, with constants, macros and
 * deprecated ones last. Without methods. Definitions for several platforms, in files that differ in the platform only, count once.
 */
export function shownIn(writing: Writing, files: readonly string[]): Component[] {
  const own = leading(writing, files)
  const declared = files.flatMap((path) => declaredBy(writing, path))
  const all = [...new Set([...own, ...declared])]
  const sorted = all.length === own.length ? own : byLead(writing, all, new Set(all.map(({ file }) => file)))
  const seen = new Set<string>()
  return sorted.filter((component) => {
    if (isAdded(component, writing.repo.components) || isScriptVariable(writing.repo, component)) return false
    const key = `${titleOf(component)} ${nameOf(component.file)}`
    return !seen.has(key) && seen.add(key)
  })
}

/** Definitions of other files that a header declares. */
function declaredBy({ analysis, repo }: Writing, path: string): Component[] {
  const { language } = repo.files.get(path) ?? {}
  if (!isHeader(path) || (language !== 'c' && language !== 'cpp')) return []
  return (analysis.exports[path] ?? [])
    .flatMap(({ to }) => repo.components.get(to ?? '') ?? [])
    .filter(({ file, id }) => file !== path && !repo.inTests.has(id))
}
