/** Moves comments on Ruby modules that only wrap the contents of a file to the class that they are on, or to the file. */

import type { Component, SourceFile } from '#generate/model.ts'
import { isNamesake } from './main-declaration.ts'

const HELD = new Set<Component['kind']>(['class', 'namespace'])

/**
 * Moves the comment of a module to the only class or module that it contains in a file not named after the outer
 * module, unless it says that it is on that module. Where a file only reopens a module that another file is named after,
 * the comment is on what is in this file: on the class or module that it is named after, otherwise on the file.
 *
 * @param membersOf - The declaration's own members.
 * @returns The components, and the comments of files by path.
 */
export function moveCommentsInward(
  components: readonly Component[],
  files: ReadonlyMap<string, SourceFile>,
  membersOf: (id: string) => readonly Component[],
): { components: Component[]; fileDocs: Record<string, string> } {
  const changed = new Map<string, Component>()
  const fileDocs: Record<string, string> = Object.create(null)
  const isOfRuby = ({ kind, file }: Component): boolean => kind === 'namespace' && files.get(file)?.language === 'ruby'
  const homes = new Set(components.filter((one) => isOfRuby(one) && isNamesake(one)).map((one) => one.qualifiedName))
  for (const component of components) {
    const { id, doc, details, file } = component
    if (doc === null || !isOfRuby(component)) continue
    const isAgain = homes.has(component.qualifiedName) && !isNamesake(component)
    const only = innermost(component, membersOf)
    const inner = isAgain && only === component ? (namesakeIn(component, membersOf) ?? component) : only
    if (inner === component) {
      if (!isAgain) continue
      fileDocs[file] ??= doc
    } else if (inner.doc !== null || changed.has(inner.id) || isOn(component)) continue
    else changed.set(inner.id, { ...inner, doc, ...(details === undefined ? {} : { details }) })
    changed.set(id, without(component))
  }
  return {
    components: changed.size === 0 ? [...components] : components.map((one) => changed.get(one.id) ?? one),
    fileDocs,
  }
}

/** Whether the comment of a module says that it is on it: `Patch the Orbit module`. */
const isOn = ({ doc, name }: Component): boolean =>
  [`${name} module`, `module ${name}`].some((words) => doc?.includes(words) === true)

/** The class or module inside that the file is named after, if there is one. */
function namesakeIn(component: Component, membersOf: (id: string) => readonly Component[]): Component | undefined {
  let level: readonly Component[] = [component]
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    level = level.flatMap(({ id }) => membersOf(id)).filter(({ kind }) => HELD.has(kind))
    const found = level.find(isNamesake)
    if (found !== undefined) return found
  }
  return undefined
}

/** Limit on the modules around a class. */
const MAX_DEPTH = 6

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
