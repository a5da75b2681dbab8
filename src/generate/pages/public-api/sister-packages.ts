/** Tells the names that a package defines from those that it re-exports from other packages of the repository. */

import type { Surface } from '#generate/model.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { type PublicName, publicNames } from './public-names.ts'

/** A package with fewer names of its own is one under whose name users know the names of the others. */
const MIN_OWN = 4

export interface ByOrigin {
  own: readonly PublicName[]
  /** The names of other packages, by package. */
  others: ReadonlyMap<Surface, readonly PublicName[]>
}

/** Only those names are of another package that it exports too. */
export function byOrigin(writing: Writing, surface: Surface, names: readonly PublicName[]): ByOrigin {
  const own: PublicName[] = []
  const others = new Map<Surface, PublicName[]>()
  const exported = exportedBy(writing)
  for (const one of names) {
    const { component } = one
    const isInside = component === null || isIn(component.file, surface)
    const other = isInside ? undefined : exported.get(component.id)
    if (other === undefined || other === surface) own.push(one)
    else others.set(other, [...(others.get(other) ?? []), one])
  }
  return own.length < MIN_OWN ? { own: names, others: new Map() } : { own, others }
}

const isIn = (path: string, { folder }: Surface): boolean => folder === '' || path.startsWith(`${folder}/`)

const known = new WeakMap<Writing, ReadonlyMap<string, Surface>>()

/** The package in whose folder a component is defined and which exports it, by the id of the component. */
function exportedBy(writing: Writing): ReadonlyMap<string, Surface> {
  const found = known.get(writing)
  if (found !== undefined) return found
  const exported = new Map<string, Surface>()
  for (const [surface, names] of publicNames(writing)) {
    if (surface.folder === '') continue
    for (const { component } of names)
      if (component !== null && isIn(component.file, surface)) exported.set(component.id, surface)
  }
  known.set(writing, exported)
  return exported
}
