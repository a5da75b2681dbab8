/** What files show to their users: the definitions that a list or a count of names is about, wherever one stands. */

import type { Component } from '#generate/model.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { byLead, isHeader, leading } from '#generate/pages/public-api/leading.ts'
import { isScriptVariable } from '#generate/pages/public-api/traits.ts'
import { calledInCode, calledInReadme } from '#generate/pages/readme/readme-calls.ts'
import { isAdded } from '#generate/pages/tops.ts'
import { titleOf, type Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'

/**
 * What some files define for others and what headers among them declare, the best to begin with first: constants, macros and
 * what is deprecated at the end. Methods belong to their types. What is written once for each system has one name in files of one name, and is one.
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

/** Of what users import, where the README calls none, those that most of the other documents' code calls come first. */
export function mostShown(writing: Writing, components: readonly Component[]): Component[] {
  const [readme, counts] = [calledInReadme(writing), calledInCode(writing)]
  if (importedSurfaces(writing).length === 0 || components.some(({ id }) => readme.has(id))) return [...components]
  return components.toSorted((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0))
}

/** What a header declares and another file defines. */
function declaredBy({ analysis, repo }: Writing, path: string): Component[] {
  const { language } = repo.files.get(path) ?? {}
  if (!isHeader(path) || (language !== 'c' && language !== 'cpp')) return []
  return (analysis.exports[path] ?? [])
    .flatMap(({ to }) => repo.components.get(to ?? '') ?? [])
    .filter(({ file, id }) => file !== path && !repo.inTests.has(id))
}
