/** What a `.d.ts` says of JavaScript: a declaration for what another file defines. Each has its entry; who uses one uses the other. */

import type { Component } from '#generate/model.ts'
import { isAmbient } from '#generate/pages/public-api/traits.ts'

const KINDS = new Set<Component['kind']>(['class', 'function', 'method'])
const IS_JAVASCRIPT = /\.[cm]?jsx?$/

/** By the id of each of the two both of them. Of several of one name it is not known which is meant. */
export function typedTwins(components: readonly Component[]): Map<string, readonly Component[]> {
  const byName = new Map<string, Component[]>()
  for (const component of components) {
    if (!KINDS.has(component.kind) || !(isAmbient(component) || IS_JAVASCRIPT.test(component.file))) continue
    const key = `${component.kind} ${component.qualifiedName}`
    byName.set(key, [...(byName.get(key) ?? []), component])
  }
  const found = new Map<string, readonly Component[]>()
  for (const both of byName.values())
    if (both.length === 2 && both.filter(isAmbient).length === 1) for (const { id } of both) found.set(id, both)
  return found
}
