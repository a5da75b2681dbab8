/** In Ruby what stands above the modules around the only class of a file is about the class. */

import type { Component, SourceFile } from '#generate/model.ts'
import { isNamesake } from './main-declaration.ts'

const HELD = new Set<Component['kind']>(['class', 'namespace'])

/**
 * Gives the words of a module that holds one class or module in a file, and none that has the module's own name, to what it holds.
 *
 * @param membersOf - The members that a declaration itself has.
 */
export function passWordsDown(
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
