/** Sets where links to members lead that have no entry of their own. */

import { append } from '#base/long-arrays.ts'
import type { Component } from '#generate/model.ts'
import { type Draft, type Home, refTo } from '#generate/pages/draft.ts'
import { ownMembers } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'

/** Makes links to the members of a component point to its own entry. @returns The component and its members. */
export function placeMembers(writing: Writing, draft: Draft, component: Component, home: Home): Component[] {
  const inside = [component]
  for (const next of inside) {
    draft.homes.set(refTo.component(next.id), home)
    append(inside, ownMembers(writing.repo, next))
  }
  return inside
}
