/** Finds the name that users give to the default export of a JavaScript module: `module.exports = middlewareWrapper` is their `cors`. */

import { memoized } from '#base/memoize.ts'
import type { Component } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { importedAs } from '#generate/pages/readme/readme-calls.ts'
import { toEntry, type Writing } from '#generate/pages/writing.ts'
import { code, type Inline, refLink } from '#markdown/build.ts'
import { importedSurfaces } from './imported-surfaces.ts'

/** The name that documents bind it to, if the module itself uses another. */
export function calledAs(writing: Writing, { id }: Pick<Component, 'id'>): string | undefined {
  return boundNames(writing).get(id)
}

const boundNames = memoized((writing: Writing): Map<string, string> => {
  const names = new Map<string, string>()
  const local = importedAs(writing)
  for (const { path, names: all } of importedSurfaces(writing).flatMap(({ paths }) => paths)) {
    const whole = all.find(({ name }) => name === 'default' || name === 'export=')?.to
    const component = writing.repo.components.get(whole ?? '')
    const name = local.get(path)
    const isBound = component?.kind === 'function' && all.every((one) => one.to !== component.id || !isNamed(one.name))
    if (component !== undefined && name !== undefined && isBound) names.set(component.id, name)
  }
  return names
})

/** Whether it is the name of a named export. */
const isNamed = (name: string): boolean => name !== 'default' && name !== 'export='

/** A link to its entry with the name that users give it. */
export function toUsersEntry(writing: Writing, component: Component): Inline[] {
  const name = calledAs(writing, component)
  return name === undefined ? toEntry(component) : [refLink(refTo.component(component.id), code(name))]
}
