/** What users call that which a module of JavaScript is as a whole: `module.exports = middlewareWrapper` is their `cors`. */

import type { Component } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { importedAs } from '#generate/pages/readme/readme-calls.ts'
import { toEntry, type Writing } from '#generate/pages/writing.ts'
import { code, type Inline, refLink } from '#markdown/build.ts'
import { importedSurfaces } from './imported-surfaces.ts'

const known = new WeakMap<Writing, Map<string, string>>()

/** As documents bind it, where the name that the module has for it is another one. */
export function calledAs(writing: Writing, { id }: Pick<Component, 'id'>): string | undefined {
  let names = known.get(writing)
  if (names === undefined) {
    names = new Map()
    const local = importedAs(writing)
    for (const { path, names: all } of importedSurfaces(writing).flatMap(({ paths }) => paths)) {
      const whole = all.find(({ name }) => name === 'default' || name === 'export=')?.to
      const component = writing.repo.components.get(whole ?? '')
      const name = local.get(path)
      const isBound =
        component?.kind === 'function' && all.every((one) => one.to !== component.id || !isNamed(one.name))
      if (component !== undefined && name !== undefined && isBound) names.set(component.id, name)
    }
    known.set(writing, names)
  }
  return names.get(id)
}

/** It can be imported by a name of its own as well. */
const isNamed = (name: string): boolean => name !== 'default' && name !== 'export='

/** A link to its entry, by what its users call it. */
export function toUsersEntry(writing: Writing, component: Component): Inline[] {
  const name = calledAs(writing, component)
  return name === undefined ? toEntry(component) : [refLink(refTo.component(component.id), code(name))]
}
