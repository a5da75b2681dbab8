/** All components of the program, by what names are looked up with. */

import type ts from 'typescript'
import type { Component } from '#generate/model.ts'
import type { FileFacts } from './facts.ts'

export interface Index {
  /** The component that each declaring node stands for, of the files that have been opened. */
  owners: Map<ts.Node, string>
  /** The file of each component, and of each file itself. */
  files: Map<string, string>
  /** The container of each member. */
  parents: Map<string, string>
  /** Members by container and name. */
  members: Map<string, Map<string, string>>
  components: Map<string, Component>
  /** The component that a file exports as a whole, by path. */
  wholes: Map<string, string>
}

/** @param facts - By path. */
export function indexComponents(facts: ReadonlyMap<string, FileFacts>): Index {
  const index: Index = {
    owners: new Map(),
    files: new Map(),
    parents: new Map(),
    members: new Map(),
    components: new Map(),
    wholes: new Map(),
  }
  for (const [path, { components, whole }] of facts) {
    index.files.set(path, path)
    if (whole !== undefined) index.wholes.set(path, whole)
    for (const component of components) addComponent(component, index)
  }
  return index
}

function addComponent(component: Component, index: Index): void {
  index.components.set(component.id, component)
  index.files.set(component.id, component.file)
  if (component.parent === null) return
  index.parents.set(component.id, component.parent)
  const members = index.members.get(component.parent) ?? new Map<string, string>()
  index.members.set(component.parent, members)
  if (!members.has(component.name)) members.set(component.name, component.id)
}
