/** Selects the names that a package defines itself, without re-exports from other packages of the repository. */

import { memoized } from '#base/memoize.ts'
import type { Surface } from '#generate/model.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { type PublicName, publicNames } from './public-names.ts'

/** A package with fewer names of its own mainly re-exports others, and users know their names from it. */
const MIN_OWN = 4

/** All names if the package itself defines hardly any. */
export function namesOfItsOwn(writing: Writing, surface: Surface, names: readonly PublicName[]): readonly PublicName[] {
  const exported = exportedBy(writing)
  const own = names.filter(({ component }) => {
    const other = component === null || isIn(component.file, surface) ? undefined : exported.get(component.id)
    return other === undefined || other === surface
  })
  return own.length < MIN_OWN ? names : own
}

const isIn = (path: string, { folder }: Surface): boolean => folder === '' || path.startsWith(`${folder}/`)

/** The package in whose folder a component is defined and which exports it, by the id of the component. */
const exportedBy = memoized((writing: Writing): ReadonlyMap<string, Surface> => {
  const exported = new Map<string, Surface>()
  for (const [surface, names] of publicNames(writing)) {
    if (surface.folder === '') continue
    for (const { component } of names)
      if (component !== null && isIn(component.file, surface)) exported.set(component.id, surface)
  }
  return exported
})
