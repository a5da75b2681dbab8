/** Finds the components that packages export. */

import { memoized } from '#base/memoize.ts'
import type { Analysis, Component } from '#generate/model.ts'

/** Components by id. */
export const componentsOf = memoized(
  ({ components }: Analysis): ReadonlyMap<string, Component> => new Map(components.map((one) => [one.id, one])),
)
