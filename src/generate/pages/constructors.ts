/** Recognises constructors of Java, Kotlin and C#, and counts the `new X(…)` whose uses are those of the class. */

import { findText } from '#base/find-text.ts'
import type { Component } from '#generate/model.ts'
import type { RepoIndex } from './repo-index.ts'

/** What may be before the name: annotations or attributes, modifiers, and type parameters, but no result. */
const NO_RESULT =
  /^(?:(?:@[\w.]{1,80}(?:\([^()]{0,200}\))?|\[[^[\]]{1,200}\]|public|protected|private|internal|static|unsafe|extern|<[^<>()]{1,80}>)\s{0,4}){0,8}$/
/** Whether a method is a constructor; in Kotlin, a secondary one. */
export function isConstructor({
  kind,
  name,
  signature,
  file,
}: Pick<Component, 'kind' | 'name' | 'signature' | 'file'>): boolean {
  if (kind !== 'method') return false
  if (/\.kts?$/.test(file)) return name === 'constructor'
  if (!/\.(?:java|cs)$/.test(file)) return false
  const at = findText(signature, `${name}(`)
  return at >= 0 && NO_RESULT.test(signature.slice(0, at))
}

/**
 * The number of places that make a value of the class of a constructor, and may call this constructor: their arguments do
 * not determine one.
 *
 * @returns 0 if the component is no constructor.
 */
export function instantiations(repo: RepoIndex, component: Component): number {
  const { parent } = component
  if (parent === null || !isConstructor(component)) return 0
  const constructors = (repo.members.get(parent) ?? []).filter(isConstructor)
  let count = 0
  for (const user of repo.users.get(parent)?.keys() ?? []) {
    const made = repo.occurrences.usesOf(user, parent).filter(({ kind }) => kind === 'instantiates')
    const called = constructors.flatMap(({ id }) => (made.length === 0 ? [] : repo.occurrences.usesOf(user, id)))
    count += made.filter(({ line, column }) => !called.some((one) => one.line === line && one.column === column)).length
  }
  return count
}
