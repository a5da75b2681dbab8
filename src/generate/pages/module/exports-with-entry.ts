/** Determines which exports have an entry: those that code outside of their file may use. */

import type { Component } from '#generate/model.ts'
import { isExported, offerOf, publicNames } from '#generate/pages/public-api/public-names.ts'
import { isDeprecated, isScriptVariable } from '#generate/pages/public-api/traits.ts'
import type { Writing } from '#generate/pages/writing.ts'

const SCRIPT = /\.[cm]?[jt]sx?$/

/** Exports of tools, tests and examples have no users, nor do constants that no file uses and no package exports. */
export function exportHasEntry(writing: Writing, component: Component): boolean {
  const { repo } = writing
  return (
    (component.exported || isExported(writing, component)) &&
    !isScriptVariable(repo, component) &&
    repo.leaves.get(component.file)?.isBeside !== true &&
    !isUnusedConstant(writing, component)
  )
}

/** Whether no file uses a constant and no package exports it. Only in JavaScript and TypeScript repositories with packages. */
function isUnusedConstant(writing: Writing, component: Component): boolean {
  const { id, kind, file } = component
  if (kind !== 'constant' || !SCRIPT.test(file) || (writing.repo.users.get(id)?.size ?? 0) > 0) return false
  const hasPackage = [...publicNames(writing)].some(([{ ecosystem }, names]) => ecosystem === 'npm' && names.length > 0)
  return hasPackage && !isDeprecated(component) && offerOf(writing, component) === 0
}
