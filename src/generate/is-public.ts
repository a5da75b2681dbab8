/** Decides what is visible from outside its package. */

import type { Component } from './model.ts'

/** Whether it and all its parents are exported. */
export function isPublic(component: Component, all: { components: ReadonlyMap<string, Component> }): boolean {
  for (let next: Component | undefined = component; next !== undefined; ) {
    if (!next.exported) return false
    next = next.parent === null ? undefined : all.components.get(next.parent)
  }
  return true
}
