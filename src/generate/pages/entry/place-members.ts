/** Sets the targets of links to members without entries of their own. */

import { append } from '#base/long-arrays.ts'
import type { Component } from '#generate/model.ts'
import { type Draft, type Home, refTo } from '#generate/pages/draft.ts'
import { ownMembers } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'

/**
 * Makes links to a component and its members point to one place of the page.
 *
 * @returns The component and its members.
 */
export function placeMembers(writing: Writing, draft: Draft, component: Component, home: Home): Component[] {
  const inside = [component]
  for (const next of inside) {
    draft.homes.set(refTo.component(next.id), home)
    append(inside, ownMembers(writing.repo, next))
  }
  return inside
}
