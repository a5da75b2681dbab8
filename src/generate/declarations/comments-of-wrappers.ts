/** Moves comments on Ruby modules that only wrap the class of a file to that class. */

import type { Component, SourceFile } from '#generate/model.ts'
import { isNamesake } from './main-declaration.ts'

const HELD = new Set<Component['kind']>(['class', 'namespace'])

/**
 * Moves the comment of a module to the only class or module that it contains in a file not named after the outer
 * module.
 *
 * @param membersOf - The declaration's own members.
 */
export function moveCommentsInward(
  components: readonly Component[],
  files: ReadonlyMap<string, SourceFile>,
  membersOf: (id: string) => readonly Component[],
): Component[] {
  const changed = new Map<string, Component>()
  for (const component of components) {
    const { id, kind, doc, details, file } = component
    if (kind !== 'namespace' || doc === null || files.get(file)?.language !== 'ruby') continue
    const inner = innermost(component, membersOf)
    if (inner === component || inner.doc !== null || changed.has(inner.id)) continue
    changed.set(id, without(component))
    changed.set(inner.id, { ...inner, doc, ...(details === undefined ? {} : { details }) })
  }
  return changed.size === 0 ? [...components] : components.map((one) => changed.get(one.id) ?? one)
}

function innermost(component: Component, membersOf: (id: string) => readonly Component[]): Component {
  let at = component
  while (!isNamesake(at)) {
    const [only, ...others] = membersOf(at.id)
    if (only === undefined || others.length > 0 || !HELD.has(only.kind) || (at !== component && at.doc !== null)) break
    at = only
  }
  return at
}

function without({ details: _, ...component }: Component): Component {
  return { ...component, doc: null }
}
