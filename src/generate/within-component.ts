/** Which components contain others. */

import type { Component } from './model.ts'

/**
 * Whether a component is the same as another, or one of its members, at any depth. Ids do not tell: of two classes `A`, the
 * second has the id `A~2`, but its members begin with `A.` as well.
 */
export function isWithin(components: ReadonlyMap<string, Component>, id: string, whole: string): boolean {
  let at: string | null = id
  while (at !== null && at !== whole) at = components.get(at)?.parent ?? null
  return at === whole
}
